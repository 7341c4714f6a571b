"""One subject over the years (RULES P6)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from cadres.models import Cadre
from cadres.selectors.cadre import cadre_appointments
from scoring.selectors.result import cadre_history
from scoring.years import history_page


@may("scoring.view_cadres")
@require_safe
def cadre_years(request: AccountRequest, *, number: str) -> HttpResponse:
    """Posts held, and per year score, rate, places, grade; places as a line."""
    cadre = get_object_or_404(Cadre, number=number)
    (history,) = cadre_history(cadres=(cadre,), by=request.user)
    context = {"cadre": cadre, "appointments": cadre_appointments(cadre), "page": history_page(history)}
    return render(request, "scoring/cadre_years.html", context)
