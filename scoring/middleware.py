"""The short way to a finished page: what this browser was let in to see a moment ago, while nothing has happened."""

from collections.abc import Callable
from hashlib import blake2b
from time import time
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from scoring.finished import Shelf, kept_page
from scoring.trail import TrailHead, trail_head

SECONDS = 60
"""How long the short way stays open before session and account are looked up again."""


class Admission(NamedTuple):
    """A browser was let in to a page: the audit trail's length then, until when it counts, the page's key, headers."""

    length: int
    until: float
    page_key: str
    headers: dict[str, str]


ADMISSIONS: Shelf[Admission] = Shelf(2_000 * len(Admission._fields))
"""The latest 2,000, by browser and page asked for; the length of one is the number of its fields."""


class FinishedPageMiddleware:
    """Answers a repeated request for an unchanged result page without session, account and permissions: one query.

    Whatever ends a session, changes an account or changes data leaves an entry in the audit trail. Once it has grown,
    the request takes the long way; and a minute after it last did in any case, for what leaves no entry: a session
    that runs out, or rows deleted in the database. A browser is known by all of its cookies.

    The trail is looked at before session and account, so that what happens between is seen next time.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_open_to(request):
            return self.get_response(request)
        asked, trail = _asked(request), trail_head()
        request.trail_head = trail  # type: ignore[attr-defined]
        answer = _short_way(request, asked, trail)
        if answer is not None:
            return answer
        response = self.get_response(request)
        if "ETag" in response and not response.cookies:
            page_key = response["ETag"].strip('"')
            ADMISSIONS.put(asked, Admission(trail.length, time() + SECONDS, page_key, dict(response.headers)))
        return response


def _is_open_to(request: HttpRequest) -> bool:
    """Someone who may be signed in reads a page of results."""
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    return request.method == "GET" and signed_in and "/results/" in request.path_info


def _short_way(request: HttpRequest, asked: str, trail: TrailHead) -> HttpResponse | None:
    admission = ADMISSIONS.get(asked)
    if admission is None or admission.until < time() or admission.length != trail.length:
        return None
    answer = kept_page(request, admission.page_key)
    if answer is not None:
        for header, value in admission.headers.items():
            answer.headers.setdefault(header, value)
    return answer


def _asked(request: HttpRequest) -> str:
    """The browser and what it asks for."""
    cookies, fragment = request.headers.get("Cookie", ""), request.headers.get("HX-Request", "")
    parts = repr((cookies, fragment, request.get_host(), request.get_full_path()))
    return blake2b(parts.encode(), digest_size=16).hexdigest()
