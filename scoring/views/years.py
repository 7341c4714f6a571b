"""One subject over the years (RULES P6)."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from cadres.models import Cadre, Township
from cadres.selectors.cadre import cadre_appointments
from scoring.selectors.result import cadre_history, team_history
from scoring.years.page import cadre_history_page, team_history_page


@may("scoring.view_cadres")
@require_safe
def cadre_years(request: AccountRequest, *, number: str) -> HttpResponse:
    """Posts held, and per year score, rate, places, grade; places as a line."""
    cadre = get_object_or_404(Cadre, number=number)
    (history,) = cadre_history(cadres=(cadre,), by=request.user)
    context = {"cadre": cadre, "appointments": cadre_appointments(cadre), "page": cadre_history_page(history)}
    return render(request, "scoring/cadre_years.html", context)


@may("scoring.view_team_years", lambda code: code)
@require_safe
def team_years(request: AccountRequest, *, code: str) -> HttpResponse:
    """Per year total, rate, place, grade; blocks and lines; who rates it how."""
    township = get_object_or_404(Township, code=code)
    page = team_history_page(team_history(code=code, by=request.user))
    return render(request, "scoring/team_years.html", {"township": township, "page": page})
