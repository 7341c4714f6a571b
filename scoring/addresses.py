"""Addresses of result pages for many rows: one reverse a page, then text. Codes and numbers are quoted."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

_SUBJECT, _LINE = "SUBJECT", "LINE"


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(text, safe="")


class SubjectAddresses:
    """The pages of a year's teams (`kind` "team") or cadres ("cadre")."""

    def __init__(self, kind: str, year: int) -> None:
        part, line = ("code", "line") if kind == "team" else ("number", "item")
        address = reverse(f"scoring:{kind}_line", kwargs={"year": year, part: _SUBJECT, line: _LINE})
        self._head, _subject, self._tail = address.partition(_SUBJECT)
        self._tail = self._tail.removesuffix(f"{_LINE}/")

    def page(self, subject: str) -> str:
        """The subject's own page."""
        return f"{self._head}{_quoted(subject)}{self._tail}"

    def line(self, subject: str, line: str) -> str:
        """The derivation of one of the subject's lines."""
        return f"{self._head}{_quoted(subject)}{self._tail}{_quoted(line)}/"


def derivation_address(kind: str, year: int, subject: str) -> str:
    """The one printable page with everything a subject's result rests on."""
    part = "code" if kind == "team" else "number"
    return reverse(f"scoring:{kind}_derivation", kwargs={"year": year, part: _SUBJECT}).replace(
        _SUBJECT, _quoted(subject)
    )


def years_address(kind: str, subject: str) -> str:
    """The page of a team or a cadre with all years."""
    part = "code" if kind == "team" else "number"
    return reverse(f"scoring:{kind}_years", kwargs={part: _SUBJECT}).replace(_SUBJECT, _quoted(subject))
