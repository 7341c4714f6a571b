"""RULES 4, G1 to G5: suggestions, quotas, bars, each with its reasons."""

from collections.abc import Sequence
from typing import Any

import pytest

from assessment.scheme import default_scheme
from scoring.engine import BarCode, CadreGrade, ReasonCode, TeamGrade, YearInput, YearResult, score_year
from tests.engine.cases import full_cadre, full_team, score, votes, votes_scheme


def _teams_by_votes(*best: int, quota: str = "30%", **changes: Any) -> YearResult:
    """Teams that differ only in 民主测评: so many of 100 votes are the best grade, the others the worst."""
    teams = [full_team(f"T{index}", e1=votes(count, 0, 0, 100 - count)) for index, count in enumerate(best, 1)]
    teams[0] = full_team("T1", e1=votes(best[0], 0, 0, 100 - best[0]), **changes)
    return score(votes_scheme(班子突出比例=quota), teams)


def _grades(result: YearResult) -> list[TeamGrade | None]:
    return [team.grade for team in result.teams]


def _codes(reasons: Sequence[Any]) -> list[ReasonCode]:
    return [reason.code for reason in reasons]


def test_g1_the_quota_is_rounded_half_up() -> None:
    result = _teams_by_votes(100, 90, 80, 70, 60)  # 30 % of 5 = 1.5
    assert (result.team_quota.base, result.team_quota.places) == (5, 2)
    assert _grades(result) == [TeamGrade.OUTSTANDING] * 2 + [TeamGrade.GOOD] * 3
    assert _codes(result.team("T3").reasons) == [ReasonCode.SCORE_REACHES, ReasonCode.OUTSIDE_QUOTA]
    assert dict(result.team("T1").reasons[0].values) == {"score": "150.00", "line": "120"}


@pytest.mark.parametrize(
    ("outstanding", "good", "fair", "grade"),
    [
        ("90%", "80%", "70%", TeamGrade.OUTSTANDING),  # exactly on the line
        ("95%", "90%", "70%", TeamGrade.GOOD),
        ("95%", "92%", "90%", TeamGrade.FAIR),
        ("95%", "93%", "91%", TeamGrade.POOR),
    ],
)
def test_g1_a_total_on_the_line_reaches_it(outstanding: str, good: str, fair: str, grade: TeamGrade) -> None:
    scheme = votes_scheme(班子突出线=outstanding, 班子较好线=good, 班子一般线=fair, 班子突出比例="100%")
    result = score(scheme, [full_team("T1", e1=votes(0, 0, 0, 1))])  # 135 of 150
    assert _grades(result) == [grade]


def test_g1_g5_a_vetoed_team_is_not_outstanding_keeps_its_points_and_uses_up_no_place() -> None:
    result = _teams_by_votes(100, 90, 80, vetoes=("V2",))
    assert _grades(result) == [TeamGrade.GOOD, TeamGrade.OUTSTANDING, TeamGrade.GOOD]
    vetoed = result.team("T1")
    assert (str(vetoed.total), vetoed.rank, vetoed.vetoed) == ("150.00", 1, True)
    assert dict(vetoed.reasons[1].values) == {"lines": "V2"}


def test_g3_a_tie_across_the_line_leaves_all_of_it_outside() -> None:
    result = _teams_by_votes(100, 90, 90, 90, 10, quota="60%")  # 3 places
    assert _grades(result) == [TeamGrade.OUTSTANDING] + [TeamGrade.GOOD] * 4
    quota = result.team_quota
    assert (quota.inside, quota.places, quota.tie_of, quota.tie_rank) == (frozenset({"T1"}), 3, 3, 2)
    assert _codes(result.team("T3").reasons)[1] == ReasonCode.TIE_ACROSS_QUOTA
    assert dict(result.team("T3").reasons[1].values) == {"rank": "2", "places": "3", "tied": "3"}
    assert _codes(result.team("T5").reasons)[1] == ReasonCode.OUTSIDE_QUOTA


def test_g3_a_tie_that_fits_is_inside_and_a_tie_below_a_full_quota_is_no_tie_across() -> None:
    result = _teams_by_votes(100, 100, 90, 90, 10, quota="40%")
    assert result.team_quota.inside == {"T1", "T2"}
    assert (result.team_quota.tie_of, result.team_quota.tie_rank) == (0, None)


def _cadres(scheme_parameters: dict[str, str], *cadres: Any, **team: Any) -> YearResult:
    return score(votes_scheme(**scheme_parameters), [full_team("T1", **team)], cadres)


ALL = {"优秀比例": "100%"}


def test_g2_excellent_inside_the_quota_of_the_graded() -> None:
    graded = [full_cadre(str(index), c3=votes(100 - index, index)) for index in range(7)]
    result = _cadres({}, *graded, full_cadre("x", not_graded="5B"))  # 20 % of 7 = 1.4
    assert (result.cadre_quota.base, result.cadre_quota.places) == (7, 1)
    assert [cadre.grade for cadre in result.cadres[:2]] == [CadreGrade.EXCELLENT, CadreGrade.COMPETENT]
    assert _codes(result.cadre("1").reasons) == [ReasonCode.SCORE_REACHES, ReasonCode.OUTSIDE_QUOTA]


