"""Vetoes (一票否决): recorded decisions, revoked with a reason, never deleted (RULES G5)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from assessment.models import AssessmentYear, Veto
from assessment.services.guard import require_inputs_open
from cadres.models import Account, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, rows_upsert


@dataclass(frozen=True)
class VetoRow:
    """A decision by natural keys; the same township, line and day is the same decision."""

    township: str
    line: str
    fact: str
    decided_by: str
    decided_on: date
    document: str = ""


def vetoes_save(*, year: AssessmentYear, rows: list[VetoRow], by: Account | None) -> Changes:
    """Record decisions, or correct the words of those in force.

    Raises KeyError for an unknown township or line: callers resolve what a user typed first.
    """
    require_inputs_open(year=year, permission="assessment.change_vetoes", by=by)
    with transaction.atomic():
        townships = {township.code: township for township in Township.objects.all()}
        lines = {line.code: line for line in year.lines.all()}
        in_force = Veto.objects.filter(line__year=year, revoked_at__isnull=True).select_related("township", "line")
        changes = rows_upsert(
            existing={(v.township.code, v.line.code, v.decided_on): v for v in in_force},
            incoming={
                (row.township, row.line, row.decided_on): {
                    "fact": row.fact,
                    "decided_by": row.decided_by,
                    "document": row.document,
                }
                for row in rows
            },
            make=lambda key: Veto(
                township=townships[key[0]], line=lines[key[1]], decided_on=key[2], recorded_at=timezone.now()
            ),
            subject=lambda key: f"{townships[key[0]].name} {lines[key[1]].name}",
            stamp={"recorded_by": by},
        )
        if changes:
            audit_record(by=by, action="vetoes_save", year=year.number, details=changes.for_audit())
    return changes


def veto_revoke(*, veto: Veto, reason: str, by: Account | None) -> None:
    """`reason` is required and kept beside the decision."""
    year = veto.line.year
    require_inputs_open(year=year, permission="assessment.change_vetoes", by=by)
    with transaction.atomic():
        veto.revoked_by, veto.revoked_at, veto.revoked_reason = by, timezone.now(), reason
        veto.save(update_fields=["revoked_by", "revoked_at", "revoked_reason"])
        audit_record(by=by, action="veto_revoke", year=year.number, subject=str(veto), details={"reason": reason})
