"""Every kind of line says how it came about, with the very numbers of the engine."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from assessment.scheme import default_scheme, scheme_with
from scoring.engine import NOT_APPLICABLE, YearResult
from scoring.explain import Explanation, explain_line
from scoring.sight import Sight
from tests.engine.cases import (
    LOWER,
    full_cadre,
    full_team,
    line,
    lines_scheme,
    score,
    score_lines,
    score_votes,
    votes_scheme,
)

EVERYTHING, NO_COUNTS = Sight(counts=True), Sight(counts=False)


def explained(result: YearResult, team: str, code: str) -> Explanation:
    """A team's line, in English, as the office sees it."""
    with override("en"):
        return explain_line(result.scheme, result.team(team).line(code), EVERYTHING)


@pytest.mark.parametrize(
    ("rule", "values", "calculation", "unrounded"),
    [
        (line("名次百分比", "步长=2%;下限=60%"), (30, 20, 20, 10), "12 × max(1 − 2% × (2 − 1), 60%)", "11.76"),
        (line("名次分值", "步长=0.5;下限=60%"), (30, 20, 20, 10), "max(12 − 0.5 × (2 − 1), 60% × 12)", "11.5"),
        (line("线性"), (30, 20, 10), "12 × (100% − (100% − 60%) × (2 − 1) ÷ (3 − 1))", "9.6"),
        (line("与最优比"), (30, 20), "12 × 20 ÷ 30", "8"),
        (line("与最优比", direction=LOWER), (3, 7), "12 × 3 ÷ 7", "5.142857… (36/7)"),
        (line("直接计分"), (9, "8.5"), "8.5", "8.5"),
        (line("名次百分比", "步长=2%;并列=取平均"), (30, 20, 20, 10), "(11.76 + 11.52) ÷ 2", "11.64"),
    ],
    ids=["percent", "points", "linear", "ratio", "ratio lower", "direct", "t3 mean of places"],
)
def test_1_1_lines_by_rank(rule: object, values: tuple[object, ...], calculation: str, unrounded: str) -> None:
    teams = {f"T{position}": {"K1": value} for position, value in enumerate(values)}
    found = explained(score_lines(lines_scheme(rule), **teams), "T1", "K1")  # type: ignore[arg-type]
    assert (found.calculation, found.unrounded) == (calculation, unrounded)


def test_t3_a_shared_place_is_said() -> None:
    result = score_lines(lines_scheme(line("名次百分比")), A={"K1": 3}, B={"K1": 2}, C={"K1": 2})
    assert explained(result, "C", "K1").basis == "place 2 of 3, shared by 2; the best value is 3"


def test_what_a_score_rests_on_is_called_by_its_name() -> None:
    values = {line.code: Fraction(2) for line in default_scheme().lines} | {"K2": NOT_APPLICABLE}
    teams = [full_team("T1"), full_team("T2", values=values)]
    result = score(default_scheme(), teams, [full_cadre("1", "T1")])
    lines = [
        result.team("T1").line("K1"),
        result.team("T2").line("K2"),
        result.team("T1").line("E1"),
        result.cadre("1").line("C2"),
    ]
    with override("en"):
        found = [explain_line(result.scheme, line, EVERYTHING).basis_label for line in lines]
    assert found == ["Place", "Rate", "Vote share", "Score of the team"]


def test_parameters_say_where_they_come_from() -> None:
    result = score_lines(lines_scheme(line("名次百分比", "步长=5%")), A={"K1": 3})
    rows = [(row.name, row.text, row.clause, row.source) for row in explained(result, "A", "K1").parameters]
    assert rows == [
        ("K1.步长", "5%", "1.1", "county"),
        ("K1.下限", "60%", "1.1", "D"),
        ("K1.并列", "取高位", "T3", "D"),
    ]


def test_t4_not_applicable_names_the_lines_it_rests_on() -> None:
    scheme = lines_scheme(line("直接计分", code="K1"), line("直接计分", code="K2"), line("直接计分", code="K3"))
    result = score_lines(scheme, A={"K1": 9, "K2": "8.5", "K3": "不适用"})
    found = explained(result, "A", "K3")
    assert (found.calculation, found.unrounded) == ("12 × 17.5 ÷ 24", "8.75")
    assert [(part.code, part.points) for part in found.parts] == [("K1", "9"), ("K2", "8.5")]


