"""Years that part by votes alone, and what shakes them: for the tests of stability."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, settings

from assessment.scheme import Bands, Evaluation, Scheme, VoteRule, WeightedShare, default_scheme
from scoring.engine import Counts, TeamInput, TeamResult, YearInput, YearResult, score_year
from scoring.engine.lines import vote_line
from scoring.engine.votes import VoteScale
from scoring.stability import Stability, stability_of
from scoring.stability.replicates import Field, field_of

HALVES = (("甲", Fraction(1, 2)), ("乙", Fraction(1, 2)))
TWO_TO_ONE = (("甲", Fraction(2, 3)), ("乙", Fraction(1, 3)))
SHARES = WeightedShare((Fraction(1), Fraction(4, 5), Fraction(3, 5), Fraction(0)))
MINUS = WeightedShare((Fraction(1), Fraction(1, 2), Fraction(0), Fraction(-1)))
BANDS = Bands(
    ((Fraction(9, 10), Fraction(1)), (Fraction(3, 5), Fraction(9, 10)), (Fraction(0), Fraction(4, 5))),
    (Fraction(1, 3), Fraction(13, 20)),
)
GENERATED = settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

Box = Mapping[str, Counts]
Boxes = Mapping[str, Box]


def counts_of(grades: Sequence[int]) -> Counts:
    first, second, third, fourth = grades
    return Counts((first, second, third, fourth))


def votes(*grades: int) -> Box:
    """One group of voters."""
    return {"": counts_of(grades)}


def scheme_of(rule: VoteRule, *evaluations: Evaluation, **changes: Any) -> Scheme:
    return replace(default_scheme(), team_votes=rule, evaluations=evaluations, **changes)


def evaluation(code: str, points: object, groups: tuple[tuple[str, Fraction], ...] = ()) -> Evaluation:
    return Evaluation(code, code, Fraction(str(points)), groups)


ONE = evaluation("E1", 10)


def scored(scheme: Scheme, boxes: Mapping[str, Boxes], ahead: Mapping[str, int] | None = None) -> YearResult:
    """A year of teams that part by votes alone, and by how far `ahead` one is on the first line."""
    first = scheme.lines[0].code
    level = {line.code: Fraction(1) for line in scheme.lines}
    teams = [
        TeamInput(code, code, 0, {**level, first: Fraction(1 + (ahead or {}).get(code, 0))}, tallies)
        for code, tallies in boxes.items()
    ]
    return score_year(YearInput(scheme, tuple(teams)))


def ranked(result: YearResult) -> list[TeamResult]:
    return [team for team in result.teams if team.standing]


def field(result: YearResult) -> Field:
    return field_of(ranked(result), result.scheme.tie_break)


def shaken(result: YearResult, *, replicates: int = 100, seed: int = 1) -> Stability:
    return stability_of(result, replicates=replicates, seed=seed)


def points_of(scheme: Scheme, entry: Evaluation, box: Box) -> Decimal:
    line = vote_line(VoteScale(scheme.team_votes, scheme.empty_group), entry, {entry.code: box}, "", "")
    assert line.points is not None
    return line.points
