"""集体谈话: the order of talks, and the sheet of one for the county leader (RULES U3, U4)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.permissions import allows
from cadres.views.pages import sorted_and_paged
from rewards.letters.talk_sheet import talk_sheet_file
from rewards.letters.write import DOCX
from rewards.presenters.talk_sheet import TalkSheet, TalkTable, talk_sheet
from rewards.selectors.talk_sheet import talk_matter, talk_rows


@year_view("rewards.view_feedback")
def talk_sheets(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All teams with the date of the talk held."""
    rows = talk_rows(year)
    editable = year.is_closed and allows(request.user, "rewards.change_feedback", year)
    table = TalkTable(rows, year=year, editable=editable)
    sorted_and_paged(request, table)
    context = {
        "year": year,
        "table": table,
        "rows": rows,
        "held": sum(bool(row.held) for row in rows),
        "low": sum(row.low for row in rows),
    }
    return render(request, "rewards/talk_sheet_list.html", context)


@year_view("rewards.view_feedback")
def talk_sheet_page(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """One A4 page, to print."""
    context = {"year": year, "sheet": _sheet_or_404(request, year, code), "code": code}
    return render(request, "rewards/talk_sheet.html", context)


@year_view("rewards.view_feedback")
def talk_sheet_word(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """The same as a Word file."""
    sheet = _sheet_or_404(request, year, code)
    name = content_disposition_header(True, f"{sheet.file_name}.docx") or "attachment"
    return HttpResponse(talk_sheet_file(sheet), content_type=DOCX, headers={"Content-Disposition": name})


def _sheet_or_404(request: AccountRequest, year: AssessmentYear, code: str) -> TalkSheet:
    try:
        return talk_sheet(talk_matter(year=year, code=code, by=request.user))
    except KeyError as unknown:
        raise Http404 from unknown
