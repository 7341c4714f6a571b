"""Accounts, for the administrator."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm, Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cadres.access import AccountRequest, may
from cadres.filters import AccountFilter
from cadres.forms.account import AccountCreateForm, AccountForm
from cadres.forms.saving import form_saved, posted
from cadres.forms.session import FirstPasswordForm
from cadres.models import Account
from cadres.services.account import account_create as create
from cadres.services.account import account_set_password, account_update
from cadres.tables import AccountTable
from cadres.views.pages import create_button, form_page, list_page


@may("cadres.view_accounts")
def accounts(request: AccountRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("Accounts"),
        lead=_("Organization department, auditor and system administrator are different people."),
        rows=Account.objects.select_related("department", "township"),
        filters=AccountFilter,
        table=AccountTable,
        **create_button(request.user, "cadres.change_accounts", "cadres:account_create", _("New account")),
    )


@may("cadres.change_accounts")
@never_cache
@sensitive_post_parameters()
def account_create(request: AccountRequest) -> HttpResponse:
    form = AccountCreateForm(posted(request), initial={"role": request.GET.get("role", "")})
    if form_saved(form, lambda: create(**form.fields_of_account(), by=request.user)):
        messages.success(request, _("The account “%(name)s” was created.") % {"name": form.cleaned_data["username"]})
        return redirect("cadres:accounts")
    return _form_page(request, form, title=_("New account"), action=_("Create the account"))


@may("cadres.change_accounts")
def account(request: AccountRequest, username: str) -> HttpResponse:
    edited = get_object_or_404(Account, username=username)
    form = AccountForm(posted(request), instance=edited)
    if form_saved(form, lambda: _update(edited, form, request.user)):
        messages.success(request, _("Saved."))
        return redirect("cadres:accounts")
    return _form_page(
        request, form, title=_title(edited), action=_("Save"), extra="cadres/account_extra.html", account=edited
    )


@may("cadres.change_accounts")
@never_cache
@sensitive_post_parameters()
def account_password(request: AccountRequest, username: str) -> HttpResponse:
    edited = get_object_or_404(Account, username=username)
    form = FirstPasswordForm(posted(request))
    if form_saved(
        form,
        lambda: account_set_password(account=edited, password=form.cleaned_data["password"], by=request.user),
    ):
        messages.success(request, _("“%(name)s” has a new first password.") % {"name": username})
        return redirect("cadres:accounts")
    consequence = _(
        "The present password of %(name)s ends at once, with all sessions and any lockout. "
        "The new one must be replaced at the next sign-in."
    ) % {"name": edited.name}
    return _form_page(
        request,
        form,
        title=_("Reset the password of %(name)s") % {"name": _title(edited)},
        consequence=consequence,
        action=_("Reset the password"),
    )


@may("cadres.change_accounts")
def account_deactivate(request: AccountRequest, username: str) -> HttpResponse:
    consequence = _(
        "%(name)s is signed out everywhere at once and cannot sign in any more. "
        "Everything entered under this account stays, under its name. It can be enabled again."
    )
    return _switch(request, username, is_active=False, consequence=consequence, action=_("Disable the account"))


@may("cadres.change_accounts")
def account_activate(request: AccountRequest, username: str) -> HttpResponse:
    consequence = _("%(name)s can sign in again with the password used before.")
    return _switch(request, username, is_active=True, consequence=consequence, action=_("Enable the account again"))


def _switch(request: AccountRequest, username: str, *, is_active: bool, consequence: str, action: str) -> HttpResponse:
    edited = get_object_or_404(Account, username=username)
    form = Form(posted(request))
    if form_saved(form, lambda: account_update(account=edited, name=edited.name, is_active=is_active, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cadres:accounts")
    text = consequence % {"name": _title(edited)}
    return _form_page(request, form, title=f"{action} · {_title(edited)}", consequence=text, action=action)


def _title(account: Account) -> str:
    """Person and user name: several accounts may bear one person's name."""
    return f"{account.name} ({account.username})"


def _update(account: Account, form: AccountForm, by: Account) -> None:
    data = form.cleaned_data
    account_update(account=account, name=data["name"], phone=data["phone"], is_active=account.is_active, by=by)


def _form_page(request: AccountRequest, form: BaseForm, **context: Any) -> HttpResponse:
    return form_page(request, form, back=reverse("cadres:accounts"), crumb=_("Accounts"), **context)
