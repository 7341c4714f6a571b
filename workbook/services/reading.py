"""Understanding a workbook: every sheet read and checked against the others and the database. Writes nothing."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, default_scheme
from assessment.selectors.year import scheme_current
from workbook.reading import Book, FileRefused, address, read_book
from workbook.sheets import SHEETS
from workbook.sheets.convert import key_of
from workbook.sheets.grade import DECISIONS
from workbook.sheets.known import Known, stored_known
from workbook.sheets.parameter import check_scheme
from workbook.sheets.problems import Problem, Problems
from workbook.sheets.shares import check_shares
from workbook.sheets.table import Table

HELPER_SHEETS = ("说明", "选项", "问题")
"""The sheets that templates and marked workbooks have beside the data."""
AFTER_CLOSING = ("档次决定", "历年结果")
"""What is entered once a year is closed."""
SCHEME_SHEETS = ("考评目标", "考评参数")

_NAMES = {key_of(spec.name): spec.name for spec in SHEETS}
_HELPERS = {key_of(name) for name in HELPER_SHEETS}
EARLIEST, LATEST = 1980, 2200


@dataclass
class Reading:
    """What a workbook says about a year. `contents` by sheet name, as each sheet's module reads it."""

    number: int
    year: AssessmentYear | None
    problems: Problems = field(default_factory=Problems)
    notices: list[Problem] = field(default_factory=list)
    contents: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    scheme: Scheme | None = None
    book: Book | None = None

    @property
    def good(self) -> bool:
        return not self.problems.count

    @property
    def only_decisions_refused(self) -> bool:
        """Whether all else is right, so that the good decisions can still be held against the suggestions."""
        name = DECISIONS.name
        problems = self.problems
        return (
            name in self.contents
            and not problems.more
            and {problem.sheet for problem in problems.listed} == {self.tables[name].sheet.name}
        )

    def sort(self) -> None:
        self.problems.sort(self.book.sheets if self.book else ())

    def header_of(self, sheet: str) -> tuple[str, str]:
        table = self.tables.get(sheet)
        return (sheet, address(1, table.header_row or 1)) if table else (sheet, "")


def workbook_read(*, data: bytes, number: int) -> Reading:
    """Read and check a workbook for the year of this number. Never raises for what the file holds."""
    reading = Reading(number, AssessmentYear.objects.filter(number=number).first())
    if not EARLIEST <= number <= LATEST:
        what = _("%(year)d is no year") % {"year": number}
        reading.problems.add(Problem("", "", what, f"{EARLIEST} … {LATEST}"))
        return reading
    try:
        reading.book = read_book(data, wanted=lambda name: key_of(name) in _NAMES)
    except FileRefused as refusal:
        reading.problems.add(Problem("", "", str(refusal)))
        return reading
    _find_tables(reading, reading.book)
    _refuse_by_phase(reading)
    _read_sheets(reading)
    reading.sort()
    return reading


def _find_tables(reading: Reading, book: Book) -> None:
    """The sheets that are there, each with its header found."""
    specs = {spec.name: spec for spec in SHEETS}
    for name, sheet in book.sheets.items():
        spec = specs[_NAMES[key_of(name)]]
        if not sheet.rows or spec.name in reading.tables:
            reading.notices.append(Problem(name, "", _("the sheet is empty and was left out")))
            continue
        table = Table(spec, sheet, reading.problems, reading.notices)
        table.locate()
        if table.found:
            reading.tables[spec.name] = table
    for name in book.others:
        if key_of(name) not in _HELPERS:
            reading.notices.append(Problem(name, "", _("an unknown sheet, left out")))
    if not reading.tables and reading.good:
        what = _("the workbook holds none of the known sheets")
        reading.problems.add(Problem("", "", what, "、".join(spec.name for spec in SHEETS)))


def _refuse_by_phase(reading: Reading) -> None:
    if reading.year is None or reading.year.inputs_open:
        return
    for name in reading.tables:
        if name not in AFTER_CLOSING:
            what = _("the year %(year)s is closed: its inputs can no longer be changed") % {"year": reading.year}
            reading.problems.add(Problem(*reading.header_of(name), what))


def _read_sheets(reading: Reading) -> None:
    """In the order in which sheets lean on each other, wherever they stand in the file."""
    current = scheme_current(reading.year) if reading.year else None
    known = stored_known(reading.year, current or default_scheme())
    _townships_of_new_year(reading, known)
    for spec in SHEETS:
        if spec.name == "干部":
            _check_scheme(reading, known, current)
        if table := reading.tables.get(spec.name):
            reading.contents[spec.name] = spec.read(table, known)
            _note_unknown_columns(reading, table)
    reading.scheme = known.scheme


def _townships_of_new_year(reading: Reading, known: Known) -> None:
    """In a new year exactly the listed townships take part, where there is a list."""
    if reading.year is None and "乡镇" in reading.tables:
        known.townships = type(known.townships)(())


def _check_scheme(reading: Reading, known: Known, current: Scheme | None) -> None:
    """Once both scheme sheets are read, unless single cells of them are wrong already."""
    present = [name for name in SCHEME_SHEETS if name in reading.tables]
    refused = any(problem.sheet in present for problem in reading.problems.listed)
    if present and not refused:
        check_scheme(known, current, [reading.header_of(name) for name in present], reading.problems)
    for name in ("考评参数", "职务"):
        if table := reading.tables.get(name):
            check_shares(table, known)
            break


def _note_unknown_columns(reading: Reading, table: Table) -> None:
    for place, text in table.extra.items():
        what = _("an unknown column “%(column)s”, left out") % {"column": text}
        table.notice(table.header_row, place, what)
