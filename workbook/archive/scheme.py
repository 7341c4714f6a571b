"""考评办法: every line, evaluation, item and parameter of the year, with clause and source."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from assessment.scheme import PARAMETERS, CadreItem, Evaluation, Line, Scheme, parameter_text, rule_text
from cadres.templatetags.labels import term
from scoring.rule_words import COUNTY, ParameterRow, rank_rule_words
from workbook.archive.basis import full_points
from workbook.archive.sheet import Column, Kind, Sheet
from workbook.archive.source import ArchiveSource


class Row(NamedTuple):
    """One entry of the scheme."""

    kind: str
    name: str
    text: str
    words: str
    clause: str
    origin: str
    code: str = ""
    points: Decimal | None = None
    department: str = ""


def scheme_sheet(source: ArchiveSource) -> Sheet[Row]:
    columns = (
        Column[Row]("类别", lambda row: row.kind, width=12),
        Column[Row]("编码", lambda row: row.code, width=8),
        Column[Row]("名称", lambda row: row.name, width=20),
        Column[Row]("分值", lambda row: row.points, Kind.POINTS, 8),
        Column[Row]("值", lambda row: row.text, Kind.LONG_TEXT, 34),
        Column[Row]("含义", lambda row: row.words, Kind.LONG_TEXT, 56),
        Column[Row]("责任单位", lambda row: row.department, width=16),
        Column[Row]("条款", lambda row: row.clause, width=10),
        Column[Row]("来源", lambda row: row.origin, width=22),
    )
    return Sheet("考评办法", columns, list(_rows(source.result.scheme)))


def _rows(scheme: Scheme) -> Iterator[Row]:
    yield from (_line(line) for line in scheme.lines)
    yield from (_vote(entry, "综合评价") for entry in scheme.evaluations)
    yield from (_vote(item, "干部考评项") for item in scheme.cadre_items)
    for parameter in PARAMETERS:
        text = parameter_text(scheme, parameter.name)
        source = parameter.source if text == parameter.default else COUNTY
        origin = ParameterRow(parameter.name, text, parameter.clause, source).source_text
        yield Row("参数", parameter.name, text or "（空）", _(parameter.words), parameter.clause, origin)


def _line(line: Line) -> Row:
    method, parameters = rule_text(line.rule, line.ties)
    return Row(
        kind=f"{line.block}目标",
        code=line.code,
        name=line.name,
        points=full_points(line.points),
        text="；".join(filter(None, (str(line.direction), method, parameters))),
        words=rank_rule_words(line.rule, line.ties, line.direction),
        department=line.department,
        clause="1.1",
        origin=f"目标：{line.target}",
    )


def _vote(entry: Evaluation | CadreItem, kind: str) -> Row:
    groups = "；".join(f"{name}={weight}" for name, weight in entry.groups)
    return Row(kind, term(entry.name), groups, "", "1.2", "", code=entry.code, points=full_points(entry.points))
