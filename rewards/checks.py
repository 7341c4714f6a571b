"""What must hold before a closed year is confirmed, a confirmed one published, a published one archived."""

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.selectors.checklist import Check
from rewards.selectors.grade import grades_in_force
from scoring.results import current_result


def results_computable(year: AssessmentYear) -> Check:
    """RULES A3: a year that lacks something cannot be published, nor confirmed."""
    missing = len(current_result(year).missing)
    findings = (_("%(count)d inputs are missing.") % {"count": missing},) if missing else ()
    return Check(_("Every score can be computed"), findings, link="scoring:missing")


def grades_decided(year: AssessmentYear) -> Check:
    """RULES 4: the county committee decides every grade."""
    grades = grades_in_force(year=year, result=current_result(year))
    teams = sum(grade.stands_by_suggestion for grade in grades.teams.values())
    cadres = sum(grade.stands_by_suggestion for grade in grades.cadres.values())
    counts = (
        (_("%(count)d teams have no decided grade."), teams),
        (_("%(count)d cadres have no decided grade."), cadres),
    )
    findings = tuple(text % {"count": count} for text, count in counts if count)
    return Check(_("Every grade is decided"), findings, link="rewards:team_grades")
