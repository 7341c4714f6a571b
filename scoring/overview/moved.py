"""What moved since an earlier year: places with the number ranked, and grades, of whom both years rank (RULES P6)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, Rank, TeamResult, YearResult
from scoring.results import Confirmed

from .labels import posts_of

MOST = 10
"""So many cadres who rose, and so many who fell."""


@dataclass(frozen=True)
class Earlier:
    """The year compared with: its result, and its decided grades once confirmed."""

    year: AssessmentYear
    result: YearResult
    confirmed: Confirmed


@dataclass(frozen=True)
class Move:
    """Of a team or a cadre: both places, by how many it rose (negative: fell), both grades."""

    name: str
    note: str
    href: str
    then: Rank
    now: Rank
    grade_then: str
    grade_now: str

    @property
    def change(self) -> int:
        """Places gained."""
        return self.then.place - self.now.place

    @property
    def fell(self) -> int:
        """Places lost."""
        return -self.change

    @property
    def regraded(self) -> bool:
        """Whether the grade is another one; a grade that one of the years lacks says nothing."""
        return bool(self.grade_then and self.grade_now) and self.grade_then != self.grade_now


@dataclass(frozen=True)
class Moved:
    """Teams by place, the cadres who rose and who fell most. Grades are decided ones where that year is confirmed."""

    since: int
    then_decided: bool
    now_decided: bool
    teams: tuple[Move, ...]
    rose: tuple[Move, ...]
    fell: tuple[Move, ...]


def moved(result: YearResult, year: int, confirmed: Confirmed, earlier: Earlier) -> Moved:
    """Between the two years; nobody is compared who has no place in one of them."""
    cadres = sorted(_cadres(result, year, confirmed, earlier), key=lambda move: (-abs(move.change), move.now.place))
    return Moved(
        since=earlier.year.number,
        then_decided=earlier.confirmed.version is not None,
        now_decided=confirmed.version is not None,
        teams=tuple(sorted(_teams(result, year, confirmed, earlier), key=lambda move: move.now.place)),
        rose=tuple(move for move in cadres if move.change > 0)[:MOST],
        fell=tuple(move for move in cadres if move.change < 0)[:MOST],
    )


def _teams(result: YearResult, year: int, confirmed: Confirmed, earlier: Earlier) -> Iterator[Move]:
    page = SubjectAddresses("team", year).page
    before = {team.input.code: team for team in earlier.result.teams}
    now, then = _grade_of(confirmed, confirmed.team_grades), _grade_of(earlier.confirmed, earlier.confirmed.team_grades)
    for team in result.teams:
        code, old = team.input.code, before.get(team.input.code)
        if team.standing and old and old.standing:
            grades = then(code, old), now(code, team)
            yield Move(team.input.name, "", page(code), old.standing, team.standing, *grades)


def _cadres(result: YearResult, year: int, confirmed: Confirmed, earlier: Earlier) -> Iterator[Move]:
    """In the county's ranking, which holds everyone who is graded."""
    page = SubjectAddresses("cadre", year).page
    before = {cadre.input.number: cadre for cadre in earlier.result.cadres}
    post_of = posts_of(result)
    now = _grade_of(confirmed, confirmed.cadre_grades)
    then = _grade_of(earlier.confirmed, earlier.confirmed.cadre_grades)
    for cadre in result.cadres:
        number, old = cadre.input.number, before.get(cadre.input.number)
        if cadre.in_county and old and old.in_county:
            grades = then(number, old), now(number, cadre)
            yield Move(cadre.input.name, post_of(cadre), page(number), old.in_county, cadre.in_county, *grades)


def _grade_of(confirmed: Confirmed, decided: Mapping[str, str]) -> Callable[[str, TeamResult | CadreResult], str]:
    """The grade that stands: decided once the year is confirmed, else suggested."""

    def grade(code: str, subject: TeamResult | CadreResult) -> str:
        return term(decided.get(code, "") if confirmed.version else subject.grade)

    return grade
