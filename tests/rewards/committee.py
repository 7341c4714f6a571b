"""The committee's session: grades decided, through the service that the office uses."""

from assessment.models import AssessmentYear, Phase
from rewards.selectors.grade import grades_in_force
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import YearInput
from scoring.results import current_result
from tests.county import county, year_in_phase


def outstanding(inputs: YearInput, *, phase: Phase = Phase.CLOSED) -> AssessmentYear:
    """The committee has graded every team 实绩突出 and every cadre as suggested."""
    year = county(inputs, phase=Phase.COLLECTING)
    rows = [DecisionRow(team.code, "实绩突出", "县委研究决定") for team in inputs.teams]
    grade_decisions_save(year=year, rows=rows, by=None)
    cadres_decided(year)
    return year_in_phase(year, phase)


def cadres_decided(year: AssessmentYear) -> None:
    """Every suggested grade of a cadre becomes the decided one."""
    grades = grades_in_force(year=year, result=current_result(year)).cadres
    rows = [DecisionRow(number, grade.suggested) for number, grade in grades.items() if grade.suggested]
    grade_decisions_save(year=year, rows=rows, by=None)
