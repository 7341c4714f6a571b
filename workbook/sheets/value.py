"""目标完成: townships × scored lines."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.models import LineValue
from assessment.numbers import number_text
from assessment.scheme import Direct, Direction, Line, RatioToBest
from assessment.services.value import NOT_APPLICABLE, CellKey, cell_of
from assessment.services.value import Cell as ValueCell
from workbook.reading import Cell, Kind, address

from .cadre import resolved
from .convert import key_of, listing, number_of, text_of
from .known import Known
from .problems import CellRefused, Problem
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table


def read_values(table: Table, known: Known) -> dict[CellKey, ValueCell]:
    lines = _line_columns(table, known)
    records = table.records({place: Column(line.code, _value) for place, line in lines.items()})
    for record in records:
        record.values["乡镇"] = resolved(table, record, "乡镇", known.townships) or None
    rows = list(table.unrepeated((record for record in records if record["乡镇"]), "乡镇"))
    for place, line in lines.items():
        table.places[line.code] = place
        _check_line(table, rows, line, known)
    return {
        (record["乡镇"], line.code): record[line.code]
        for record in rows
        for line in lines.values()
        if line.code not in record.bad
    }


def _value(cell: Cell) -> ValueCell:
    if cell[0] is Kind.TEXT and key_of(cell[1]) == NOT_APPLICABLE:
        return NOT_APPLICABLE
    try:
        return number_of(cell)
    except CellRefused as refusal:
        raise CellRefused(refusal.what, _("a number, 不适用, or blank where it is missing")) from None


def _line_columns(table: Table, known: Known) -> dict[int, Line]:
    """Place → line. What is no line is told and left out; a line in two columns is a problem."""
    found: dict[int, Line] = {}
    directory = known.lines
    for place, text in sorted(table.extra.items()):
        try:
            line = known.scheme.line(directory.resolve(text))
        except CellRefused:
            continue
        if line in found.values():
            what = _("the column “%(column)s” stands twice") % {"column": line.name}
            table.problems.add(Problem(table.sheet.name, address(place, table.header_row), what))
        else:
            found[place] = line
    for place in found:
        del table.extra[place]
    if not found:
        names = [line.name for line in known.scheme.lines]
        table.problem(table.header_row, "乡镇", _("no column names a scored line"), listing(names))
    return found


def _check_line(table: Table, rows: list[Record], line: Line, known: Known) -> None:
    """What a line's rule asks of values: 直接计分 between 0 and F, 与最优比 above 0 where it divides (RULES 1.1)."""
    numbers = [(record, record[line.code]) for record in rows if isinstance(record[line.code], Fraction)]
    if isinstance(line.rule, Direct):
        for record, value in numbers:
            if not 0 <= value <= line.points:
                what = _("%(value)s is outside of 0 … %(points)s") % _words(value, line)
                table.refuse(record, line.code, CellRefused(what, _("points as scored (直接计分)")))
    elif isinstance(line.rule, RatioToBest) and numbers:
        _check_ratio(table, numbers, line, known)


def _check_ratio(table: Table, numbers: list[tuple[Record, Fraction]], line: Line, known: Known) -> None:
    best = max([value for _record, value in numbers] + _stored_values(known, line, numbers))
    for record, value in numbers:
        if value <= 0 if line.direction is Direction.LOWER else best <= 0 and value == best:
            what = _("%(value)s is not above 0") % _words(value, line)
            table.refuse(record, line.code, CellRefused(what, _("a value above 0: the rule 与最优比 divides by it")))


def _stored_values(known: Known, line: Line, numbers: list[tuple[Record, Fraction]]) -> list[Fraction]:
    """Of the townships that the sheet gives no number for."""
    if known.year is None:
        return []
    given = [record["乡镇"] for record, _value in numbers]
    stored = LineValue.objects.filter(line__year=known.year, line__code=line.code, applicable=True)
    return [Fraction(value.value or 0) for value in stored.exclude(township__code__in=given)]


def _words(value: Fraction, line: Line) -> dict[str, str]:
    return {"value": number_text(value), "points": number_text(line.points)}


def _line_names(stored: Stored) -> tuple[str, ...]:
    return tuple(line.name for line in stored.scheme.lines)


def _rows(stored: Stored) -> Iterator[Row]:
    if stored.year is None:
        return
    values = LineValue.objects.filter(line__year=stored.year).select_related("line", "township")
    cells = {(value.township.code, value.line.code): cell_of(value) for value in values}
    for township in stored.year.townships.all():
        yield township.name, *(cells.get((township.code, line.code)) for line in stored.scheme.lines)


VALUES = SheetSpec(
    "目标完成",
    (Column("乡镇", text_of(60), True, True, options="townships", width=16, example="青石镇"),),
    read_values,
    _rows,
    more=_line_names,
)
