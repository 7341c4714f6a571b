"""The fewest ballots that exchange two places, or cross the quota line (RULES G3, P5)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assessment.scheme import Evaluation, Scheme, TeamGrading, VoteRule, WeightedShare
from scoring.engine import Counts, TeamResult, YearInput, YearResult, score_year
from scoring.stability import Flip
from scoring.stability.flips import Exchanges
from tests.oracle.years import vote_rules
from tests.scoring.shaking import (
    BANDS,
    GENERATED,
    HALVES,
    MINUS,
    ONE,
    SHARES,
    TWO_TO_ONE,
    Box,
    Boxes,
    counts_of,
    evaluation,
    field,
    points_of,
    scheme_of,
    scored,
    shaken,
    votes,
)


def reachable(scheme: Scheme, team: TeamResult) -> dict[Decimal, int]:
    """Every total that changed ballots of one team lead to → the fewest that do, all ways tried by the engine."""
    fixed = sum((line.points or Decimal(0) for line in team.lines[: len(scheme.lines)]), Decimal(0))
    found = {fixed: 0}
    for entry in scheme.evaluations:
        line = _line_reached(scheme, entry, team.input.tallies[entry.code])
        found = _least(
            (one + other, ballots + more) for (one, ballots), (other, more) in product(found.items(), line.items())
        )
    return found


def _line_reached(scheme: Scheme, entry: Evaluation, box: Box) -> dict[Decimal, int]:
    apart = [[(name, *way) for way in _ways(counts)] for name, counts in box.items()]
    return _least(
        (points_of(scheme, entry, {name: counts for name, counts, _ in one}), sum(more for _, _, more in one))
        for one in product(*apart)
    )


def _ways(counts: Counts) -> Iterator[tuple[Counts, int]]:
    for grades in product(range(counts.valid + 1), repeat=4):
        if sum(grades) == counts.valid:
            yield counts_of(grades), sum(abs(new - old) for new, old in zip(grades, counts.grades, strict=True)) // 2


def _least(reached: Iterator[tuple[Decimal, int]]) -> dict[Decimal, int]:
    found: dict[Decimal, int] = {}
    for points, ballots in reached:
        found[points] = min(ballots, found.get(points, ballots))
    return found


def fewest_by_force(one: Mapping[Decimal, int], other: Mapping[Decimal, int], holds: Callable[..., bool]) -> int | None:
    pairs = product(one.items(), other.items())
    return min((ballots + more for (first, ballots), (second, more) in pairs if holds(first, second)), default=None)


SLIPS = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda slips: counts_of([slips.count(grade) for grade in range(4)])
)


@st.composite
def small_years(draw: st.DrawFn, teams: int) -> YearResult:
    """Two evaluations of few ballots, under any rule, with one group, two categories or two weighted groups."""
    groups = draw(st.sampled_from([(), HALVES, TWO_TO_ONE]))
    points = draw(st.sampled_from([Fraction(3), Fraction(1, 3), Fraction(15), Fraction(1, 100)]))
    usual: st.SearchStrategy[VoteRule] = st.sampled_from([SHARES, MINUS, BANDS])
    rule = draw(usual | vote_rules())
    grading = TeamGrading(draw(st.sampled_from([Fraction(1, 4), Fraction(1, 2), Fraction(3, 4)])), *[Fraction(0)] * 3)
    scheme = scheme_of(rule, Evaluation("E1", "E1", points, groups), evaluation("E2", 2), team_grading=grading)
    names = [name for name, _ in groups] or draw(st.sampled_from([[""], ["甲", "乙"]]))
    boxes: dict[str, Boxes] = {
        f"T{at}": {"E1": {name: draw(SLIPS) for name in names}, "E2": {"": draw(SLIPS)}} for at in range(teams)
    }
    return scored(scheme, boxes, {f"T{at}": draw(st.integers(0, 1)) for at in range(teams)})


@GENERATED
@given(small_years(2))
def test_the_fewest_ballots_are_those_that_trying_everything_finds(result: YearResult) -> None:
    one, other = (reachable(result.scheme, team) for team in result.teams)
    exchanges = Exchanges(field(result))
    assert exchanges.ballots(0, 1) == fewest_by_force(one, other, lambda first, second: second > first)
    assert exchanges.ballots(1, 0) == fewest_by_force(other, one, lambda first, second: second > first)


@GENERATED
@given(small_years(4))
def test_the_quota_line_is_crossed_with_the_fewest_ballots(result: YearResult) -> None:
    totals = {team.input.code: team.total for team in result.teams}
    reached = {team.input.code: reachable(result.scheme, team) for team in result.teams}
    for team in shaken(result, replicates=1).teams:
        assert (team.quota_flip and team.quota_flip.ballots) == _crossed_by_force(result, team.code, totals, reached)


def _crossed_by_force(
    result: YearResult, code: str, totals: Mapping[str, Any], reached: Mapping[str, Mapping[Decimal, int]]
) -> int | None:
    """With one of those who hold the last place among the others, all ways tried: inside is who has fewer than the
    quota's places beside and above, outside who has as many above."""
    quota, inside = result.team_quota.places, code in result.team_quota.inside
    others = sorted((other for other in totals if other != code), key=lambda other: -totals[other])
    if not 0 < quota <= len(others):
        return None
    found = []
    for other in others:
        rest = [totals[third] for third in others if third != other]

        def crossed(own: Decimal, moved: Decimal, rest: list[Decimal] = rest) -> bool:
            if inside:
                return sum(points > own for points in [*rest, moved]) >= quota
            return sum(points >= own for points in [*rest, moved]) < quota

        if totals[other] == totals[others[quota - 1]]:
            found.append(fewest_by_force(reached[code], reached[other], crossed))
    return min((ballots for ballots in found if ballots is not None), default=None)


