"""乡镇 and 县直单位."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cadres.models import Department, Township
from cadres.services.unit import UnitRow

from .convert import code_of, count_of, key_of, text_of
from .known import Known, with_units
from .spec import Column, Row, SheetSpec, Stored
from .table import Table

CODE = Column("编码", code_of(20), required=True, filled=True, example="T01")
NAME = Column("名称", text_of(60), required=True, filled=True, field="name", width=24, example="青石镇")


def read_townships(table: Table, known: Known) -> list[UnitRow]:
    rows = _read(table, Township)
    known.townships = with_units(known.townships, rows)
    return rows


def read_departments(table: Table, known: Known) -> list[UnitRow]:
    rows = _read(table, Department)
    known.departments = with_units(known.departments, rows)
    return rows


def _read(table: Table, model: type[Township] | type[Department]) -> list[UnitRow]:
    records = list(table.unrepeated(table.unrepeated(table.records(), "编码"), "名称"))
    codes = {record["编码"] for record in records}
    taken = {key_of(unit.name): unit for unit in model._default_manager.all() if unit.code not in codes}
    for record in records:
        other = taken.get(key_of(record["名称"] or ""))
        if other:
            what = _("“%(name)s” is the name of %(code)s already") % {"name": other.name, "code": other.code}
            table.problem(record.row, "名称", what, _("a name of its own"))
    return [UnitRow(record["编码"], record["名称"], record["排序"]) for record in records if record.good]


def _township_rows(stored: Stored) -> Iterator[Row]:
    taking_part = stored.year.townships.all() if stored.year else Township.objects.filter(is_active=True)
    return ((unit.code, unit.name, unit.order) for unit in taking_part)


def _department_rows(_stored: Stored) -> Iterator[Row]:
    return ((unit.code, unit.name) for unit in Department.objects.filter(is_active=True))


TOWNSHIPS = SheetSpec(
    "乡镇",
    (CODE, NAME, Column("排序", count_of, field="order", example="1", as_text=False)),
    read_townships,
    _township_rows,
)
DEPARTMENTS = SheetSpec("县直单位", (CODE, NAME), read_departments, _department_rows)
