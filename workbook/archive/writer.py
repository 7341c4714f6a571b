"""Writes sheets with openpyxl, row by row. A column keeps its styled cells and only changes their value."""

from collections.abc import Iterator, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from workbook.archive.safe_text import looks_like_formula, safe_text
from workbook.archive.sheet import Column, Kind, Sheet, Value

A4 = 9
LANDSCAPE = "landscape"
MARGIN = 0.5
"""Inches on each side."""
LONGEST_TEXT = 32_767
"""Characters that a cell can hold."""

_LINE = Side(style="thin", color="B0B0B0")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEADER_FONT = Font(bold=True)
_HEADER_FILL = PatternFill("solid", fgColor="E7E9EE")


def book_write(*, sheets: Sequence[Sheet[Any]], title: str, file: IO[bytes] | str) -> None:
    """One workbook of all sheets, values only. `title` stands above every printed page."""
    book = Workbook(write_only=True)
    book.properties.title = title
    for sheet in sheets:
        _sheet_write(book, sheet, title)
    book.save(file)


class _Page(WriteOnlyWorksheet):
    """A sheet of styled cells only. openpyxl would try each one as a plain value first, and then make another."""

    def _values_to_row(self, values: Sequence[Any], row_idx: int) -> Iterator[Any]:
        for position, cell in enumerate(values, start=1):
            cell.column, cell.row = position, row_idx
            yield cell


class _Styled(Cell):
    """A cell whose style is finished: openpyxl would look it up in the book again for every value."""

    __slots__ = ("style_id",)
    has_style = True


def _finished(cell: Any) -> Any:
    cell.style_id = Cell.style_id.fget(cell)  # type: ignore[attr-defined]
    return cell


def _sheet_write(book: Any, sheet: Sheet[Any], title: str) -> None:
    page: Any = _Page(book, sheet.title)
    book._add_sheet(page)
    _set_up(page, sheet, title)
    page.append([_header(page, column.title) for column in sheet.columns])
    last = 1
    line = _Line(page, sheet.columns)
    for row in sheet.rows:
        page.append(line.filled(row))
        last += 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    _notes_write(page, sheet.notes)


def _set_up(page: Any, sheet: Sheet[Any], title: str) -> None:
    """Frozen header, widths, A4 landscape, one page wide, the header repeated on each."""
    page.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = column.width
    page.page_setup.paperSize = A4
    page.page_setup.orientation = LANDSCAPE
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = MARGIN
    page.print_title_rows = "1:1"
    page.oddHeader.center.text = f"{title} {sheet.title}".replace("&", "&&")
    page.oddFooter.center.text = "第 &P 页，共 &N 页"


class _Line:
    """The cells of one row of a sheet, filled again and again: styles are made once a column."""

    def __init__(self, page: Any, columns: Sequence[Column[Any]]) -> None:
        self._columns = [
            (column.value, _cell(page, column.kind), _cell(page, column.kind, quoted=True), column.kind.is_text)
            for column in columns
        ]

    def filled(self, row: Any) -> list[Any]:
        return [_put(getter(row), cell, quoted) for getter, cell, quoted, _is_text in self._columns]


def _put(value: Value, cell: Any, quoted: Any) -> Any:
    """The column's cell with this value; the one marked as text where it could be taken for a formula."""
    if not isinstance(value, str) or not value:
        cell.value = None if isinstance(value, str) else value
        return cell
    text = safe_text(value)[:LONGEST_TEXT]
    chosen = quoted if looks_like_formula(text) else cell
    chosen._value, chosen.data_type = text, "s"
    return chosen


def _cell(page: Any, kind: Kind, *, quoted: bool = False) -> Any:
    cell: Any = _Styled(page, row=1, column=1)
    cell.number_format = kind.number_format
    cell.border = _GRID
    cell.alignment = Alignment(vertical="top", wrap_text=kind is Kind.LONG_TEXT)
    cell.quotePrefix = quoted
    return _finished(cell)


def _header(page: Any, title: str) -> Any:
    cell: Any = _Styled(page, row=1, column=1)
    cell._value, cell.data_type = safe_text(title), "s"
    cell.font, cell.fill, cell.border = _HEADER_FONT, _HEADER_FILL, _GRID
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return _finished(cell)


def _notes_write(page: Any, notes: Sequence[Sequence[Value]]) -> None:
    if not notes:
        return
    page.append([])
    for note in notes:
        page.append([_note_cell(page, value) for value in note])


def _note_cell(page: Any, value: Value) -> Any:
    kind = Kind.TEXT if isinstance(value, str) else Kind.COUNT if isinstance(value, int) else Kind.YUAN
    return _put(value, _cell(page, kind), _cell(page, kind, quoted=True))
