"""Every parameter of a scheme by the name it has in the sheet 考评参数: what it is, its text, how to change it.

One table of fields serves the default file, the sheet, the forms, what-if and the archive (WORKBOOK 1).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assessment.numbers import number_text

from . import fields
from . import text as texts_of
from .fields import Field, ParameterKind
from .problems import ParameterError, ProblemCode, TextError, values_of
from .rules import LINE_PARAMETERS, TIES, rule_from_parts, rule_parts
from .source import default_data
from .types import BlockCode, Direction, DisciplineRule, EmptyGroup, Forfeited, Line, Scheme

BLOCKS, EVALUATIONS, ITEMS, GROUPS = "分块分值", "评价项分值", "干部分值", "票别权重"
POINTS, DIRECTION, METHOD = "分值", "方向", "折分方法"

LINE_CELLS = (POINTS, DIRECTION, METHOD)
"""What of a line can be changed beside its rule's parameters: `K1.分值`, by the columns of 考评目标."""
TOTALS = TARGET_TOTAL, EVALUATION_TOTAL, TEAM_TOTAL, CADRE_TOTAL = "目标总分", "评价总分", "班子总分", "干部总分"
"""They follow their parts (RULES T2)."""

_FIELDS: dict[str, Field] = {
    BLOCKS: fields.blocks(),
    TARGET_TOTAL: fields.points("target_points"),
    EVALUATIONS: fields.amounts("evaluations"),
    EVALUATION_TOTAL: fields.points("evaluation_points"),
    TEAM_TOTAL: fields.points("team_points"),
    "班子档次系数": fields.coefficients("team_votes"),
    "干部档次系数": fields.coefficients("cadre_votes"),
    "班子档次分段": fields.bands("team_votes", instead="班子档次系数"),
    "干部档次分段": fields.bands("cadre_votes", instead="干部档次系数"),
    GROUPS: fields.groups(),
    "空票别": fields.choice("empty_group", EmptyGroup),
    "到会提醒线": fields.share("attendance.warning"),
    "到会底线": fields.share("attendance.minimum"),
    ITEMS: fields.amounts("cadre_items"),
    CADRE_TOTAL: fields.points("cadre_points"),
    "副职班子占比": fields.proportion("deputy_team_share"),
    "同分排序": fields.chain(),
    "班子突出比例": fields.share("team_grading.quota"),
    "班子突出线": fields.share("team_grading.outstanding"),
    "班子较好线": fields.share("team_grading.good"),
    "班子一般线": fields.share("team_grading.fair"),
    "优秀比例": fields.share("cadre_grading.quota"),
    "优秀线": fields.points("cadre_grading.excellent"),
    "称职线": fields.points("cadre_grading.competent"),
    "基本称职线": fields.points("cadre_grading.basic"),
    "优称率线": fields.share("cadre_grading.good_votes"),
    "不称职率线": fields.share("cadre_grading.bad_votes"),
    "处分认定": fields.choice("follow_up.discipline", DisciplineRule),
    "提拔年数": fields.whole("follow_up.promotion_years"),
    "改进月数": fields.whole("follow_up.rectification_months"),
    "奖金总额": fields.money("bonus.pool"),
    "第一名奖金": fields.money("bonus.first"),
    "奖金递减": fields.money("bonus.decrement"),
    "正职比例": fields.share("bonus.principal_share"),
    "副职比例": fields.share("bonus.deputy_share"),
    "免发份额": fields.choice("bonus.forfeited", Forfeited),
    "中层谈话面": fields.share("interview_floors.middle"),
    "普通谈话面": fields.share("interview_floors.ordinary"),
    "申请复核天数": fields.whole("follow_up.appeal_days"),
    "复核办结天数": fields.whole("follow_up.review_days"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of 考评参数. `words`, the clause in a sentence, is an English message text."""

    name: str
    default: str
    words: str
    clause: str
    source: str
    kind: ParameterKind
    choices: tuple[str, ...]


def _parameters() -> Iterator[Parameter]:
    for entry in default_data()["parameter"]:
        field = _FIELDS[entry["name"]]
        yield Parameter(
            name=entry["name"],
            default=entry["value"],
            words=entry["words"],
            clause=entry["clause"],
            source=entry["source"],
            kind=field.kind,
            choices=field.choices,
        )


PARAMETERS: tuple[Parameter, ...] = tuple(_parameters())
"""Every parameter beside the lines, in the order of RULES."""


def parameter_text(scheme: Scheme, name: str) -> str:
    """The canonical text of a parameter, `K1.步长` and `K1.分值` too; ``ParameterError`` UNKNOWN or NOT_USED."""
    if name in _FIELDS:
        return _FIELDS[name].read(scheme)
    line, part = _line_parameter(scheme, name)
    method, parts = rule_parts(line.rule, line.ties)
    cells = {POINTS: number_text(line.points), DIRECTION: str(line.direction), METHOD: method}
    return (cells | parts)[part]


def scheme_with(scheme: Scheme, texts: Mapping[str, str]) -> Scheme:
    """The scheme with some parameters changed, by the names of 考评参数, a line's parameter, `K1.步长` or `K1.分值`.

    步长, 下限, 最高, 最低 and 并列 alone change every line whose rule has them; what is said of one line stands above
    that, and its new 折分方法 begins with the default parameters. Totals that are not stated follow changed sums.
    Raises ``ParameterError``; whether the whole still adds up is for `scheme_problems`.
    """
    unknown = [name for name in texts if name not in _FIELDS]
    changed = scheme
    for name in _FIELDS:
        if name in texts:
            changed = _written(changed, name, texts[name])
    for name in sorted(unknown, key=_from_wide_to_narrow):
        changed = _with_line_parameter(changed, name, texts[name])
    return _with_followed_totals(changed, texts)


def _from_wide_to_narrow(name: str) -> int:
    """A line's own cells before what holds for all lines, and that before what holds for one."""
    if name.rpartition(".")[2] in LINE_CELLS:
        return 0
    return 1 if name in LINE_PARAMETERS else 2


def parameter_errors(scheme: Scheme, texts: Mapping[str, str]) -> tuple[ParameterError, ...]:
    """Every parameter whose text is refused, not the first alone: for a sheet or a form.

    Each is read by itself, a rule's parameter under the rule that its line is given.
    """
    methods = {name: text for name, text in texts.items() if name.endswith(f".{METHOD}")}
    found = []
    for name, text in texts.items():
        try:
            scheme_with(scheme, {**methods, name: text})
        except ParameterError as error:
            if error.name == name:
                found.append(error)
    return tuple(found)


def _written(scheme: Scheme, name: str, text: str) -> Scheme:
    try:
        return _FIELDS[name].write(scheme, text)
    except TextError as error:
        raise ParameterError(name, error.code, error.values) from error


def _with_followed_totals(scheme: Scheme, texts: Mapping[str, str]) -> Scheme:
    """T2: a total nobody stated is the sum of its parts, where a part was changed."""
    lines_changed = any(name.endswith(f".{POINTS}") for name in texts)
    if lines_changed and BLOCKS not in texts:
        scheme = replace(scheme, blocks=tuple((code, _block_sum(scheme, code)) for code, _ in scheme.blocks))
    if (lines_changed or BLOCKS in texts) and TARGET_TOTAL not in texts:
        scheme = replace(scheme, target_points=_sum(points for _, points in scheme.blocks))
    if EVALUATIONS in texts and EVALUATION_TOTAL not in texts:
        scheme = replace(scheme, evaluation_points=_sum(entry.points for entry in scheme.evaluations))
    if ITEMS in texts and CADRE_TOTAL not in texts:
        scheme = replace(scheme, cadre_points=_sum(item.points for item in scheme.cadre_items))
    parts_changed = {BLOCKS, EVALUATIONS, TARGET_TOTAL, EVALUATION_TOTAL} & texts.keys()
    if (lines_changed or parts_changed) and TEAM_TOTAL not in texts:
        scheme = replace(scheme, team_points=scheme.target_points + scheme.evaluation_points)
    return scheme


def _block_sum(scheme: Scheme, block: BlockCode) -> Fraction:
    return _sum(line.points for line in scheme.lines_of(block))


def _sum(values: Iterator[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _with_line_parameter(scheme: Scheme, name: str, text: str) -> Scheme:
    if name in LINE_PARAMETERS:
        codes = {line.code for line in scheme.lines if name in rule_parts(line.rule, line.ties)[1]}
        part = name
    else:
        line, part = _line_parameter(scheme, name)
        codes = {line.code}
    if not codes:
        raise ParameterError(name, ProblemCode.NOT_USED, values_of(parameter=name))
    lines = tuple(_changed(line, name, part, text) if line.code in codes else line for line in scheme.lines)
    return replace(scheme, lines=lines)


def _line_parameter(scheme: Scheme, name: str) -> tuple[Line, str]:
    code, _, part = name.rpartition(".")
    try:
        line = scheme.line(code)
    except KeyError:
        raise ParameterError(name, ProblemCode.UNKNOWN, values_of(name=name)) from None
    if part in LINE_CELLS:
        return line, part
    if part not in LINE_PARAMETERS:
        raise ParameterError(name, ProblemCode.UNKNOWN, values_of(name=name))
    if part not in rule_parts(line.rule, line.ties)[1]:
        raise ParameterError(name, ProblemCode.NOT_USED, values_of(parameter=part))
    return line, part


def _changed(line: Line, name: str, part: str, text: str) -> Line:
    try:
        return _with_part(line, part, text)
    except TextError as error:
        raise ParameterError(name, error.code, error.values) from error


def _with_part(line: Line, part: str, text: str) -> Line:
    if part == POINTS:
        return replace(line, points=texts_of.points(text))
    if part == DIRECTION:
        return replace(line, direction=texts_of.choice(Direction, text))
    method, parts = rule_parts(line.rule, line.ties)
    if part == METHOD:
        method, parts = text, {TIES: str(line.ties)}
    rule, ties = rule_from_parts(method, parts if part == METHOD else parts | {part: text})
    return replace(line, rule=rule, ties=ties)
