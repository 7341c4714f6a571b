"""Who is compared: taken from the address, added and removed by links; wrong entries are said beside the field."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from scoring.compare.subjects import Candidate, Kind, Subject
from scoring.selectors.compared import SeenYear

FEWEST, MOST = 2, 6
OFFERED = 30
"""How many a search offers at once."""


@dataclass(frozen=True)
class Asked:
    """What the address asks for: keys once each, a year as typed, a search as typed."""

    keys: tuple[str, ...]
    year: str
    search: str


@dataclass(frozen=True)
class Link:
    """A subject or candidate with what its link does: take away, or add."""

    name: str
    detail: str
    href: str
    page: str = ""


@dataclass(frozen=True)
class Choice:
    """The form: who is chosen, who can be added, what is wrong in words."""

    kind: Kind
    asked: Asked
    chosen: tuple[Link, ...]
    offered: tuple[Link, ...]
    problems: tuple[str, ...]
    added: str
    keys: tuple[str, ...]


def asked_of(query: QueryDict, kind: Kind) -> Asked:
    """Blank and repeated entries are left out."""
    keys = dict.fromkeys(key.strip()[:40] for key in query.getlist(kind.parameter))
    keys.pop("", None)
    return Asked(tuple(keys), query.get("year", "").strip()[:4], query.get("q", "").strip()[:40])


def compare_address(kind: Kind, keys: Iterable[str], year: str | int = "") -> str:
    """The address of a comparison, which can be shared."""
    pairs = [(kind.parameter, key) for key in keys] + ([("year", str(year))] if year else [])
    return f"{reverse(kind.address)}?{urlencode(pairs)}" if pairs else reverse(kind.address)


def choice_of(kind: Kind, asked: Asked, subjects: Sequence[Subject], years: Sequence[SeenYear]) -> Choice:
    """`subjects` are those of the keys that exist, without the seventh and later ones.

    `added` is where to go when the search means exactly one.
    """
    keys = [subject.key for subject in subjects]
    found = _found(kind, asked.search, keys, years)
    one = _only(found, asked.search) if len(keys) < MOST else None
    return Choice(
        kind=kind,
        asked=asked,
        chosen=tuple(_chosen(kind, subject, keys, asked.year) for subject in subjects),
        offered=tuple(_offered(kind, candidate, keys, asked.year) for candidate in found[:OFFERED]),
        problems=tuple(_problems(kind, asked, subjects, found)),
        added=_offered(kind, one, keys, asked.year).href if one else "",
        keys=tuple(keys),
    )


def _found(kind: Kind, text: str, keys: Sequence[str], years: Sequence[SeenYear]) -> list[Candidate]:
    """Who answers to the search and is not chosen; everybody where the kind offers all and nothing is searched for."""
    if len(keys) >= MOST or not (text or kind.offers_all):
        return []
    return [one for one in kind.candidates(years) if one.key not in keys and one.answers_to(text)]


def _only(found: Sequence[Candidate], text: str) -> Candidate | None:
    """Whom the search means: by number, else the only one found."""
    exact = next((one for one in found if one.key == text), None)
    return exact or (found[0] if text and len(found) == 1 else None)


def _chosen(kind: Kind, subject: Subject, keys: Sequence[str], year: str) -> Link:
    rest = [key for key in keys if key != subject.key]
    return Link(subject.name, subject.detail, compare_address(kind, rest, year), subject.href)


def _offered(kind: Kind, candidate: Candidate, keys: Sequence[str], year: str) -> Link:
    return Link(candidate.name, candidate.detail, compare_address(kind, [*keys, candidate.key], year))


def _problems(kind: Kind, asked: Asked, subjects: Sequence[Subject], found: Sequence[Candidate]) -> Iterable[str]:
    known = {subject.key for subject in subjects}
    left = [key for key in asked.keys if key not in known]
    if len(subjects) == MOST and left:
        yield _("Up to six are compared; left out: %(keys)s") % {"keys": ", ".join(left)}
    elif left:
        yield str(kind.unknown) % {"text": ", ".join(left)}
    if asked.search:
        yield from _search_problems(kind, asked.search, subjects, found)


def _search_problems(kind: Kind, text: str, subjects: Sequence[Subject], found: Sequence[Candidate]) -> Iterable[str]:
    if len(subjects) == MOST:
        yield _("Six are chosen: take one away first.")
    elif any(text in (subject.key, subject.name) for subject in subjects) and not found:
        yield _("Already chosen: %(text)s") % {"text": text}
    elif not found:
        yield str(kind.unknown) % {"text": text}
    elif len(found) > OFFERED:
        yield _("%(count)s are found; the first %(shown)s are shown. Type more of the name or the number.") % {
            "count": len(found),
            "shown": OFFERED,
        }
