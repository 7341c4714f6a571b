"""A year at one look: the first places, quota lines, ties, how the totals are spread."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from cadres.templatetags.labels import percent, points, term
from scoring.addresses import SubjectAddresses
from scoring.charts import Bar, distribution
from scoring.engine import CadreGrade, QuotaLine, Rank, TeamGrade, YearResult
from scoring.results import NOT_CONFIRMED, Confirmed
from scoring.standing import rate

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
    grade: str


@dataclass(frozen=True)
class Side:
    """Teams, or cadres: how many ranked, the first of them, the quota, ties, how often each grade is suggested, and
    decided once that is confirmed, the spread of totals."""

    ranked: int
    first: tuple[Leader, ...]
    quota: QuotaLine
    quota_text: str
    ties: int
    grades: tuple[tuple[str, int], ...]
    decided: tuple[int, ...]
    spread: tuple[Bar, ...]
    href: str


@dataclass(frozen=True)
class Overview:
    """A year's dashboard."""

    computable: bool
    missing: int
    teams: Side
    cadres: Side
    not_graded: int
    vetoed: int


def overview(result: YearResult, year: int, confirmed: Confirmed = NOT_CONFIRMED) -> Overview:
    """Everything the dashboard shows."""
    return Overview(
        computable=result.computable,
        missing=len(result.missing),
        teams=_teams(result, year, confirmed.team_grades),
        cadres=_cadres(result, year, confirmed.cadre_grades),
        not_graded=sum(1 for cadre in result.cadres if not cadre.graded),
        vetoed=sum(1 for team in result.teams if team.vetoed),
    )


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


def _teams(result: YearResult, year: int, decided: Mapping[str, str]) -> Side:
    page = SubjectAddresses("team", year).page
    all_teams = reverse("scoring:teams", kwargs={"year": year})
    leaders = [
        _leader(team.standing, team.input.name, "", team.total, team.out_of, page(team.input.code), team.grade)
        for team in result.teams
        if team.standing
    ]
    counted = Counter(team.grade for team in result.teams if team.grade)
    grades = [(term(grade), counted[grade]) for grade in TeamGrade]
    ranks = [team.standing for team in result.teams if team.standing]
    totals = [team.total for team in result.teams if team.total is not None]
    return _side(leaders, ranks, result.team_quota, grades, _counts(TeamGrade, decided), totals, all_teams)


def _cadres(result: YearResult, year: int, decided: Mapping[str, str]) -> Side:
    page = SubjectAddresses("cadre", year).page
    county = reverse("scoring:ranking", kwargs={"year": year, "ranking": "county"})
    names = {team.input.code: team.input.name for team in result.teams}
    leaders = [
        _leader(
            cadre.in_county,
            cadre.input.name,
            f"{names.get(cadre.input.township, '')} {term(cadre.input.post)}",
            cadre.total,
            cadre.out_of,
            page(cadre.input.number),
            cadre.grade,
        )
        for cadre in result.cadres
        if cadre.in_county
    ]
    counted = Counter(cadre.grade for cadre in result.cadres if cadre.grade)
    grades = [(term(grade), counted[grade]) for grade in CadreGrade]
    ranks = [cadre.in_county for cadre in result.cadres if cadre.in_county]
    totals = [cadre.total for cadre in result.cadres if cadre.total is not None]
    return _side(leaders, ranks, result.cadre_quota, grades, _counts(CadreGrade, decided), totals, county)


def _leader(
    rank: Rank,
    name: str,
    note: str,
    total: Decimal | None,
    out_of: Fraction,
    href: str,
    grade: TeamGrade | CadreGrade | None,
) -> Leader:
    return Leader(rank.place, rank.is_tied, name, note, points(total), percent(rate(total, out_of)), href, term(grade))


def _side(
    leaders: list[Leader],
    ranks: Sequence[Rank],
    quota: QuotaLine,
    grades: list[tuple[str, int]],
    decided: tuple[int, ...],
    totals: Sequence[Decimal],
    href: str,
) -> Side:
    first = sorted((leader for leader in leaders if leader.place <= FIRST), key=lambda leader: leader.place)
    return Side(
        ranked=len(ranks),
        first=tuple(first),
        quota=quota,
        quota_text=quota_text(quota),
        ties=_ties(ranks),
        grades=tuple(grades),
        decided=decided,
        spread=tuple(distribution(totals)),
        href=href,
    )


def _counts(order: Iterable[str], decided: Mapping[str, str]) -> tuple[int, ...]:
    """How often each grade was decided; empty where nothing is confirmed."""
    counted = Counter(decided.values())
    return tuple(counted[str(grade)] for grade in order) if decided else ()


def _ties(ranks: Iterable[Rank]) -> int:
    """How many places are shared."""
    return len({rank.place for rank in ranks if rank.is_tied})
