"""The results of a year at one look: what leaders see on the wall."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from scoring.access import ResultRequest, results_view
from scoring.overview import overview
from scoring.pages import result_page
from scoring.results import confirmed_grades, year_result


@results_view("scoring.view_results")
def home(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """Computable or not, the first places, quota lines, ties, how the totals are spread."""
    result = year_result(year=year, by=request.user, revision=request.revision)
    shown = overview(result, year.number, confirmed_grades(year, revision=request.revision))
    return result_page(
        request,
        "scoring/home.html",
        year=year,
        title=_("Results %(number)s") % {"number": year.number},
        here=_("Results"),
        result=result,
        overview=shown,
    )
