"""The workbook to fill in: what is stored now, with drop-downs, widths, a frozen header and an example row."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessment.models import AssessmentYear
from assessment.numbers import number_text
from assessment.scheme import BlockCode, default_scheme
from assessment.selectors.year import scheme_current
from cadres.models import Account, Department, Post, Township
from cadres.permissions import require
from workbook.archive.safe_text import safe_text
from workbook.services.import_year import PERMISSION
from workbook.services.reading import HELPER_SHEETS
from workbook.sheets import SHEETS, SheetSpec
from workbook.sheets.convert import exact_number
from workbook.sheets.problems import CellRefused
from workbook.sheets.spec import Column, Row, Stored
from workbook.sheets.table import EXAMPLE

GUIDE, OPTIONS, _PROBLEMS = HELPER_SHEETS
LAST_CHOICE_ROW = 5_000
"""Down to which row drop-downs are offered."""
LONGEST_INLINE = 250
"""Characters of a list that stands in the drop-down itself."""

_REQUIRED = PatternFill("solid", fgColor="D9E2F3")
_OPTIONAL = PatternFill("solid", fgColor="EDEDED")
_EXAMPLE_FONT = Font(italic=True, color="808080")


def template_write(*, year: AssessmentYear | None, sheet: str | None = None, by: Account | None) -> bytes:
    """The whole workbook, or one sheet of it by name. `year` None: before the year exists.

    Raises PermissionDenied, KeyError for a sheet that is not in the list.
    """
    require(by=by, permission=PERMISSION)
    specs = {spec.name: spec for spec in SHEETS}
    stored = Stored(year, scheme_current(year) if year else default_scheme())
    book = Workbook()
    book.remove(book.worksheets[0])
    _guide(book.create_sheet(GUIDE))
    lists = _lists(stored)
    for spec in (specs[sheet],) if sheet else SHEETS:
        _sheet(book.create_sheet(spec.name), spec, stored, lists)
    _options(book.create_sheet(OPTIONS), lists)
    book.active = 1
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _lists(stored: Stored) -> dict[str, list[str]]:
    """What drop-downs offer, by the names that columns use."""
    townships = stored.year.townships.all() if stored.year else Township.objects.filter(is_active=True)
    scheme = stored.scheme
    return {
        "townships": [unit.name for unit in townships],
        "departments": [unit.name for unit in Department.objects.filter(is_active=True)],
        "posts": [post.name for post in Post.objects.filter(is_active=True)],
        "veto_lines": [line.name for line in scheme.lines_of(BlockCode.VETO)],
        "evaluations": [entry.name for entry in scheme.evaluations],
        "cadre_votes": [item.name for item in scheme.cadre_items if not item.is_work],
    }


def _guide(page: Worksheet) -> None:
    lines = (
        _("How to fill in this workbook"),
        _("Columns with a blue header must be there; the others may be left out. The order of sheets is free."),
        _("Rows that begin with 示例 are examples and are skipped. Blank rows are skipped."),
        _("Codes are text: 001 is not 1. Townships and lines may be named by code or by name."),
        _("Numbers may be written as 0.5, 1/3 or 50%; dates as 2025-06-30, 2025.6.30 or 2025年6月30日."),
        _("A blank cell in 目标完成 means missing; 不适用 means that the line does not apply."),
        _("An import is all or nothing, and shows what it will change before it saves."),
    )
    for row, text in enumerate(lines, start=1):
        page.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="top")
    page["A1"].font = Font(bold=True, size=14)
    page.column_dimensions["A"].width = 90


def _sheet(page: Worksheet, spec: SheetSpec, stored: Stored, lists: dict[str, list[str]]) -> None:
    rows = list(spec.rows(stored))
    columns = [column for place, column in enumerate(spec.columns) if not column.rare or _filled(rows, place)]
    more = spec.more(stored)
    for place, name in enumerate((*(column.name for column in columns), *more), start=1):
        _header(page.cell(1, place, safe_text(name)), required=place > len(columns) or columns[place - 1].required)
    for place, column in enumerate(columns, start=1):
        _column(page, place, column, lists)
    for place in range(len(columns) + 1, len(columns) + len(more) + 1):
        page.column_dimensions[get_column_letter(place)].width = 12
    _example(page, columns)
    for number, row in enumerate(rows, start=3):
        for place, value in enumerate(row[: len(columns) + len(more)], start=1):
            put(page.cell(number, place), value)
    page.freeze_panes = "A2"


def _filled(rows: Iterable[Row], place: int) -> bool:
    return any(row[place] is not None for row in rows)


def _header(cell: Cell, *, required: bool) -> None:
    cell.font, cell.fill = Font(bold=True), _REQUIRED if required else _OPTIONAL
    cell.alignment = Alignment(horizontal="center", wrap_text=True)


def _column(page: Worksheet, place: int, column: Column, lists: dict[str, list[str]]) -> None:
    letter = get_column_letter(place)
    page.column_dimensions[letter].width = column.width
    if column.as_text:
        page.column_dimensions[letter].number_format = "@"
    formula = _choices(column, list(lists))
    if formula and (not isinstance(column.options, str) or lists[column.options]):
        # A code is as good as a name, so what is not in the list is not refused.
        choice = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=False)
        choice.add(f"{letter}2:{letter}{LAST_CHOICE_ROW}")
        page.add_data_validation(choice)


def _choices(column: Column, names: list[str]) -> str:
    """The list's formula: the words themselves, or their column on the options sheet."""
    if isinstance(column.options, str):
        if not column.options:
            return ""
        letter = get_column_letter(names.index(column.options) + 1)
        return f"{quote_sheetname(OPTIONS)}!${letter}$2:${letter}$1000"
    words = ",".join(column.options)
    return f'"{words}"' if words and len(words) <= LONGEST_INLINE else ""


def _example(page: Worksheet, columns: list[Column]) -> None:
    for place, column in enumerate(columns, start=1):
        example = f"{EXAMPLE} {column.example}" if place == 1 else column.example
        cell = page.cell(2, place, example)
        cell.font, cell.number_format = _EXAMPLE_FONT, "@"


def _options(page: Worksheet, lists: dict[str, list[str]]) -> None:
    for place, (name, words) in enumerate(lists.items(), start=1):
        page.cell(1, place, name)
        for row, word in enumerate(words, start=2):
            put(page.cell(row, place), word)
    page.sheet_state = "hidden"


def put(cell: Cell | MergedCell, value: Any) -> None:
    """A stored value as a cell that reads back as the same value; a text never becomes a formula."""
    if isinstance(value, Fraction | Decimal):
        value = _number(Fraction(value))
    if value is None or value == "" or isinstance(cell, MergedCell):
        return
    if isinstance(value, str):
        cell.value, cell.data_type, cell.number_format = safe_text(value), "s", "@"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _number(value: Fraction) -> int | float | str:
    """A number where a spreadsheet keeps all of it, else its exact text."""
    if value.denominator == 1 and abs(value) < 10**15:
        return int(value)
    try:
        return float(value) if exact_number(repr(float(value))) == value else number_text(value)
    except (CellRefused, OverflowError):
        return number_text(value)
