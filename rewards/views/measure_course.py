"""What is done under a decided measure: talks with their sheet, reviews, withdrawals."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from rewards.forms.following import WithdrawForm
from rewards.forms.measure import MeasureReviewForm, MeasureTalkForm
from rewards.models import Measure, MeasureReview, MeasureTalk
from rewards.presenters.measure import measure_url
from rewards.presenters.measure_detail import case_page
from rewards.selectors.measure import MeasureCase, measure_case, measure_key
from rewards.services.measure_course import (
    measure_review_record,
    measure_review_withdraw,
    measure_talk_record,
    measure_talk_withdraw,
)
from rewards.views.measure import case_or_404


@year_view("rewards.change_measures")
def measure_talk_new(
    request: AccountRequest, *, year: AssessmentYear, scope: str, code: str, measure: str
) -> HttpResponse:
    """Record a talk."""
    case = decided_or_404(year, scope, code, measure)
    form = MeasureTalkForm(posted(request), year=year)
    return _saved_or_shown(
        request,
        "rewards/measure_record.html",
        case,
        form,
        title=_("Record a talk"),
        save=lambda stored: measure_talk_record(measure=stored, row=form.row(), by=request.user),
        done=_("The talk is on record; its sheet can be printed and signed."),
    )


@year_view("rewards.change_measures")
def measure_review_new(
    request: AccountRequest, *, year: AssessmentYear, scope: str, code: str, measure: str
) -> HttpResponse:
    """Record what was found at the deadline."""
    case = decided_or_404(year, scope, code, measure)
    form = MeasureReviewForm(posted(request), year=year)
    return _saved_or_shown(
        request,
        "rewards/measure_record.html",
        case,
        form,
        title=_("Record the review"),
        save=lambda stored: measure_review_record(measure=stored, row=form.row(), by=request.user),
        done=_("The review is on record."),
    )


@year_view("rewards.view_measures")
def measure_talk(request: AccountRequest, *, year: AssessmentYear, talk: int) -> HttpResponse:
    """The sheet of a talk, to be printed and signed."""
    stored = get_object_or_404(MeasureTalk.objects.select_related("measure"), measure__year=year, pk=talk)
    case = _case_of(year, stored.measure)
    return render(
        request, "rewards/measure_talk.html", {"year": year, "case": case, "page": case_page(case), "talk": stored}
    )


@year_view("rewards.change_measures")
def measure_talk_end(request: AccountRequest, *, year: AssessmentYear, talk: int) -> HttpResponse:
    """Withdraw a talk record, with a reason."""
    stored = get_object_or_404(MeasureTalk, measure__year=year, pk=talk, withdrawn_at=None)
    form = WithdrawForm(posted(request))
    return _saved_or_shown(
        request,
        "rewards/measure_withdraw.html",
        _case_of(year, stored.measure),
        form,
        save=lambda _measure: measure_talk_withdraw(talk=stored, reason=form.cleaned_data["reason"], by=request.user),
        done=_("The talk record is withdrawn; it stays in the course of the measure."),
        talk=stored,
    )


@year_view("rewards.change_measures")
def measure_review_end(request: AccountRequest, *, year: AssessmentYear, review: int) -> HttpResponse:
    """Withdraw a review, with a reason."""
    stored = get_object_or_404(MeasureReview, measure__year=year, pk=review, withdrawn_at=None)
    form = WithdrawForm(posted(request))
    return _saved_or_shown(
        request,
        "rewards/measure_withdraw.html",
        _case_of(year, stored.measure),
        form,
        save=lambda _measure: measure_review_withdraw(
            review=stored, reason=form.cleaned_data["reason"], by=request.user
        ),
        done=_("The review is withdrawn; it stays in the course of the measure."),
        review=stored,
    )


def decided_or_404(year: AssessmentYear, scope: str, code: str, measure: str) -> MeasureCase:
    """Nothing can be followed up before it was decided."""
    case = case_or_404(year, scope, code, measure)
    if case.measure is None:
        raise Http404
    return case


def _case_of(year: AssessmentYear, measure: Measure) -> MeasureCase:
    """A stored measure always is one of the year's cases."""
    case = measure_case(year, measure_key(measure))
    if case is None:
        raise Http404
    return case


def _saved_or_shown(
    request: AccountRequest,
    template: str,
    case: MeasureCase,
    form: Form,
    *,
    save: Callable[[Measure], object],
    done: str,
    **context: Any,
) -> HttpResponse:
    """Back to the measure where the form was saved."""
    stored = case.measure
    if stored is not None and form_saved(form, lambda: save(stored)):
        messages.success(request, done)
        return redirect(measure_url("rewards:measure", case.year, case.key))
    page = {"year": case.year, "case": case, "page": case_page(case), "form": form}
    return render(request, template, {**page, **context})
