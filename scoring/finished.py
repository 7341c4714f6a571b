"""Finished pages: rendered once for each state of the data, answered 304 while nothing has changed.

Whoever asks has been let in before this is reached. A page is kept under everything it shows: the data's revision,
the address, the language, the account, its CSRF secret and the version of the program.
"""

from collections import OrderedDict
from collections.abc import Callable, Sized
from functools import cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from django.apps import apps
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from cadres.access import AccountRequest

MEBIBYTE = 1024 * 1024
VERSIONED = (".py", ".toml", ".html", ".mo")

T = TypeVar("T", bound=Sized)


class Shelf(Generic[T]):
    """Things by key; those used longest ago go first once their lengths exceed `limit`. Safe among threads."""

    def __init__(self, limit: int) -> None:
        self._limit, self._size, self._lock = limit, 0, Lock()
        self._kept: OrderedDict[str, T] = OrderedDict()

    def get(self, key: str) -> T | None:
        """What was put under the key, if it is still here."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: str, content: T) -> None:
        """Keep the content, and drop what no longer fits."""
        with self._lock:
            self._size += len(content) - len(self._kept.pop(key, ()))
            self._kept[key] = content
            while self._size > self._limit:
                self._size -= len(self._kept.popitem(last=False)[1])

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()
            self._size = 0


PAGES: Shelf[bytes] = Shelf(32 * MEBIBYTE)
FRAGMENTS: Shelf[bytes] = Shelf(16 * MEBIBYTE)


def finished_page(request: AccountRequest, *, revision: str, render: Callable[[], HttpResponse]) -> HttpResponse:
    """The page as kept, or rendered now; with an ETag, so that a browser that has it gets an empty 304.

    Not kept: a page that shows a message (once only), or that hands out the first CSRF cookie; and nothing under DEBUG,
    where templates change while the program runs.
    """
    secret = request.META.get("CSRF_COOKIE")
    if settings.DEBUG or not secret or len(get_messages(request)):
        return render()
    key = key_of(revision, request.get_full_path(), *_viewer(request), secret)
    answer = kept_page(request, key)
    if answer is None:
        answer = render()
        if answer.status_code != 200:
            return answer
        PAGES.put(key, answer.content)
    answer["ETag"] = f'"{key}"'
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie", "HX-Request"])
    return answer


def kept_page(request: HttpRequest, key: str) -> HttpResponse | None:
    """304 for a browser that has the page of this key, else the page, else None where it is not kept."""
    if f'"{key}"' in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified()
    content = PAGES.get(key)
    return None if content is None else HttpResponse(content)


def finished_fragment(*parts: object, render: Callable[[], str]) -> str:
    """A part of a page as kept under `parts` and the language, or rendered now. For parts many viewers share."""
    if settings.DEBUG:
        return render()
    key = key_of(*parts)
    content = FRAGMENTS.get(key)
    if content is None:
        content = render().encode()
        FRAGMENTS.put(key, content)
    return content.decode()


def key_of(*parts: object) -> str:
    """One short text for the parts, the language and the version of the program."""
    text = repr((get_language(), build_stamp(), *map(str, parts)))
    return blake2b(text.encode(), digest_size=16).hexdigest()


@cache
def build_stamp() -> str:
    """Another text for each version of the program, as far as a page depends on it: a browser may hold a page of the
    version before."""
    base = Path(settings.BASE_DIR)
    ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == base]
    roots = [base / "templates", base / "locale", base / "config", *ours]
    files = sorted(path for root in roots for path in root.rglob("*.*") if path.suffix in VERSIONED)
    return blake2b(repr([(str(p), p.stat().st_mtime_ns) for p in files]).encode(), digest_size=8).hexdigest()


def pages_forget() -> None:
    """Drop all finished pages and parts; tests that write past the services need it."""
    PAGES.clear()
    FRAGMENTS.clear()


def _viewer(request: AccountRequest) -> tuple[object, ...]:
    user = request.user
    return user.pk, user.name, user.role, request.headers.get("HX-Request", "")
