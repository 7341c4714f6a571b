"""表彰奖励: non-material rewards of a year (RULES U5)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from cadres.views.pages import sorted_and_paged
from rewards.forms.commendation import CommendationFilter, CommendationForm
from rewards.forms.following import WithdrawForm
from rewards.presenters.commendation import CommendationTable
from rewards.selectors.commendation import commendation_rows, deserves
from rewards.selectors.followed import followed
from rewards.services.commendation import commendation_withdraw, commendations_record


@year_view("rewards.view_commendations")
def commendations(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All on record, withdrawn ones with the reason."""
    filters = CommendationFilter(request.GET, rows=commendation_rows(year))
    editable = year.is_closed and allows(request.user, "rewards.change_commendations", year)
    table = CommendationTable(filters.found(), year=year, editable=editable)
    sorted_and_paged(request, table)
    context = {
        "year": year,
        "filter": filters,
        "narrowed": bool(filters.asked()),
        "table": table,
        "editable": editable,
    }
    return render(request, "rewards/commendation_list.html", context)


@year_view("rewards.change_commendations")
def commendation_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """One decision for one or many; cadres decided 优秀 are ticked from the start."""
    offered = followed(year)
    ticked = [who.token for who in offered if deserves(who) and not who.of_team]
    initial = {"subjects": request.GET.getlist("subject") or ticked}
    form = CommendationForm(posted(request), year=year, offered=offered, initial=initial)

    def save() -> None:
        named = form.cleaned_data["subjects"]
        found = commendations_record(year=year, subjects=named, given=form.given(), by=request.user)
        text = ngettext("%(count)d commendation was recorded.", "%(count)d commendations were recorded.", len(found))
        messages.success(request, text % {"count": len(found)})

    if form_saved(form, save):
        return redirect("rewards:commendations", year=year.number)
    context = {"year": year, "form": form, "ticked": len(ticked), "back": year_url("rewards:commendations", year)}
    return render(request, "rewards/commendation_new.html", context)


@year_view("rewards.change_commendations")
def commendation_end(request: AccountRequest, *, year: AssessmentYear, record: int) -> HttpResponse:
    """Withdraw a record, with a reason."""
    stored = get_object_or_404(year.commendations.filter(withdrawn_at=None), pk=record)
    form = WithdrawForm(posted(request))
    if form_saved(form, lambda: commendation_withdraw(record=stored, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The commendation was withdrawn; it stays in the list with your reason."))
        return redirect("rewards:commendations", year=year.number)
    context = {"year": year, "record": stored, "form": form, "back": year_url("rewards:commendations", year)}
    return render(request, "rewards/commendation_withdraw.html", context)
