"""A sheet as records: the header found, cells converted, problems noted with their cell."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from workbook.reading import Cell, Kind, Sheet, address

from .convert import key_of, listing
from .problems import CellRefused, Problem, Problems
from .spec import Column, SheetSpec

EXAMPLE = "示例"
ROWS_SEARCHED = 1_000
_MERGED_CELLS = 200_000


@dataclass
class Record:
    """One row: values by column name, None where blank or refused; `bad` names the refused and wrongly blank ones."""

    row: int
    values: dict[str, Any]
    bad: set[str] = field(default_factory=set)

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    @property
    def good(self) -> bool:
        return not self.bad


@dataclass
class Table:
    """The records of one sheet under its header; `extra` holds the header cells that are no column of the sheet."""

    spec: SheetSpec
    sheet: Sheet
    problems: Problems
    notices: list[Problem]
    header_row: int = 0
    places: dict[str, int] = field(default_factory=dict)
    extra: dict[int, str] = field(default_factory=dict)

    @property
    def found(self) -> bool:
        return bool(self.header_row)

    def has(self, column: str) -> bool:
        """Whether the header names the column: an absent one leaves what is stored alone, a blank cell empties it."""
        return column in self.places

    def problem(self, row: int, column: str, what: str, expected: str = "") -> None:
        """At a cell; a column the sheet does not have is told at the row's first cell."""
        self.problems.add(Problem(self.sheet.name, address(self.places.get(column, 1), row), what, expected))

    def refuse(self, record: Record, column: str, refusal: CellRefused) -> None:
        record.bad.add(column)
        self.problem(record.row, column, refusal.what, refusal.expected)

    def notice(self, row: int, column: int, what: str) -> None:
        self.notices.append(Problem(self.sheet.name, address(column, row), what))

    def locate(self) -> None:
        """Find the header: the first row that holds the required columns."""
        required = {key_of(column.name) for column in self.spec.columns if column.required}
        best: tuple[int, set[str]] = (0, set())
        for row in sorted(self.sheet.rows)[:ROWS_SEARCHED]:
            texts = {key_of(text): column for column, text in _texts(self.sheet.rows[row])}
            if required <= texts.keys():
                return self._header(row)
            if len(required & texts.keys()) > len(best[1]):
                best = row, required & texts.keys()
        return self._no_header(best[0], required - best[1])

    def records(self, extra: dict[int, Column] | None = None) -> list[Record]:
        """Every filled row under the header, examples left out; `extra` are further columns by their place."""
        columns = [(place, column) for column in self.spec.columns if (place := self.places.get(column.name))]
        columns += list((extra or {}).items())
        covered = self._merged({place for place, _column in columns})
        return [
            self._record(row, cells, columns, covered)
            for row, cells in sorted(self.sheet.rows.items())
            if row > self.header_row and _counts(cells, columns)
        ]

    def unrepeated(self, records: Iterable[Record], *columns: str) -> Iterator[Record]:
        """Those whose key stands for the first time; the others are problems. Blank keys pass."""
        seen: dict[Hashable, int] = {}
        for record in records:
            key = tuple(record[column] for column in columns)
            if None in key[:1] or record.bad & set(columns):
                yield record
            elif key in seen:
                self._repeated(record, columns, seen[key])
            else:
                seen[key] = record.row
                yield record

    def _repeated(self, record: Record, columns: tuple[str, ...], first: int) -> None:
        words = " ".join(str(record[column]) for column in columns if record[column])
        self.problem(
            record.row,
            columns[0],
            _("“%(words)s” stands already in row %(row)d") % {"words": words, "row": first},
            _("each one once"),
        )

    def _header(self, row: int) -> None:
        self.header_row = row
        names = {key_of(column.name): column.name for column in self.spec.columns}
        for place, text in _texts(self.sheet.rows[row]):
            name = names.get(key_of(text))
            if name is None:
                self.extra[place] = text.strip()
            elif name in self.places:
                what = _("the column “%(column)s” stands twice") % {"column": name}
                self.problems.add(Problem(self.sheet.name, address(place, row), what, _("each column once")))
            else:
                self.places[name] = place

    def _no_header(self, row: int, missing: set[str]) -> None:
        absent = [column.name for column in self.spec.columns if key_of(column.name) in missing]
        required = [column.name for column in self.spec.columns if column.required]
        what = _("no row holds the required columns; missing: %(columns)s") % {"columns": listing(absent)}
        expected = _("a header row with %(columns)s") % {"columns": listing(required)}
        self.problems.add(Problem(self.sheet.name, address(1, row or 1), what, expected))

    def _record(
        self, row: int, cells: dict[int, Cell], columns: list[tuple[int, Column]], covered: set[tuple[int, int]]
    ) -> Record:
        values: dict[str, Any] = {}
        record = Record(row, values)
        for place, column in columns:
            cell = cells.get(place)
            if cell is None:
                values[column.name] = None
                if column.filled:
                    self._blank(record, place, column, covered)
                continue
            try:
                values[column.name] = column.convert(cell)
            except CellRefused as refusal:
                values[column.name] = None
                record.bad.add(column.name)
                self.problems.add(Problem(self.sheet.name, address(place, row), refusal.what, refusal.expected))
        return record

    def _blank(self, record: Record, place: int, column: Column, covered: set[tuple[int, int]]) -> None:
        record.bad.add(column.name)
        if (place, record.row) not in covered:
            what = _("“%(column)s” is blank") % {"column": column.name}
            self.problems.add(Problem(self.sheet.name, address(place, record.row), what, _("a value in every row")))

    def _merged(self, places: set[int]) -> set[tuple[int, int]]:
        """Report merged data cells; the cells they swallow, so that those are not reported as blank too."""
        covered: set[tuple[int, int]] = set()
        for merge in self.sheet.merges:
            top_left = self.sheet.rows.get(merge.top, {}).get(merge.left)
            swallowed = places & set(range(merge.left, merge.right + 1))
            if merge.top <= self.header_row or top_left is None or not swallowed or _is_example(top_left):
                continue
            cells = f"{address(merge.left, merge.top)}:{address(merge.right, merge.bottom)}"
            what, expected = _("merged cells"), _("a value in every cell of its own")
            self.problems.add(Problem(self.sheet.name, cells, what, expected))
            if len(covered) < _MERGED_CELLS:
                rows = range(merge.top, min(merge.bottom, merge.top + _MERGED_CELLS // 16) + 1)
                covered |= {(place, row) for row in rows for place in swallowed}
        return covered


def _texts(cells: dict[int, Cell]) -> list[tuple[int, str]]:
    """The texts of a possible header, from the left; a line named by a number counts too."""
    return [(place, text) for place, (kind, text) in sorted(cells.items()) if kind in (Kind.TEXT, Kind.NUMBER)]


def _counts(cells: dict[int, Cell], columns: list[tuple[int, Column]]) -> bool:
    """Whether a row says anything: a cell in a known column, and not an example."""
    return any(place in cells for place, _column in columns) and not _is_example(cells[min(cells)])


def _is_example(cell: Cell) -> bool:
    return cell[0] is Kind.TEXT and cell[1].lstrip().startswith(EXAMPLE)
