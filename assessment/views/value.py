"""目标完成: the grid of target values."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear
from assessment.presenters.value import ValueGrid, value_grid
from assessment.selectors.value import values_missing
from assessment.services.value import values_save
from assessment.views.feedback import say_saved, say_unsaved
from cadres.access import AccountRequest
from cadres.permissions import allows, require


@year_view("assessment.view_values")
def values(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Townships × lines. The office types while the year is open; others read what they may."""
    if request.method == "POST":
        return _values_post(request, year)
    return _page(request, year, value_grid(year=year, by=request.user))


def _values_post(request: AccountRequest, year: AssessmentYear) -> HttpResponse:
    require(by=request.user, permission="assessment.change_values", target=year)
    grid = value_grid(year=year, by=request.user, posted=request.POST)
    if not grid.errors:
        try:
            changes = values_save(year=year, cells=grid.parsed, seen=grid.seen, by=request.user)
        except Overtaken:
            grid = value_grid(year=year, by=request.user, posted=request.POST)
        except YearClosed as refusal:
            messages.error(request, refusal.messages[0])
            return _page(request, year, grid)
        else:
            say_saved(request, changes)
            return redirect("assessment:values", year=year.number)
    say_unsaved(request, grid.errors)
    return _page(request, year, grid)


def _page(request: AccountRequest, year: AssessmentYear, grid: ValueGrid) -> HttpResponse:
    editable = year.inputs_open and allows(request.user, "assessment.change_values", year)
    own_missing = values_missing(year=year, by=request.user)
    context = {
        "year": year,
        "grid": grid,
        "editable": editable,
        "title": _("Target values"),
        "own_missing": own_missing,
    }
    return render(request, "assessment/value_grid.html", context)
