"""Any two cadres beside each other, over the years (RULES P4)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cadres.access import AccountRequest, may
from scoring.comparison import compare_page


@may("scoring.view_cadres")
@require_safe
def compare(request: AccountRequest) -> HttpResponse:
    """Two cadres by `?a=…&b=…` in all rankings that hold both."""
    page = compare_page((request.GET.get("a", ""), request.GET.get("b", "")), by=request.user)
    return render(request, "scoring/compare.html", {"page": page})
