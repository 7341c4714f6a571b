"""RULES 1.2, E1 to E4: lines by votes, with the published examples."""

from fractions import Fraction

import pytest

from scoring.engine import MissingCode, ScoreLine, ShareDerivation
from tests.engine.cases import score_votes, votes_scheme

BANDS = "90%:100%;80%:95%;70%:90%;60%:85%;0:80%;后两档1/3:65%"


def _derived(line: ScoreLine) -> ShareDerivation:
    assert isinstance(line.derivation, ShareDerivation)
    return line.derivation


def test_published_30_15_4_1_with_1_08_06_04_is_89_6_percent() -> None:
    line = score_votes(votes_scheme(班子档次系数="1;0.8;0.6;0.4"), {"": (30, 15, 4, 1)})
    assert _derived(line).rate == Fraction(896, 1000)
    assert str(line.points) == "13.44"


def test_e1_abstentions_are_outside_the_denominator() -> None:
    line = score_votes(votes_scheme(), {"": (1, 1, 0, 0, 98)})
    assert (_derived(line).rate, str(line.points)) == (Fraction(9, 10), "13.50")


def test_e1_negative_coefficients_are_cut_at_0() -> None:
    line = score_votes(votes_scheme(班子档次系数="1;0.5;0;-2"), {"": (1, 0, 0, 1)})
    assert (_derived(line).rate, _derived(line).cut, str(line.points)) == (Fraction(-1, 2), True, "0.00")


def test_e1_coefficients_above_1_are_cut_at_full_points() -> None:
    line = score_votes(votes_scheme(班子档次系数="1.2;1;0;0"), {"": (3, 0, 0, 0)})
    assert (_derived(line).cut, str(line.points)) == (True, "15.00")


@pytest.mark.parametrize(
    ("grades", "points"),
    [
        ((90, 10, 0, 0), "15.00"),
        ((89, 11, 0, 0), "14.25"),
        ((80, 0, 20, 0), "14.25"),
        ((70, 30, 0, 0), "13.50"),
        ((60, 40, 0, 0), "12.75"),
        ((59, 41, 0, 0), "12.00"),
        ((50, 17, 33, 0), "12.00"),  # 33 % is under 1/3
        ((2, 0, 1, 0), "12.75"),  # two thirds reach a row, so the override does not hold
        ((1, 1, 0, 1), "9.75"),  # exactly 1/3
        ((0, 0, 0, 9), "9.75"),
    ],
)
def test_e2_bands_with_the_override(grades: tuple[int, int, int, int], points: str) -> None:
    assert str(score_votes(votes_scheme(班子档次分段=BANDS), {"": grades}).points) == points


def test_e2_says_that_the_override_held() -> None:
    (group,) = _derived(score_votes(votes_scheme(班子档次分段=BANDS), {"": (1, 1, 0, 1)})).groups
    assert (group.share, group.low_share, group.rate, group.overridden) == (
        Fraction(1, 3),
        Fraction(1, 3),
        Fraction(65, 100),
        True,
    )


def test_e2_under_every_row_is_rate_0() -> None:
    assert str(score_votes(votes_scheme(班子档次分段="90%:100%"), {"": (8, 2, 0, 0)}).points) == "0.00"


def test_e2_takes_the_rate_of_each_group_before_the_weights() -> None:
    scheme = votes_scheme(班子档次分段="90%:100%;0:50%", 票别权重="民主测评:甲=0.4,乙=0.6")
    assert str(score_votes(scheme, {"甲": (9, 1, 0, 0), "乙": (0, 1, 0, 0)}).points) == "10.50"


def test_e3_categories_without_weights_are_added_up_first() -> None:
    line = score_votes(votes_scheme(), {"老干部": (1, 0, 0, 0), "村书记": (0, 0, 0, 3)})
    (group,) = _derived(line).groups
    assert ([name for name, _ in group.categories], group.counts.grades) == (["老干部", "村书记"], (1, 0, 0, 3))
    assert str(line.points) == "3.75"


def test_e3_weighted_groups_take_only_these() -> None:
    scheme = votes_scheme(票别权重="E1:甲=0.4,乙=0.6")
    line = score_votes(scheme, {"甲": (1, 0, 0, 0), "乙": (0, 1, 0, 0), "丙": (0, 0, 0, 99)})
    assert str(line.points) == "13.20"


def test_e3_a_weighted_group_without_a_row_is_missing_under_either_e4() -> None:
    scheme = votes_scheme(票别权重="民主测评:甲=0.4,乙=0.6", 空票别="按比例分摊")
    line = score_votes(scheme, {"甲": (1, 0, 0, 0)})
    assert [(one.code, one.group, one.team) for one in line.missing] == [(MissingCode.NO_GROUP, "乙", "T1")]


def test_e4_block_names_the_empty_group() -> None:
    scheme = votes_scheme(票别权重="民主测评:甲=0.4,乙=0.6")
    line = score_votes(scheme, {"甲": (1, 0, 0, 0), "乙": (0, 0, 0, 0, 7)})
    assert (line.points, [(one.code, one.group) for one in line.missing]) == (None, [(MissingCode.NO_VALID_VOTE, "乙")])


def test_e4_renormalise_gives_the_weight_to_the_others_and_says_so() -> None:
    scheme = votes_scheme(票别权重="民主测评:甲=0.2,乙=0.6,丙=0.2", 空票别="按比例分摊")
    derived = _derived(score_votes(scheme, {"甲": (1, 0, 0, 0), "乙": (0, 0, 0, 0, 7), "丙": (0, 0, 0, 1)}))
    assert [(group.weight, group.used) for group in derived.groups] == [
        (Fraction(1, 5), Fraction(1, 2)),
        (Fraction(3, 5), 0),
        (Fraction(1, 5), Fraction(1, 2)),
    ]
    assert (derived.renormalised, derived.rate) == (True, Fraction(1, 2))


@pytest.mark.parametrize("rule", ["不予计算", "按比例分摊"])
def test_e4_no_valid_vote_at_all_is_never_computable(rule: str) -> None:
    line = score_votes(votes_scheme(空票别=rule), {"": (0, 0, 0, 0, 12)})
    assert [one.code for one in line.missing] == [MissingCode.NO_VALID_VOTE]


def test_a3_an_evaluation_without_votes_is_missing() -> None:
    assert [one.code for one in score_votes(votes_scheme(), {}).missing] == [MissingCode.NO_TALLY]


def test_an_evaluation_worth_nothing_asks_for_nothing() -> None:
    line = score_votes(votes_scheme(评价项分值="民主测评=0;考评组评价=35"), {})
    assert (str(line.points), line.missing) == ("0.00", ())
