"""The same workbook with its bad cells marked: filled red, with the problem as a comment, and all of them in a list."""

from collections import defaultdict
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from workbook.archive.safe_text import safe_text
from workbook.reading import Book, Kind
from workbook.reading.cells import column_letters
from workbook.services.reading import HELPER_SHEETS, Reading
from workbook.services.template import put
from workbook.sheets.convert import exact_number
from workbook.sheets.problems import CellRefused, Problem

LIST = HELPER_SHEETS[-1]
LARGEST_KEPT = 30 * 1024 * 1024
"""Bytes unpacked; a larger workbook comes back as plain cells, for its formats take too much memory."""
LONGEST_COMMENT = 1_000
_RED = PatternFill("solid", fgColor="FFC7CE")


def workbook_marked(*, data: bytes, reading: Reading) -> bytes:
    """`reading` is what `workbook_read` made of `data`, and holds at least a book."""
    if reading.book is None:
        raise LookupError("nothing could be read")
    book = _formatted(data, reading.book) or _plain(reading.book)
    by_cell: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for problem in reading.problems.listed:
        by_cell[problem.sheet, problem.cell.partition(":")[0] or "A1"].append(problem)
    for (sheet, cell), problems in by_cell.items():
        if sheet in book.sheetnames:
            _mark(book, sheet, cell, "\n".join(problem.text for problem in problems))
    _list(book, reading)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _formatted(data: bytes, book: Book) -> Workbook | None:
    """The workbook as it came; None where the writing library cannot read it."""
    if book.size > LARGEST_KEPT:
        return None
    try:
        return load_workbook(BytesIO(data))
    except Exception:
        return None


def _plain(book: Book) -> Workbook:
    """The cells of the known sheets, without formats."""
    plain = Workbook()
    plain.remove(plain.worksheets[0])
    for sheet in book.sheets.values():
        page = plain.create_sheet(sheet.name)
        for row, cells in sheet.rows.items():
            for column, (kind, text) in cells.items():
                put(page.cell(row, column), _value(kind, text))
    return plain


def _value(kind: Kind, text: str) -> object:
    if kind is not Kind.NUMBER:
        return text.removesuffix("T00:00:00")
    try:
        return exact_number(text)
    except CellRefused:
        return text


def _mark(book: Workbook, sheet: str, place: str, text: str) -> None:
    cell = book[sheet][place]
    if isinstance(cell, Cell):
        cell.fill = _RED
        cell.comment = Comment(safe_text(text[:LONGEST_COMMENT]), "")


def _list(book: Workbook, reading: Reading) -> None:
    """All problems on a sheet of their own, in front; the import leaves it out."""
    if LIST in book.sheetnames:
        del book[LIST]
    page = book.create_sheet(LIST, 0)
    page.append([_("Sheet"), _("Cell"), _("What is wrong"), _("What is expected")])
    for problem in reading.problems.listed:
        row = page.max_row + 1
        for column, text in enumerate((problem.sheet, problem.cell, problem.what, problem.expected), start=1):
            put(page.cell(row, column), text)
        if problem.sheet in book.sheetnames and problem.cell:
            page.cell(row, 2).hyperlink = f"#'{problem.sheet}'!{problem.cell}"
    for cell in page[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate((14, 12, 60, 60), start=1):
        page.column_dimensions[column_letters(column)].width = width
    page.freeze_panes = "A2"
    book.active = 0
