"""What holds on every page for whoever is signed in."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cadres.access import asks_no_account
from cadres.models import Account


class PasswordChangeMiddleware:
    """A password that someone else has set opens one page only: the one where it is changed.

    Pages that are the same for everybody are left alone: there nobody looks who has signed in on this browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *parts: Any) -> HttpResponse | None:
        if asks_no_account(view):
            return None
        due = isinstance(request.user, Account) and request.user.must_change_password
        return redirect("cadres:password_change") if due and request.path not in _open_addresses() else None


def _open_addresses() -> set[str]:
    return {reverse(name) for name in ("cadres:password_change", "cadres:sign_in", "cadres:sign_out", "set_language")}
