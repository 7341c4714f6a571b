"""平时考核: the list, recording, correcting, withdrawing."""

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.note import NoteForm, note_form
from assessment.models import AssessmentYear, DailyNote
from assessment.record_filters import NoteFilter
from assessment.record_places import place_of
from assessment.record_tables import NoteTable
from assessment.selectors.interview import may_record, place_to_record
from assessment.selectors.record import notes_for
from assessment.services.note import PERMISSION, note_correct, note_record, note_withdraw
from assessment.views.record import record_end, record_form, record_list, record_or_404
from cadres.access import AccountRequest
from cadres.permissions import require

BACK = "assessment:notes"


@year_view("assessment.view_notes")
def notes(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All for the office, the own for an assessor."""
    return record_list(
        request,
        "assessment/note_list.html",
        year=year,
        rows=notes_for(year=year, by=request.user),
        filters=NoteFilter,
        table=NoteTable,
        editable=may_record(year=year, permission=PERMISSION, by=request.user),
    )


@year_view("assessment.view_notes")
def note_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Record one."""
    require(by=request.user, permission=PERMISSION, target=place_to_record(year, request.user))
    initial = {"subject": request.GET.get("subject", ""), "dated": timezone.localdate()}
    form = NoteForm(request.POST or None, year=year, by=request.user, initial=initial)
    return record_form(
        request,
        "assessment/note_form.html",
        form=form,
        save=lambda: note_record(year=year, row=form.row(), by=request.user),
        done=_("The note was recorded."),
        year=year,
        back=BACK,
    )


@year_view("assessment.view_notes")
def note_edit(request: AccountRequest, *, year: AssessmentYear, note: int) -> HttpResponse:
    """Correct one's own."""
    stored = record_or_404(DailyNote, year, note)
    require(by=request.user, permission=PERMISSION, target=place_of(stored))
    form = note_form(request.POST or None, note=stored, by=request.user)
    return record_form(
        request,
        "assessment/note_form.html",
        form=form,
        save=lambda: note_correct(note=stored, row=form.row(), by=request.user),
        done=_("The note was corrected."),
        year=year,
        back=BACK,
        note=stored,
    )


@year_view("assessment.view_notes")
def note_end(request: AccountRequest, *, year: AssessmentYear, note: int) -> HttpResponse:
    """Withdraw one, with a reason."""
    stored = record_or_404(DailyNote, year, note)
    return record_end(
        request,
        "assessment/note_withdraw.html",
        withdraw=partial(note_withdraw, note=stored),
        place=place_of(stored),
        done=_("The note was withdrawn; it stays in the list."),
        year=year,
        back=BACK,
    )
