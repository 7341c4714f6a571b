"""Signing in, out, and with another password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cadres.access import AccountRequest, may
from cadres.forms.saving import form_saved, posted
from cadres.forms.session import PasswordChangeForm, SignInForm
from cadres.models import Account
from cadres.services.account import account_set_password
from cadres.services.session import session_close, session_open, session_refuse


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next_address(request))
    form = SignInForm(request, posted(request))
    if form.is_valid():
        account = form.get_user()
        login(request, account)
        session_open(by=account)
        return HttpResponseRedirect(_next_address(request))
    if form.is_bound:
        session_refuse(username=form.cleaned_data.get("username", ""))
    return render(request, "cadres/sign_in.html", {"form": form, "next": _next_address(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """The trail tells of it when the session is gone, not before: pages kept for a browser rely on that order."""
    account = request.user
    logout(request)
    if isinstance(account, Account):
        session_close(by=account)
    messages.success(request, _("You are signed out."))
    return redirect("cadres:sign_in")


@may("cadres.view_home")
@never_cache
@sensitive_post_parameters()
def password_change(request: AccountRequest) -> HttpResponse:
    account = request.user
    form = PasswordChangeForm(posted(request), account=account)
    if form_saved(
        form, lambda: account_set_password(account=account, password=form.cleaned_data["password"], by=account)
    ):
        update_session_auth_hash(request, account)
        messages.success(request, _("The password is changed. Other sessions of this account have ended."))
        return redirect("cadres:home")
    return render(request, "cadres/password_change.html", {"form": form})


def _next_address(request: HttpRequest) -> str:
    """The page asked for before signing in, if it is one of this site's."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
