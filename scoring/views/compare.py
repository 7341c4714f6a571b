"""Any two cadres, or teams, up to six, beside each other (RULES P4)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from scoring.compare.cadres import CADRES
from scoring.compare.choice import asked_of, compare_address
from scoring.compare.page import compare_page
from scoring.compare.subjects import Kind
from scoring.compare.teams import TEAMS


@may("scoring.view_cadres")
@require_safe
def compare_cadres(request: AccountRequest) -> HttpResponse:
    """Cadres by `?n=…&n=…`."""
    return _compared(request, CADRES)


@may("scoring.view_cadres")
@require_safe
def compare_teams(request: AccountRequest) -> HttpResponse:
    """Teams by `?t=…&t=…`."""
    return _compared(request, TEAMS)


@may("scoring.view_cadres")
@require_safe
def compare(request: AccountRequest) -> HttpResponse:
    """Shared links of two cadres by `?a=…&b=…`, as they were before six could be compared."""
    numbers = (request.GET.get(name, "").strip() for name in ("a", "b"))
    return redirect(compare_address(CADRES, filter(None, numbers)))


def _compared(request: AccountRequest, kind: Kind) -> HttpResponse:
    """A search that means exactly one goes on to the address with it."""
    page = compare_page(kind, asked_of(request.GET, kind), by=request.user)
    if page.choice.added:
        return redirect(page.choice.added)
    return render(request, "scoring/compare.html", {"page": page, "choice": page.choice})
