"""How a year was voted: abstentions, uniform ballots, groups that part, leniency. Never who voted how."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.permissions import allows
from scoring.access import ResultRequest, results_view
from scoring.pages import result_page
from scoring.quality.page import quality_page
from scoring.results import year_result


@results_view("scoring.view_results")
def quality(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """Nothing, for anybody, before the year is closed."""
    result = year_result(year=year, by=request.user, revision=request.revision)
    return result_page(
        request,
        "scoring/quality.html",
        year=year,
        title=_("Quality of the collection %(number)s") % {"number": year.number},
        here=_("Quality of the collection"),
        result=result,
        quality=quality_page(year, result) if year.is_closed else None,
        counts=allows(request.user, "scoring.view_counts"),
    )
