"""Decisions typed into the grid: what changed, what is wrong with it, and how it reaches the service."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from assessment.grid import GridCell, cell_post
from assessment.models import AssessmentYear
from rewards.presenters.grade_row import GradeRow
from rewards.services.grade import DecisionProblem, DecisionRow, grade_decision_problems


def rows_post(rows: Sequence[GradeRow], posted: Mapping[str, str]) -> None:
    """Take in what was typed; rows that are not among it stay as they are."""
    for row in rows:
        cell_post(row.grade, posted)
        cell_post(row.reason, posted)


def rows_decided(rows: Sequence[GradeRow]) -> list[DecisionRow]:
    """The rows in which something was typed, as the service takes them."""
    return [DecisionRow(row.code, row.grade.text, row.reason.text) for row in rows if row.changed]


def rows_seen(rows: Sequence[GradeRow]) -> dict[str, int]:
    """The decision that each of them was typed over."""
    return {row.code: row.stands.number for row in rows if row.changed}


def rows_check(year: AssessmentYear, rows: Sequence[GradeRow]) -> None:
    """Put every problem beside its field."""
    typed = [row for row in rows if row.changed]
    for row in typed:
        if not row.grade.text:
            row.grade.error = row.grade.error or _blank_text(row)
    complete = [row for row in typed if row.grade.text]
    for problem in grade_decision_problems(year=year, rows=rows_decided(complete)):
        _mark(complete[problem.row], problem)


def _blank_text(row: GradeRow) -> str:
    if row.grade.stored:
        return _("a decision can be replaced by another one, not taken back")
    return _("choose the decided grade")


def _mark(row: GradeRow, problem: DecisionProblem) -> None:
    cell: GridCell = row.reason if problem.field == "reason" else row.grade
    cell.error = cell.error or problem.text


class AdoptForm(forms.Form):
    """How many suggestions the clerk was shown when he agreed."""

    count = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
