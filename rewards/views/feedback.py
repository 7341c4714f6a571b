"""反馈记录: who has been told the results, how and when (RULES U4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from cadres.views.pages import sorted_and_paged
from rewards.forms.feedback import FeedbackFilter, FeedbackForm, preselected
from rewards.forms.following import WithdrawForm
from rewards.presenters.feedback import FeedbackTable, count_text
from rewards.selectors.feedback import feedback_count, feedback_rows
from rewards.services.feedback import feedback_record, feedback_withdraw


@year_view("rewards.view_feedback")
def feedback(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Everybody with what was told, or not yet."""
    rows = feedback_rows(year)
    filters = FeedbackFilter(request.GET, rows=rows)
    editable = year.is_closed and allows(request.user, "rewards.change_feedback", year)
    table = FeedbackTable(filters.found(), year=year, editable=editable)
    sorted_and_paged(request, table)
    context = {
        "year": year,
        "filter": filters,
        "narrowed": bool(filters.asked()),
        "table": table,
        "count": count_text(feedback_count(rows)),
        "editable": editable,
    }
    return render(request, "rewards/feedback_list.html", context)


@year_view("rewards.change_feedback")
def feedback_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Record one occasion for one, for some, for all."""
    rows = feedback_rows(year)
    asked = {name: request.GET[name] for name in ("way",) if name in request.GET}
    initial = {**asked, "given_on": timezone.localdate(), "subjects": preselected(rows, request.GET)}
    form = FeedbackForm(posted(request), year=year, offered=[row.subject for row in rows], initial=initial)

    def save() -> None:
        told = feedback_record(year=year, subjects=form.cleaned_data["subjects"], given=form.given(), by=request.user)
        text = ngettext("Recorded for %(count)d team or cadre.", "Recorded for %(count)d teams and cadres.", len(told))
        messages.success(request, text % {"count": len(told)})

    if form_saved(form, save):
        return redirect("rewards:feedback", year=year.number)
    context = {"year": year, "form": form, "back": year_url("rewards:feedback", year)}
    return render(request, "rewards/feedback_new.html", context)


@year_view("rewards.change_feedback")
def feedback_end(request: AccountRequest, *, year: AssessmentYear, record: int) -> HttpResponse:
    """Withdraw a record, with a reason."""
    stored = get_object_or_404(year.feedbackrecords.filter(withdrawn_at=None), pk=record)
    form = WithdrawForm(posted(request))
    if form_saved(form, lambda: feedback_withdraw(record=stored, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The record was withdrawn; it stays with your reason."))
        return redirect("rewards:feedback", year=year.number)
    return render(request, "rewards/feedback_withdraw.html", {"year": year, "record": stored, "form": form})