@pytest.mark.parametrize(
    ("c1", "grade", "reason"),
    [
        (votes(2, 0, 1, 0), CadreGrade.EXCELLENT, None),  # 优秀 + 称职 exactly 2/3
        (votes(19, 0, 10, 0), CadreGrade.BASIC, ReasonCode.FEW_GOOD_VOTES),
        (votes(2, 0, 0, 1), CadreGrade.EXCELLENT, None),  # 不称职 exactly 1/3
        (votes(65, 0, 0, 35), CadreGrade.INCOMPETENT, ReasonCode.BAD_VOTES),
        ({"甲": votes(9)[""], "乙": votes(0, 0, 0, 4)[""]}, CadreGrade.EXCELLENT, None),  # 4/13 of all groups
    ],
)
def test_g2_the_votes_of_the_assembly(c1: Any, grade: CadreGrade, reason: ReasonCode | None) -> None:
    cadre = _cadres(ALL, full_cadre("1", c1=c1)).cadre("1")
    assert cadre.grade is grade
    assert reason is None or _codes(cadre.reasons) == [reason]


@pytest.mark.parametrize(
    ("c3", "c4", "grade"),
    [
        (votes(0, 0, 1), votes(0, 1), CadreGrade.EXCELLENT),  # 88
        (votes(0, 0, 0, 1), votes(1), CadreGrade.EXCELLENT),  # 80, on the line
        (votes(0, 0, 0, 1), votes(0, 1), CadreGrade.COMPETENT),  # 76
        (votes(0, 0, 0, 1), votes(1, 0, 0, 1), CadreGrade.COMPETENT),  # 70, on the line
        (votes(0, 0, 0, 1), votes(49, 0, 0, 51), CadreGrade.BASIC),  # 69.80
        (votes(0, 0, 0, 1), votes(0, 0, 0, 1), CadreGrade.BASIC),  # 60, on the line
    ],
)
def test_g2_the_lines_of_points(c3: Any, c4: Any, grade: CadreGrade) -> None:
    assert _cadres(ALL, full_cadre("1", c3=c3, c4=c4)).cadre("1").grade is grade


def test_g2_under_60_is_incompetent_and_the_reason_says_so() -> None:
    nothing = votes(0, 0, 0, 1)
    cadre = _cadres(ALL, full_cadre("1", c1=votes(99, 0, 0, 1), c3=nothing, c4=nothing)).cadre("1")
    assert (str(cadre.total), cadre.grade) == ("59.80", CadreGrade.INCOMPETENT)
    assert dict(cadre.reasons[0].values) == {"score": "59.80", "line": "60"}


def test_g2_who_is_suggested_lower_uses_up_no_place() -> None:
    low = full_cadre("1", c1=votes(65, 0, 0, 35))
    result = _cadres(
        {"优秀比例": "50%"}, low, full_cadre("2", c1=votes(0, 0, 1, 0)), full_cadre("3", c3=votes(0, 0, 0, 1))
    )
    assert (result.cadre_quota.places, result.cadre_quota.inside) == (2, frozenset({"3"}))


def test_g3_g4_who_is_barred_uses_up_no_place() -> None:
    barred = full_cadre("1", disciplinary="党内警告")
    result = _cadres({"优秀比例": "50%"}, barred, full_cadre("2", c3=votes(0, 1)))
    assert [cadre.grade for cadre in result.cadres] == [CadreGrade.COMPETENT, CadreGrade.EXCELLENT]
    assert _codes(result.cadre("1").reasons) == [ReasonCode.SCORE_REACHES, ReasonCode.BARRED]


def test_g4_every_bar_is_listed() -> None:
    scheme = votes_scheme(班子突出线="100%", 班子较好线="99%", 班子一般线="50%")
    team = full_team("T1", e1=votes(0, 1), vetoes=("V1", "V3"))
    cadres = [
        full_cadre("1", principal=True, post="党委书记"),
        full_cadre("2", in_charge=("V3", "K1")),
        full_cadre("3", in_charge=("K1",)),
        full_cadre("4", disciplinary="党内警告"),
    ]
    result = score(scheme, [team], cadres)
    assert [[bar.code for bar in cadre.bars] for cadre in result.cadres] == [
        [BarCode.TEAM_VETO, BarCode.TEAM_GRADE],
        [BarCode.VETO_IN_CHARGE],
        [],
        [BarCode.DISCIPLINARY],
    ]
    assert dict(result.cadre("1").bars[1].values) == {"team": "T1", "grade": "实绩一般"}
    assert dict(result.cadre("2").bars[0].values) == {"team": "T1", "lines": "V3"}


@pytest.mark.parametrize(
    ("decided", "bars"), [(TeamGrade.GOOD, []), (TeamGrade.FAIR, ["team_grade"]), (TeamGrade.POOR, ["team_grade"])]
)
def test_g4_a_decided_team_grade_stands_before_the_suggested_one(decided: TeamGrade, bars: list[str]) -> None:
    year = YearInput(default_scheme(), (full_team("T1"),), (full_cadre("1", principal=True),))
    result = score_year(year, {"T1": decided})
    assert [bar.code for bar in result.cadre("1").bars] == bars
    assert result.team("T1").grade is score_year(year).team("T1").grade
