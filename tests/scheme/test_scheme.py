"""RULES T1, T2, WORKBOOK 1: the default scheme, lines from their cells, what refuses a scheme, JSON, differences."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from assessment.scheme import (
    Attendance,
    BlockCode,
    Direct,
    Linear,
    ProblemCode,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    TextError,
    TieRule,
    default_scheme,
    rule_from_text,
    rule_text,
    scheme_differences,
    scheme_from_dict,
    scheme_problems,
    scheme_to_dict,
    scheme_with,
)

SCHEME = default_scheme()


def test_t1_the_default_lines() -> None:
    assert [(line.code, line.name, str(line.block), int(line.points)) for line in SCHEME.lines] == [
        ("K1", "财政收入", "重点", 12),
        ("K2", "三线农业一", "重点", 12),
        ("K3", "三线农业二", "重点", 12),
        ("K4", "三线农业三", "重点", 12),
        ("K5", "项目建设", "重点", 12),
        ("R1", "基层组织建设", "常规", 5),
        ("R2", "党风廉政建设", "常规", 5),
        ("R3", "精神文明建设", "常规", 4),
        ("V1", "计划生育工作", "否决", 4),
        ("V2", "信访工作", "否决", 3),
        ("V3", "社会治安综合治理工作", "否决", 3),
        ("V4", "反邪教工作", "否决", 3),
        ("V5", "安全生产工作", "否决", 3),
    ]
    assert {line.rule for line in SCHEME.lines} == {StepPercent(Fraction(1, 50), Fraction(3, 5))}
    assert len({line.target for line in SCHEME.lines}) == 11


def test_t2_the_default_adds_up_to_150_and_100() -> None:
    assert scheme_problems(SCHEME) == ()
    totals = [SCHEME.target_points, SCHEME.evaluation_points, SCHEME.team_points, SCHEME.cadre_points]
    assert totals == [Fraction(90), Fraction(60), Fraction(150), Fraction(100)]
    assert [len(SCHEME.lines_of(block)) for block in BlockCode] == [5, 3, 5]


def test_lookup_by_code_or_name() -> None:
    assert SCHEME.line("V2") is SCHEME.line("信访工作")
    assert (SCHEME.evaluation("民主测评").code, SCHEME.cadre_item("民主测评").code) == ("E1", "C1")
    assert SCHEME.work_item.code == "C2"
    with pytest.raises(KeyError):
        SCHEME.line("三线农业")


@pytest.mark.parametrize(
    ("method", "text", "rule", "ties", "canonical"),
    [
        ("名次百分比", "步长=2%;下限=60%", StepPercent(Fraction(1, 50), Fraction(3, 5)), "取高位", "步长=2%;下限=60%"),
        ("", "", StepPercent(Fraction(1, 50), Fraction(3, 5)), "取高位", "步长=2%;下限=60%"),
        (
            "名次分值",
            "步长＝1/3；并列＝取平均",
            StepPoints(Fraction(1, 3), Fraction(3, 5)),
            "取平均",
            "步长=1/3;下限=60%;并列=取平均",
        ),
        ("线性", "最低=5/6,最高=1", Linear(Fraction(1), Fraction(5, 6)), "取高位", "最高=100%;最低=5/6"),
        ("与最优比", "", RatioToBest(), "取高位", ""),
        ("直接计分", "并列=取高位", Direct(), "取高位", ""),
    ],
)
def test_a_rule_from_its_two_cells_and_back(method: str, text: str, rule: Any, ties: str, canonical: str) -> None:
    assert rule_from_text(method, text) == (rule, TieRule(ties))
    assert rule_text(rule, TieRule(ties)) == (method or "名次百分比", canonical)


@pytest.mark.parametrize(
    ("method", "text", "code"),
    [
        ("名次", "", ProblemCode.NOT_A_CHOICE),
        ("线性", "步长=2%", ProblemCode.UNKNOWN_NAME),
        ("与最优比", "步长=2%", ProblemCode.UNKNOWN_NAME),
        ("名次百分比", "步长=2%;步长=3%", ProblemCode.REPEATED),
        ("名次百分比", "步长", ProblemCode.BAD_PAIR),
        ("名次百分比", "步长=很大", ProblemCode.NOT_A_NUMBER),
        ("名次分值", "步长=-1", ProblemCode.OUT_OF_RANGE),
        ("线性", "最高=60%;最低=70%", ProblemCode.NOT_DESCENDING),
    ],
)
def test_cells_that_mean_no_rule(method: str, text: str, code: ProblemCode) -> None:
    with pytest.raises(TextError) as refused:
        rule_from_text(method, text)
    assert refused.value.code is code


K1 = SCHEME.line("K1")


def _with_lines(**changes: Any) -> Scheme:
    return replace(SCHEME, lines=(replace(K1, **changes), *SCHEME.lines[1:]))


@pytest.mark.parametrize(
    ("scheme", "problems"),
    [
        (_with_lines(points=Fraction(11)), [("sum_differs", "重点", "T2")]),
        (_with_lines(code="K2"), [("repeated", "K2", "T1")]),
        (_with_lines(name="V2"), [("repeated", "V2", "T1")]),
        (_with_lines(target=" "), [("blank", "K1", "T1")]),
        (scheme_with(SCHEME, {"目标总分": "100"}), [("sum_differs", "目标总分", "T2")]),
        (scheme_with(SCHEME, {"班子总分": "100"}), [("sum_differs", "班子总分", "T2")]),
        (scheme_with(SCHEME, {"干部总分": "90"}), [("sum_differs", "干部总分", "T2")]),
        (scheme_with(SCHEME, {"班子较好线": "85%"}), [("not_descending", "班子较好线", "G1")]),
        (scheme_with(SCHEME, {"优秀线": "101"}), [("not_descending", "优秀线", "G2")]),
        (scheme_with(SCHEME, {"到会底线": "70%"}), [("not_descending", "到会底线", "E5")]),
        (scheme_with(SCHEME, {"副职比例": "90%"}), [("sum_differs", "副职比例", "B2")]),
        (replace(SCHEME, tie_break=("C9",)), [("unknown_name", "同分排序", "P5")]),
        (
            replace(SCHEME, lines=(), blocks=(), target_points=Fraction(0), team_points=Fraction(60)),
            [("no_lines", "分块分值", "T1"), ("out_of_range", "目标总分", "T2")],
        ),
    ],
)
def test_t2_what_refuses_a_scheme(scheme: Scheme, problems: list[tuple[str, str, str]]) -> None:
    assert [(problem.code, problem.where, problem.clause) for problem in scheme_problems(scheme)] == problems


def test_a_line_worth_nothing_is_refused() -> None:
    codes = {(problem.code, problem.where) for problem in scheme_problems(_with_lines(points=Fraction(0)))}
    assert codes == {(ProblemCode.SUM_DIFFERS, "重点"), (ProblemCode.OUT_OF_RANGE, "K1")}


def test_items_need_one_work_result_and_the_votes_g2_counts() -> None:
    no_work = replace(SCHEME, cadre_items=tuple(replace(item, is_work=False) for item in SCHEME.cadre_items))
    assert [problem.code for problem in scheme_problems(no_work)] == [ProblemCode.ONE_WORK_ITEM]
    work_votes = replace(SCHEME, cadre_grading=replace(SCHEME.cadre_grading, vote_item="C2"))
    assert [problem.code for problem in scheme_problems(work_votes)] == [ProblemCode.NO_VOTE_ITEM]


def test_json_holds_everything_and_does_not_lean_on_later_defaults() -> None:
    changed = replace(_with_lines(department="财政局", rule=Linear(Fraction(1), Fraction(1, 3))), tie_break=("C2",))
    data = json.loads(json.dumps(scheme_to_dict(changed), ensure_ascii=False))
    assert scheme_from_dict(data) == changed
    assert data["lines"][0]["parameters"] == "最高=100%;最低=1/3;并列=取高位"
    assert data["lines"][0]["department"] == "财政局"


def test_a_scheme_stored_before_a_parameter_existed_takes_its_default() -> None:
    data = scheme_to_dict(SCHEME)
    del data["parameters"]["到会提醒线"], data["parameters"]["到会底线"]
    assert scheme_from_dict(data).attendance == Attendance(Fraction(2, 3), Fraction(1, 2))


def test_differences_say_where_old_and_new() -> None:
    changed = scheme_with(_with_lines(points=Fraction(13)), {"副职班子占比": "0.7", "R1.并列": "取平均"})
    changed = replace(changed, lines=changed.lines[:-1])
    found = scheme_differences(SCHEME, changed)
    assert found[:2] == (
        ("K1.分值", "12", "13"),
        ("R1.参数", "步长=2%;下限=60%;并列=取高位", "步长=2%;下限=60%;并列=取平均"),
    )
    assert ("V5.计分项", "安全生产工作", "") in found
    assert found[-1] == ("副职班子占比", "0.5", "0.7")
    assert scheme_differences(SCHEME, SCHEME) == ()
