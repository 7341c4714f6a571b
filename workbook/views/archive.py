"""The archive and the record of a year as downloads; each one leaves an entry in the audit trail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from assessment.access import year_view
from assessment.models import AssessmentYear, Phase
from cadres.access import AccountRequest
from rewards.selectors.bonus import year_bonus
from workbook.archive.export import PERMISSION, archive_export, record_export
from workbook.score_json import record_digest, record_of
from workbook.selectors.seal import seal_latest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@year_view(PERMISSION)
def archive(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What the archive holds, and of what state of the data it would be."""
    bonus = year_bonus(year=year)
    seal = seal_latest(year) if year.phase == Phase.ARCHIVED else None
    digest = seal.digest if seal else record_digest(record_of(bonus))
    context = {"year": year, "bonus": bonus, "digest": digest, "seal": seal}
    return render(request, "workbook/archive.html", context)


@year_view(PERMISSION)
def archive_file(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    content = archive_export(year=year, by=request.user)
    return attachment(content, XLSX, f"{year.number}年度考评归档.xlsx")


@year_view(PERMISSION)
def record_file(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    content = record_export(year=year, by=request.user)
    return attachment(content, "application/json", f"{year.number}年度考评成绩.json")


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
