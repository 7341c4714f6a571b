"""What may be typed into a cell of the grid of target values, and what it means."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _

from assessment.numbers import number_text, parse_number
from assessment.scheme import Direct, Direction, Line, RatioToBest, Scheme

Cell = Fraction | Literal["不适用"] | None
CellKey = tuple[str, str]
"""Township code, line code."""

NOT_APPLICABLE: Literal["不适用"] = "不适用"
_NOT_APPLICABLE_WORDS = {"不适用", "n/a", "na", "not applicable"}


def cell_parse(text: str) -> Cell:
    """Blank is missing; 不适用 (or N/A) is not applicable; else a number. Raises ValueError."""
    word = text.strip()
    if not word:
        return None
    if word.lower() in _NOT_APPLICABLE_WORDS | {_(NOT_APPLICABLE).lower()}:
        return NOT_APPLICABLE
    return parse_number(word)


def cell_text(cell: Cell) -> str:
    """As a page shows it and `cell_parse` reads it back."""
    if cell is None:
        return ""
    return number_text(cell) if isinstance(cell, Fraction) else _(NOT_APPLICABLE)


def cell_problem(line: Line, cell: Cell) -> str:
    """Why a value cannot stand on this line (RULES 1.1), in words; empty where it can."""
    if not isinstance(cell, Fraction):
        return ""
    if isinstance(line.rule, Direct) and not 0 <= cell <= line.points:
        return _("points from 0 to %(points)s are expected here") % {"points": number_text(line.points)}
    if isinstance(line.rule, RatioToBest) and line.direction is Direction.LOWER and cell <= 0:
        return _("a value above 0 is expected: the best value is divided by it")
    return ""


def cells_problems(scheme: Scheme, cells: Mapping[CellKey, Cell]) -> dict[CellKey, str]:
    """The problems of all cells of a year: each by itself, and a column whose best value is not above 0."""
    lines = {line.code: line for line in scheme.lines}
    problems = {key: text for key, cell in cells.items() if (text := cell_problem(lines[key[1]], cell))}
    for line in scheme.lines:
        if isinstance(line.rule, RatioToBest) and line.direction is Direction.HIGHER:
            column = {key: cell for key, cell in cells.items() if key[1] == line.code and isinstance(cell, Fraction)}
            if column and max(column.values()) <= 0:
                words = _("the best value of the line must be above 0: the others are divided by it")
                problems |= dict.fromkeys(column, words)
    return problems
