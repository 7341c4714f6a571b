"""The notice of assessment (考评预告, RULES Y2)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, Notice, Phase
from assessment.selectors.notice import notice_of
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, row_save


def notice_save(
    *,
    year: AssessmentYear,
    field_from: date,
    field_until: date,
    contact: str,
    phone: str,
    remarks: str = "",
    by: Account | None,
) -> Changes:
    """When the assessment teams come, and whom to ask. It can be corrected until the year is archived."""
    require(by=by, permission="assessment.change_notice", target=year)
    if field_until < field_from:
        raise Refused({"field_until": _("The field work ends before it begins.")})
    with transaction.atomic():
        locked = AssessmentYear.objects.select_for_update(no_key=True).get(pk=year.pk)
        if locked.phase == Phase.ARCHIVED:
            raise YearClosed(_("The year %(year)s is archived.") % {"year": year})
        notice = notice_of(year) or Notice(year=year)
        notice.field_from, notice.field_until = field_from, field_until
        notice.contact, notice.phone, notice.remarks = contact, phone, remarks
        changes = row_save(notice)
        if changes:
            audit_record(by=by, action="notice_save", year=year.number, details=changes.for_audit())
    return changes
