"""The decided grade in tables of results: beside the suggested one, or in its place and telling where they part."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from cadres.templatetags.labels import term
from scoring.engine import CadreGrade, CadreResult, TeamGrade, TeamResult
from scoring.marks import NONE, grade_css
from scoring.tables import Cell, Column

T = TypeVar("T")


def decided_team_grade(grades: Mapping[str, str]) -> Column[TeamResult]:
    """`grades` by township code."""
    return _decided(TeamGrade, lambda team: grades.get(team.input.code, ""))


def decided_cadre_grade(grades: Mapping[str, str]) -> Column[CadreResult]:
    """`grades` by personnel number; who is not graded has none."""
    return _decided(CadreGrade, lambda cadre: grades.get(cadre.input.number, ""))


def with_decided(columns: list[Column[T]], decided: Column[T]) -> list[Column[T]]:
    """All columns, the decided grade after the suggested one."""
    position = _position_of_grade(columns)
    return [*columns[: position + 1], decided, *columns[position + 1 :]]


def decided_for_suggested(columns: list[Column[T]], decided: Column[T]) -> list[Column[T]]:
    """All columns, the decided grade in the place of the suggested one, which it names where it is another.

    Who has no decided grade keeps what stood there: why nobody is graded.
    """
    position = _position_of_grade(columns)
    suggested, words = columns[position], _("suggested: %(grade)s")

    def cell(subject: T) -> Cell:
        text, href, _mark, css = decided.cell(subject)
        before = suggested.cell(subject)
        if decided.key(subject) is None:
            return before
        return text, href, "" if text == before[0] else words % {"grade": before[0]}, css

    shown = Column(decided.code, decided.label, decided.key, cell)
    return [*columns[:position], shown, *columns[position + 1 :]]


def _position_of_grade(columns: list[Column[T]]) -> int:
    return next(n for n, column in enumerate(columns) if column.code == "grade")


def _decided(order: Iterable[str], grade_of: Callable[[T], str]) -> Column[T]:
    steps = {str(grade): n for n, grade in enumerate(order)}
    cells: dict[str, Cell] = {grade: (term(grade), "", "", grade_css(n)) for grade, n in steps.items()}
    return Column(
        "decided",
        _("Decided grade"),
        lambda subject: steps.get(grade_of(subject)),
        lambda subject: cells.get(grade_of(subject), NONE),
    )
