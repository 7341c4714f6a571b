"""What every result page gets: the year, the way to it, and the ways on for those who may go there."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.permissions import allows
from scoring.access import ResultRequest
from scoring.engine import CadreResult, TeamResult, YearResult
from scoring.explain import explain_line
from scoring.results import confirmed_grades
from scoring.selectors.result import Trace
from scoring.sight import Sight
from scoring.wording import entry_name


def result_page(
    request: ResultRequest,
    template: str,
    *,
    year: AssessmentYear,
    here: str,
    title: str = "",
    subject: tuple[str, str] = ("", ""),
    **context: Any,
) -> HttpResponse:
    """Render a page of a year's results. `here` names it in the breadcrumbs, `title` heads it where that is longer;
    `subject` is (address, name) of whose page lies above it.
    """
    everything = allows(request.user, "scoring.view_results", year)
    trail = {
        "title": title or here,
        "here": here,
        "results_href": reverse("scoring:home", kwargs={"year": year.number}) if everything else "",
        "subject_href": subject[0],
        "subject_name": subject[1],
        "result_links": everything,
        "confirmed": confirmed_grades(year, revision=request.revision),
    }
    return render(request, template, {"year": year, **trail, **context})


def subject_title(name: str, year: AssessmentYear) -> str:
    """“云溪镇 · 2025”."""
    return _("%(subject)s · %(number)s") % {"subject": name, "number": year.number}


def derivation_title(name: str, year: AssessmentYear) -> str:
    """Above everything that a result rests on."""
    return _("%(subject)s · %(number)s: from the inputs to the grade") % {"subject": name, "number": year.number}


def line_page(
    request: ResultRequest,
    code: str,
    *,
    year: AssessmentYear,
    result: YearResult,
    found: TeamResult | CadreResult,
    subject: tuple[str, str],
    traces: Iterable[Trace],
    sight: Sight,
) -> HttpResponse:
    """From the input to the points of one line or item, and who entered what it rests on."""
    try:
        scored = found.line(code)
    except KeyError:
        raise Http404 from None
    return result_page(
        request,
        "scoring/line.html",
        year=year,
        here=f"{code} {entry_name(result.scheme, code)}",
        subject=subject,
        result=result,
        explanation=explain_line(result.scheme, scored, sight),
        traces=[trace for trace in traces if trace.line == code],
    )
