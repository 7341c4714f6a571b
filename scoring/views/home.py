"""The overview of a year: what leaders see on the wall."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.permissions import allows
from scoring.access import ResultRequest, results_view
from scoring.overview import Earlier, overview, progress_chart
from scoring.pages import result_page
from scoring.results import confirmed_grades, current_result, year_result
from scoring.selectors.result import year_before


@results_view("scoring.view_overview")
def home(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """How far the collection has come while the year runs; the results, for those who may see them by now."""
    results = _results(request, year) if allows(request.user, "scoring.view_results", year) else {}
    board = reverse("assessment:board", kwargs={"year": year.number})
    return result_page(
        request,
        "scoring/home.html",
        year=year,
        title=_("Overview of %(number)s") % {"number": year.number},
        here=_("Overview"),
        progress=progress_chart(year, href=board if allows(request.user, "assessment.view_board", year) else ""),
        **results,
    )


def _results(request: ResultRequest, year: AssessmentYear) -> dict[str, Any]:
    result = year_result(year=year, by=request.user, revision=request.revision)
    confirmed = confirmed_grades(year, revision=request.revision)
    bars = request.GET.get("bars", "")
    shown = overview(result, year.number, confirmed, by=bars, earlier=_earlier(request, year))
    return {"result": result, "overview": shown}


def _earlier(request: ResultRequest, year: AssessmentYear) -> Earlier | None:
    before = year_before(year=year, by=request.user)
    if before is None:
        return None
    grades = confirmed_grades(before, revision=request.revision)
    return Earlier(before, current_result(before, revision=request.revision), grades)
