"""Decisions entered as a pasted list: read, shown row by row, corrected, saved at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.access import year_view
from assessment.models import AssessmentYear
from assessment.views.feedback import say_saved
from cadres.access import AccountRequest
from rewards.forms.grade_list import ListRow, rows_entered, rows_posted, rows_read
from rewards.models import TEAM_GRADES
from rewards.selectors.grade import grades_open
from rewards.services.grade import grade_decisions_save


@year_view("rewards.change_grades")
def grade_list(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """First the text, then its rows."""
    rows: list[ListRow] = []
    if request.method == "POST" and not grades_open(year):
        messages.error(request, _("Grades are decided once the year is closed, and until it is confirmed."))
    elif "lines" in request.POST:
        rows = rows_read(year, request.POST["lines"])
        if not rows:
            messages.error(request, _("The list holds no line to enter."))
    elif request.method == "POST":
        rows = rows_posted(year, request.POST)
        if rows and not _wrong(rows):
            return _enter(request, year, rows)
        _say_wrong(request, rows)
    context = {"year": year, "rows": rows, "lines": request.POST.get("lines", ""), "open": grades_open(year)}
    return render(request, "rewards/grade_list.html", context)


def _enter(request: AccountRequest, year: AssessmentYear, rows: list[ListRow]) -> HttpResponse:
    decisions = rows_entered(rows)
    say_saved(request, grade_decisions_save(year=year, rows=decisions, by=request.user))
    teams = bool(decisions) and all(row.grade in TEAM_GRADES for row in decisions)
    return redirect("rewards:team_grades" if teams else "rewards:cadre_grades", year=year.number)


def _wrong(rows: list[ListRow]) -> int:
    return sum(bool(row.errors) for row in rows)


def _say_wrong(request: AccountRequest, rows: list[ListRow]) -> None:
    count = _wrong(rows)
    text = ngettext(
        "Nothing was saved yet: %(count)d line needs attention.",
        "Nothing was saved yet: %(count)d lines need attention.",
        count,
    )
    messages.error(request, text % {"count": count})