def test_t5_every_period_is_explained() -> None:
    result = score_lines(lines_scheme(line("名次百分比")), A={"K1": (3, 1)}, B={"K1": (2, 2)})
    found = explained(result, "A", "K1")
    assert (found.calculation, found.unrounded) == ("(12 + 11.76) ÷ 2", "11.88")
    assert [period.basis for period in found.periods] == [
        "place 1 of 2; the best value is 3",
        "place 2 of 2; the best value is 2",
    ]


def votes_explained(parameters: dict[str, str], boxes: dict[str, tuple[int, ...]], sight: Sight) -> Explanation:
    """E1 of one team under changed parameters."""
    scheme = votes_scheme(**parameters)
    with override("en"):
        return explain_line(scheme, score_votes(scheme, boxes), sight)


def test_e1_the_table_holds_the_counts_with_abstentions_apart() -> None:
    found = votes_explained({}, {"": (30, 15, 4, 1, 6)}, EVERYTHING)
    assert found.votes is not None
    (row,) = found.votes.rows
    assert (row.counts, row.valid, row.abstain, row.share) == ((30, 15, 4, 1), 50, 6, "88.80%")
    assert found.calculation == "15 × (1 × 30 + 0.8 × 15 + 0.6 × 4 + 0 × 1) ÷ 50"
    assert found.unrounded == "13.32"


def test_e1_negative_coefficients_and_the_cut_are_said() -> None:
    found = votes_explained({"班子档次系数": "1;0;-1;-2"}, {"": (1, 0, 0, 3)}, EVERYTHING)
    assert found.calculation == "15 × (1 × 1 + 0 × 0 + (-1) × 0 + (-2) × 3) ÷ 4"
    assert (found.unrounded, found.notes) == ("0", ("The result is cut to 0 … full points.",))


def test_e2_share_rate_and_override_are_said() -> None:
    bands = {"班子档次分段": "90%:100%;60%:85%;0:80%;后两档1/3:65%"}
    found = votes_explained(bands, {"": (2, 4, 2, 2)}, EVERYTHING)
    assert found.basis == "share of the first grade 20.00%, third and fourth together 40.00%, rate 65.00%"
    assert (found.calculation, found.unrounded) == ("15 × 65%", "9.75")


def test_e3_categories_stand_above_their_sum() -> None:
    found = votes_explained({}, {"干部": (8, 0, 0, 0), "群众": (0, 0, 0, 2)}, EVERYTHING)
    assert found.votes is not None
    assert [(row.name, row.counts, row.is_part) for row in found.votes.rows] == [
        ("干部", (8, 0, 0, 0), True),
        ("群众", (0, 0, 0, 2), True),
        ("all voters", (8, 0, 0, 2), False),
    ]


def test_small_groups_of_a_ballot_box_are_shown_to_nobody() -> None:
    boxes: dict[str, tuple[int, ...]] = {"干部": (8, 0, 0, 0), "群众": (0, 0, 0, 2), "老干部": (5, 1, 0, 0)}
    hidden = frozenset({("E1", "群众"), ("E1", "老干部"), ("E2", "干部")})
    found = votes_explained({}, boxes, Sight(counts=True, hidden=hidden))
    assert found.votes is not None
    assert [(row.name, row.counts, row.valid) for row in found.votes.rows] == [
        ("干部", (8, 0, 0, 0), 8),
        ("群众", (None,) * 4, None),
        ("Retired cadres", (None,) * 4, None),
        ("all voters", (13, 1, 0, 2), 16),
    ]


def test_a_weighted_group_of_a_box_that_is_hidden_takes_its_share_along() -> None:
    boxes: dict[str, tuple[int, ...]] = {"甲": (3, 0, 0, 0), "乙": (5, 1, 0, 0), "丙": (9, 0, 0, 0)}
    hidden = frozenset({("E1", "甲"), ("E1", "乙")})
    found = votes_explained(WEIGHTS, boxes, Sight(counts=True, hidden=hidden))
    assert found.votes is not None
    assert [(row.valid, row.share) for row in found.votes.rows] == [
        (None, "not shown"),
        (None, "not shown"),
        (9, "100.00%"),
    ]
    assert (found.calculation, found.unrounded) == ("", "")


