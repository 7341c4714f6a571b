"""Cadres of a year: one cadre, the derivation of one item and of everything."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from scoring.access import ResultRequest, results_view
from scoring.addresses import SubjectAddresses
from scoring.beside import beside_cadre
from scoring.cadre_page import cadre_derivation, cadre_page
from scoring.engine import CadreResult, YearResult
from scoring.pages import derivation_title, line_page, result_page, subject_title
from scoring.rater_charts import rated_year
from scoring.raters import cadre_ratings
from scoring.results import confirmed_grades, year_result
from scoring.selectors.result import cadre_traces
from scoring.sight import sight_of


@results_view("scoring.view_results")
def cadre(request: ResultRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """Items, three places, suggested grade with reasons and bars; or why the cadre is not graded."""
    result, found = _found(request, year, number)
    page = cadre_page(result, found, year.number, sight_of(request.user))
    name = found.input.name
    return result_page(
        request,
        "scoring/cadre.html",
        year=year,
        title=subject_title(name, year),
        here=name,
        result=result,
        cadre=found,
        decided=confirmed_grades(year, revision=request.revision).cadre_grades.get(number, ""),
        page=page,
        rated=rated_year(cadre_ratings(result, found, year.number), name),
        beside=beside_cadre(year=year, number=number, township=found.input.township, by=request.user),
    )


@results_view("scoring.view_results")
def item(request: ResultRequest, *, year: AssessmentYear, number: str, item: str) -> HttpResponse:
    """From the input to the points of one item."""
    result, found = _found(request, year, number)
    traces = cadre_traces(year, number)
    sight = sight_of(request.user, year.tallies.filter(cadre__number=number))
    subject = _subject(year, found)
    return line_page(request, item, year=year, result=result, found=found, subject=subject, traces=traces, sight=sight)


@results_view("scoring.view_results")
def derivation(request: ResultRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """Everything on one printable page: items → total → places → grade."""
    result, found = _found(request, year, number)
    sight = sight_of(request.user, year.tallies.filter(cadre__number=number))
    return result_page(
        request,
        "scoring/cadre_derivation.html",
        year=year,
        title=derivation_title(_subject(year, found)[1], year),
        here=_("Whole derivation"),
        subject=_subject(year, found),
        result=result,
        cadre=found,
        decided=confirmed_grades(year, revision=request.revision).cadre_grades.get(number, ""),
        page=cadre_page(result, found, year.number, sight),
        derivation=cadre_derivation(result, found, year, sight),
    )


def _subject(year: AssessmentYear, cadre: CadreResult) -> tuple[str, str]:
    name = f"{cadre.input.name} ({cadre.input.number})"
    return SubjectAddresses("cadre", year.number).page(cadre.input.number), name


def _found(request: ResultRequest, year: AssessmentYear, number: str) -> tuple[YearResult, CadreResult]:
    result = year_result(year=year, by=request.user, revision=request.revision)
    try:
        return result, result.cadre(number)
    except KeyError:
        raise Http404 from None
