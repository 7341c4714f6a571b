"""考评参数: the scheme's other parameters."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from assessment.scheme import (
    PARAMETERS,
    ParameterError,
    Scheme,
    parameter_errors,
    parameter_text,
    scheme_differences,
    scheme_problems,
    scheme_with,
)
from assessment.wording import problem_text, problem_words
from workbook.reading import address

from .convert import key_of, listing, text_of
from .known import Known
from .problems import CellRefused, Problem, Problems
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table

_NAMES = {key_of(parameter.name): parameter.name for parameter in PARAMETERS}


def read_parameters(table: Table, known: Known) -> dict[str, str]:
    """Puts what the sheet names into the known scheme; what it does not name stays."""
    records = list(table.unrepeated(table.records(), "参数"))
    rows = {_name(record): record for record in records if record["参数"]}
    texts = {name: record["值"] or "" for name, record in rows.items() if record.good}
    errors = parameter_errors(known.scheme, texts)
    for error in errors:
        column = "参数" if error.code in ("unknown", "not_used") else "值"
        expected = listing(list(_NAMES.values()), most=40) if column == "参数" else ""
        table.refuse(rows[error.name], column, CellRefused(problem_words(error), expected))
    known.scheme_cells |= {name: (table.sheet.name, _value_cell(table, record)) for name, record in rows.items()}
    if not errors:
        _put(table, known, texts)
    return texts


def _name(record: Record) -> str:
    return _NAMES.get(key_of(record["参数"]), record["参数"])


def _value_cell(table: Table, record: Record) -> str:
    return address(table.places.get("值", 1), record.row)


def _put(table: Table, known: Known, texts: dict[str, str]) -> None:
    """Alone each text was fine; together they may still contradict each other."""
    try:
        known.scheme = scheme_with(known.scheme, texts)
    except ParameterError as error:
        sheet, cell = known.scheme_cells.get(error.name, (table.sheet.name, ""))
        table.problems.add(Problem(sheet, cell, problem_words(error)))


def check_scheme(known: Known, current: Scheme | None, headers: list[tuple[str, str]], problems: Problems) -> None:
    """The scheme of the two sheets together: RULES T2, and frozen once announced.

    `headers`: of the scheme sheets that are there, to point at where no cell says it.
    """
    for problem in scheme_problems(known.scheme):
        sheet, cell = _cell_of(problem.where, known, headers)
        problems.add(Problem(sheet, cell, problem_text(problem)))
    if current is None or known.year is None or known.year.scheme_open:
        return
    for where, old, new in scheme_differences(current, known.scheme):
        sheet, cell = _cell_of(where, known, headers)
        words = {"where": where, "old": old or "—", "new": new or "—"}
        what = _("the scheme was frozen when it was announced, but %(where)s differs: %(old)s → %(new)s") % words
        problems.add(Problem(sheet, cell, what, _("the announced scheme, or no scheme sheets")))


def _cell_of(where: str, known: Known, headers: list[tuple[str, str]]) -> tuple[str, str]:
    """The cell a place of the scheme stands in, else the header of the sheet it belongs to."""
    cells = known.scheme_cells
    found = cells.get(where) or cells.get(where.partition(".")[0])
    return found or headers[-1 if where in _NAMES.values() else 0]


def _rows(stored: Stored) -> Iterator[Row]:
    return ((parameter.name, parameter_text(stored.scheme, parameter.name)) for parameter in PARAMETERS)


SCHEME_PARAMETERS = SheetSpec(
    "考评参数",
    (
        Column("参数", text_of(60), True, True, width=20, example="班子档次系数"),
        Column("值", text_of(1_000), True, width=60, example="1;0.8;0.6;0"),
    ),
    read_parameters,
    _rows,
)
