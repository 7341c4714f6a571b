"""How firm a place is: ballots drawn anew, weights varied (RULES E, P5)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from hypothesis import given
from hypothesis import strategies as st

from assessment.scheme import Scheme, VoteRule
from scoring.engine import Counts, YearInput, YearResult, competition_places, score_year
from scoring.stability import MOST_REPLICATES, Interval, Stability
from scoring.stability.places import chained, interval, places
from scoring.stability.replicates import Subject, field_of, places_resampled, places_reweighted
from tests.county import ladder
from tests.oracle.read_golden import year_input
from tests.oracle.years import years
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
    ranked,
    scheme_of,
    scored,
    shaken,
    votes,
)

COUNTIES = ("county-default", "county-own-scheme")


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
