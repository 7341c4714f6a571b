"""考评名册: who is assessed in a year, where and as what; principal posts stated vacant."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.access import year_view
from assessment.filters import RosterFilter
from assessment.forms.reason import ReasonForm
from assessment.forms.roster import EntryAddForm, TransferForm, VacancyForm, entry_form
from assessment.models import AssessmentYear, RosterEntry, Vacancy
from assessment.selectors.roster import roster_of
from assessment.services.roster import (
    roster_remove,
    roster_save,
    roster_transfer,
    vacancy_state,
    vacancy_withdraw,
)
from assessment.tables import RosterTable
from assessment.views.feedback import say_saved
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.permissions import allows
from cadres.views.pages import sorted_and_paged


@year_view("assessment.view_roster")
def roster(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Search, filter, sort, pages."""
    editable = year.inputs_open and allows(request.user, "assessment.change_roster", year)
    found = RosterFilter(request.GET, queryset=roster_of(year), year=year)
    table = RosterTable(found.qs, editable=editable)
    sorted_and_paged(request, table)
    context = {"year": year, "filter": found, "table": table, "editable": editable, "any": year.roster.exists()}
    return render(request, "assessment/roster_list.html", context)


@year_view("assessment.change_roster")
def roster_entry(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """Posts, kind, lines in charge, not graded."""
    entry = _entry(year, number)
    form = entry_form(request.POST or None, entry=entry)
    if form.is_valid():
        row = form.row(number=number, name=entry.cadre.name, township=entry.township)
        try:
            say_saved(request, roster_save(year=year, rows=[row], by=request.user))
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("assessment:roster", year=year.number)
    return render(request, "assessment/roster_entry.html", {"year": year, "entry": entry, "form": form})


@year_view("assessment.change_roster")
def roster_add(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """One more cadre, known or new."""
    form = EntryAddForm(request.POST or None, year=year)
    if form.is_valid():
        try:
            say_saved(request, roster_save(year=year, rows=[form.new_row()], by=request.user))
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("assessment:roster", year=year.number)
    return render(request, "assessment/roster_add.html", {"year": year, "form": form})


@year_view("assessment.change_roster")
def roster_leave(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """Take someone off, with a reason."""
    entry = _entry(year, number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            roster_remove(entry=entry, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("%(cadre)s is off the roster.") % {"cadre": entry.cadre})
            return redirect("assessment:roster", year=year.number)
    return render(request, "assessment/roster_remove.html", {"year": year, "entry": entry, "form": form})


@year_view("assessment.change_roster")
def roster_move(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """A transfer with its day (RULES C4)."""
    entry = _entry(year, number)
    form = TransferForm(request.POST or None, year=year, initial={"post": entry.post_id})
    if form.is_valid():
        data = form.cleaned_data
        try:
            moved = roster_transfer(
                entry=entry, township=data["township"], posts=form.posts, on=data["on"], by=request.user
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _transfer_text(entry, moved))
            return redirect("assessment:roster", year=year.number)
    return render(request, "assessment/roster_transfer.html", {"year": year, "entry": entry, "form": form})


def _transfer_text(entry: RosterEntry, moved: bool) -> str:
    if moved:
        return _("%(cadre)s is assessed in the new township.") % {"cadre": entry.cadre}
    return _("The transfer of %(cadre)s is after the year's end: the roster stays as it is.") % {"cadre": entry.cadre}


@year_view("assessment.change_roster")
def vacancies(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Principal posts stated vacant; state another."""
    form = VacancyForm(request.POST or None, year=year)
    if form.is_valid():
        try:
            vacancy_state(year=year, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The vacancy was stated."))
            return redirect("assessment:vacancies", year=year.number)
    stated = year.vacancies.select_related("township", "post")
    return render(request, "assessment/vacancy_list.html", {"year": year, "vacancies": stated, "form": form})


@year_view("assessment.change_roster")
@require_POST
def vacancy_end(request: AccountRequest, *, year: AssessmentYear, vacancy: int) -> HttpResponse:
    """Withdraw a stated vacancy."""
    stated = get_object_or_404(Vacancy, year=year, pk=vacancy)
    try:
        vacancy_withdraw(vacancy=stated, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("The vacancy was withdrawn."))
    return redirect("assessment:vacancies", year=year.number)


def _entry(year: AssessmentYear, number: str) -> RosterEntry:
    return get_object_or_404(roster_of(year), cadre__number=number)
