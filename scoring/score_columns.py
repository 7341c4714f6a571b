"""Columns that teams and cadres share: sums, total, rate."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from scoring.engine import CadreResult, TeamResult
from scoring.marks import NONE, rate_cell, total_cell
from scoring.tables import Cell, Column

S = TypeVar("S", TeamResult, CadreResult)


def sum_column(code: str, label: str, points: Callable[[S], Decimal | None], full: Fraction) -> Column[S]:
    """A sum of rounded lines (RULES A2), under its full points."""
    return _points_column(code, label, points, lambda subject: _sum_cell(points(subject)), number_text(full))


def total_column(full: Fraction) -> Column[S]:
    """The sum of all rounded lines (RULES A2)."""
    return _points_column("total", _("Total"), _total, lambda subject: total_cell(subject.total), number_text(full))


def rate_column() -> Column[S]:
    """The total as a rate of full points, which keeps years comparable (RULES P6)."""
    return _points_column("rate", _("Rate"), _total, lambda subject: rate_cell(subject.total, subject.out_of))


def _points_column(
    code: str, label: str, key: Callable[[S], Decimal | None], cell: Callable[[S], Cell], title: str = ""
) -> Column[S]:
    return Column(code, label, key, cell, number=True, largest_first=True, title=title)


def _total(subject: TeamResult | CadreResult) -> Decimal | None:
    return subject.total


def _sum_cell(points: Decimal | None) -> Cell:
    return NONE if points is None else (str(points), "", "", "num sum")
