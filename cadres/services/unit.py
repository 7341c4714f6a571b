"""Townships and departments: saved one by one from forms, many at once from a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from cadres.models import Account, Department, Township
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, row_save, rows_upsert

U = TypeVar("U", Township, Department)


@dataclass(frozen=True)
class UnitRow:
    """`order` None keeps the stored order, or puts a new unit after the others."""

    code: str
    name: str
    order: int | None = None


def townships_save(*, rows: list[UnitRow], by: Account | None) -> Changes:
    return _units_save(model=Township, rows=rows, action="townships_save", by=by)


def departments_save(*, rows: list[UnitRow], by: Account | None) -> Changes:
    return _units_save(model=Department, rows=rows, action="departments_save", by=by)


def unit_save(*, unit: Township | Department, by: Account | None) -> None:
    """Save one unit as edited in a form."""
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        changes = row_save(unit)
        if changes:
            audit_record(by=by, action="unit_save", subject=f"{unit.code} {unit.name}", details=changes.for_audit())


def _units_save(*, model: type[U], rows: list[UnitRow], action: str, by: Account | None) -> Changes:
    require(by=by, permission="cadres.change_roster")
    with transaction.atomic():
        existing = {unit.code: unit for unit in model._default_manager.all()}
        _free_names(existing, rows)
        changes = rows_upsert(existing=existing, incoming=_incoming(existing, rows), make=lambda code: model(code=code))
        if changes:
            audit_record(by=by, action=action, details=changes.for_audit())
    return changes


def _incoming(existing: Mapping[str, U], rows: list[UnitRow]) -> dict[str, dict[str, object]]:
    last = max((unit.order for unit in existing.values()), default=0)
    incoming: dict[str, dict[str, object]] = {}
    for position, row in enumerate(rows, start=1):
        stored = existing.get(row.code)
        order = row.order if row.order is not None else stored.order if stored else last + position
        incoming[row.code] = {"name": row.name, "order": order}
    return incoming


def _free_names(existing: Mapping[str, U], rows: list[UnitRow]) -> None:
    """Two units may exchange names in one save: park the old ones, since names are unique."""
    named = {row.code: row.name for row in rows}
    taken = {unit.name for unit in existing.values()}
    for code, unit in existing.items():
        if named.get(code, unit.name) != unit.name and named[code] in taken:
            type(unit)._default_manager.filter(pk=unit.pk).update(name=f"#{unit.pk}")
