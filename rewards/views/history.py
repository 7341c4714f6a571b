"""历年结果: the county's cadres over the years, one person's whole record, and results of other systems by hand."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from cadres.forms.saving import form_saved, posted
from cadres.models import Cadre
from cadres.permissions import allows
from cadres.selectors.cadre import cadre_appointments
from cadres.views.pages import form_page
from rewards.forms.history import PastResultForm
from rewards.models import PastResult
from rewards.presenters.history import history_listing
from rewards.presenters.record import record_sections
from rewards.selectors.history import people_with_years, person_years, years_asked
from rewards.services.past_result import past_results_save


@may("rewards.view_history")
@require_safe
def history(request: AccountRequest) -> HttpResponse:
    """Person × year: grade, place of how many, score, rate."""
    listing = history_listing(people_with_years(), request.GET.dict(), years_asked())
    return render(request, "rewards/history.html", {"listing": listing})


@may("rewards.view_history")
@require_safe
def person(request: AccountRequest, *, number: str) -> HttpResponse:
    """Everything on record of one cadre that the viewer may read."""
    cadre = get_object_or_404(Cadre, number=number)
    context = {
        "cadre": cadre,
        "years": person_years(cadre),
        "appointments": cadre_appointments(cadre),
        "sections": record_sections(request, cadre),
        "may_correct": allows(request.user, "rewards.change_past_results"),
    }
    return render(request, "rewards/history_person.html", context)


@may("rewards.change_past_results")
def past_result_new(request: AccountRequest, *, number: str) -> HttpResponse:
    """A result of another system, typed."""
    return _past_result_page(request, get_object_or_404(Cadre, number=number), None)


@may("rewards.change_past_results")
def past_result(request: AccountRequest, *, number: str, past: int) -> HttpResponse:
    """One that was imported or typed, corrected."""
    stored = get_object_or_404(PastResult.objects.select_related("cadre"), cadre__number=number, year=past)
    return _past_result_page(request, stored.cadre, stored)


def _past_result_page(request: AccountRequest, cadre: Cadre, stored: PastResult | None) -> HttpResponse:
    form = PastResultForm(posted(request), cadre=cadre, stored=stored)
    if form_saved(form, lambda: past_results_save(rows=[form.row()], by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("rewards:person", number=cadre.number)
    title = _("Result of %(year)s") % {"year": stored.year} if stored else _("Result of an earlier year")
    consequence = _(
        "For years assessed outside this system. Where the year was computed here, what was computed counts as soon as "
        "it holds a grade."
    )
    back = reverse("rewards:person", kwargs={"number": cadre.number})
    page = {"title": title, "back": back, "crumb": str(cadre), "action": _("Save"), "consequence": consequence}
    return form_page(request, form, **page)
