"""How firm the places of a year are: the page, and the band that stands beside one place."""

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from scoring.access import ResultRequest, results_view
from scoring.listing import BANDS, Source
from scoring.pages import result_page
from scoring.selectors.stability import year_stability
from scoring.sight import sight_of
from scoring.stability import Stability, SubjectStability
from scoring.stability_page.band import band_svg
from scoring.stability_page.page import stability_listing, stability_page
from scoring.stability_page.words import band_text
from scoring.tables import ON

WIDTH = 260
"""Pixels of the band on a team's or a cadre's page."""


def stability_asked(request: ResultRequest, year: AssessmentYear) -> Stability | None:
    """For tables of results, whose address may switch the bands on."""
    if request.GET.get(BANDS) != ON:
        return None
    return year_stability(year=year, by=request.user, revision=request.revision)[1]


@results_view("scoring.view_results")
def stability(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """Teams as a chart, cadres as a table, whose order should not be over-read, how it was computed."""
    result, found = year_stability(year=year, by=request.user, revision=request.revision)
    source = Source(year, request.revision, sight_of(request.user))
    return result_page(
        request,
        "scoring/stability.html",
        year=year,
        title=_("Stability of the places %(number)s") % {"number": year.number},
        here=_("Stability of the places"),
        result=result,
        page=stability_page(result, found, year.number),
        listing=stability_listing(result, found, request.GET.dict(), source),
    )


@results_view("scoring.view_results")
def team_band(request: ResultRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """A part of the team's page, asked for once that is shown."""
    result, found = year_stability(year=year, by=request.user, revision=request.revision)
    _or_404(result.team, code)
    return _band(request, year, found.teams, code)


@results_view("scoring.view_results")
def cadre_band(request: ResultRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """A part of the cadre's page: of the county's ranking (P3)."""
    result, found = year_stability(year=year, by=request.user, revision=request.revision)
    _or_404(result.cadre, number)
    return _band(request, year, found.cadres, number)


def _or_404(lookup: Callable[[str], object], code: str) -> None:
    try:
        lookup(code)
    except KeyError:
        raise Http404 from None


def _band(
    request: ResultRequest, year: AssessmentYear, subjects: Sequence[SubjectStability], code: str
) -> HttpResponse:
    """Nothing for who has no place."""
    one = next((one for one in subjects if one.code == code), None)
    context = {"year": year, "svg": band_svg(one, WIDTH), "words": band_text(one)} if one else {}
    return render(request, "scoring/stability_band.html", context)