NINE_TO_TEN = {"T1": {"E1": votes(10, 0, 0, 0)}, "T2": {"E1": votes(9, 0, 0, 1)}}
"""10.00 and 9.00; a ballot from the first grade to the last is worth a point."""


def flips(result: YearResult) -> list[Flip | None]:
    return [team.flip for team in shaken(result).teams]


def test_one_ballot_brings_a_tie_two_an_exchange() -> None:
    assert flips(scored(scheme_of(SHARES, ONE), NINE_TO_TEN)) == [Flip("T2", 2), Flip("T1", 2)]


def test_who_share_a_place_are_parted_by_one_ballot() -> None:
    level = {"T1": {"E1": votes(5, 5, 0, 0)}, "T2": {"E1": votes(5, 5, 0, 0)}}
    assert flips(scored(scheme_of(SHARES, ONE), level)) == [Flip("T2", 1), Flip("T1", 1)]


def test_who_share_a_place_are_not_parted_by_votes_that_all_weigh_the_same() -> None:
    scheme = scheme_of(WeightedShare((Fraction(1),) * 4), ONE)
    assert flips(scored(scheme, {"T1": {"E1": votes(1, 0, 0, 0)}, "T2": {"E1": votes(0, 0, 0, 1)}})) == [None, None]


def test_the_closest_neighbour_may_stand_above_or_below() -> None:
    boxes = {**NINE_TO_TEN, "T3": {"E1": votes(8, 1, 0, 1)}}
    assert flips(scored(scheme_of(SHARES, ONE), boxes)) == [Flip("T2", 2), Flip("T3", 1), Flip("T2", 1)]


def test_a_gap_of_targets_that_no_ballot_closes() -> None:
    """12.00 of targets against votes worth a hundredth."""
    scheme = scheme_of(SHARES, evaluation("E1", "0.01"))
    boxes = {"T1": {"E1": votes(1, 0, 0, 0)}, "T2": {"E1": votes(1, 0, 0, 0)}}
    assert flips(scored(scheme, boxes, {"T1": 1})) == [None, None]


def test_more_ballots_than_the_first_steps_are_found() -> None:
    boxes = {"T1": {"E1": votes(300, 0, 0, 0)}, "T2": {"E1": votes(0, 0, 0, 300)}}
    assert flips(scored(scheme_of(SHARES, ONE), boxes)) == [Flip("T2", 301), Flip("T1", 301)]


def test_a_line_that_falls_among_three_is_crossed_by_whom_it_parts() -> None:
    """Places for one of three (G3): the first leaves, the second enters, the third needs to pass both."""
    boxes = {**NINE_TO_TEN, "T3": {"E1": votes(7, 0, 0, 3)}}
    grading = TeamGrading(Fraction(1, 3), Fraction(0), Fraction(0), Fraction(0))
    found = shaken(scored(scheme_of(SHARES, ONE, team_grading=grading), boxes)).teams
    assert [team.quota_flip for team in found] == [Flip("T2", 2), Flip("T1", 2), Flip("T1", 4)]


def test_who_is_vetoed_is_not_in_the_running() -> None:
    result = scored(scheme_of(SHARES, ONE, team_grading=TeamGrading(Fraction(1, 2), *[Fraction(0)] * 3)), NINE_TO_TEN)
    vetoed = replace(result.teams[0].input, vetoes=("V1",))
    again = score_year(YearInput(result.scheme, (vetoed, result.teams[1].input)))
    assert [team.quota_flip for team in shaken(again).teams] == [None, None]
