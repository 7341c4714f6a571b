"""The grid of target values: townships × scored lines, each cell with what is in force and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import Cell, CellKey, cell_parse, cell_text, cells_problems
from assessment.grid import LOADED, GridCell, cell_post, note_text
from assessment.models import AssessmentYear, EntryState, LineValue, ScoredLine, ValueEntry
from assessment.scheme import Line, Scheme
from assessment.selectors.value import lines_visible, values_of
from assessment.selectors.value_entry import entries_latest
from assessment.selectors.year import scheme_current
from assessment.services.value import cell_of
from cadres.models import Account, Township
from cadres.permissions import allows

WAITING, RETURNED = "waiting", "returned"


@dataclass(frozen=True)
class ValueColumn:
    line: Line
    department: str
    department_code: str


@dataclass
class ValueCell(GridCell):
    """`stored` is what waits for confirmation, else what is `in_force`; `mark` says in words that it waits, or that
    the last entry was returned and why; `sign` is WAITING, RETURNED or empty."""

    township: str = ""
    line: str = ""
    in_force: str = ""
    sign: str = ""
    mark: str = ""


@dataclass(frozen=True)
class ValueGrid:
    """Everything the page shows; `parsed` are the changed cells that hold a value."""

    columns: tuple[ValueColumn, ...]
    townships: tuple[Township, ...]
    cells: dict[CellKey, ValueCell]
    parsed: dict[CellKey, Cell]
    seen: dict[CellKey, Cell]

    @property
    def rows(self) -> list[tuple[Township, list[ValueCell]]]:
        codes = [column.line.code for column in self.columns]
        return [(township, [self.cells[township.code, code] for code in codes]) for township in self.townships]

    @property
    def errors(self) -> int:
        return sum(bool(cell.error) for cell in self.cells.values())

    @property
    def missing(self) -> int:
        return sum(not cell.stored for cell in self.cells.values())

    @property
    def waiting(self) -> int:
        return sum(cell.sign == WAITING for cell in self.cells.values())

    @property
    def returned(self) -> list[ValueCell]:
        return [cell for cell in self.cells.values() if cell.sign == RETURNED]


def value_grid(
    *, year: AssessmentYear, by: Account, department: str = "", posted: Mapping[str, str] | None = None
) -> ValueGrid:
    """The cells `by` may see, of one department's lines where its code is given, with what was typed over them.
    Six queries, whatever the size."""
    scheme = scheme_current(year)
    lines = lines_visible(year=year, by=by, department=department)
    townships = tuple(year.townships.all())
    in_force, latest = values_of(lines), _latest(year, lines, by)
    columns = tuple(_column(scheme.line(line.code), line) for line in lines)
    cells, seen = {}, {}
    for township in townships:
        for column in columns:
            key = (township.code, column.line.code)
            cells[key] = _cell(township, column.line, in_force.get(key), latest.get(key))
            seen[key] = _standing(in_force.get(key), latest.get(key))
            cell_post(cells[key], posted)
    parsed = _parse(scheme, cells, seen)
    return ValueGrid(columns, townships, cells, parsed, {key: seen[key] for key in parsed})


def lines_posted(posted: Mapping[str, str]) -> set[str]:
    """The codes of the lines that a browser sent cells of, whoever it is."""
    return {name.partition("/")[2] for name in posted if "/" in name and not name.endswith(LOADED)}


def cell_standing_text(value: LineValue | None) -> str:
    """A value in force as a page shows it; a dash where none is."""
    return cell_text(cell_of(value)) or "—"


def _latest(year: AssessmentYear, lines: QuerySet[ScoredLine], by: Account) -> dict[CellKey, ValueEntry]:
    """Leaders see what is in force, nothing of how it came about."""
    return entries_latest(lines) if allows(by, "assessment.enter_values", year) else {}


def _column(line: Line, stored: ScoredLine) -> ValueColumn:
    return ValueColumn(line, str(stored.department or ""), stored.department.code if stored.department else "")


def _standing(value: LineValue | None, entry: ValueEntry | None) -> Cell:
    return cell_of(entry if entry and entry.state == EntryState.PENDING else value)


def _cell(township: Township, line: Line, value: LineValue | None, entry: ValueEntry | None) -> ValueCell:
    sign, mark = _mark(value, entry)
    return ValueCell(
        name=f"{township.code}/{line.code}",
        label=" · ".join(filter(None, (f"{township.name} {_(line.name)}", mark))),
        stored=cell_text(_standing(value, entry)),
        note=_note(value, entry if sign == WAITING else None),
        township=township.code,
        line=line.code,
        in_force=cell_text(cell_of(value)),
        sign=sign,
        mark=mark,
    )


def _mark(value: LineValue | None, entry: ValueEntry | None) -> tuple[str, str]:
    """What a reader must know of the cell beside its value. Who takes back his own entry was not returned it."""
    if entry is not None and entry.state == EntryState.PENDING:
        if value is None:
            return WAITING, _("unconfirmed, %(who)s") % {"who": entry.entered_by}
        words = {"who": entry.entered_by, "value": cell_standing_text(value)}
        return WAITING, _("unconfirmed, %(who)s; in force: %(value)s") % words
    if entry is not None and entry.state == EntryState.RETURNED and entry.settled_by_id != entry.entered_by_id:
        words = {"value": cell_text(cell_of(entry)) or "—", "reason": entry.return_reason}
        return RETURNED, _("%(value)s returned: %(reason)s") % words
    return "", ""


def _note(value: LineValue | None, entry: ValueEntry | None) -> str:
    """Who entered what stands there, and when; who confirmed it."""
    latest = entry or value
    if latest is None:
        return ""
    note = note_text(str(latest.entered_by or ""), timezone.localtime(latest.entered_at))
    if isinstance(latest, LineValue) and latest.confirmed_by:
        note += _("; confirmed by %(who)s") % {"who": latest.confirmed_by}
    return note


def _parse(scheme: Scheme, cells: Mapping[CellKey, ValueCell], seen: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
    """The changed cells' values; what is wrong is noted in the cell."""
    parsed: dict[CellKey, Cell] = {}
    for key, cell in cells.items():
        if cell.changed:
            try:
                parsed[key] = cell_parse(cell.text)
            except ValueError:
                cell.error = _("a number, N/A or nothing is expected")
    for key, problem in cells_problems(scheme, {**seen, **parsed}).items():
        if key in parsed:
            cells[key].error = cells[key].error or problem
    return parsed
