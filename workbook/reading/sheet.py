"""One sheet's cells, from its XML as a stream: fast, and no larger in memory than what is filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .cells import LAST_COLUMN, LAST_ROW, Cell, Kind, column_number
from .package import FileRefused, Package, damaged
from .parts import plain_text, too_many_cells
from .xml import parse

MOST_ROWS = 200_000
MOST_MERGES = 100_000
_LAST_DAY = 2_958_465
_RANGE = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_TEXT, _NUMBER, _UNCOMPUTED = Kind.TEXT, Kind.NUMBER, Kind.UNCOMPUTED

Rows = dict[int, dict[int, Cell]]
"""Row number → column number → cell; blank cells and rows are left out."""


@dataclass(frozen=True)
class Merge:
    """A merged range by its corners, both included."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass
class Sheet:
    """A sheet as it stands."""

    name: str
    rows: Rows = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)


@dataclass(frozen=True)
class Shared:
    """What all sheets of a workbook lean on."""

    texts: list[str]
    date_styles: frozenset[str]
    from_1904: bool


def read_sheet(package: Package, part: str, *, name: str, shared: Shared, room: int) -> Sheet:
    """Raises FileRefused; `room` is how many more filled cells the workbook may hold."""
    sheet = Sheet(name)
    _Pass(sheet, shared, room).run(package, part)
    return sheet


class _Pass:
    """One pass over a sheet. A row or cell that leaves out its place follows the one before."""

    def __init__(self, sheet: Sheet, shared: Shared, room: int) -> None:
        self.sheet, self.shared, self.room = sheet, shared, room
        self.row = 0
        self.row_text = ""
        self.cells: dict[int, Cell] = {}

    def run(self, package: Package, part: str) -> None:  # noqa: C901  two dispatch tables, written out for speed
        """The handlers are closures, for they run three times a cell: 150,000 cells are half a million calls."""
        names: dict[str, str] = {}
        values: Mapping[str, str] = {}
        pieces: list[str] = []
        taking = in_guide = formula = False
        column = 0
        cell_of, column_of, take = self._cell, self._column, pieces.append

        def start(tag: str, attributes: Mapping[str, str]) -> None:
            nonlocal values, taking, formula, in_guide, column
            name = names.get(tag) or names.setdefault(tag, tag.rpartition(":")[2])
            if name == "c":
                values = attributes
                formula = False
                pieces.clear()
            elif name == "v" or name == "t":
                taking = not in_guide
            elif name == "row":
                self._row_begins(attributes.get("r"))
                column = 0
            elif name == "f":
                formula = True
            elif name == "rPh":
                in_guide = True
            elif name == "mergeCell":
                self._merge(attributes.get("ref", ""))

        def end(tag: str) -> None:
            nonlocal taking, in_guide, column
            name = names[tag]
            if name == "c":
                column = column_of(values["r"]) if "r" in values else column + 1
                if pieces or formula:
                    cell = cell_of("".join(pieces), values, formula=formula)
                    if cell:
                        self.cells[column] = cell
            elif name == "v" or name == "t":
                taking = False
            elif name == "row":
                self._row_ends()
            elif name == "rPh":
                in_guide = False

        def text(piece: str) -> None:
            if taking:
                take(piece)

        parse(package.chunks(part), start=start, end=end, text=text)

    def _row_begins(self, number: str | None) -> None:
        self.row = int(number) if number and number.isdecimal() and len(number) < 8 else self.row + 1
        self.row_text = str(self.row)
        self.cells = {}
        if not 1 <= self.row <= LAST_ROW:
            raise damaged()

    def _row_ends(self) -> None:
        if not self.cells:
            return
        if max(self.cells) > LAST_COLUMN:
            raise damaged()
        rows = self.sheet.rows
        rows[self.row] = rows[self.row] | self.cells if self.row in rows else self.cells
        self.room -= len(self.cells)
        if len(rows) > MOST_ROWS:
            raise too_many_rows(self.sheet.name)
        if self.room < 0:
            raise too_many_cells()

    def _column(self, reference: str) -> int:
        column = column_number(reference.removesuffix(self.row_text))
        if not column:
            raise damaged()
        return column

    def _cell(self, raw: str, values: Mapping[str, str], *, formula: bool) -> Cell | None:
        kind = values.get("t", "n")
        if kind == "n":
            return self._number(raw, values, formula=formula)
        if kind == "s":
            return self._shared(raw)
        if kind == "inlineStr" or kind == "str":
            text = plain_text(raw)
            return (_TEXT, text) if text.strip() else None
        return _other(raw.strip(), kind)

    def _number(self, raw: str, values: Mapping[str, str], *, formula: bool) -> Cell | None:
        if not raw or raw.isspace():
            return (_UNCOMPUTED, "") if formula else None
        if values.get("s") in self.shared.date_styles:
            return _day(raw, from_1904=self.shared.from_1904)
        return _NUMBER, raw

    def _shared(self, raw: str) -> Cell | None:
        if not raw.isdecimal() or len(raw) > 9 or int(raw) >= len(self.shared.texts):
            raise damaged()
        text = self.shared.texts[int(raw)]
        return (_TEXT, text) if text and not text.isspace() else None

    def _merge(self, reference: str) -> None:
        match = _RANGE.fullmatch(reference)
        if match and len(self.sheet.merges) < MOST_MERGES:
            corners = column_number(match[1]), int(match[2]), column_number(match[3]), int(match[4])
            self.sheet.merges.append(Merge(*corners))


def too_many_rows(sheet: str) -> FileRefused:
    return FileRefused(
        _("The sheet “%(sheet)s” has more than %(count)s rows.") % {"sheet": sheet, "count": f"{MOST_ROWS:,}"}
    )


def _other(raw: str, kind: str) -> Cell:
    if kind == "b":
        return Kind.BOOLEAN, "TRUE" if raw in ("1", "true") else "FALSE"
    if kind == "d":
        return Kind.DATE, raw
    return Kind.ERROR, raw or "#VALUE!"


def _day(raw: str, *, from_1904: bool) -> Cell:
    """A count of days as a date; Excel believes in 29 February 1900, so counts start two days early."""
    try:
        days = float(raw)
    except ValueError:
        return Kind.ERROR, raw
    if not 0 <= days <= _LAST_DAY:
        return Kind.NUMBER, raw
    origin = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a day of the calendar
    return Kind.DATE, (origin + timedelta(days=days)).isoformat()
