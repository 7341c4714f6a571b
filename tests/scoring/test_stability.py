"""How firm a place is: ballots drawn anew, weights varied, the fewest ballots that exchange two (RULES E, G3, P5)."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import factorial, prod, sqrt
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.scheme import Bands, Evaluation, Scheme, TeamGrading, VoteRule, WeightedShare, default_scheme
from scoring.engine import Counts, TeamInput, TeamResult, YearInput, YearResult, competition_places, score_year
from scoring.engine.lines import vote_line
from scoring.engine.votes import VoteScale
from scoring.stability import MOST_REPLICATES, Flip, Interval, Stability, stability_of
from scoring.stability.flips import Exchanges
from scoring.stability.places import chained, interval, places
from scoring.stability.replicates import Field, Subject, field_of, places_resampled, places_reweighted
from tests.county import ladder
from tests.oracle.read_golden import year_input
from tests.oracle.years import vote_rules, years

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
COUNTIES = ("county-default", "county-own-scheme")

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


# Unshaken, the arithmetic is the engine's


def assert_unshaken(result: YearResult) -> None:
    """Lines to the hundredth, and places."""
    cadres = [cadre for cadre in result.cadres if cadre.in_county]
    _assert_unshaken(ranked(result), [team.rank for team in ranked(result)], result.scheme.tie_break)
    _assert_unshaken(cadres, [cadre.rank_county for cadre in cadres], result.scheme.tie_break)


def _assert_unshaken(subjects: Sequence[Subject], expected: list[int | None], chain: Sequence[str]) -> None:
    if not subjects:
        return
    made = field_of(subjects, chain)
    for row, lines in enumerate(made.votes):
        for at, line in lines.items():
            assert line.as_counted().tolist() == [made.points[row, at]]
    assert [Decimal(int(total)) / 100 for total in made.points.sum(axis=1)] == [one.total for one in subjects]
    assert made.places_of(made.points[np.newaxis])[0].tolist() == expected


@GENERATED
@given(years())
def test_generated_years_come_out_as_the_engine_scores_them(year: YearInput) -> None:
    assert_unshaken(score_year(year))


@pytest.mark.parametrize("county", COUNTIES)
def test_golden_counties_come_out_as_the_engine_scores_them(county: str) -> None:
    assert_unshaken(score_year(year_input(county)))


@GENERATED
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-2, 2), st.integers(0, 1)), min_size=1, max_size=12))
def test_places_are_competition_places_with_ties_parted_by_the_chain(keys: list[tuple[int, int, int]]) -> None:
    expected = competition_places(dict(enumerate(keys)))
    totals, first, second = (np.array([[key[at] for key in keys]] * 2) for at in range(3))
    found = places(chained(totals, [first, second]))
    assert found.tolist() == [[expected[at].place for at in range(len(keys))]] * 2


def test_the_interval_is_the_fifth_and_the_ninety_fifth_percentile() -> None:
    found = interval(np.array([[place, 7] for place in range(1, 101)]))
    assert found.tolist() == [[5, 7], [95, 7]]


# Ballots resampled


def outcomes(counts: Counts) -> Iterator[tuple[Counts, Fraction]]:
    """Every election in which as many ballots are drawn from these, with its probability."""
    drawn, chances = counts.valid, [Fraction(count, counts.valid) for count in counts.grades]
    for grades in product(range(drawn + 1), repeat=4):
        if sum(grades) == drawn:
            ways = factorial(drawn) // prod(map(factorial, grades))
            chance = ways * prod(chance**count for chance, count in zip(chances, grades, strict=True))
            if chance:
                yield counts_of(grades), Fraction(chance)


def outcomes_of(box: Box) -> list[tuple[Box, Fraction]]:
    apart = [[(name, *drawn) for drawn in outcomes(counts)] for name, counts in box.items()]
    return [({name: counts for name, counts, _ in one}, prod(c for _, _, c in one)) for one in product(*apart)]  # type: ignore[misc]


def points_of(scheme: Scheme, entry: Evaluation, box: Box) -> Decimal:
    line = vote_line(VoteScale(scheme.team_votes, scheme.empty_group), entry, {entry.code: box}, "", "")
    assert line.points is not None
    return line.points


def exact_shares(scheme: Scheme, one: Box, other: Box) -> dict[int, Fraction]:
    """How often the first of two stands at each place, over all outcomes of both."""
    entry, found = scheme.evaluations[0], Counter[int]()
    scores = [[(points_of(scheme, entry, box), chance) for box, chance in outcomes_of(two)] for two in (one, other)]
    for (first, chance), (second, besides) in product(*scores):
        found[2 if second > first else 1] += chance * besides  # type: ignore[assignment]
    return dict(found)  # type: ignore[arg-type]


TINY = [
    pytest.param(SHARES, (), votes(2, 0, 1, 0), votes(1, 1, 1, 0), id="E1 three ballots each"),
    pytest.param(MINUS, (), votes(1, 0, 1, 1), votes(0, 2, 0, 1), id="E1 negative coefficient, cut at 0"),
    pytest.param(BANDS, (), votes(2, 0, 1, 0), votes(2, 1, 0, 0), id="E2 bands with override"),
    pytest.param(
        SHARES,
        TWO_TO_ONE,
        {"甲": Counts((2, 0, 1, 0)), "乙": Counts((0, 1, 1, 0))},
        {"甲": Counts((1, 2, 0, 0)), "乙": Counts((1, 0, 0, 1))},
        id="E3 two weighted groups, each drawn from its own",
    ),
    pytest.param(
        SHARES,
        (),
        {"甲": Counts((2, 0, 0, 1)), "乙": Counts((0, 2, 0, 0))},
        {"甲": Counts((1, 1, 0, 0)), "乙": Counts((2, 0, 1, 0))},
        id="E3 categories of one group, each drawn from its own",
    ),
]


@pytest.mark.parametrize(("rule", "groups", "one", "other"), TINY)
def test_places_come_as_often_as_all_outcomes_say(rule: VoteRule, groups: Any, one: Box, other: Box) -> None:
    scheme, drawn = scheme_of(rule, evaluation("E1", 10, groups)), 20_000
    result = scored(scheme, {"T1": {"E1": one}, "T2": {"E1": other}})
    found = Counter(places_resampled(field(result), drawn, np.random.SeedSequence(5))[:, 0].tolist())
    for place, share in exact_shares(scheme, one, other).items():
        bound = 4 * sqrt(share * (1 - share) / drawn)
        assert abs(found[place] / drawn - share) <= bound


def drawn_anew(random: Random, box: Box) -> Box:
    """Every group's ballots put back and drawn again, one by one."""
    found = {}
    for name, counts in box.items():
        slips = [grade for grade, count in enumerate(counts.grades) for _ in range(count)]
        again = Counter(random.choices(slips, k=len(slips)))
        found[name] = counts_of([again[grade] for grade in range(4)])
    return found


