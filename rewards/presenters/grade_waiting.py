"""What follows from results and waits for somebody, as lines of the home page."""

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import AssessmentYear, Phase
from cadres.home import HomeLine
from cadres.models import Account
from cadres.permissions import allows
from rewards.selectors.grade import grades_in_force, undecided, unreasoned
from scoring.results import current_result


def grades_to_decide(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """A closed year's next step: teams, then cadres, then confirming. Two queries."""
    if year.phase != Phase.CLOSED or not allows(by, "rewards.change_grades", year):
        return []
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    asked = [grade for grade in (*grades.teams.values(), *grades.cadres.values()) if grade.suggested]
    if not asked:
        return []
    teams, cadres = (undecided(found) for found in (grades.teams, grades.cadres))
    if teams or cadres:
        words = {"done": len(asked) - teams - cadres, "all": len(asked)}
        text = _("Next: decide the grades (%(done)d of %(all)d decided)") % words
        return [HomeLine(text, year_url(f"rewards:{'team' if teams else 'cadre'}_grades", year), waiting=True)]
    return _to_confirm(year, len(unreasoned(grades.teams)), len(unreasoned(grades.cadres)), result.computable)


def _to_confirm(year: AssessmentYear, teams: int, cadres: int, computable: bool) -> list[HomeLine]:
    if teams or cadres:
        text = _("Next: give a reason for %(count)d decided grades that depart from the suggestion")
        url = year_url(f"rewards:{'team' if teams else 'cadre'}_grades", year) + "?state=unreasoned"
        return [HomeLine(text % {"count": teams + cadres}, url, waiting=True)]
    if not computable:
        return []
    text = _("Next: confirm grades and results, all grades are decided")
    return [HomeLine(text, year_url("assessment:year_confirm", year), waiting=True)]
