"""个别谈话: coverage, how many there are to talk to, the records."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.interview import COUNTED, InterviewForm, PeopleForm, interview_form
from assessment.models import AssessmentYear, Interview
from assessment.presenters.interview import group_headings
from assessment.record_filters import InterviewFilter
from assessment.record_places import RecordPlace, place_of
from assessment.record_tables import CoverageTable, InterviewTable
from assessment.selectors.interview import coverage_of, interviews_for, may_record, townships_covered
from assessment.services.interview import (
    PERMISSION,
    interview_correct,
    interview_record,
    interview_targets_save,
    interview_withdraw,
)
from assessment.views.feedback import say_saved
from assessment.views.record import record_end, record_form, record_list, record_or_404, record_tabs
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.permissions import allows, require
from cadres.views.pages import sorted_and_paged

BACK = "assessment:interviews"


@year_view("assessment.view_interviews")
def interviews(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Townships × groups: how many were talked to, what is missing."""
    reads = allows(request.user, "assessment.view_interview_records", year)
    editable = reads and may_record(year=year, permission=PERMISSION, by=request.user)
    rows = coverage_of(year, townships_covered(year=year, by=request.user))
    table = CoverageTable(rows, year=year, named=reads, editable=editable)
    sorted_and_paged(request, table)
    context = {
        "year": year,
        "table": table,
        "tabs": record_tabs(request, year),
        "reads": reads,
        "office": allows(request.user, "assessment.change_interview_targets", year),
        "met": sum(row.met for row in rows),
        "all": len(rows),
    }
    return render(request, "assessment/interview_coverage.html", context)


@year_view("assessment.view_interview_records")
def interview_records(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All for the office, the own for an assessor."""
    return record_list(
        request,
        "assessment/interview_list.html",
        year=year,
        rows=interviews_for(year=year, by=request.user),
        filters=InterviewFilter,
        table=InterviewTable,
        editable=may_record(year=year, permission=PERMISSION, by=request.user),
    )


@year_view("assessment.change_interview_targets")
def interview_people(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The office enters how many people there are in each group."""
    form = PeopleForm(request.POST or None, coverage=coverage_of(year, year.townships.all()))
    if form.is_valid():
        try:
            say_saved(request, interview_targets_save(year=year, people=form.people(), by=request.user))
        except Refused as refusal:
            messages.error(request, refusal.messages[0])
        else:
            return redirect(BACK, year=year.number)
    headings = [text for group, text in group_headings(year).items() if group in COUNTED]
    return render(request, "assessment/interview_people.html", {"year": year, "form": form, "headings": headings})


@year_view("assessment.view_interview_records")
def interview_new(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """Record a talk in a township."""
    township = get_object_or_404(year.townships, code=code)
    require(by=request.user, permission=PERMISSION, target=RecordPlace(year, township))
    asked = {name: request.GET.get(name, "") for name in ("group", "cadre")}
    initial = {**asked, "held_on": timezone.localdate()}
    form = InterviewForm(request.POST or None, year=year, township=township, initial=initial)
    return record_form(
        request,
        "assessment/interview_form.html",
        form=form,
        save=lambda: interview_record(year=year, township=township, row=form.row(), by=request.user),
        done=_("The talk was recorded."),
        year=year,
        back=BACK,
        township=township,
    )


@year_view("assessment.view_interview_records")
def interview_edit(request: AccountRequest, *, year: AssessmentYear, interview: int) -> HttpResponse:
    """Correct one's own."""
    stored = record_or_404(Interview, year, interview)
    require(by=request.user, permission=PERMISSION, target=place_of(stored))
    form = interview_form(request.POST or None, interview=stored)
    return record_form(
        request,
        "assessment/interview_form.html",
        form=form,
        save=lambda: interview_correct(interview=stored, row=form.row(), by=request.user),
        done=_("The record of the talk was corrected."),
        year=year,
        back="assessment:interview_records",
        township=stored.township,
        interview=stored,
    )


@year_view("assessment.view_interview_records")
def interview_end(request: AccountRequest, *, year: AssessmentYear, interview: int) -> HttpResponse:
    """Withdraw one, with a reason."""
    stored = record_or_404(Interview, year, interview)
    return record_end(
        request,
        "assessment/interview_withdraw.html",
        withdraw=partial(interview_withdraw, interview=stored),
        place=place_of(stored),
        done=_("The talk was withdrawn; the record stays in the list."),
        year=year,
        back="assessment:interview_records",
    )
