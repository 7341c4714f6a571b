"""处分记录: recorded with document and dates, revoked with a reason; nothing leaves the record (RULES G4).

Possible at any time: the committee may learn of a sanction after a year is closed. What is confirmed never moves.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cadres.errors import Refused
from cadres.models import Account, Cadre, DisciplinaryRecord, DisciplineKind
from cadres.permissions import require
from cadres.services.audit import audit_record

PERMISSION = "cadres.change_discipline"


@dataclass(frozen=True)
class DisciplineRow:
    """A sanction: `kind` a DisciplineKind, in force from `start` to `end` inclusive (None: nobody knows yet)."""

    kind: str
    document: str
    decided_by: str
    start: date
    end: date | None = None
    remarks: str = ""


def discipline_record(*, cadre: Cadre, row: DisciplineRow, by: Account | None) -> DisciplinaryRecord:
    """Raises PermissionDenied, Refused where the same sanction is on record, ValidationError beside a field."""
    require(by=by, permission=PERMISSION)
    _check(row)
    with transaction.atomic():
        held = Cadre.objects.select_for_update(no_key=True).get(pk=cadre.pk)
        same = held.disciplinary_records.filter(kind=row.kind, document=row.document, start=row.start)
        if same.filter(revoked_at=None).exists():
            raise Refused(_("This sanction is on record already; revoke it first if it is to be corrected."))
        record = DisciplinaryRecord.objects.create(
            cadre=held,
            kind=row.kind,
            document=row.document,
            decided_by=row.decided_by,
            start=row.start,
            end=row.end,
            remarks=row.remarks,
            recorded_by=by,
            recorded_at=timezone.now(),
        )
        _audit("discipline_record", record, by=by)
    return record


def discipline_revoke(*, record: DisciplinaryRecord, reason: str, by: Account | None) -> None:
    """`reason` is required and stays beside the record. Raises PermissionDenied, Refused without it or twice."""
    require(by=by, permission=PERMISSION)
    with transaction.atomic():
        locked = DisciplinaryRecord.objects.select_for_update().get(pk=record.pk)
        if locked.revoked_at or not reason.strip():
            raise Refused(_("Only a record that stands can be revoked, and only with a reason."))
        locked.revoked_by, locked.revoked_at, locked.revoke_reason = by, timezone.now(), reason.strip()
        locked.save(update_fields=["revoked_by", "revoked_at", "revoke_reason"])
        _audit("discipline_revoke", locked, by=by, reason=locked.revoke_reason)


def _check(row: DisciplineRow) -> None:
    if row.kind not in DisciplineKind.values:
        raise ValidationError({"kind": _("There is no such kind of sanction.")})
    for field, value in (("document", row.document), ("decided_by", row.decided_by)):
        if not value.strip():
            raise ValidationError({field: _("It must be named.")})
    if row.end and row.end < row.start:
        raise ValidationError({"end": _("It ends before it begins.")})


def _audit(action: str, record: DisciplinaryRecord, *, by: Account | None, reason: str = "") -> None:
    details = {
        "number": record.cadre.number,
        "kind": record.kind,
        "document": record.document,
        "decided_by": record.decided_by,
        "start": record.start.isoformat(),
        "end": record.end.isoformat() if record.end else "",
        "reason": reason,
    }
    audit_record(by=by, action=action, subject=f"{record.cadre.number} {record.cadre.name}", details=details)
