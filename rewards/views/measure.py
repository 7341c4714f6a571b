"""处理建议 (RULES U2, U3): what is proposed and what was decided on it; what is due."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.models import AssessmentYear
from assessment.selectors.year import scheme_current
from cadres.access import AccountRequest, may
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.measure import MeasureDecisionForm, MeasuresAcceptForm
from rewards.presenters.measure import key_of, kind_of, kind_text, measure_url
from rewards.presenters.measure_detail import case_page
from rewards.presenters.measure_list import kinds_to_accept, measure_listing
from rewards.selectors.measure import MeasureCase, measure_case, measure_cases
from rewards.selectors.measure_choice import taken_alone
from rewards.selectors.measure_due import reminders
from rewards.services.measure import measure_decide, measures_accept


@year_view("rewards.view_measures")
def measures(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Everything proposed and decided after a year."""
    cases = measure_cases(year)
    context = {
        "year": year,
        "cases": cases,
        "listing": measure_listing(cases, request.GET.dict()),
        "kinds": kinds_to_accept(cases) if may_decide(request, year) else [],
    }
    return render(request, "rewards/measure_list.html", context)


@year_view("rewards.view_measures")
def measure(request: AccountRequest, *, year: AssessmentYear, scope: str, code: str, measure: str) -> HttpResponse:
    """One measure with its whole course."""
    case = case_or_404(year, scope, code, measure)
    context = {"year": year, "case": case, "page": case_page(case), "editable": may_decide(request, year)}
    return render(request, "rewards/measure_detail.html", context)


@year_view("rewards.change_measures")
def measure_decision(
    request: AccountRequest, *, year: AssessmentYear, scope: str, code: str, measure: str
) -> HttpResponse:
    """Accept, change or decline; of an interrupted pair, whether it is taken up."""
    case = case_or_404(year, scope, code, measure)
    form = MeasureDecisionForm(posted(request), case=case, months=months_to_mend(year))
    if form_saved(form, lambda: measure_decide(year=year, key=case.key, resolution=form.resolution(), by=request.user)):
        messages.success(request, _("The decision is on record."))
        return redirect(measure_url("rewards:measure", year, case.key))
    context = {"year": year, "case": case, "page": case_page(case), "form": form}
    return render(request, "rewards/measure_decide.html", context)


@year_view("rewards.change_measures")
def measures_acceptance(request: AccountRequest, *, year: AssessmentYear, measure: str) -> HttpResponse:
    """Accept the proposals of a kind with one document and one day."""
    kind = kind_of(measure)
    if kind is None or taken_alone(kind) is None:
        raise Http404
    cases = [case for case in measure_cases(year) if case.key.kind == kind and case.proposed and case.awaits_decision]
    form = MeasuresAcceptForm(posted(request), year=year, kind=kind, months=months_to_mend(year), cases=cases)
    saved: list[object] = []
    if form_saved(
        form,
        lambda: saved.extend(
            measures_accept(year=year, kind=kind, keys=form.chosen(), resolution=form.resolution(), by=request.user)
        ),
    ):
        text = ngettext("%(count)d decision is on record.", "%(count)d decisions are on record.", len(saved))
        messages.success(request, text % {"count": len(saved)})
        return redirect("rewards:measures", year=year.number)
    context = {"year": year, "form": form, "cases": cases, "kind": kind_text(kind)}
    return render(request, "rewards/measure_accept.html", context)


@may("rewards.view_measures")
def measures_due(request: AccountRequest) -> HttpResponse:
    """What is overdue, due soon, or awaits a decision or a talk, of all years."""
    return render(request, "rewards/measure_due.html", {"groups": reminders(request.user)})


def case_or_404(year: AssessmentYear, scope: str, code: str, measure: str) -> MeasureCase:
    key = key_of(scope, code, measure)
    case = measure_case(year, key) if key else None
    if case is None:
        raise Http404
    return case


def may_decide(request: AccountRequest, year: AssessmentYear) -> bool:
    return year.is_closed and allows(request.user, "rewards.change_measures", year)


def months_to_mend(year: AssessmentYear) -> int:
    return scheme_current(year).follow_up.rectification_months
