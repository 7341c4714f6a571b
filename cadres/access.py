"""The first line of every view: who may open it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from cadres.models import Account
from cadres.permissions import require

View = Callable[..., HttpResponse]


class AccountRequest(HttpRequest):
    """A request of someone who has signed in: what a guarded view gets."""

    user: Account


def may(permission: str, target: Callable[..., object] | None = None) -> Callable[[View], View]:
    """Open the view to accounts that hold `permission` on what `target` makes of the address's parts.

    Anonymous: to the sign-in page and back. Refused: PermissionDenied, and a record of it in the audit trail.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            require_of(request, permission, target(**parts) if target else None)
            return view(request, **parts)

        return guarded

    return decorate


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and from there back to the page asked for; the whole page, where only a part was asked."""
    answer = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def require_of(request: HttpRequest, permission: str, target: object = None) -> None:
    """`require` for whoever makes the request; for guards of their own kind."""
    require(by=cast(Account, request.user), permission=permission, target=target)


def without_account(view: View) -> View:
    """Mark a view that serves whoever holds the address alike: nobody looks up session or account for it."""
    view.asks_no_account = True  # type: ignore[attr-defined]
    return view


def asks_no_account(view: Callable[..., object]) -> bool:
    return getattr(view, "asks_no_account", False)
