"""What the last years' results say of a scheme: quotas above the eligible, lines that nobody or everybody reaches.

Each year's inputs are scored again under the scheme; a year that lacks what the scheme asks for is taken as it was
computed then, its points as rates of full points.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from assessment.models import AssessmentYear, Phase
from assessment.numbers import nearest
from assessment.scheme import CadreItem, Scheme
from scoring.engine import CadreGrade, CadreResult, ShareDerivation, TeamResult, YearInput, YearResult, score_year
from scoring.results import current_result, team_grades_decided
from scoring.what_if import inputs_of

YEARS = 3
"""So many years before are looked at, the latest that are closed."""

_OPEN = tuple(phase for phase in Phase if phase.position < Phase.CLOSED.position)
_LOW = (CadreGrade.BASIC, CadreGrade.INCOMPETENT)

Subject = TypeVar("Subject", bound=TeamResult | CadreResult)


class YearCode(StrEnum):
    """What is doubtful. `counts` hold per year what the comment names."""

    NOBODY_REACHES = "nobody_reaches"  # how many reached the line, of how many
    EVERYBODY_REACHES = "everybody_reaches"  # the same
    QUOTA_ABOVE_ELIGIBLE = "quota_above_eligible"  # how many were eligible, for how many places
    ALL_ALIKE = "all_alike"  # the points that all had, how many


@dataclass(frozen=True)
class LookedAt:
    """A year looked at. `rescored`: under the scheme in question, else as it was computed then."""

    number: int
    rescored: bool


@dataclass(frozen=True)
class EarlierYear:
    """The same with its result."""

    looked: LookedAt
    result: YearResult


@dataclass(frozen=True)
class YearCount:
    """What is counted in one year."""

    year: LookedAt
    count: int | Decimal
    of: int


@dataclass(frozen=True)
class YearWarning:
    """One doubt, true of every year looked at. `mild`: true of many a sound scheme, so a remark and no warning."""

    code: YearCode
    where: tuple[str, ...]
    clause: str
    counts: tuple[YearCount, ...]
    mild: bool = False


def earlier_years(scheme: Scheme, year: AssessmentYear, *, revision: str) -> tuple[EarlierYear, ...]:
    """The latest closed years before `year` that can be computed, the latest first."""
    before = AssessmentYear.objects.filter(number__lt=year.number).exclude(phase__in=_OPEN)[:YEARS]
    found = (_earlier(scheme, earlier, current_result(earlier, revision=revision)) for earlier in before)
    return tuple(earlier for earlier in found if earlier.result.computable and earlier.result.teams)


def _earlier(scheme: Scheme, year: AssessmentYear, real: YearResult) -> EarlierYear:
    inputs = inputs_of(real)
    again = score_year(YearInput(scheme, inputs.teams, inputs.cadres), team_grades_decided(year))
    computable = again.computable
    return EarlierYear(LookedAt(year.number, computable), again if computable else real)


def year_warnings(scheme: Scheme, years: Sequence[EarlierYear]) -> tuple[YearWarning, ...]:
    """Every doubt that all the years agree on; none without years."""
    return (*_thresholds(scheme, years), *_quotas(scheme, years), *_alike(scheme, years)) if years else ()


@dataclass(frozen=True)
class Reached:
    """How many reached a line, of how many who have what it is compared with."""

    count: int
    of: int


@dataclass(frozen=True)
class Threshold:
    """A line of the scheme. `decides`: that nobody falls under it leaves all to the quota; else it is a safety net."""

    parameter: str
    clause: str
    reached: Callable[[YearResult], Reached]
    decides: bool = False
    votes: bool = False


def thresholds(scheme: Scheme) -> tuple[Threshold, ...]:
    """Every line between two grades (RULES G1, G2)."""
    team, cadre, full = scheme.team_grading, scheme.cadre_grading, scheme.cadre_points
    return (
        Threshold("班子突出线", "G1", lambda result: _reach(result.teams, team.outstanding), decides=True),
        Threshold("班子较好线", "G1", lambda result: _reach(result.teams, team.good)),
        Threshold("班子一般线", "G1", lambda result: _reach(result.teams, team.fair)),
        Threshold("优秀线", "G2", lambda result: _reach(result.cadres, cadre.excellent / full), decides=True),
        Threshold("称职线", "G2", lambda result: _reach(result.cadres, cadre.competent / full)),
        Threshold("基本称职线", "G2", lambda result: _reach(result.cadres, cadre.basic / full)),
        Threshold("优称率线", "G2", lambda result: _votes_hold(result, scheme, _good_votes), votes=True),
        Threshold("不称职率线", "G2", lambda result: _votes_hold(result, scheme, _few_bad_votes), votes=True),
    )


def _thresholds(scheme: Scheme, years: Sequence[EarlierYear]) -> Iterator[YearWarning]:
    for threshold in thresholds(scheme):
        where, clause = (threshold.parameter,), threshold.clause
        found = [threshold.reached(year.result) for year in years]
        counts = tuple(YearCount(year.looked, got.count, got.of) for year, got in zip(years, found, strict=True))
        if not all(reached.of for reached in found):
            continue
        if not any(reached.count for reached in found):
            yield YearWarning(YearCode.NOBODY_REACHES, where, clause, counts)
        elif not threshold.votes and all(reached.count == reached.of for reached in found):
            yield YearWarning(YearCode.EVERYBODY_REACHES, where, clause, counts, mild=not threshold.decides)


def _reach(subjects: Sequence[TeamResult | CadreResult], share: Fraction) -> Reached:
    return Reached(len(_reaching(subjects, share)), sum(one.total is not None for one in subjects))


def _reaching(subjects: Sequence[Subject], share: Fraction) -> list[Subject]:
    """Those with this share of full points at least."""
    return [one for one in subjects if one.total is not None and Fraction(one.total) >= share * one.out_of]


Votes = tuple[int, int, int, int]


def _good_votes(scheme: Scheme, votes: Votes) -> bool:
    return Fraction(votes[0] + votes[1], sum(votes)) >= scheme.cadre_grading.good_votes


def _few_bad_votes(scheme: Scheme, votes: Votes) -> bool:
    return Fraction(votes[3], sum(votes)) <= scheme.cadre_grading.bad_votes


def _votes_hold(result: YearResult, scheme: Scheme, holds: Callable[[Scheme, Votes], bool]) -> Reached:
    """How many cadres' votes of 民主测评 are on the right side of a line, of those who have any."""
    counted = [votes for cadre in result.cadres if any(votes := _votes(cadre, scheme.cadre_grading.vote_item))]
    return Reached(sum(holds(scheme, votes) for votes in counted), len(counted))


