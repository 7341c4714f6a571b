"""征求意见: the list, recording, correcting, withdrawing."""

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.opinion import OpinionForm, opinion_form
from assessment.models import AssessmentYear, SolicitedOpinion
from assessment.record_filters import OpinionFilter
from assessment.record_places import place_of
from assessment.record_tables import OpinionTable
from assessment.selectors.interview import may_record, place_to_record
from assessment.selectors.record import opinions_for
from assessment.services.opinion import PERMISSION, opinion_correct, opinion_record, opinion_withdraw
from assessment.views.record import record_end, record_form, record_list, record_or_404
from cadres.access import AccountRequest
from cadres.permissions import require

BACK = "assessment:opinions"


@year_view("assessment.view_opinions")
def opinions(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All for the office, the own for an assessor."""
    return record_list(
        request,
        "assessment/opinion_list.html",
        year=year,
        rows=opinions_for(year=year, by=request.user),
        filters=OpinionFilter,
        table=OpinionTable,
        editable=may_record(year=year, permission=PERMISSION, by=request.user),
    )


@year_view("assessment.view_opinions")
def opinion_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Record one."""
    require(by=request.user, permission=PERMISSION, target=place_to_record(year, request.user))
    initial = {"subject": request.GET.get("subject", ""), "dated": timezone.localdate()}
    form = OpinionForm(request.POST or None, year=year, by=request.user, initial=initial)
    return record_form(
        request,
        "assessment/opinion_form.html",
        form=form,
        save=lambda: opinion_record(year=year, row=form.row(), by=request.user),
        done=_("The opinion was recorded."),
        year=year,
        back=BACK,
    )


@year_view("assessment.view_opinions")
def opinion_edit(request: AccountRequest, *, year: AssessmentYear, opinion: int) -> HttpResponse:
    """Correct one's own."""
    stored = record_or_404(SolicitedOpinion, year, opinion)
    require(by=request.user, permission=PERMISSION, target=place_of(stored))
    form = opinion_form(request.POST or None, opinion=stored, by=request.user)
    return record_form(
        request,
        "assessment/opinion_form.html",
        form=form,
        save=lambda: opinion_correct(opinion=stored, row=form.row(), by=request.user),
        done=_("The opinion was corrected."),
        year=year,
        back=BACK,
        opinion=stored,
    )


@year_view("assessment.view_opinions")
def opinion_end(request: AccountRequest, *, year: AssessmentYear, opinion: int) -> HttpResponse:
    """Withdraw one, with a reason."""
    stored = record_or_404(SolicitedOpinion, year, opinion)
    return record_end(
        request,
        "assessment/opinion_withdraw.html",
        withdraw=partial(opinion_withdraw, opinion=stored),
        place=place_of(stored),
        done=_("The opinion was withdrawn; it stays in the list."),
        year=year,
        back=BACK,
    )
