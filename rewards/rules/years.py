"""A cadre's years as the rules of use look at them (RULES P6, U1)."""

from dataclasses import dataclass

from scoring.engine import CadreGrade


@dataclass(frozen=True, slots=True)
class AnnualGrade:
    """One year of one cadre. `grade` None: not graded (then `not_graded` holds the register's code) or no result.

    `rank_county` is the overall place among `ranked`; either may be unknown.
    """

    year: int
    grade: CadreGrade | None
    not_graded: str = ""
    rank_county: int | None = None
    ranked: int | None = None