def test_places_come_as_often_as_slips_drawn_by_hand() -> None:
    random, drawn = Random(11), 1500
    scheme = scheme_of(SHARES, evaluation("E1", 15), evaluation("E2", 10, HALVES))
    boxes: dict[str, Boxes] = {
        f"T{number}": {
            "E1": votes(14 + number, 8, 4, 6 - number),
            "E2": {"甲": Counts((5, 4, number, 1)), "乙": Counts((3, number, 2, 1))},
        }
        for number in range(1, 6)
    }
    by_hand = np.array([[team.rank for team in _drawn_year(scheme, boxes, random).teams] for _ in range(drawn)])
    ours = places_resampled(field(scored(scheme, boxes)), drawn, np.random.SeedSequence(3))
    spread = np.sqrt((by_hand.var(axis=0) + ours.var(axis=0)) / drawn)
    assert (abs(by_hand.mean(axis=0) - ours.mean(axis=0)) <= 4 * spread).all()


def _drawn_year(scheme: Scheme, boxes: Mapping[str, Boxes], random: Random) -> YearResult:
    again = {team: {code: drawn_anew(random, box) for code, box in own.items()} for team, own in boxes.items()}
    return scored(scheme, again)


def test_the_same_seed_gives_the_same_answer_whatever_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    result = score_year(year_input(COUNTIES[1]))
    many = shaken(result, replicates=700)
    monkeypatch.setattr("scoring.stability.replicates.ThreadPoolExecutor", lambda: ThreadPoolExecutor(1))
    assert shaken(result, replicates=700) == many
    assert shaken(result, replicates=700, seed=2) != many


def test_ballots_all_alike_leave_every_place_where_it_is() -> None:
    result = score_year(ladder(4))
    assert [team.votes for team in shaken(result).teams] == [Interval(place, place) for place in (1, 2, 3, 4)]


# Points varied


def test_points_vary_for_all_alike_by_a_tenth_at_most() -> None:
    """The first is a point better on E1, the second 2.75 on E2: weights of 0.9 to 1.1 do not reverse that."""
    scheme = scheme_of(SHARES, evaluation("E1", 10), evaluation("E2", 10))
    better, worse = (
        {"E1": votes(0, 0, 10, 0), "E2": votes(5, 0, 0, 5)},
        {"E1": votes(5, 0, 0, 5), "E2": votes(5, 0, 2, 1)},
    )
    result = scored(scheme, {"T1": better, "T2": worse})
    found = places_reweighted(field(result), 4000, np.random.SeedSequence(1))
    assert set(found[:, 0].tolist()) == {2}
    near = {"E1": votes(5, 0, 0, 5), "E2": votes(6, 0, 0, 4)}
    level = places_reweighted(field(scored(scheme, {"T1": better, "T2": near})), 4000, np.random.SeedSequence(1))
    assert abs((level[:, 0] == 1).mean() - 0.5) < 0.05  # one point more on either line: the heavier line decides


def test_weights_leave_the_better_on_every_line_before_the_worse() -> None:
    result = score_year(ladder(5))
    assert [team.weights for team in shaken(result).teams] == [Interval(place, place) for place in range(1, 6)]


# The fewest ballots


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


def test_who_share_a_place_may_be_parted_by_one_alone() -> None:
    """The votes of the first weigh nothing; the second is parted from it whatever its side."""
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


# Who is in the answer


def test_nobody_is_ranked() -> None:
    year = ladder(2)
    empty = YearInput(year.scheme, tuple(replace(team, values={}) for team in year.teams))
    assert shaken(score_year(empty)) == Stability(100, 1, (), ())


def test_one_alone_is_first_and_has_nobody_to_exchange_with() -> None:
    only = shaken(scored(scheme_of(SHARES, ONE), {"T1": {"E1": votes(3, 0, 0, 1)}})).teams[0]
    assert (only.votes, only.weights, only.flip, only.quota_flip) == (Interval(1, 1), Interval(1, 1), None, None)


def test_who_has_no_place_is_left_out() -> None:
    year = ladder(3)
    result = score_year(replace(year, teams=(year.teams[0], replace(year.teams[1], tallies={}), year.teams[2])))
    assert [team.code for team in shaken(result).teams] == ["T1", "T3"]


@pytest.mark.parametrize(("replicates", "seed"), [(0, 1), (-1, 1), (MOST_REPLICATES + 1, 1), (10, -1)])
def test_bad_numbers_are_refused(replicates: int, seed: int) -> None:
    with pytest.raises(ValueError, match="replicates from seed"):
        shaken(score_year(ladder(1)), replicates=replicates, seed=seed)
