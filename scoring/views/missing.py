"""What keeps a year from being computed."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.permissions import allows
from scoring.access import ResultRequest, results_view
from scoring.missing import missing_groups
from scoring.pages import result_page
from scoring.results import year_result


@results_view("scoring.view_results")
def missing(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """By source and subject, each with where to enter it."""
    result = year_result(year=year, by=request.user, revision=request.revision)
    linked = allows(request.user, "assessment.change_values", year)
    groups = missing_groups(result, year.number, linked=linked)
    return result_page(
        request,
        "scoring/missing.html",
        year=year,
        title=_("What is missing %(number)s") % {"number": year.number},
        here=_("What is missing"),
        result=result,
        groups=groups,
    )
