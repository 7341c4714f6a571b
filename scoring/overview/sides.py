"""Teams and cadres beside each other: the first places, the quota, ties, how often each grade is given."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from cadres.templatetags.labels import percent, points, term
from scoring.addresses import SubjectAddresses
from scoring.chart import BAD, DOUBTFUL, GOOD, SOUND, Chart, ChartKind, Mark, Row, number
from scoring.engine import CadreGrade, QuotaLine, Rank, TeamGrade, YearResult
from scoring.standing import rate

from .labels import posts_of
from .notes import graded_address

FIRST = 5
"""Places shown of each ranking."""


@dataclass(frozen=True)
class Leader:
    """One of the first places: `tied` says that the place is shared."""

    place: int
    tied: bool
    name: str
    note: str
    total: str
    rate: str
    href: str


@dataclass(frozen=True)
class Side:
    """Teams, or cadres: how many ranked, the first of them, the quota, how many places are shared, how often each
    grade is suggested, and decided once that is confirmed."""

    heading: str
    ranked: int
    first: tuple[Leader, ...]
    quota: QuotaLine
    quota_text: str
    ties: int
    grades: Chart
    href: str


@dataclass(frozen=True)
class _Subject:
    """A team or a cadre as the first places show it."""

    rank: Rank
    name: str
    note: str
    total: Decimal | None
    out_of: Fraction
    href: str


def quota_text(quota: QuotaLine) -> str:
    """“30.00% of 24 make 7 places, 7 are filled.”, and where a tie lies across the line (RULES G3)."""
    text = _("%(share)s of %(base)s make %(places)s places; %(inside)s are filled.")
    if quota.tie_of:
        text = _(
            "%(share)s of %(base)s make %(places)s places; %(inside)s are filled. "
            "The quota line falls in a tie of %(tie_of)s at place %(tie_rank)s: decide."
        )
    return text % {
        "share": percent(quota.share),
        "base": quota.base,
        "places": quota.places,
        "inside": len(quota.inside),
        "tie_of": quota.tie_of,
        "tie_rank": quota.tie_rank,
    }


def team_side(result: YearResult, year: int, decided: Mapping[str, str]) -> Side:
    """`decided` are the confirmed grades by township code."""
    suggested = Counter(str(team.grade) for team in result.teams if team.grade)
    return _side(
        _("Teams"),
        tuple(_teams(result, year)),
        result.team_quota,
        _grades("team", year, TeamGrade, suggested, Counter(decided.values())),
        graded_address("team", year),
    )


def cadre_side(result: YearResult, year: int, decided: Mapping[str, str]) -> Side:
    """`decided` are the confirmed grades by personnel number."""
    suggested = Counter(str(cadre.grade) for cadre in result.cadres if cadre.grade)
    return _side(
        _("Cadres"),
        tuple(_cadres(result, year)),
        result.cadre_quota,
        _grades("cadre", year, CadreGrade, suggested, Counter(decided.values())),
        graded_address("cadre", year),
    )


def _teams(result: YearResult, year: int) -> Iterator[_Subject]:
    page = SubjectAddresses("team", year).page
    for team in result.teams:
        if team.standing:
            yield _Subject(team.standing, team.input.name, "", team.total, team.out_of, page(team.input.code))


def _cadres(result: YearResult, year: int) -> Iterator[_Subject]:
    page = SubjectAddresses("cadre", year).page
    post_of = posts_of(result)
    for cadre in result.cadres:
        if cadre.in_county:
            href = page(cadre.input.number)
            yield _Subject(cadre.in_county, cadre.input.name, post_of(cadre), cadre.total, cadre.out_of, href)


def _side(heading: str, ranked: Sequence[_Subject], quota: QuotaLine, grades: Chart, href: str) -> Side:
    first = sorted((entry for entry in ranked if entry.rank.place <= FIRST), key=lambda entry: entry.rank.place)
    return Side(
        heading=heading,
        ranked=len(ranked),
        first=tuple(map(_leader, first)),
        quota=quota,
        quota_text=quota_text(quota),
        ties=len({entry.rank.place for entry in ranked if entry.rank.is_tied}),
        grades=grades,
        href=href,
    )


def _leader(entry: _Subject) -> Leader:
    return Leader(
        entry.rank.place,
        entry.rank.is_tied,
        entry.name,
        entry.note,
        points(entry.total),
        percent(rate(entry.total, entry.out_of)),
        entry.href,
    )


def _grades(kind: str, year: int, grades: type[StrEnum], suggested: Counter[str], decided: Counter[str]) -> Chart:
    """How many got each grade: as suggested, and as decided once that is confirmed (RULES 4)."""
    tables = [graded_address(kind, year, grade) for grade in grades]
    decisions = [reverse(f"rewards:{kind}_grades", kwargs={"year": year})] * len(grades)
    rows = [_counted(_("Suggested"), grades, suggested, tables)]
    if decided:
        rows.append(_counted(_("Decided"), grades, decided, decisions))
    return Chart(
        name=f"{kind}-grades",
        kind=ChartKind.STACK,
        title=_("Grades"),
        series=tuple(term(grade) for grade in grades),
        rows=tuple(rows),
        corner=_("Grade"),
        top=str(max(suggested.total(), decided.total())),
        tones=(GOOD, SOUND, DOUBTFUL, BAD),
    )


def _counted(label: str, grades: type[StrEnum], counted: Mapping[str, int], addresses: Sequence[str]) -> Row:
    marks = (
        Mark(number(counted.get(grade, 0)), str(counted.get(grade, 0)), href)
        for grade, href in zip(grades, addresses, strict=True)
    )
    return Row(label, tuple(marks))
