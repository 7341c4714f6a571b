"""The pages that interviews, opinions and notes share: a list, a form, a withdrawal."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from assessment.addresses import year_url
from assessment.forms.reason import ReasonForm
from assessment.models import AssessmentYear, DailyNote, Interview, SolicitedOpinion
from assessment.record_filters import RecordFilter
from assessment.record_tables import RecordTable
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.navigation import MenuEntry, NavigationItem, menu_items
from cadres.permissions import require
from cadres.views.pages import sorted_and_paged

R = TypeVar("R", Interview, SolicitedOpinion, DailyNote)

TABS = (
    MenuEntry(_("Coverage of interviews"), "assessment:interviews", "", "assessment.view_interviews"),
    MenuEntry(_("Records of interviews"), "assessment:interview_records", "", "assessment.view_interview_records"),
    MenuEntry(_("Solicited opinions"), "assessment:opinions", "", "assessment.view_opinions"),
    MenuEntry(_("Daily notes"), "assessment:notes", "", "assessment.view_notes"),
)


def record_tabs(request: AccountRequest, year: AssessmentYear) -> tuple[NavigationItem, ...]:
    """From one of these lists to the others, as far as the account may go."""
    return menu_items(TABS, request, year, year=year.number)


def record_list(
    request: AccountRequest,
    template: str,
    *,
    year: AssessmentYear,
    rows: QuerySet[Any],
    filters: type[RecordFilter],
    table: type[RecordTable],
    editable: bool,
) -> HttpResponse:
    """Searched, filtered, sorted, paged by what the address says."""
    found = filters(request.GET, queryset=rows, year=year)
    shown = table(found.qs, by=request.user, editable=editable)
    sorted_and_paged(request, shown)
    narrowed = any(request.GET.get(name) for name in found.form.fields)
    context = {"year": year, "filter": found, "table": shown, "narrowed": narrowed, "editable": editable}
    return render(request, template, {**context, "tabs": record_tabs(request, year)})


def record_form(
    request: AccountRequest,
    template: str,
    *,
    form: Form,
    save: Callable[[], object],
    done: str,
    year: AssessmentYear,
    back: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or save what it holds and go to the page `back` of the year."""
    if form_saved(form, save):
        messages.success(request, done)
        return redirect(back, year=year.number)
    address = year_url(back, year)
    return render(request, template, {"year": year, "form": form, "back": address, **context})


def record_end(
    request: AccountRequest,
    template: str,
    *,
    withdraw: Callable[..., None],
    place: object,
    done: str,
    year: AssessmentYear,
    back: str,
    **context: Any,
) -> HttpResponse:
    """Withdraw a record, with a reason."""
    require(by=request.user, permission="assessment.withdraw_record", target=place)
    form = ReasonForm(posted(request))
    return record_form(
        request,
        template,
        form=form,
        save=lambda: withdraw(reason=form.cleaned_data["reason"], by=request.user),
        done=done,
        year=year,
        back=back,
        **context,
    )


def record_or_404(model: type[R], year: AssessmentYear, record: int) -> R:
    """One of the year that is in force."""
    records = model.objects.select_related("year", "township", "cadre")
    return get_object_or_404(records, year=year, pk=record, withdrawn_reason="")
