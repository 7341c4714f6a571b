"""Addresses of result pages for many rows: one reverse a page, then text. Codes and numbers are quoted."""

from urllib.parse import quote

from django.urls import reverse

_SUBJECT, _LINE = "SUBJECT", "LINE"


class SubjectAddresses:
    """The pages of a year's teams (`kind` "team") or cadres ("cadre")."""

    def __init__(self, kind: str, year: int) -> None:
        part = "code" if kind == "team" else "number"
        line = "line" if kind == "team" else "item"
        self._page = reverse(f"scoring:{kind}", kwargs={"year": year, part: _SUBJECT})
        self._line = reverse(f"scoring:{kind}-line", kwargs={"year": year, part: _SUBJECT, line: _LINE})

    def page(self, subject: str) -> str:
        """The subject's own page."""
        return self._page.replace(_SUBJECT, quote(subject, safe=""))

    def line(self, subject: str, line: str) -> str:
        """The derivation of one of the subject's lines."""
        return self._line.replace(_SUBJECT, quote(subject, safe="")).replace(_LINE, quote(line, safe=""))


def derivation_address(kind: str, year: int, subject: str) -> str:
    """The one printable page with everything a subject's result rests on."""
    part = "code" if kind == "team" else "number"
    return reverse(f"scoring:{kind}-derivation", kwargs={"year": year, part: _SUBJECT}).replace(
        _SUBJECT, quote(subject, safe="")
    )


def years_address(number: str) -> str:
    """The page of a cadre with all years."""
    return reverse("scoring:cadre-years", kwargs={"number": _SUBJECT}).replace(_SUBJECT, quote(number, safe=""))
