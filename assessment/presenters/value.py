"""The grid of target values: townships × scored lines."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import Cell, CellKey, cell_parse, cell_text, cells_problems
from assessment.grid import GridCell, cell_post, note_text
from assessment.models import AssessmentYear, LineValue
from assessment.scheme import Line, Scheme
from assessment.selectors.value import lines_visible, values_of
from assessment.selectors.year import scheme_current
from assessment.services.value import cell_of
from cadres.models import Account, Township


@dataclass(frozen=True)
class ValueColumn:
    line: Line
    department: str


@dataclass(frozen=True)
class ValueGrid:
    """Everything the page shows; `parsed` are the changed cells that hold a value."""

    columns: tuple[ValueColumn, ...]
    townships: tuple[Township, ...]
    cells: dict[CellKey, GridCell]
    parsed: dict[CellKey, Cell]
    seen: dict[CellKey, Cell]

    @property
    def rows(self) -> list[tuple[Township, list[GridCell]]]:
        codes = [column.line.code for column in self.columns]
        return [(township, [self.cells[township.code, code] for code in codes]) for township in self.townships]

    @property
    def errors(self) -> int:
        return sum(bool(cell.error) for cell in self.cells.values())

    @property
    def missing(self) -> int:
        return sum(not cell.stored for cell in self.cells.values())


def value_grid(*, year: AssessmentYear, by: Account, posted: Mapping[str, str] | None = None) -> ValueGrid:
    """The cells `by` may see, with what was typed over them. Five queries, whatever the size."""
    scheme = scheme_current(year)
    lines = lines_visible(year=year, by=by)
    columns = tuple(ValueColumn(scheme.line(line.code), str(line.department or "")) for line in lines)
    townships = tuple(year.townships.all())
    stored = values_of(lines)
    cells = {
        (township.code, column.line.code): cell_post(_cell(township, column.line, stored), posted)
        for township in townships
        for column in columns
    }
    seen = {key: cell_of(stored.get(key)) for key in cells}
    parsed = _parse(scheme, cells, seen)
    return ValueGrid(columns, townships, cells, parsed, {key: seen[key] for key in parsed})


def _cell(township: Township, line: Line, stored: Mapping[CellKey, LineValue]) -> GridCell:
    value = stored.get((township.code, line.code))
    return GridCell(
        name=f"{township.code}/{line.code}",
        label=f"{township.name} {_(line.name)}",
        stored=cell_text(cell_of(value)),
        note=note_text(str(value.entered_by or ""), timezone.localtime(value.entered_at)) if value else "",
    )


def _parse(scheme: Scheme, cells: Mapping[CellKey, GridCell], seen: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
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
