"""目标完成: the grid of target values, and what ever stood on one line."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear, ScoredLine
from assessment.presenters.value import ValueGrid, lines_posted, value_grid
from assessment.presenters.value_entry import line_page
from assessment.selectors.value import departments_answering, values_enterable, values_missing
from assessment.selectors.value_entry import entries_pending
from assessment.services.value_entry import EntryChanges, lines_require, value_entries_save
from assessment.views.feedback import say_named, say_unsaved
from cadres.access import AccountRequest
from cadres.models import Role
from cadres.permissions import allows, require


@year_view("assessment.view_values")
def values(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Townships × lines. Departments type while the year is collecting, the office while it is open."""
    if request.method == "POST":
        return _values_post(request, year)
    return _page(request, year, _grid(request, year))


def _values_post(request: AccountRequest, year: AssessmentYear) -> HttpResponse:
    lines_require(year=year, codes=lines_posted(request.POST), by=request.user)
    grid = _grid(request, year)
    if not grid.errors:
        try:
            changes = value_entries_save(year=year, cells=grid.parsed, seen=grid.seen, by=request.user)
        except Overtaken:
            grid = _grid(request, year)
        except YearClosed as refusal:
            messages.error(request, refusal.messages[0])
            return _page(request, year, grid)
        else:
            _say_entered(request, changes)
            return HttpResponseRedirect(request.get_full_path())
    say_unsaved(request, grid.errors)
    return _page(request, year, grid)


def _grid(request: AccountRequest, year: AssessmentYear) -> ValueGrid:
    posted = request.POST if request.method == "POST" else None
    return value_grid(year=year, by=request.user, department=request.GET.get("department", ""), posted=posted)


def _say_entered(request: HttpRequest, changes: EntryChanges) -> None:
    entered, back = ([change.subject for change in rows] for rows in (changes.entered, changes.taken_back))
    if entered:
        text = ngettext(
            "%(count)d value entered, awaiting confirmation: %(named)s",
            "%(count)d values entered, awaiting confirmation: %(named)s",
            len(entered),
        )
        say_named(request, text, entered)
    if back:
        text = ngettext(
            "%(count)d entry taken back, the value in force stays: %(named)s",
            "%(count)d entries taken back, the values in force stay: %(named)s",
            len(back),
        )
        say_named(request, text, back)
    if not changes:
        messages.info(request, _("Nothing was changed."))


def _page(request: AccountRequest, year: AssessmentYear, grid: ValueGrid) -> HttpResponse:
    office = allows(request.user, "assessment.confirm_values", year)
    context = {
        "year": year,
        "grid": grid,
        "editable": values_enterable(year=year, by=request.user),
        "title": _("Target values"),
        "own_missing": values_missing(year=year, by=request.user),
        "entering": allows(request.user, "assessment.enter_values", year),
        "of_department": request.user.role == Role.DEPARTMENT,
        "departments": departments_answering(year) if office else (),
        "department": request.GET.get("department", ""),
        "to_confirm": entries_pending(year).count() if office else 0,
    }
    return render(request, "assessment/value_grid.html", context)


@year_view("assessment.enter_values")
def value_line(request: AccountRequest, *, year: AssessmentYear, line: str) -> HttpResponse:
    """Every entry of a line, who entered and who confirmed it, and its evidence; `?township=` for one of them."""
    found = line_or_403(request, year, line)
    township = request.GET.get("township", "")
    context = {
        "year": year,
        "page": line_page(line=found, by=request.user, township=township),
        "township": township,
        "editable": values_enterable(year=year, by=request.user),
    }
    return render(request, "assessment/value_line.html", context)


def line_or_403(request: AccountRequest, year: AssessmentYear, code: str) -> ScoredLine:
    """The line, for the office and the department that answers for it; others are refused on record."""
    line = get_object_or_404(year.lines.select_related("department", "year"), code=code)
    require(by=request.user, permission="assessment.view_line_entries", target=line)
    return line


def to_line(year: AssessmentYear, line: ScoredLine) -> HttpResponse:
    return redirect("assessment:value_line", year=year.number, line=line.code)
