"""Doubts about a scheme that holds together (RULES 1.1, A2, E1 to E3, B2, B5, Y3): plain numbers, a case a warning."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.scheme import (
    Bands,
    BlockCode,
    Direct,
    Linear,
    RankRule,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    WarningCode,
    WeightedShare,
    default_scheme,
    scheme_problems,
    scheme_warnings,
)
from scoring.engine import YearInput, score_year
from tests.oracle.years import schemes, years

ONE, FIVE_EIGHTHS = Fraction(1), Fraction(5, 8)
HALF, TENTH = Fraction(1, 2), Fraction(1, 10)


def answered(scheme: Scheme | None = None) -> Scheme:
    """The default scheme with a department for every line, so that nothing is left to say of it."""
    found = scheme or default_scheme()
    return replace(found, lines=tuple(replace(line, department="财政局") for line in found.lines))


SOUND = answered()


def with_rule(rule: RankRule, *codes: str) -> Scheme:
    """SOUND with another rule on these lines, on all where none is named."""
    lines = (replace(line, rule=rule) if not codes or line.code in codes else line for line in SOUND.lines)
    return replace(SOUND, lines=tuple(lines))


def said(scheme: Scheme, townships: int = 20) -> list[tuple[WarningCode, tuple[str, ...], dict[str, str]]]:
    return [(found.code, found.where, dict(found.values)) for found in scheme_warnings(scheme, townships)]


@pytest.mark.parametrize("townships", [0, 1, 2, 20, 22, 24])
def test_nothing_is_said_of_the_default_with_departments(townships: int) -> None:
    assert said(SOUND, townships) == []


def test_the_default_for_25_townships_exceeds_its_pool_and_leaves_the_last_five_alike() -> None:
    assert said(SOUND, 25) == [
        (
            WarningCode.FLOOR_EARLY,
            tuple(line.code for line in SOUND.lines),
            {"place": "21", "ranked": "25", "alike": "5"},
        ),
        (WarningCode.POOL_EXCEEDED, ("奖金总额",), {"places": "8", "awards": "260000", "pool": "250000"}),
    ]


class TestPlaces:
    def test_a_block_whose_steps_take_more_than_it_is_worth(self) -> None:
        """常规 5 + 5 + 4: half a point on 19 steps and three lines is 28.5 of 14; the floors of 60 % leave 8.4."""
        found = said(with_rule(StepPoints(HALF, Fraction(3, 5)), "R1", "R2", "R3"))
        assert found[0] == (
            WarningCode.BLOCK_LOSES_MORE,
            ("常规",),
            {"ranked": "20", "loss": "28.50", "points": "14", "left": "8.40"},
        )

    def test_a_block_that_loses_just_what_it_is_worth_is_not_told(self) -> None:
        """From full points to nothing in 19 steps: all of it, not more."""
        assert said(with_rule(Linear(ONE, Fraction(0)))) == []
        assert said(with_rule(StepPercent(Fraction(1, 19), Fraction(0)))) == []

    def test_a_floor_reached_long_before_the_last_place(self) -> None:
        """4 % a place down to 60 %: place 11 of 20 is at the floor, ten get the same."""
        assert said(with_rule(StepPercent(Fraction(4, 100), Fraction(3, 5)), "K1", "V5")) == [
            (WarningCode.FLOOR_EARLY, ("K1", "V5"), {"place": "11", "ranked": "20", "alike": "10"})
        ]

    def test_a_floor_that_only_the_last_two_share_is_not_told(self) -> None:
        assert said(SOUND, 22) == []

    @pytest.mark.parametrize(
        ("rule", "rate"),
        [
            (StepPercent(Fraction(0), Fraction(3, 5)), "100%"),
            (StepPercent(Fraction(2, 100), ONE), "100%"),
            (StepPoints(Fraction(0), Fraction(3, 5)), "100%"),
            (StepPoints(HALF, ONE), "100%"),
            (Linear(FIVE_EIGHTHS, FIVE_EIGHTHS), "62.5%"),
            (StepPercent(Fraction(1, 100000), Fraction(0)), "100%"),
        ],
        ids=[
            "percent without step",
            "percent with full floor",
            "points without step",
            "points with full floor",
            "linear from top to the same",
            "a step lost in rounding",
        ],
    )
    def test_a_rule_that_gives_every_place_the_same(self, rule: RankRule, rate: str) -> None:
        assert said(with_rule(rule, "R3")) == [(WarningCode.RULE_SEPARATES_NOBODY, ("R3",), {"rate": rate})]

    def test_neighbours_that_rounding_puts_together(self) -> None:
        """4 points from 100 % to 99 %: 0.04 in 19 steps gives five different amounts, 15 pairs get the same."""
        assert said(with_rule(Linear(ONE, Fraction(99, 100)), "R3")) == [
            (WarningCode.NEIGHBOURS_TIE, ("R3",), {"first": "1", "second": "2", "points": "4.00", "pairs": "15"})
        ]

    def test_a_step_of_a_hundredth_parts_all_neighbours(self) -> None:
        assert said(with_rule(StepPoints(Fraction(1, 100), Fraction(0)), "R3")) == []

    @pytest.mark.parametrize("rule", [RatioToBest(), Direct()])
    def test_of_rules_by_value_nothing_is_known_before_there_are_values(self, rule: RankRule) -> None:
        assert said(with_rule(rule)) == []

    def test_places_are_not_asked_about_where_there_are_none(self) -> None:
        assert said(with_rule(StepPercent(Fraction(0), ONE)), 1) == []


EQUAL = WeightedShare((HALF, HALF, HALF, HALF))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"team_votes": EQUAL}, "班子档次系数"),
        ({"cadre_votes": EQUAL}, "干部档次系数"),
        ({"team_votes": Bands(((TENTH, HALF), (Fraction(0), HALF)))}, "班子档次分段"),
        ({"cadre_votes": Bands(((TENTH, HALF), (Fraction(0), HALF)), (TENTH, HALF))}, "干部档次分段"),
        ({"cadre_votes": Bands(((Fraction(0), HALF),), (TENTH, TENTH))}, "干部档次分段"),
    ],
    ids=[
        "coefficients of teams",
        "of cadres",
        "one rate",
        "an override of the same rate",
        "an override that never holds",
    ],
)
def test_e1_e2_votes_that_come_to_the_same(changes: dict[str, Any], where: str) -> None:
    assert said(replace(SOUND, **changes)) == [(WarningCode.VOTES_SEPARATE_NOBODY, (where,), {})]


@pytest.mark.parametrize(
    "rule",
    [
        WeightedShare((HALF, HALF, HALF, Fraction(0))),
        Bands(((TENTH, HALF),)),
        Bands(((TENTH, HALF), (Fraction(0), HALF)), (TENTH, TENTH)),
    ],
    ids=["the last grade differs", "nothing under the only row", "the override differs"],
)
def test_e1_e2_votes_that_separate(rule: Any) -> None:
    assert said(replace(SOUND, team_votes=rule)) == []


def test_e3_weights_that_do_not_sum() -> None:
    first, *others = SOUND.evaluations
    uneven = replace(first, groups=(("机关", HALF), ("村", Fraction(2, 5))))
    assert said(replace(SOUND, evaluations=(uneven, *others))) == [
        (WarningCode.WEIGHTS_DIFFER, ("E1",), {"total": "0.9"})
    ]


@pytest.mark.parametrize(("deputies", "total"), [(HALF, "90%"), (Fraction(4, 5), "120%")])
def test_b2_two_principals_and_the_deputies_get_the_award_neither_less_nor_more(deputies: Fraction, total: str) -> None:
    scheme = replace(SOUND, bonus=replace(SOUND.bonus, deputy_share=deputies))
    assert scheme_problems(scheme) == ()
    assert said(scheme) == [(WarningCode.SHARES_DIFFER, ("正职比例", "副职比例"), {"total": total})]


def test_b5_seven_teams_cost_245000_and_eight_260000() -> None:
    """30 % of 24 are 7.2, of 25 are 7.5, half up 8."""
    codes = {townships: [code for code, _, _ in said(SOUND, townships)] for townships in (24, 25)}
    assert (WarningCode.POOL_EXCEEDED in codes[24], WarningCode.POOL_EXCEEDED in codes[25]) == (False, True)


def test_y3_lines_nobody_answers_for_are_named_together() -> None:
    lines = tuple(replace(line, department="" if line.code in ("K2", "V1") else "财政局") for line in SOUND.lines)
    assert said(replace(SOUND, lines=lines)) == [(WarningCode.NO_DEPARTMENT, ("K2", "V1"), {})]


@settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(years(), schemes(), st.integers(0, 30))
def test_advice_never_changes_a_result(year: YearInput, other: Scheme, townships: int) -> None:
    before = score_year(year)
    warned = scheme_warnings(year.scheme, townships)
    assert score_year(year) == before
    assert scheme_warnings(year.scheme, townships) == warned
    known = {str(block) for block in BlockCode} | {entry.code for entry in other.entries}
    of_other = {place for found in scheme_warnings(other, townships) for place in found.where}
    assert of_other - known <= {"奖金总额", "正职比例", "副职比例"} | {
        f"{whose}{kind}" for whose in ("班子", "干部") for kind in ("档次系数", "档次分段")
    }
