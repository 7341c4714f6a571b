"""The bonus sheets as a workbook: from confirmed rows only, on record as an export."""

from io import BytesIO

from django.utils import translation
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.selectors.bonus_sheet import bonus_sheet
from workbook.archive.writer import book_write
from workbook.bonus_sheet import bonus_sheets

PERMISSION = "rewards.change_bonus"


def bonus_sheet_export(*, year: AssessmentYear, number: int | None = None, by: Account | None) -> bytes:
    """The sheets of that confirmation, without a number of the latest.

    Raises PermissionDenied, or Refused: there is no such confirmation, nothing may be paid by it.
    """
    require(by=by, permission=PERMISSION, target=year)
    sheet = bonus_sheet(year=year, number=number)
    if sheet is None or sheet.confirmation is None:
        raise Refused(_("The bonus is not confirmed: there is nothing to pay by."))
    file = BytesIO()
    with translation.override("zh-hans"):
        book_write(sheets=bonus_sheets(sheet), title=f"{year.number}年度考评奖金", file=file)
    audit_record(
        by=by,
        action="bonus_sheet_export",
        year=year.number,
        subject=str(sheet.confirmation),
        details={"number": sheet.confirmation.number},
        changes=False,
    )
    return file.getvalue()
