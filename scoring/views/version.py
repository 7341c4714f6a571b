"""成绩版本: every confirmed result of a year stays readable, with what a later one changed (RULES Y1, Y8)."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.selectors.audit import data_revision
from scoring.listing import Source
from scoring.overview import quota_text
from scoring.selectors.version import version_result, version_states
from scoring.sight import sight_of
from scoring.version_page import CADRES, TEAMS, chosen_versions, compared, version_listing

PERMISSION = "scoring.view_versions"


@year_view(PERMISSION)
def versions(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Number, who, when, why, digest; which one is in force, which was taken back."""
    return render(request, "scoring/versions.html", {"year": year, "states": version_states(year)})


@year_view(PERMISSION)
def version(request: AccountRequest, *, year: AssessmentYear, number: int) -> HttpResponse:
    """The teams of one version with lines, places and grades as they were."""
    return _version(request, year, number, TEAMS)


@year_view(PERMISSION)
def version_cadres(request: AccountRequest, *, year: AssessmentYear, number: int) -> HttpResponse:
    """The cadres of one version, likewise."""
    return _version(request, year, number, CADRES)


def _version(request: AccountRequest, year: AssessmentYear, number: int, kind: str) -> HttpResponse:
    state = next((state for state in version_states(year) if state.version.number == number), None)
    if state is None:
        raise Http404
    result = version_result(state.version)
    source = Source(year, data_revision(), sight_of(request.user))
    context = {
        "year": year,
        "state": state,
        "kind": kind,
        "quota": quota_text(result.cadre_quota if kind == CADRES else result.team_quota),
        "listing": version_listing(state.version, kind, request.GET.dict(), source),
        "title": _("Version %(number)s of the results %(year)s") % {"number": number, "year": year},
    }
    return render(request, "scoring/version.html", context)


@year_view(PERMISSION)
def version_differences(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What differs between two versions: the last two, or those that the address names (`old`, `new`)."""
    chosen = chosen_versions(year, request.GET.dict())
    context = {
        "year": year,
        "states": version_states(year),
        "compared": compared(*chosen) if chosen else None,
        "title": _("What differs between versions %(year)s") % {"year": year},
    }
    return render(request, "scoring/version_differences.html", context)
