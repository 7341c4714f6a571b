"""Teams of a year: the table of all, one team, the derivation of one line and of everything."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from scoring.access import ResultRequest, results_view
from scoring.addresses import SubjectAddresses
from scoring.beside import beside_team
from scoring.engine import TeamResult, YearResult
from scoring.listing import Source, team_listing
from scoring.overview import quota_text, team_chart
from scoring.pages import derivation_title, line_page, result_page, subject_title
from scoring.rater_charts import rated_year
from scoring.raters import team_ratings
from scoring.results import confirmed_grades, year_result
from scoring.selectors.result import team_result, team_traces
from scoring.sight import sight_of
from scoring.stability_page.columns import bands_of_teams
from scoring.team_page import team_derivation, team_page
from scoring.views.stability import stability_asked


@results_view("scoring.view_results")
def teams(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every line of every team, as a table and as bars."""
    result = year_result(year=year, by=request.user, revision=request.revision)
    source = Source(year, request.revision, sight_of(request.user))
    bands = bands_of_teams(stability) if (stability := stability_asked(request, year)) else None
    return result_page(
        request,
        "scoring/teams.html",
        year=year,
        title=_("Scores of the teams %(number)s") % {"number": year.number},
        here=_("Scores of the teams"),
        result=result,
        quota=quota_text(result.team_quota),
        listing=team_listing(result, request.GET.dict(), source, bands),
        chart=team_chart(result, year.number),
    )


@results_view("scoring.view_team")
def team(request: ResultRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """One team: its lines beside the county's, its people, its grade and why."""
    result, found = _found(request, year, code)
    grades = confirmed_grades(year, revision=request.revision)
    page = team_page(result, found, year.number, sight_of(request.user), grades.cadre_grades)
    name = found.input.name
    return result_page(
        request,
        "scoring/team.html",
        year=year,
        title=subject_title(name, year),
        here=name,
        result=result,
        team=found,
        decided=grades.team_grades.get(code, ""),
        page=page,
        rated=rated_year(team_ratings(result, found, year.number), name),
        beside=beside_team(year=year, code=code, by=request.user),
    )


@results_view("scoring.view_team")
def line(request: ResultRequest, *, year: AssessmentYear, code: str, line: str) -> HttpResponse:
    """From the input to the points of one line."""
    result, found = _found(request, year, code)
    traces = team_traces(year, code)
    sight = sight_of(request.user, year.tallies.filter(township__code=code))
    subject = _subject(year, found)
    return line_page(request, line, year=year, result=result, found=found, subject=subject, traces=traces, sight=sight)


@results_view("scoring.view_team")
def derivation(request: ResultRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """Everything on one printable page: lines → blocks → total → place → grade."""
    result, found = _found(request, year, code)
    return result_page(
        request,
        "scoring/team_derivation.html",
        year=year,
        title=derivation_title(found.input.name, year),
        here=_("Whole derivation"),
        subject=_subject(year, found),
        result=result,
        team=found,
        decided=confirmed_grades(year, revision=request.revision).team_grades.get(code, ""),
        derivation=team_derivation(
            result, found, year, sight_of(request.user, year.tallies.filter(township__code=code))
        ),
    )


def _subject(year: AssessmentYear, team: TeamResult) -> tuple[str, str]:
    return SubjectAddresses("team", year.number).page(team.input.code), team.input.name


def _found(request: ResultRequest, year: AssessmentYear, code: str) -> tuple[YearResult, TeamResult]:
    try:
        return team_result(year=year, code=code, by=request.user, revision=request.revision)
    except KeyError:
        raise Http404 from None
