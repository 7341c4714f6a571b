"""Who may be promoted, and in which order candidates on equal terms stand (RULES U1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.engine import CadreGrade, competition_places

from .years import AnnualGrade

CLAUSE = "U1"
LOW_GRADES = (CadreGrade.BASIC, CadreGrade.INCOMPETENT)


class ObstacleCode(StrEnum):
    """Why a year stands against a promotion."""

    NO_RESULT = "no_result"  # nothing is known of the year
    NOT_GRADED = "not_graded"  # code: the register's
    LOW_GRADE = "low_grade"  # grade


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One year that makes a candidate not eligible; `value` is the register's code, or the grade."""

    code: ObstacleCode
    year: int
    value: str = ""
    clause: str = CLAUSE


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer for one candidate. `years` ascend and hold every year asked, those without a grade too.

    `order` is the competition place among the eligible; None for who is not.
    """

    number: str
    eligible: bool
    order: int | None
    obstacles: tuple[Obstacle, ...]
    years: tuple[AnnualGrade, ...]

    @property
    def excellent(self) -> int:
        """In how many of the years the grade is 优秀."""
        return _excellent(self.years)


def check_promotion(
    candidates: Mapping[str, Iterable[AnnualGrade]], *, year: int, years: int
) -> tuple[Eligibility, ...]:
    """Every candidate, in the order given; of the known years of each the last `years` up to `year` count.

    Eligible are ordered by the number of 优秀, then by the overall place of `year`; who has none there stands after
    those who do.
    """
    asked = range(year - years + 1, year + 1)
    looked_at = {number: _asked_years(known, asked) for number, known in candidates.items()}
    obstacles = {number: tuple(_obstacles(found)) for number, found in looked_at.items()}
    keys = {number: _order_key(found) for number, found in looked_at.items() if not obstacles[number]}
    places = competition_places(keys, higher_first=False)
    return tuple(
        Eligibility(
            number=number,
            eligible=number in places,
            order=places[number].place if number in places else None,
            obstacles=obstacles[number],
            years=found,
        )
        for number, found in looked_at.items()
    )


def _asked_years(known: Iterable[AnnualGrade], asked: Sequence[int]) -> tuple[AnnualGrade, ...]:
    by_year = {entry.year: entry for entry in known}
    return tuple(by_year.get(year, AnnualGrade(year, None)) for year in asked)


def _obstacles(years: Iterable[AnnualGrade]) -> Iterable[Obstacle]:
    for entry in years:
        if entry.grade is None and entry.not_graded:
            yield Obstacle(ObstacleCode.NOT_GRADED, entry.year, entry.not_graded)
        elif entry.grade is None:
            yield Obstacle(ObstacleCode.NO_RESULT, entry.year)
        elif entry.grade in LOW_GRADES:
            yield Obstacle(ObstacleCode.LOW_GRADE, entry.year, str(entry.grade))


def _order_key(years: tuple[AnnualGrade, ...]) -> tuple[int, bool, int]:
    latest = years[-1].rank_county
    return -_excellent(years), latest is None, latest or 0


def _excellent(years: Iterable[AnnualGrade]) -> int:
    return sum(entry.grade is CadreGrade.EXCELLENT for entry in years)