WEIGHTS = {"票别权重": "E1:甲=0.5,乙=0.25,丙=0.25"}


def test_e4_a_renormalised_weight_is_said() -> None:
    boxes = {"甲": (9, 1, 0, 0), "乙": (5, 0, 0, 5), "丙": (0, 0, 0, 0, 3)}
    found = votes_explained(WEIGHTS | {"空票别": "按比例分摊"}, boxes, EVERYTHING)
    assert found.votes is not None
    assert [row.weight for row in found.votes.rows] == ["0.5, used 2/3", "0.25, used 1/3", "0.25, used 0"]
    assert found.notes == ("The weight of a group without a valid vote goes to the others in proportion.",)


def test_c1_c2_work_results() -> None:
    cadres = [
        full_cadre("1", principal=True, post="党委书记"),
        full_cadre("2", in_charge=("K1", "R3")),
        full_cadre("3"),
    ]
    teams = [full_team("T1"), full_team("T2", values={one.code: Fraction(2) for one in default_scheme().lines})]
    result = score(default_scheme(), teams, cadres)
    with override("en"):
        found = [explain_line(result.scheme, result.cadre(number).line("C2"), EVERYTHING) for number in "123"]
    assert [one.calculation for one in found] == [
        "40 × 88.20 ÷ 90",
        "40 × (0.5 × 88.20 ÷ 90 + (1 − 0.5) × 15.68 ÷ 16)",
        "40 × 88.20 ÷ 90",
    ]
    assert [one.unrounded for one in found] == ["39.2"] * 3


def test_a3_a_line_that_is_not_computable_says_what_is_missing() -> None:
    result = score_lines(lines_scheme(line("名次百分比")), A={"K1": None}, B={"K1": 1})
    found = explained(result, "A", "K1")
    assert (found.missing, found.calculation) == (("no value has been entered",), "")


class TestWithoutCounts:
    """A leader sees nothing that would reveal a ballot: shares of groups of five and more only."""

    def test_no_count_stands_anywhere(self) -> None:
        found = votes_explained({}, {"": (37, 0, 0, 0, 41)}, NO_COUNTS)
        assert found.votes is not None
        assert [(row.counts, row.valid, row.abstain, row.share) for row in found.votes.rows] == [
            ((), None, None, "100.00%")
        ]
        assert (found.unrounded, found.calculation) == ("", "15 × 100.00%")
        assert "37" not in repr(found.votes) + found.input + found.basis

    @pytest.mark.parametrize(("votes", "share"), [(5, "100.00%"), (4, "not shown")])
    def test_a_group_under_five_is_not_shown(self, votes: int, share: str) -> None:
        found = votes_explained({}, {"": (votes, 0, 0, 0)}, NO_COUNTS)
        assert found.votes is not None
        assert [row.share for row in found.votes.rows] == [share]

    def test_the_smallest_other_group_is_hidden_with_the_only_hidden_one(self) -> None:
        found = votes_explained(WEIGHTS, {"甲": (90, 10, 0, 0), "乙": (5, 1, 0, 0), "丙": (3, 0, 0, 1)}, NO_COUNTS)
        assert found.votes is not None
        assert [row.share for row in found.votes.rows] == ["98.00%", "not shown", "not shown"]
        assert found.calculation == ""

    def test_no_category_is_shown(self) -> None:
        found = votes_explained({}, {"干部": (8, 0, 0, 0), "群众": (0, 0, 0, 2)}, NO_COUNTS)
        assert found.votes is not None
        assert [row.name for row in found.votes.rows] == ["all voters"]


def test_scheme_parameters_of_votes_name_their_source() -> None:
    scheme = scheme_with(default_scheme(), {"空票别": "按比例分摊"})
    with override("en"):
        found = explain_line(scheme, score_votes(scheme, {"": (1, 0, 0, 0)}), EVERYTHING)
    assert [(row.name, row.text, row.source) for row in found.parameters] == [
        ("班子档次系数", "1;0.8;0.6;0", "D"),
        ("空票别", "按比例分摊", "county"),
    ]
