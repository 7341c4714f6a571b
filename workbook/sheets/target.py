"""考评目标: the whole list of scored lines."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.scheme import (
    METHODS,
    BlockCode,
    Direction,
    Line,
    RankRule,
    TextError,
    TieRule,
    rule_from_text,
    rule_text,
    scheme_to_dict,
)
from assessment.wording import problem_words
from workbook.reading import address

from .convert import code_of, number_of, text_of, word_of
from .known import Known
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table


def read_targets(table: Table, known: Known) -> list[Line]:
    """Puts the lines into the known scheme. Refused cells stand in with something, so that references hold."""
    records = list(table.unrepeated(table.unrepeated(table.records(), "编码"), "计分项"))
    stored = {line.code: line for line in known.scheme.lines} if known.year else {}
    lines = [_line(table, record, known, stored.get(record["编码"])) for record in records]
    if lines:
        known.scheme = replace(known.scheme, lines=tuple(lines))
        known.scheme_cells |= _cells(table, records, lines)
    return lines


def _line(table: Table, record: Record, known: Known, stored: Line | None) -> Line:
    rule, ties = _rule(table, record, stored)
    points = record["分值"]
    if points is not None and points < 0:
        table.refuse(record, "分值", CellRefused(_("the points are negative"), _("a number above 0")))
    _note_department(table, record, known)
    return Line(
        code=record["编码"] or f"#{record.row}",
        target=record["目标"] or "",
        name=record["计分项"] or f"#{record.row}",
        block=BlockCode(record["类别"] or BlockCode.KEY),
        points=points if points is not None else Fraction(0),
        direction=_direction(table, record, stored),
        rule=rule,
        ties=ties,
        department=record["责任单位"] or (stored.department if stored and not table.has("责任单位") else ""),
    )


def _direction(table: Table, record: Record, stored: Line | None) -> Direction:
    """An absent column keeps what is stored of the line; so do the two of the rule."""
    kept = stored.direction if stored and not table.has("方向") else Direction.HIGHER
    return Direction(record["方向"] or kept)


def _rule(table: Table, record: Record, stored: Line | None) -> tuple[RankRule, TieRule]:
    kept_method, kept_parameters = rule_text(stored.rule, stored.ties) if stored else ("", "")
    method = record["折分方法"] or ("" if table.has("折分方法") else kept_method)
    same = not table.has("参数") and method == kept_method
    try:
        return rule_from_text(method, record["参数"] or (kept_parameters if same else ""))
    except TextError as error:
        table.refuse(record, "参数", CellRefused(problem_words(error)))
        return rule_from_text(method, "")


def _note_department(table: Table, record: Record, known: Known) -> None:
    if record["责任单位"] is None:
        return
    try:
        known.departments.resolve(record["责任单位"])
    except CellRefused as refusal:
        table.notice(record.row, table.places["责任单位"], _("no such department: %(what)s") % {"what": refusal.what})


def _cells(table: Table, records: list[Record], lines: list[Line]) -> dict[str, tuple[str, str]]:
    """Where a scheme's problem or difference stands: `K1`, `K1.分值`, a line's name, a block."""
    cells: dict[str, tuple[str, str]] = {}

    def put(where: str, column: str, row: int) -> None:
        cells.setdefault(where, (table.sheet.name, address(table.places.get(column, 1), row)))

    for record, line in zip(records, lines, strict=True):
        put(line.code, "编码", record.row)
        put(line.name, "计分项", record.row)
        put(line.block, "分值", record.row)
        for column in table.places:
            put(f"{line.code}.{column}", column, record.row)
    return cells


def _rows(stored: Stored) -> Iterator[Row]:
    for line, texts in zip(stored.scheme.lines, scheme_to_dict(stored.scheme)["lines"], strict=True):
        method, parameters = rule_text(line.rule, line.ties)
        words = line.code, line.target, line.name, str(line.block), line.points, str(line.direction)
        yield *words, method, parameters, texts["department"]


BLOCKS, DIRECTIONS = tuple(map(str, BlockCode)), tuple(map(str, Direction))

TARGETS = SheetSpec(
    "考评目标",
    (
        Column("编码", code_of(20), True, True, example="K1"),
        Column("目标", text_of(60), True, True, width=20, example="财政收入"),
        Column("计分项", text_of(60), True, True, width=24, example="财政收入"),
        Column("类别", word_of(*BLOCKS), True, True, options=BLOCKS, example=BLOCKS[0]),
        Column("分值", number_of, True, True, example="12", as_text=False),
        Column("方向", word_of(*DIRECTIONS), options=DIRECTIONS, example=DIRECTIONS[0]),
        Column("折分方法", word_of(*METHODS), options=METHODS, width=14, example=METHODS[0]),
        Column("参数", text_of(200), width=30, example="步长=2%;下限=60%"),
        Column("责任单位", text_of(60), options="departments", width=20),
    ),
    read_targets,
    _rows,
)
