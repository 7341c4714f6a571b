"""考评年度: the years, one year's page, and its named steps (RULES Y1)."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.reason import BackForm
from assessment.forms.year import TownshipsForm, YearForm
from assessment.home import first_steps
from assessment.models import AssessmentYear, Phase
from assessment.presenters.year import BACK, STEPS, blocking_findings, gaps_consequence, open_checks, year_page
from assessment.selectors.year import years_all
from assessment.services.year import (
    roster_copied,
    year_announce,
    year_archive,
    year_close,
    year_collect,
    year_confirm,
    year_create,
    year_publish,
    year_step_back,
    year_townships_set,
)
from cadres.access import AccountRequest, may
from cadres.errors import Refused
from cadres.permissions import allows


@may("assessment.view_years")
def years(request: AccountRequest) -> HttpResponse:
    """All years, the latest first."""
    office = allows(request.user, "assessment.change_year")
    context: dict[str, object] = {"years": years_all(), "office": office}
    if office and not context["years"]:
        context["first_steps"] = first_steps()
    return render(request, "assessment/year_list.html", context)


@may("assessment.change_year")
def year_new(request: AccountRequest) -> HttpResponse:
    """Start a year, from nothing or from an earlier one."""
    latest = years_all()[:1]
    initial = {"number": latest[0].number + 1, "copy_from": latest[0]} if latest else {}
    form = YearForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            year = year_create(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("number", refusal)
        else:
            messages.success(request, _("The year %(year)s was created.") % {"year": year})
            return redirect("assessment:year", year=year.number)
    return render(request, "assessment/year_new.html", {"form": form, "copies": _copies()})


def _copies() -> list[dict[str, object]]:
    """What copying each earlier year would bring."""
    return [
        {
            "year": year,
            "lines": year.lines.count(),
            "copied": len(roster_copied(year)),
            "left": year.roster.count() - len(roster_copied(year)),
        }
        for year in years_all()[:3]
    ]


@year_view("assessment.view_years")
def year(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Where the year stands and what its next step needs."""
    return render(request, "assessment/year_detail.html", year_page(year, request.user))


TRANSITIONS: dict[str, Callable[..., None]] = {
    "announce": year_announce,
    "collect": year_collect,
    "close": year_close,
    "confirm": year_confirm,
    "publish": year_publish,
    "archive": year_archive,
}


def _step_view(name: str) -> Callable[..., HttpResponse]:
    @year_view("assessment.change_year")
    def view(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
        return _step(request, year, name)

    return view


year_announce_view = _step_view("announce")
year_collect_view = _step_view("collect")
year_close_view = _step_view("close")
year_confirm_view = _step_view("confirm")
year_publish_view = _step_view("publish")
year_archive_view = _step_view("archive")


def _step(request: HttpRequest, year: AssessmentYear, name: str) -> HttpResponse:
    """Confirm a step forward; refused with every check that does not hold."""
    step = next(step for step in STEPS.values() if step.name == name)
    problems: Sequence[object] = ()
    if request.method == "POST":
        try:
            TRANSITIONS[name](year=year, by=request.user)
        except Refused as refusal:
            problems = refusal.messages
        else:
            messages.success(request, _("The year is now: %(phase)s.") % {"phase": year.get_phase_display()})
            return redirect("assessment:year", year=year.number)
    elif STEPS.get(Phase(year.phase)) != step:
        problems = [_("The year is in the phase “%(phase)s”.") % {"phase": year.get_phase_display()}]
    else:
        problems = blocking_findings(year)
    context = {"year": year, "step": step, "problems": problems}
    if not problems:
        context |= {"open_checks": open_checks(year), "gaps_consequence": gaps_consequence(year)}
    return render(request, "assessment/year_step.html", context)


@year_view("assessment.change_year")
def year_back(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """One phase back, with a reason."""
    if year.phase not in BACK:
        raise Http404
    form = BackForm(request.POST or None, initial={"phase": year.phase})
    if form.is_valid():
        if form.cleaned_data["phase"] not in ("", year.phase):
            messages.error(request, _("The year is in the phase “%(phase)s”.") % {"phase": year.get_phase_display()})
            return redirect("assessment:year", year=year.number)
        try:
            year_step_back(year=year, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The year is now: %(phase)s.") % {"phase": year.get_phase_display()})
            return redirect("assessment:year", year=year.number)
    context = {"year": year, "form": form, "consequence": BACK[Phase(year.phase)]}
    return render(request, "assessment/year_back.html", context)


@year_view("assessment.change_year")
def year_townships(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Which townships take part."""
    form = TownshipsForm(request.POST or None, year=year)
    if form.is_valid():
        try:
            year_townships_set(year=year, townships=form.cleaned_data["townships"], by=request.user)
        except Refused as refusal:
            form.add_error("townships", refusal)
        else:
            messages.success(request, _("The townships taking part were saved."))
            return redirect("assessment:year", year=year.number)
    return render(request, "assessment/year_townships.html", {"year": year, "form": form})
