"""票数: tallies of teams by evaluation, of cadres by township."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from assessment.access import year_view
from assessment.errors import Overtaken
from assessment.models import AssessmentYear
from assessment.presenters.tally import TallyGrid, cadre_grid, team_grid
from assessment.selectors.tally import cadre_progress, team_progress
from assessment.selectors.year import scheme_current
from assessment.services.tally import cadre_tallies_save, team_tallies_save
from assessment.views.feedback import say_saved, say_unsaved
from assessment.voters import categories_query, has_categories
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.models import Township

LONGEST_GROUP = 40

MakeGrid = Callable[[Any], TallyGrid]


@year_view("assessment.view_tallies")
def tallies(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Which tallies are there and which are missing."""
    scheme = scheme_current(year)
    context = {
        "year": year,
        "teams": team_progress(year=year, scheme=scheme),
        "cadres": cadre_progress(year=year, scheme=scheme),
    }
    return render(request, "assessment/tally_list.html", context)


@year_view("assessment.change_tallies")
def tallies_team(request: AccountRequest, *, year: AssessmentYear, evaluation: str) -> HttpResponse:
    """One evaluation: townships × counts, by voter group."""
    try:
        entry = scheme_current(year).evaluation(evaluation)
    except KeyError as unknown:
        raise Http404 from unknown
    added = _added(request)

    def make(posted: Any) -> TallyGrid:
        return team_grid(year=year, evaluation=entry, added=added, posted=posted)

    context = {"year": year, "evaluation": entry, "added": added, "categorised": has_categories(entry)}
    return _grid(request, year, make, team_tallies_save, "assessment/tally_team.html", context)


@year_view("assessment.change_tallies")
def tallies_cadre(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """One township: its graded cadres × items × counts."""
    township = get_object_or_404(Township, years=year, code=code)
    items = [item for item in scheme_current(year).cadre_items if not item.is_work]

    def make(posted: Any) -> TallyGrid:
        return cadre_grid(year=year, township=township, items=items, added=_added(request), posted=posted)

    context = {"year": year, "township": township, "categorised": any(map(has_categories, items))}
    return _grid(request, year, make, cadre_tallies_save, "assessment/tally_cadre.html", context)


def _added(request: AccountRequest) -> list[str]:
    """Voter groups whose rows the address asks for."""
    return [group.strip()[:LONGEST_GROUP] for group in request.GET.getlist("group") if group.strip()]


def _grid(
    request: AccountRequest,
    year: AssessmentYear,
    make: MakeGrid,
    save: Callable[..., Any],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Show the grid; save what was typed when nothing is wrong with it."""
    context |= {"categories_query": categories_query()}
    grid = make(request.POST if request.method == "POST" else None)
    if request.method == "POST" and not grid.errors:
        try:
            changes = save(year=year, tallies=grid.tallies, seen=grid.seen, by=request.user)
        except Overtaken:
            grid = make(request.POST)
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
            return render(request, template, {**context, "grid": grid, "editable": year.inputs_open})
        else:
            say_saved(request, changes)
            return redirect(request.get_full_path())
    if request.method == "POST":
        say_unsaved(request, grid.errors)
    return render(request, template, {**context, "grid": grid, "editable": year.inputs_open})
