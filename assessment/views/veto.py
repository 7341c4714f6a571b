"""一票否决: the list, recording, correcting and revoking. Nothing leaves the record (RULES G5)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.reason import ReasonForm
from assessment.forms.veto import VetoForm, correction_form
from assessment.models import AssessmentYear, Veto
from assessment.selectors.veto import vetoes_of
from assessment.services.veto import veto_correct, veto_record, veto_revoke
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import allows


@year_view("assessment.view_vetoes")
def vetoes(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All decisions on record, revoked ones with the reason."""
    editable = year.inputs_open and allows(request.user, "assessment.change_vetoes", year)
    context = {"year": year, "vetoes": vetoes_of(year), "editable": editable}
    return render(request, "assessment/veto_list.html", context)


@year_view("assessment.change_vetoes")
def veto_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Record a decision."""
    form = VetoForm(posted(request), year=year)
    if form_saved(form, lambda: veto_record(year=year, row=form.row(), by=request.user)):
        messages.success(request, _("The veto was recorded."))
        return redirect("assessment:vetoes", year=year.number)
    return render(request, "assessment/veto_new.html", {"year": year, "form": form})


@year_view("assessment.change_vetoes")
def veto_edit(request: AccountRequest, *, year: AssessmentYear, veto: int) -> HttpResponse:
    """Correct a decision in force; its former words stay on record."""
    stored = _in_force(year, veto)
    form = correction_form(posted(request), veto=stored)

    def correct() -> None:
        veto_correct(veto=stored, row=form.row(), reason=form.cleaned_data["reason"], by=request.user)

    if form_saved(form, correct):
        messages.success(request, _("The veto was corrected; the former record stays in the list."))
        return redirect("assessment:vetoes", year=year.number)
    return render(request, "assessment/veto_correct.html", {"year": year, "veto": stored, "form": form})


@year_view("assessment.change_vetoes")
def veto_end(request: AccountRequest, *, year: AssessmentYear, veto: int) -> HttpResponse:
    """Revoke a decision, with a reason."""
    stored = _in_force(year, veto)
    form = ReasonForm(posted(request))
    if form_saved(form, lambda: veto_revoke(veto=stored, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("The veto was revoked; it stays in the list."))
        return redirect("assessment:vetoes", year=year.number)
    return render(request, "assessment/veto_revoke.html", {"year": year, "veto": stored, "form": form})


def _in_force(year: AssessmentYear, veto: int) -> Veto:
    return get_object_or_404(vetoes_of(year).filter(revoked_at__isnull=True), pk=veto)
