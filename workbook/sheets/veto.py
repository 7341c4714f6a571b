"""否决: recorded veto decisions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Veto
from assessment.scheme import BlockCode
from assessment.services.veto import VetoRow

from .cadre import resolved
from .convert import date_of, listing, text_of
from .known import Known
from .problems import CellRefused
from .spec import Column, Row, SheetSpec, Stored
from .table import Record, Table


@dataclass(frozen=True)
class _Lines:
    """The lines that a veto can strike."""

    codes: frozenset[str]
    names: tuple[str, ...]


def read_vetoes(table: Table, known: Known) -> list[VetoRow]:
    struck = known.scheme.lines_of(BlockCode.VETO)
    lines = _Lines(frozenset(line.code for line in struck), tuple(line.name for line in struck))
    records = table.records()
    for record in records:
        record.values["乡镇"] = resolved(table, record, "乡镇", known.townships) or None
        record.values["计分项"] = _line(table, record, known, lines) or None
    kept = {} if table.has("文号") or known.year is None else _documents(known.year)
    return [
        VetoRow(
            township=record["乡镇"],
            line=record["计分项"],
            fact=record["事由"],
            decided_by=record["决定机关"],
            decided_on=record["决定日期"],
            document=record["文号"] or kept.get((record["乡镇"], record["计分项"], record["决定日期"]), ""),
        )
        for record in table.unrepeated(records, "乡镇", "计分项", "决定日期")
        if record.good
    ]


def _documents(year: AssessmentYear) -> dict[tuple[str, str, date], str]:
    """Stored document numbers, which stay where the sheet has no column for them."""
    in_force = Veto.objects.filter(line__year=year, revoked_at__isnull=True).select_related("township", "line")
    return {(veto.township.code, veto.line.code, veto.decided_on): veto.document for veto in in_force}


def _line(table: Table, record: Record, known: Known, lines: _Lines) -> str:
    code = resolved(table, record, "计分项", known.lines)
    if code and code not in lines.codes:
        what = _("“%(line)s” is not a veto target") % {"line": record["计分项"]}
        table.refuse(record, "计分项", CellRefused(what, listing(lines.names)))
        return ""
    return code


def _rows(stored: Stored) -> Iterator[Row]:
    in_force = (
        Veto.objects.filter(line__year=stored.year, revoked_at__isnull=True) if stored.year else Veto.objects.none()
    )
    for veto in in_force.select_related("township", "line"):
        words = veto.fact, veto.decided_by, veto.decided_on, veto.document
        yield veto.township.name, veto.line.name, *words


VETOES = SheetSpec(
    "否决",
    (
        Column("乡镇", text_of(60), True, True, options="townships", width=16, example="青石镇"),
        Column("计分项", text_of(60), True, True, options="veto_lines", width=24, example="信访工作"),
        Column("事由", text_of(300), True, True, field="fact", width=36, example="发生重大责任事件"),
        Column("决定机关", text_of(100), True, True, field="decided_by", width=20, example="县委常委会"),
        Column("决定日期", date_of, True, True, width=14, example="2025-06-30", as_text=False),
        Column("文号", text_of(100), field="document", width=24),
    ),
    read_vetoes,
    _rows,
)
