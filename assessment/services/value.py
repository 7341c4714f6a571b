"""Target values (目标完成) written at once, as a whole workbook brings them; what is typed waits in value_entry."""

from collections.abc import Mapping
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import NOT_APPLICABLE, Cell, CellKey, cell_problem
from assessment.errors import Overtaken
from assessment.models import AssessmentYear, LineValue, ValueEntry
from assessment.numbers import number_text
from assessment.selectors.year import scheme_current
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes, rows_upsert

__all__ = ["NOT_APPLICABLE", "Cell", "CellKey", "cell_of", "impossible_refuse", "overtaken_refuse", "values_save"]


def values_save(
    *,
    year: AssessmentYear,
    cells: Mapping[CellKey, Cell],
    seen: Mapping[CellKey, Cell] | None = None,
    by: Account | None,
) -> Changes:
    """Cells by (township code, line code): a number, 不适用, or None, which makes the value missing again.

    `seen` is what the writer had before him: Overtaken is raised where another value stands there by now, unless it
    is the one he writes. Refused for a value that its line's rule cannot take (RULES 1.1); KeyError for an unknown
    township or line: callers resolve what a user typed first.
    """
    with inputs_open(year=year, permission="assessment.change_values", by=by):
        townships = {township.code: township for township in Township.objects.all()}
        lines = {line.code: line for line in year.lines.all()}
        existing = {
            (value.township.code, value.line.code): value
            for value in LineValue.objects.filter(line__year=year).select_related("township", "line")
        }
        overtaken_refuse({key: cell_of(value) for key, value in existing.items()}, cells, seen or {})
        impossible_refuse(year, cells)
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


def cell_of(value: LineValue | ValueEntry | None) -> Cell:
    """What a stored value, or an entry of one, means in a grid."""
    if value is None:
        return None
    number: Fraction | None = value.value  # type: ignore[assignment]  # the field's Python side
    return number if value.applicable else NOT_APPLICABLE


def overtaken_refuse(
    stored: Mapping[CellKey, Cell], cells: Mapping[CellKey, Cell], seen: Mapping[CellKey, Cell]
) -> None:
    """Raises Overtaken where neither what the writer saw nor what he writes stands there by now."""
    if keys := [key for key, cell in seen.items() if stored.get(key) not in (cell, cells[key])]:
        raise Overtaken(keys)


def impossible_refuse(year: AssessmentYear, cells: Mapping[CellKey, Cell]) -> None:
    """Raises Refused for values that their line's rule cannot take (RULES 1.1), each in words."""
    lines = {line.code: line for line in scheme_current(year).lines}
    problems = {key: cell_problem(lines[key[1]], cell) for key, cell in cells.items()}
    if worded := [
        _("%(where)s: %(what)s") % {"where": " ".join(key), "what": text} for key, text in problems.items() if text
    ]:
        raise Refused(worded)


def _fields(cell: Fraction | str) -> dict[str, object]:
    applicable = cell != NOT_APPLICABLE
    return {"value": cell if applicable else None, "applicable": applicable}


def _text(value: object) -> str:
    return number_text(value) if isinstance(value, Fraction) else "" if value is None else str(value)


def _clear(values: list[LineValue], changes: Changes) -> None:
    for value in values:
        before = _text(cell_of(value))
        changes.removed.append(Change(f"{value.township.name} {value.line.name}", (("value", before, ""),)))
    LineValue.objects.filter(pk__in=[value.pk for value in values]).delete()
