"""RULES 1.1, A2, A3, T3 to T5: lines by rank, with the published examples."""

from fractions import Fraction

import pytest

from scoring.engine import MissingCode, NotApplicableDerivation, PeriodsDerivation, RankDerivation, ScoreLine
from tests.engine.cases import LOWER, line, lines_scheme, points_of, score_lines, score_values

EIGHT = (80, 70, 60, 50, 40, 30, 20, 10)


def test_published_base_200_less_2_percent_a_place() -> None:
    points = points_of(line("名次百分比", "步长=2%;下限=0", points="200"), *EIGHT)
    assert points[:4] == ["200.00", "196.00", "192.00", "188.00"]


def test_published_base_30_less_5_percent_a_place() -> None:
    assert points_of(line("名次百分比", "步长=5%;下限=0", points="30"), *EIGHT)[5] == "22.50"


def test_published_600_to_500_in_equal_steps_over_10_units() -> None:
    ten = points_of(line("线性", "最高=100%;最低=5/6", points="600"), *range(10, 0, -1))
    assert (ten[0], ten[3], ten[9]) == ("600.00", "566.67", "500.00")


def test_published_mean_of_places_1_3_2_over_the_year_t5() -> None:
    one = line("名次百分比", "步长=2%;下限=0", points="200")
    mean, *_ = score_values(one, (9, 7, 8), (8, 9, 9), (7, 8, 7))
    assert str(mean.points) == "196.00"
    assert isinstance(mean.derivation, PeriodsDerivation)
    assert [period.place for period in mean.derivation.periods] == [1, 3, 2]
    assert (mean.place, mean.clause) == (None, "T5")


def test_t5_a_township_with_fewer_periods_is_missing() -> None:
    whole, part = score_values(line("名次百分比"), (1, 2, 3), (1, 2))
    assert (str(whole.points), part.points) == ("12.00", None)
    assert [(one.code, one.value) for one in part.missing] == [(MissingCode.PERIODS_DIFFER, "2")]


def test_step_percent_stops_at_the_floor() -> None:
    assert points_of(line("名次百分比", "步长=20%;下限=60%"), 5, 4, 3, 2) == ["12.00", "9.60", "7.20", "7.20"]


def test_step_points_stops_at_a_share_of_full_points() -> None:
    assert points_of(line("名次分值", "步长=5;下限=50%"), 5, 4, 3) == ["12.00", "7.00", "6.00"]


def test_linear_alone_gets_the_top_rate() -> None:
    assert points_of(line("线性", "最高=90%;最低=60%"), 7) == ["10.80"]


@pytest.mark.parametrize(
    ("ties", "points"),
    [("取高位", ["12.00", "11.76", "11.76", "11.28"]), ("取平均", ["12.00", "11.64", "11.64", "11.28"])],
)
def test_t3_ties_share_a_place(ties: str, points: list[str]) -> None:
    scored = score_values(line("名次百分比", f"并列={ties}"), 4, 3, 3, 2)
    assert [str(one.points) for one in scored] == points
    assert [one.place for one in scored] == [1, 2, 2, 4]


def test_t3_linear_mean_of_all_places_when_all_are_equal() -> None:
    assert points_of(line("线性", "最高=100%;最低=60%;并列=取平均"), 5, 5, 5) == ["9.60", "9.60", "9.60"]


def test_lower_is_better_turns_the_places_round() -> None:
    scored = score_values(line("名次百分比", direction=LOWER), 3, 1, 2)
    assert [one.place for one in scored] == [3, 1, 2]


def test_a1_values_are_compared_exactly() -> None:
    assert [one.place for one in score_values(line("名次百分比"), "0.1", "1/10", "0.10000000000000000001")] == [2, 2, 1]


def test_ratio_to_best_either_way() -> None:
    assert points_of(line("与最优比"), 80, 60, 0) == ["12.00", "9.00", "0.00"]
    assert points_of(line("与最优比", direction=LOWER), 2, 3, 4) == ["12.00", "8.00", "6.00"]


def test_ratio_to_best_below_zero_stands_as_the_formula_gives_it() -> None:
    assert points_of(line("与最优比"), 4, -1) == ["12.00", "-3.00"]


def test_ratio_without_a_positive_best_is_not_computable() -> None:
    scored = score_values(line("与最优比"), 0, -3)
    assert [_blame(one) for one in scored] == [(MissingCode.BEST_NOT_POSITIVE, "0")] * 2


