"""The short way to a finished page: what this browser was let in to see a moment ago, while nothing has happened."""

from collections.abc import Callable
from hashlib import blake2b
from time import time
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from scoring.finished import Shelf, kept_page
from scoring.trail import trail_length

SECONDS = 60
"""How long the short way stays open before session and account are looked up again."""


class Lane(NamedTuple):
    """A page this browser was let in to: length of the audit trail then, until when, the page's key, its headers."""

    length: int
    until: float
    key: str
    headers: dict[str, str]


LANES: Shelf[Lane] = Shelf(len(Lane._fields) * 2_000)


class FinishedPageMiddleware:
    """Answers a repeated request for an unchanged page without session, account and permissions: one query.

    Whatever ends a session, changes an account or changes data leaves an entry in the audit trail; once it has grown,
    and after a minute in any case, the request takes the long way. A browser is known by all of its cookies.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _name(request)
        answer = _short_way(request, name) if name else None
        if answer is not None:
            return answer
        response = self.get_response(request)
        length = getattr(response, "trail_length", None)
        if name and length is not None and "ETag" in response and not response.cookies:
            key = response["ETag"].strip('"')
            LANES.put(name, Lane(length, time() + SECONDS, key, dict(response.headers)))
        return response


def _short_way(request: HttpRequest, name: str) -> HttpResponse | None:
    lane = LANES.get(name)
    if lane is None or lane.until < time() or lane.length != trail_length():
        return None
    answer = kept_page(request, lane.key)
    if answer is not None:
        for header, value in lane.headers.items():
            answer.headers.setdefault(header, value)
    return answer


def _name(request: HttpRequest) -> str:
    """The browser and what it asks for; empty where the short way is closed: not signed in, or not reading."""
    cookies = request.headers.get("Cookie", "")
    if request.method != "GET" or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ""
    asked = repr((cookies, request.headers.get("HX-Request", ""), request.get_host(), request.get_full_path()))
    return blake2b(asked.encode(), digest_size=16).hexdigest()
