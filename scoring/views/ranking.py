"""The three rankings of cadres."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from scoring.access import ResultRequest, results_view
from scoring.listing import Source, ranking_listing
from scoring.pages import result_page
from scoring.rankings import RANKINGS
from scoring.results import year_result
from scoring.sight import sight_of
from scoring.stability_page.columns import bands_of_cadres
from scoring.views.stability import stability_asked


@results_view("scoring.view_results")
def ranking(request: ResultRequest, *, year: AssessmentYear, ranking: str) -> HttpResponse:
    """同级位次, 同职位次 or 综合位次, with search, filters and sort in the address."""
    if ranking not in RANKINGS:
        raise Http404
    declared = RANKINGS[ranking]
    result = year_result(year=year, by=request.user, revision=request.revision)
    source = Source(year, request.revision, sight_of(request.user))
    bands = bands_of_cadres(stability) if (stability := stability_asked(request, year)) else None
    listing = ranking_listing(declared, result, request.GET.dict(), source, bands)
    return result_page(
        request,
        "scoring/ranking.html",
        year=year,
        title=_("%(label)s %(number)s") % {"label": declared.label, "number": year.number},
        here=str(declared.label),
        result=result,
        ranking=declared,
        listing=listing,
    )
