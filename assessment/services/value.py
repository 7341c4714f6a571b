"""Target values (目标完成): the grid townships × lines."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from django.utils import timezone

from assessment.errors import Overtaken
from assessment.models import AssessmentYear, LineValue
from assessment.numbers import number_text
from assessment.services.guard import inputs_open
from cadres.models import Account, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes, rows_upsert

Cell = Fraction | Literal["不适用"] | None
CellKey = tuple[str, str]
"""Township code, line code."""

NOT_APPLICABLE: Literal["不适用"] = "不适用"


def values_save(
    *,
    year: AssessmentYear,
    cells: dict[CellKey, Cell],
    seen: Mapping[CellKey, Cell] | None = None,
    by: Account | None,
) -> Changes:
    """Cells by (township code, line code): a number, 不适用, or None, which makes the value missing again.

    `seen` is what the writer had before him: Overtaken is raised where another value stands there by now, unless it
    is the one he writes. Raises KeyError for an unknown township or line: callers resolve what a user typed first.
    """
    with inputs_open(year=year, permission="assessment.change_values", by=by):
        townships = {township.code: township for township in Township.objects.all()}
        lines = {line.code: line for line in year.lines.all()}
        existing = {
            (value.township.code, value.line.code): value
            for value in LineValue.objects.filter(line__year=year).select_related("township", "line")
        }
        _refuse_overtaken(existing, cells, seen or {})
        changes = rows_upsert(
            existing=existing,
            incoming={key: _fields(cell) for key, cell in cells.items() if cell is not None},
            make=lambda key: LineValue(township=townships[key[0]], line=lines[key[1]]),
            subject=lambda key: f"{townships[key[0]].name} {lines[key[1]].name}",
            stamp={"entered_by": by, "entered_at": timezone.now()},
            text=_text,
        )
        _clear([existing[key] for key, cell in cells.items() if cell is None and key in existing], changes)
        if changes:
            audit_record(by=by, action="values_save", year=year.number, details=changes.for_audit())
    return changes


def cell_of(value: LineValue | None) -> Cell:
    """What a stored value means in a grid."""
    if value is None:
        return None
    return value.value if value.applicable else NOT_APPLICABLE


def _refuse_overtaken(
    existing: Mapping[CellKey, LineValue], cells: Mapping[CellKey, Cell], seen: Mapping[CellKey, Cell]
) -> None:
    stored = {key: cell_of(existing.get(key)) for key in seen}
    if keys := [key for key, cell in seen.items() if stored[key] not in (cell, cells[key])]:
        raise Overtaken(keys)


def _fields(cell: Fraction | str) -> dict[str, object]:
    applicable = cell != NOT_APPLICABLE
    return {"value": cell if applicable else None, "applicable": applicable}


def _text(value: object) -> str:
    return number_text(value) if isinstance(value, Fraction) else "" if value is None else str(value)


def _clear(values: list[LineValue], changes: Changes) -> None:
    for value in values:
        before = _text(cell_of(value))
        changes.changed.append(Change(f"{value.township.name} {value.line.name}", (("value", before, ""),)))
    LineValue.objects.filter(pk__in=[value.pk for value in values]).delete()
