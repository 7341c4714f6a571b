"""考评组: who assesses which townships on the spot (RULES Y2)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assessment.access import year_view
from assessment.forms.team import TeamForm
from assessment.models import AssessmentTeam, AssessmentYear
from assessment.presenters.team import own_unit_text, teams_page
from assessment.selectors.team import own_units, teams_before
from assessment.services.team import team_remove, team_save, teams_copy
from assessment.views.feedback import tried
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted


@year_view("assessment.change_teams")
def teams(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All teams, and what is not assigned yet."""
    return render(request, "assessment/team_list.html", teams_page(year))


@year_view("assessment.change_teams")
def team_new(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Form a team."""
    return _edited(request, year, None)


@year_view("assessment.change_teams")
def team_edit(request: AccountRequest, *, year: AssessmentYear, team: int) -> HttpResponse:
    """Change a team."""
    return _edited(request, year, get_object_or_404(AssessmentTeam, year=year, pk=team))


def _edited(request: AccountRequest, year: AssessmentYear, team: AssessmentTeam | None) -> HttpResponse:
    form = TeamForm(posted(request), year=year, team=team)
    if form_saved(form, lambda: team_save(year=year, row=form.row(), team=team, by=request.user)):
        messages.success(request, _("Saved."))
        _warn_of_own_units(request, year, form.cleaned_data["name"])
        return redirect("assessment:teams", year=year.number)
    return render(request, "assessment/team_form.html", {"year": year, "team": team, "form": form})


def _warn_of_own_units(request: AccountRequest, year: AssessmentYear, name: str) -> None:
    served = own_units(year)
    for member in year.teams.get(name=name).members.select_related("account"):
        if township := served.get(member.pk):
            messages.warning(request, own_unit_text(member, township))


@year_view("assessment.change_teams")
def team_end(request: AccountRequest, *, year: AssessmentYear, team: int) -> HttpResponse:
    """Dissolve a team, after asking."""
    stored = get_object_or_404(AssessmentTeam, year=year, pk=team)
    if request.method == "POST":
        done = _("The team “%(team)s” was dissolved.") % {"team": stored}
        tried(request, lambda: team_remove(team=stored, by=request.user), done)
        return redirect("assessment:teams", year=year.number)
    return render(request, "assessment/team_remove.html", {"year": year, "team": stored})


@year_view("assessment.change_teams")
@require_POST
def teams_copied(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Take over the teams of the latest earlier year that has any."""
    source = teams_before(year)
    if source is None:
        raise Http404
    try:
        count = teams_copy(year=year, source=source, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.messages[0])
    else:
        text = ngettext("%(count)d team was copied from %(year)s.", "%(count)d teams were copied from %(year)s.", count)
        messages.success(request, text % {"count": count, "year": source})
    return redirect("assessment:teams", year=year.number)
