"""回避: the office's list of all on record, and what an account declares on its own sheet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.access import year_view
from assessment.forms.recusal import RecusalForm, RecusalRecordForm, subjects_of_sheet
from assessment.models import AssessmentYear
from assessment.selectors.recusal import recusals_of
from assessment.selectors.sheet import round_questions
from assessment.selectors.team import members_serving
from assessment.services.recusal import recusal_declare, recusal_record, recusal_withdraw
from assessment.views.feedback import tried
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted

FILL, CHANGE = "assessment.fill_sheet", "assessment.change_sheets"


@year_view("assessment.view_sheets")
def recusals(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All on record, those withdrawn and those by the roster too."""
    context = {
        "year": year,
        "recusals": recusals_of(year),
        "own_units": members_serving(year),
        "editable": year.inputs_open,
    }
    return render(request, "assessment/recusal_list.html", context)


@year_view(CHANGE)
def recusal_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Record one for an account."""
    form = RecusalRecordForm(posted(request), year=year)

    def record() -> None:
        account = form.cleaned_data["account"]
        recusal_record(year=year, account=account, **form.grounds(), by=request.user)

    if form_saved(form, record):
        messages.success(request, _("The recusal is on record."))
        return redirect("assessment:recusals", year=year.number)
    return render(request, "assessment/recusal_new.html", {"year": year, "form": form})


@year_view(CHANGE)
def recusal_end(request: AccountRequest, *, year: AssessmentYear, recusal: int) -> HttpResponse:
    """Withdraw one; it stays in the list."""
    found = get_object_or_404(recusals_of(year), pk=recusal, withdrawn_at=None)
    done = _("The recusal was withdrawn; it stays in the list.")
    if request.method == "POST" and tried(request, lambda: recusal_withdraw(recusal=found, by=request.user), done):
        return redirect("assessment:recusals", year=year.number)
    return render(request, "assessment/recusal_withdraw.html", {"year": year, "recusal": found})


@year_view(FILL)
@require_POST
def sheet_recusal(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Declared by the account itself, on its sheet."""
    subjects = subjects_of_sheet(round_questions(year, request.user.role).in_reach(request.user.pk))
    form = RecusalForm(request.POST, subjects=subjects)
    if not form.is_valid():
        messages.error(request, _("Choose whom you do not rate, and the ground."))
        return redirect("assessment:sheet", year=year.number)
    done = _("The recusal is on record; the questions are no longer on your sheet.")
    tried(request, lambda: recusal_declare(year=year, **form.grounds(), by=request.user), done)
    return redirect("assessment:sheet", year=year.number)


@year_view(FILL)
@require_POST
def sheet_recusal_end(request: AccountRequest, *, year: AssessmentYear, recusal: int) -> HttpResponse:
    """Withdrawn by the account that declared it, before it signs."""
    found = get_object_or_404(recusals_of(year), pk=recusal, withdrawn_at=None)
    tried(request, lambda: recusal_withdraw(recusal=found, by=request.user), _("The recusal was withdrawn."))
    return redirect("assessment:sheet", year=year.number)
