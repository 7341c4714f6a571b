"""What every result page gets: the year, the way to it, and the ways on for those who may go there."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from assessment.models import AssessmentYear
from cadres.permissions import allows
from scoring.access import ResultRequest


def result_page(
    request: ResultRequest,
    template: str,
    *,
    year: AssessmentYear,
    here: str,
    subject: tuple[str, str] = ("", ""),
    **context: Any,
) -> HttpResponse:
    """Render a page of a year's results. `here` names it; `subject` is (address, name) of whose page lies above it."""
    everything = allows(request.user, "scoring.view_results", year)
    trail = {
        "here": here,
        "year_href": reverse("assessment:year", kwargs={"year": year.number}),
        "results_href": reverse("scoring:home", kwargs={"year": year.number}) if everything else "",
        "subject_href": subject[0],
        "subject_name": subject[1],
        "result_links": everything,
    }
    return render(request, template, {"year": year, **trail, **context})