def _votes(cadre: CadreResult, item: str) -> Votes:
    """All voter groups added up (G2); none where the year had no such item."""
    derived = next((line.derivation for line in cadre.lines if line.code == item), None)
    groups = derived.groups if isinstance(derived, ShareDerivation) else ()
    first, second, third, fourth = (sum(group.counts.grades[grade] for group in groups) for grade in range(4))
    return first, second, third, fourth


def _quotas(scheme: Scheme, years: Sequence[EarlierYear]) -> Iterator[YearWarning]:
    """More places than eligible in every year, and some eligible in one: else the line above says it."""
    quotas = (
        ("班子突出比例", "G1", [_team_places(scheme, year) for year in years]),
        ("优秀比例", "G2", [_cadre_places(scheme, year) for year in years]),
    )
    for parameter, clause, counts in quotas:
        if any(found.count for found in counts) and all(found.count < found.of for found in counts):
            yield YearWarning(YearCode.QUOTA_ABOVE_ELIGIBLE, (parameter,), clause, tuple(counts))


def _team_places(scheme: Scheme, year: EarlierYear) -> YearCount:
    """Who reached the line without a veto (G5), and the places of the quota in that year."""
    terms, ranked = scheme.team_grading, sum(team.total is not None for team in year.result.teams)
    eligible = sum(not team.vetoed for team in _reaching(year.result.teams, terms.outstanding))
    return YearCount(year.looked, eligible, nearest(terms.quota * ranked))


def _cadre_places(scheme: Scheme, year: EarlierYear) -> YearCount:
    """Who reached the line, without a bar (G4) and without a lower grade suggested (G2)."""
    terms, graded = scheme.cadre_grading, sum(cadre.graded for cadre in year.result.cadres)
    reached = _reaching(year.result.cadres, terms.excellent / scheme.cadre_points)
    eligible = sum(not cadre.bars and cadre.grade not in _LOW for cadre in reached)
    return YearCount(year.looked, eligible, nearest(terms.quota * graded))


def _alike(scheme: Scheme, years: Sequence[EarlierYear]) -> Iterator[YearWarning]:
    """Lines, evaluations and items that gave everybody the same points, where all years are scored by this scheme."""
    if not all(year.looked.rescored for year in years):
        return
    teams = [year.result.teams for year in years]
    graded = [[cadre for cadre in year.result.cadres if cadre.graded] for year in years]
    asked: list[tuple[str, str, Sequence[Sequence[TeamResult | CadreResult]]]] = [
        *((line.code, "1.1", teams) for line in scheme.lines),
        *((entry.code, "1.2", teams) for entry in scheme.evaluations if entry.points),
        *((item.code, "1.2", graded) for item in _voted_items(scheme)),
    ]
    for code, clause, subjects in asked:
        points = [_points(of_year, code) for of_year in subjects]
        if all(len(found) > 1 and len(set(found)) == 1 for found in points):
            counts = (YearCount(year.looked, found[0], len(found)) for year, found in zip(years, points, strict=True))
            yield YearWarning(YearCode.ALL_ALIKE, (code,), clause, tuple(counts))


def _voted_items(scheme: Scheme) -> list[CadreItem]:
    """The work result follows from the team's lines, which are asked about themselves."""
    return [item for item in scheme.cadre_items if item.points and not item.is_work]


def _points(subjects: Sequence[TeamResult | CadreResult], code: str) -> list[Decimal]:
    """Of all who have any."""
    found = (one.line(code).points for one in subjects)
    return [points for points in found if points is not None]
