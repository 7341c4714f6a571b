"""What-if: the year under a changed scheme, before and after, while a slider moves. Nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from scoring.forms.what_if import query_of, variation_of
from scoring.results import current_result
from scoring.what_if_page import ViewOptions, outcome_page, panel
from scoring.what_if_page.doctor import doctor_says
from scoring.what_if_page.lines import method_defaults

PERMISSION = "scoring.view_drafts"


@year_view(PERMISSION)
def what_if(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The panel and what comes of it. Posted without script, it goes to the short address that says the same."""
    before = current_result(year)
    if request.method == "POST":
        options = ViewOptions.of(request.POST.dict())
        return redirect(address_of(year, query_of(variation_of(request.POST, before.scheme)), options))
    variation = variation_of(request.GET, before.scheme)
    found = outcome_page(year, before, variation, ViewOptions.of(request.GET.dict()))
    context = {
        "year": year,
        "outcome": found,
        "panel": panel(before.scheme, variation, found.problems),
        "query": query_of(variation),
        "draft_href": _draft_address(year),
        "method_defaults": method_defaults(),
        "results_href": reverse("scoring:home", kwargs={"year": year.number}),
        "result_links": True,
    }
    return render(request, "scoring/what_if.html", context)


@year_view(PERMISSION)
@require_safe
def outcome(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """A fragment: what comes of the variation in the address; the browser's own address follows."""
    before, options = current_result(year), ViewOptions.of(request.GET.dict())
    variation = variation_of(request.GET, before.scheme)
    query = query_of(variation)
    context = {"year": year, "outcome": outcome_page(year, before, variation, options), "query": query, "oob": True}
    answer = render(request, "scoring/what_if_answer.html", context)
    answer["HX-Replace-Url"] = address_of(year, query, options)
    return answer


@year_view(PERMISSION)
@require_safe
def doctor(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """A fragment: what the scheme doctor says of the varied scheme and would not say of the one in force."""
    variation = variation_of(request.GET, current_result(year).scheme)
    findings = doctor_says(year, variation)
    return render(request, "scoring/what_if_doctor.html", {"findings": findings, "variation": variation})


def address_of(year: AssessmentYear, query: str, options: ViewOptions) -> str:
    """The page's own address, to be shared; blank where nothing is changed."""
    page = reverse("scoring:what_if", kwargs={"year": year.number})
    whole = "&".join(filter(None, (query, urlencode([(name, "on") for name in options.names]))))
    return f"{page}?{whole}" if whole else page


def _draft_address(year: AssessmentYear) -> str:
    return reverse("scoring:draft_new", kwargs={"year": year.number})
