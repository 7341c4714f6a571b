"""Vetoes (一票否决): recorded decisions, revoked with a reason, never deleted (RULES G5)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Veto
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, rows_upsert

PERMISSION = "assessment.change_vetoes"


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
    with inputs_open(year=year, permission=PERMISSION, by=by):
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


def veto_record(*, year: AssessmentYear, row: VetoRow, by: Account | None) -> None:
    """One new decision. Raises Refused where it is on record already."""
    with inputs_open(year=year, permission=PERMISSION, by=by):
        same = Veto.objects.filter(line__year=year, line__code=row.line, township__code=row.township)
        if same.filter(decided_on=row.decided_on, revoked_at__isnull=True).exists():
            raise Refused(_("This decision of the same day is on record already; correct it in the list."))
        vetoes_save(year=year, rows=[row], by=by)


def veto_correct(*, veto: Veto, row: VetoRow, reason: str, by: Account | None) -> None:
    """Put `row` in the place of a decision in force. The former words stay on record as revoked, with the reason."""
    year = veto.line.year
    with inputs_open(year=year, permission=PERMISSION, by=by):
        veto_revoke(veto=veto, reason=_("Corrected: %(reason)s") % {"reason": reason.strip()}, by=by)
        veto_record(year=year, row=row, by=by)


def veto_revoke(*, veto: Veto, reason: str, by: Account | None) -> None:
    """`reason` is required and kept beside the decision. Raises Refused without one, or when revoked before."""
    year = veto.line.year
    with inputs_open(year=year, permission=PERMISSION, by=by):
        locked = Veto.objects.select_for_update().get(pk=veto.pk)
        if locked.revoked_at or not reason.strip():
            raise Refused(_("Only a decision in force can be revoked, and only with a reason."))
        locked.revoked_by, locked.revoked_at, locked.revoked_reason = by, timezone.now(), reason.strip()
        locked.save(update_fields=["revoked_by", "revoked_at", "revoked_reason"])
        audit_record(by=by, action="veto_revoke", year=year.number, subject=str(veto), details={"reason": reason})
