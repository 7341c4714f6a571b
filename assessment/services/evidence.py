"""Evidence (佐证材料): files beside the values of a line. A withdrawn one stays on record."""

import hashlib

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.evidence_file import file_kind, file_name_clean
from assessment.models import Evidence, ScoredLine
from assessment.services.value_entry import entering
from cadres.errors import Refused
from cadres.models import Account, Township
from cadres.permissions import require
from cadres.services.audit import audit_record

PERMISSION = "assessment.change_evidence"


def evidence_add(
    *, line: ScoredLine, township: Township | None = None, file_name: str, content: bytes, by: Account
) -> Evidence:
    """Attach a file to a line, or to one township's value of it. Raises PermissionDenied for another department's
    line, YearClosed, Refused for a file that is none of the five kinds or larger than 10 MiB."""
    require(by=by, permission=PERMISSION, target=line)
    name = file_name_clean(file_name)
    kind = file_kind(name, content)
    with entering(year=line.year, by=by):
        if township and not line.year.townships.filter(pk=township.pk).exists():
            raise Refused(_("%(township)s does not take part in this year.") % {"township": township})
        evidence = Evidence.objects.create(
            line=line,
            township=township,
            file_name=name,
            content_type=kind.content_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            uploaded_by=by,
            uploaded_at=timezone.now(),
        )
        _record("evidence_add", evidence, by)
    return evidence


def evidence_withdraw(*, evidence: Evidence, by: Account) -> None:
    """It is shown as withdrawn from now on; the file stays. Raises Refused when withdrawn before."""
    require(by=by, permission=PERMISSION, target=evidence.line)
    with entering(year=evidence.line.year, by=by):
        if not Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
            raise Refused(_("This file was withdrawn before."))
        _record("evidence_withdraw", evidence, by)


def _record(action: str, evidence: Evidence, by: Account) -> None:
    details = {"file": evidence.file_name, "size": evidence.size, "sha256": evidence.sha256}
    subject = " ".join(filter(None, (str(evidence.township or ""), str(evidence.line))))
    audit_record(by=by, action=action, year=evidence.line.year.number, subject=subject, details=details, changes=False)
