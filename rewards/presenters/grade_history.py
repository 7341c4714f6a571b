"""The page with every decision on one team or cadre."""

from django.db.models import QuerySet

from assessment.models import AssessmentYear
from cadres.models import Account
from rewards.models import GradeDecision
from rewards.presenters.grade_row import GradeRow, cadre_grade_rows, team_grade_rows
from rewards.selectors.grade import (
    decisions_of_cadre,
    decisions_of_team,
    disciplinary_records,
    grades_in_force,
)
from scoring.results import current_result
from scoring.sight import sight_of


def team_grade_history_page(*, year: AssessmentYear, code: str, by: Account) -> dict[str, object] | None:
    """None where no such team takes part."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    rows = team_grade_rows(year=year, result=result, grades=grades, shares=sight_of(by).counts)
    return _page(year, rows, code, decisions_of_team(year, code), "rewards:team_grades")


def cadre_grade_history_page(*, year: AssessmentYear, number: str, by: Account) -> dict[str, object] | None:
    """None for who is not graded or not on the roster."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    records = disciplinary_records(year=year, result=result)
    shares = sight_of(by).counts
    rows = cadre_grade_rows(year=year, result=result, grades=grades, records=records, shares=shares)
    return _page(year, rows, number, decisions_of_cadre(year, number), "rewards:cadre_grades")


def _page(
    year: AssessmentYear, rows: list[GradeRow], code: str, decisions: QuerySet[GradeDecision], back: str
) -> dict[str, object] | None:
    row = next((row for row in rows if row.code == code), None)
    if row is None:
        return None
    return {"year": year, "row": row, "decisions": decisions, "back": back}