def test_ratio_never_divides_by_a_value_that_is_not_positive() -> None:
    scored = score_values(line("与最优比", direction=LOWER), 0, 4)
    assert [_blame(one) for one in scored] == [
        (MissingCode.VALUE_NOT_POSITIVE, "0"),
        (MissingCode.BEST_NOT_POSITIVE, "0"),
    ]


def test_direct_points_between_0_and_full() -> None:
    scored = score_values(line("直接计分"), "12", "0", "11.005", "12.01", "-0.01")
    assert [str(one.points) for one in scored] == ["12.00", "0.00", "11.01", "None", "None"]
    assert _blame(scored[3]) == (MissingCode.OUT_OF_RANGE, "12.01")


def _blame(scored: ScoreLine) -> tuple[MissingCode, str]:
    (missing,) = scored.missing
    return missing.code, missing.value


@pytest.mark.parametrize(
    ("exact", "printed"), [("0.005", "0.01"), ("0.0049", "0.00"), ("1.115", "1.12"), ("2.675", "2.68")]
)
def test_a2_rounds_once_half_up(exact: str, printed: str) -> None:
    assert points_of(line("直接计分"), exact) == [printed]


def test_a3_a_missing_value_is_not_zero_and_is_not_ranked() -> None:
    first, missing, last = score_values(line("名次百分比"), 9, None, 7)
    assert [str(first.points), missing.points, str(last.points)] == ["12.00", None, "11.76"]
    assert isinstance(last.derivation, RankDerivation)
    assert (last.derivation.place, last.derivation.ranked) == (2, 2)
    assert _blame(missing) == (MissingCode.NO_VALUE, "")


def test_a3_a_year_with_a_missing_value_has_no_total_and_no_rank_for_it() -> None:
    scheme = lines_scheme(line("名次百分比"), line("名次百分比", code="K2"))
    result = score_lines(scheme, T1={"K1": 1, "K2": 1}, T2={"K1": 2, "K2": None})
    assert not result.computable
    assert [(one.team, one.line) for one in result.missing] == [("T2", "K2")]
    assert [(team.total is None, team.rank) for team in result.teams] == [(False, 1), (True, None)]


def test_t4_not_applicable_takes_the_rate_of_the_unrounded_lines_of_its_block() -> None:
    scheme = lines_scheme(
        line("直接计分", points="3"), line("直接计分", points="5", code="K2"), line("直接计分", points="4", code="K3")
    )
    team = score_lines(scheme, T1={"K1": "1/3", "K2": "2/3", "K3": "不适用"}).team("T1")
    assert [str(one.points) for one in team.lines] == ["0.33", "0.67", "0.50"]
    derived = team.line("K3").derivation
    assert isinstance(derived, NotApplicableDerivation)
    assert derived.sources == (("K1", Fraction(1, 3), Fraction(3)), ("K2", Fraction(2, 3), Fraction(5)))
    assert (derived.rate, team.line("K3").place, team.line("K3").clause) == (Fraction(1, 8), None, "T4")


def test_t4_a_missing_line_of_the_block_makes_the_other_missing_too() -> None:
    scheme = lines_scheme(line("名次百分比"), line("名次百分比", code="K2"), line("名次百分比", code="K3"))
    result = score_lines(scheme, T1={"K1": 1, "K2": None, "K3": "不适用"})
    assert result.team("T1").line("K3").points is None
    assert [(one.code, one.line) for one in result.missing] == [(MissingCode.NO_VALUE, "K2")]


def test_t4_a_block_without_any_applicable_line_is_not_computable() -> None:
    (scored,) = score_values(line("名次百分比"), "不适用")
    assert _blame(scored) == (MissingCode.NOTHING_APPLIES, "")


def test_the_derivation_says_everything() -> None:
    _, second, _ = score_values(line("名次百分比", "步长=1/3;下限=0"), "53.3", 50, 50)
    derived = second.derivation
    assert isinstance(derived, RankDerivation)
    assert (derived.value, derived.place, derived.ranked, derived.tied) == (Fraction(50), 2, 3, 2)
    assert (derived.best, derived.full, derived.unrounded) == (Fraction("53.3"), Fraction(12), Fraction(8))
    assert second.clause == "1.1"
