"""The bonus sheets as a download."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.errors import Refused
from workbook.services.bonus_sheet import PERMISSION, bonus_sheet_export
from workbook.views.archive import XLSX, attachment


@year_view(PERMISSION)
def bonus_sheet(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """`?number=` for an earlier confirmation; back to the bonus where nothing is confirmed."""
    number = request.GET.get("number", "")
    try:
        content = bonus_sheet_export(year=year, number=int(number) if number.isdecimal() else None, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("rewards:bonus", year=year.number)
    return attachment(content, XLSX, f"{year.number}年度考评奖金发放表.xlsx")
