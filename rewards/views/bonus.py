"""The bonus of a year (RULES 6): the split with its proof, the remedy, the confirmation."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.models import AssessmentYear
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows
from rewards.forms.bonus import BonusConfirmForm, BonusRemedyForm
from rewards.presenters.bonus import basis_text, confirm_consequence, remedy_rows, undecided_text
from rewards.presenters.bonus_explained import bonus_notes, explained_awards
from rewards.selectors.bonus import award_rows, confirmation_agrees, confirmation_latest, year_bonus
from rewards.selectors.bonus_circumstances import bonus_circumstances
from rewards.selectors.bonus_sheet import bonus_confirmations, bonus_differences, bonus_sheet
from rewards.services.bonus import bonus_confirm, bonus_remedy_choose, confirmation_obstacle


@year_view("rewards.view_bonus")
def bonus(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Awards by place, every share with its reason, both equations of B4."""
    standing, confirmation = year_bonus(year=year), confirmation_latest(year)
    rows, agrees = award_rows(standing), confirmation is not None and confirmation_agrees(confirmation, standing)
    context = {
        "year": year,
        "bonus": standing,
        "rows": rows,
        "awards": explained_awards(standing, rows, bonus_circumstances(year=year, rows=rows)),
        "notes": bonus_notes(standing),
        "basis": basis_text(standing),
        "confirmation": confirmation,
        "agrees": agrees,
        "differences": None if agrees else bonus_differences(bonus=standing, confirmation=confirmation),
        "obstacle": confirmation_obstacle(standing),
        "may_change": allows(request.user, "rewards.change_bonus", year),
    }
    return render(request, "rewards/bonus.html", context)


@year_view("rewards.change_bonus")
def bonus_remedy(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What each remedy comes to, team by team, before one is chosen (RULES B5)."""
    form = BonusRemedyForm(posted(request))
    if form_saved(form, lambda: bonus_remedy_choose(year=year, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The remedy is in force; the bonus was computed again."))
        return redirect("rewards:bonus", year=year.number)
    standing = year_bonus(year=year)
    context = {"year": year, "bonus": standing, "form": form, "rows": remedy_rows(standing)}
    return render(request, "rewards/bonus_remedy.html", context)


@year_view("rewards.change_bonus")
def bonus_confirm_page(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The last question before the split is frozen."""
    standing, last = year_bonus(year=year), confirmation_latest(year)
    form = BonusConfirmForm(posted(request), correction=last is not None, suggested=any(standing.undecided))
    if form_saved(form, lambda: bonus_confirm(year=year, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The bonus is confirmed."))
        return redirect("rewards:bonus", year=year.number)
    context = {
        "year": year,
        "form": form,
        "undecided": undecided_text(standing),
        "obstacle": confirmation_obstacle(standing, last),
        "consequence": confirm_consequence(standing, last),
        "differences": bonus_differences(bonus=standing, confirmation=last),
    }
    return render(request, "rewards/bonus_confirm.html", context)


@year_view("rewards.view_bonus")
def bonus_sheet_page(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """For finance and for signature, from confirmed rows; `?number=` for an earlier confirmation."""
    number = request.GET.get("number", "")
    sheet = bonus_sheet(year=year, number=int(number) if number.isdecimal() else None)
    if sheet is None and number:
        raise Http404(number)
    context = {
        "year": year,
        "sheet": sheet,
        "confirmations": bonus_confirmations(year),
        "county": settings.COUNTY_NAME,
        "may_change": allows(request.user, "rewards.change_bonus", year),
    }
    return render(request, "rewards/bonus_sheet.html", context)
