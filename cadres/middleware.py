"""What holds on every page for whoever is signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cadres.models import Account


class PasswordChangeMiddleware:
    """A password that someone else has set opens one page only: the one where it is changed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        due = isinstance(request.user, Account) and request.user.must_change_password
        if due and request.path not in _open_addresses():
            return redirect("cadres:password_change")
        return self.get_response(request)


def _open_addresses() -> set[str]:
    return {reverse(name) for name in ("cadres:password_change", "cadres:sign_in", "cadres:sign_out", "set_language")}
