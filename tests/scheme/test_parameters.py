"""WORKBOOK 1: every row of 考评参数, its default, its text, what is refused and why."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scheme import (
    PARAMETERS,
    Bands,
    Linear,
    ParameterError,
    ParameterKind,
    ProblemCode,
    StepPercent,
    StepPoints,
    WeightedShare,
    default_scheme,
    parameter_errors,
    parameter_text,
    rule_from_text,
    scheme_problems,
    scheme_with,
)

SCHEME = default_scheme()

WORKBOOK_DEFAULTS = {
    "班子档次系数": "1;0.8;0.6;0",
    "干部档次系数": "1;0.8;0.6;0",
    "班子档次分段": "",
    "干部档次分段": "",
    "票别权重": "",
    "空票别": "不予计算",
    "到会提醒线": "2/3",
    "到会底线": "50%",
    "副职班子占比": "0.5",
    "班子突出比例": "30%",
    "班子突出线": "80%",
    "班子较好线": "70%",
    "班子一般线": "60%",
    "优秀比例": "20%",
    "优秀线": "80",
    "称职线": "70",
    "基本称职线": "60",
    "优称率线": "2/3",
    "不称职率线": "1/3",
    "奖金总额": "250000",
    "第一名奖金": "50000",
    "奖金递减": "5000",
    "正职比例": "20%",
    "副职比例": "60%",
    "免发份额": "收回",
    "中层谈话面": "80%",
    "普通谈话面": "20%",
    "处分认定": "年内有效",
    "提拔年数": "3",
    "改进月数": "6",
    "申请复核天数": "30",
    "复核办结天数": "30",
    "分块分值": "重点=60;常规=14;否决=16",
    "评价项分值": "民主测评=15;县直单位评价=15;县级领导评价=10;考评组评价=20",
    "干部分值": "民主测评=20;工作实绩=40;领导评价=20;考评组评价=20",
    "同分排序": "",
    "目标总分": "90",
    "评价总分": "60",
    "班子总分": "150",
    "干部总分": "100",
}

BANDS = "90%:100%;80%:95%;70%:90%;60%:85%;0:80%;后两档1/3:65%"


def test_every_row_of_the_sheet_with_its_default() -> None:
    assert {parameter.name: parameter.default for parameter in PARAMETERS} == WORKBOOK_DEFAULTS
    assert {parameter.name: parameter_text(SCHEME, parameter.name) for parameter in PARAMETERS} == WORKBOOK_DEFAULTS


def test_every_parameter_names_its_clause_its_source_and_itself() -> None:
    for parameter in PARAMETERS:
        assert parameter.clause
        assert set(parameter.source.split(", ")) <= {"S2", "S3", "S5", "D"}
        assert parameter.words.endswith(".")
    choices = {parameter.name: parameter.choices for parameter in PARAMETERS if parameter.kind is ParameterKind.CHOICE}
    assert choices == {
        "空票别": ("不予计算", "按比例分摊"),
        "处分认定": ("年内有效", "年末有效"),
        "免发份额": ("收回", "均分"),
    }


CHANGED = {
    "班子档次系数": "1;0.5;0;-1/3",
    "干部档次分段": BANDS,
    "票别权重": "民主测评:机关=0.4,人大代表、政协委员=0.6;E2:甲=1/3,乙=2/3",
    "空票别": "按比例分摊",
    "到会提醒线": "75%",
    "到会底线": "60%",
    "副职班子占比": "0.7",
    "优秀比例": "25%",
    "优称率线": "0.5",
    "处分认定": "年末有效",
    "提拔年数": "2",
    "奖金总额": "300000.5",
    "免发份额": "均分",
    "中层谈话面": "75%",
    "普通谈话面": "0",
    "同分排序": "C2;C1",
}


@pytest.mark.parametrize(("name", "text"), CHANGED.items())
def test_a_changed_parameter_reads_back_as_its_canonical_text(name: str, text: str) -> None:
    canonical = {"优称率线": "50%", "票别权重": text.replace("E2", "县直单位评价")}.get(name, text)
    changed = scheme_with(SCHEME, {name: text})
    assert parameter_text(changed, name) == canonical
    assert scheme_with(changed, {name: canonical}) == changed
    assert changed != SCHEME


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("步幅", "1", ProblemCode.UNKNOWN),
        ("K9.步长", "1", ProblemCode.UNKNOWN),
        ("K1.长度", "1", ProblemCode.UNKNOWN),
        ("K1.最高", "1", ProblemCode.NOT_USED),
        ("最高", "1", ProblemCode.NOT_USED),
        ("步长", "二", ProblemCode.NOT_A_NUMBER),
        ("K1.步长", "200%", ProblemCode.OUT_OF_RANGE),
        ("并列", "抽签", ProblemCode.NOT_A_CHOICE),
        ("副职班子占比", "", ProblemCode.EMPTY),
        ("副职班子占比", "1.01", ProblemCode.OUT_OF_RANGE),
        ("优秀比例", "-1%", ProblemCode.OUT_OF_RANGE),
        ("到会底线", "3/2", ProblemCode.OUT_OF_RANGE),
        ("中层谈话面", "101%", ProblemCode.OUT_OF_RANGE),
        ("奖金总额", "0.005", ProblemCode.NOT_CENTS),
        ("提拔年数", "1.5", ProblemCode.NOT_WHOLE),
        ("改进月数", "0", ProblemCode.OUT_OF_RANGE),
        ("处分认定", "从不", ProblemCode.NOT_A_CHOICE),
        ("免发份额", "没收", ProblemCode.NOT_A_CHOICE),
        ("班子档次系数", "1;0.8;0.6", ProblemCode.WRONG_COUNT),
        ("班子档次分段", "90%", ProblemCode.BAD_PAIR),
        ("班子档次分段", "90%:100%;0.9:95%", ProblemCode.REPEATED),
        ("班子档次分段", "90%:120%", ProblemCode.OUT_OF_RANGE),
        ("班子档次分段", "后两档1/3:65%", ProblemCode.EMPTY),
        ("票别权重", "民主测评:甲=0.4,乙=0.5", ProblemCode.SUM_DIFFERS),
        ("票别权重", "民主测平:甲=1", ProblemCode.UNKNOWN_NAME),
        ("票别权重", "工作实绩:甲=1", ProblemCode.WORK_HAS_NO_VOTES),
        ("票别权重", "民主测评:甲=0.5,甲=0.5", ProblemCode.REPEATED),
        ("分块分值", "重点", ProblemCode.BAD_PAIR),
        ("分块分值", "难点=60", ProblemCode.UNKNOWN_NAME),
        ("干部分值", "", ProblemCode.EMPTY),
        ("同分排序", "C2;C9", ProblemCode.UNKNOWN_NAME),
        ("同分排序", "C2;工作实绩", ProblemCode.REPEATED),
    ],
)
def test_what_is_refused_has_a_code(name: str, text: str, code: ProblemCode) -> None:
    with pytest.raises(ParameterError) as refused:
        scheme_with(SCHEME, {name: text})
    assert (refused.value.name, refused.value.code) == (name, code)


def test_all_refused_parameters_at_once() -> None:
    errors = parameter_errors(SCHEME, {"优秀比例": "x", "奖金总额": "1", "步幅": "1"})
    assert [(error.name, error.code) for error in errors] == [
        ("优秀比例", ProblemCode.NOT_A_NUMBER),
        ("步幅", ProblemCode.UNKNOWN),
    ]


def test_a_lines_parameter_without_a_code_reaches_every_line_that_has_it() -> None:
    rules = {"K1": ("名次分值", ""), "K2": ("线性", ""), "K3": ("直接计分", "")}
    lines = tuple(
        replace(line, rule=rule_from_text(*rules[line.code])[0]) if line.code in rules else line
        for line in SCHEME.lines
    )
    changed = scheme_with(replace(SCHEME, lines=lines), {"步长": "5%", "最高": "90%", "V5.下限": "0.5"})
    found = {line.code: line.rule for line in changed.lines}
    assert found["K1"] == StepPoints(Fraction(1, 20), Fraction(3, 5))
    assert found["K2"] == Linear(Fraction(9, 10), Fraction(3, 5))
    assert found["K3"] == rule_from_text("直接计分", "")[0]
    assert found["K4"] == StepPercent(Fraction(1, 20), Fraction(3, 5))
    assert found["V5"] == StepPercent(Fraction(1, 20), Fraction(1, 2))
    assert (parameter_text(changed, "V5.下限"), parameter_text(changed, "财政收入.步长")) == ("50%", "0.05")


def test_t2_totals_nobody_states_follow_the_sums() -> None:
    changed = scheme_with(SCHEME, {"评价项分值": "民主测评=25", "干部分值": "工作实绩=50"})
    totals = [changed.evaluation_points, changed.team_points, changed.cadre_points]
    assert totals == [Fraction(70), Fraction(160), Fraction(110)]
    assert scheme_problems(changed) == ()


def test_t2_totals_that_are_stated_are_checked() -> None:
    changed = scheme_with(SCHEME, {"评价项分值": "民主测评=25", "评价总分": "60"})
    (problem,) = scheme_problems(changed)
    assert (problem.code, problem.where, problem.clause) == (ProblemCode.SUM_DIFFERS, "评价总分", "T2")
    assert dict(problem.values) == {"total": "70", "expected": "60"}


def test_e2_bands_replace_the_coefficients_and_make_way_again() -> None:
    banded = scheme_with(SCHEME, {"班子档次系数": "1;0.9;0.8;0.7", "班子档次分段": BANDS})
    assert isinstance(banded.team_votes, Bands)
    assert parameter_text(banded, "班子档次系数") == ""
    assert scheme_with(banded, {"班子档次系数": ""}) == banded
    assert scheme_with(banded, {"班子档次分段": ""}) == SCHEME
    assert isinstance(scheme_with(banded, {"班子档次系数": "1;0.9;0.8;0.7"}).team_votes, WeightedShare)


def test_e3_a_name_means_teams_and_cadres_a_code_one_of_them() -> None:
    both = scheme_with(SCHEME, {"票别权重": "民主测评:甲=0.4,乙=0.6"})
    assert (
        both.evaluation("E1").groups == both.cadre_item("C1").groups == (("甲", Fraction(2, 5)), ("乙", Fraction(3, 5)))
    )
    one = scheme_with(SCHEME, {"票别权重": "E1：甲＝0.4，乙＝0.6；C4:丙=1"})
    assert (one.cadre_item("C1").groups, one.evaluation("E4").groups) == ((), ())
    assert parameter_text(one, "票别权重") == "E1:甲=0.4,乙=0.6;C4:丙=1"


def test_a_lines_own_cells_and_the_totals_that_follow() -> None:
    changed = scheme_with(SCHEME, {"K1.分值": "20", "K1.方向": "越低越好", "K1.折分方法": "线性", "K1.最低": "0.4"})
    line = changed.line("K1")
    assert (line.points, str(line.direction), line.rule) == (20, "越低越好", Linear(Fraction(1), Fraction(2, 5)))
    assert (changed.blocks[0][1], changed.target_points, changed.team_points) == (68, 98, 158)
    assert scheme_problems(changed) == ()
    found = [parameter_text(changed, f"K1.{part}") for part in ("分值", "方向", "折分方法", "最低")]
    assert found == ["20", "越低越好", "线性", "40%"]


@pytest.mark.parametrize("texts", [{"步长": "5%", "K1.步长": "3%"}, {"K1.步长": "3%", "步长": "5%"}])
def test_what_is_said_of_one_line_stands_above_what_is_said_of_all(texts: dict[str, str]) -> None:
    changed = scheme_with(SCHEME, texts)
    assert [parameter_text(changed, name) for name in ("K1.步长", "K2.步长")] == ["3%", "5%"]


def test_a_rules_parameter_is_read_under_the_rule_that_its_line_is_given() -> None:
    texts = {"K1.折分方法": "线性", "K1.最低": "x", "K1.步长": "3%", "K2.最低": "40%"}
    found = [(error.name, error.code) for error in parameter_errors(SCHEME, texts)]
    assert found == [
        ("K1.最低", ProblemCode.NOT_A_NUMBER),
        ("K1.步长", ProblemCode.NOT_USED),
        ("K2.最低", ProblemCode.NOT_USED),
    ]
