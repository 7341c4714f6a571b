"""档次决定: the committee's decisions on teams and on cadres (RULES 4)."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear
from assessment.views.feedback import say_saved, say_unsaved
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted
from cadres.permissions import require
from cadres.services.upsert import Changes
from rewards.forms.grade import AdoptForm, rows_check, rows_decided, rows_post, rows_seen
from rewards.presenters.grade import GradePage, grade_page
from rewards.presenters.grade_frame import adopt_consequence, grade_frame, moved_text
from rewards.presenters.grade_history import cadre_grade_history_page, team_grade_history_page
from rewards.selectors.grade import grades_open, suggestions_moved
from rewards.services.grade import adoptable, grade_decisions_save, suggestions_adopt
from scoring.engine import YearResult
from scoring.results import current_result

TEAMS, CADRES = "rewards:team_grades", "rewards:cadre_grades"


@year_view("rewards.view_grades")
def team_grades(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every team by place: suggested, decided, why."""
    return _grades(request, year, teams=True)


@year_view("rewards.view_grades")
def cadre_grades(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every graded cadre by overall place: suggested, decided, why; who is not graded stands apart."""
    return _grades(request, year, teams=False)


def _grades(request: AccountRequest, year: AssessmentYear, *, teams: bool) -> HttpResponse:
    page = grade_page(year=year, by=request.user, teams=teams, query=request.GET.dict())
    if request.method == "POST":
        require(by=request.user, permission="rewards.change_grades", target=year)
        if saved := _saved(request, year, page):
            return saved
    return render(request, "rewards/grade.html", grade_frame(year=year, by=request.user, page=page))


def _saved(request: AccountRequest, year: AssessmentYear, page: GradePage) -> HttpResponse | None:
    """Back to the same address; None where something typed needs attention and the page is shown again."""
    if not grades_open(year):
        messages.error(request, _("Grades are decided once the year is closed, and until it is confirmed."))
        return None
    rows_post(page.rows, request.POST)
    rows_check(year, page.rows)
    if page.errors:
        say_unsaved(request, page.errors)
        return None
    try:
        changes = grade_decisions_save(
            year=year, rows=rows_decided(page.rows), seen=rows_seen(page.rows), by=request.user
        )
    except (Overtaken, YearClosed) as refusal:
        messages.error(request, refusal.messages[0])
        return None
    _say_decided(request, year, changes, page.result)
    return HttpResponseRedirect(request.get_full_path())


def _say_decided(request: AccountRequest, year: AssessmentYear, changes: Changes, before: YearResult) -> None:
    """What was saved, and whose suggestion moved by it (RULES G4)."""
    say_saved(request, changes)
    if changes and (moved := suggestions_moved(before=before, after=current_result(year))):
        messages.warning(request, moved_text(moved))


@year_view("rewards.change_grades")
def team_grades_adopt(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The last question before all undecided teams get what is suggested."""
    return _adopt(request, year, teams=True)


@year_view("rewards.change_grades")
def cadre_grades_adopt(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The same for all undecided cadres."""
    return _adopt(request, year, teams=False)


def _adopt(request: AccountRequest, year: AssessmentYear, *, teams: bool) -> HttpResponse:
    form = AdoptForm(posted(request))
    if form_saved(form, lambda: _adopted(request, year, teams, form.cleaned_data["count"])):
        return redirect(TEAMS if teams else CADRES, year=year.number)
    rows = adoptable(year=year, teams=teams) if grades_open(year) else []
    context = {
        "year": year,
        "teams": teams,
        "back": TEAMS if teams else CADRES,
        "rows": rows,
        "form": AdoptForm(initial={"count": len(rows)}),
        "problems": form.non_field_errors() if form.is_bound else (),
        "consequence": adopt_consequence(rows, teams=teams),
    }
    return render(request, "rewards/grade_adopt.html", context)


def _adopted(request: AccountRequest, year: AssessmentYear, teams: bool, count: int) -> None:
    say_saved(request, suggestions_adopt(year=year, teams=teams, expected=count, by=request.user))


@year_view("rewards.view_grades")
def team_grade_history(request: AccountRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """Every decision on a team, by whom, when and why."""
    return _history(request, team_grade_history_page(year=year, code=code, by=request.user))


@year_view("rewards.view_grades")
def cadre_grade_history(request: AccountRequest, *, year: AssessmentYear, number: str) -> HttpResponse:
    """Every decision on a cadre, by whom, when and why."""
    return _history(request, cadre_grade_history_page(year=year, number=number, by=request.user))


def _history(request: AccountRequest, context: dict[str, object] | None) -> HttpResponse:
    if context is None:
        raise Http404
    return render(request, "rewards/grade_history.html", context)
