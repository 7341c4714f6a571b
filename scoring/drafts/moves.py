"""Who moves between two results of one year: places, grades, by how much. Pure: two values in, one out.

Teams are ranked among each other (P5), cadres among all graded ones of the county (P3); grades are the suggested ones.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.numbers import round_half_up
from scoring.engine import CadreGrade, CadreResult, TeamGrade, TeamResult, YearResult


@dataclass(frozen=True, slots=True)
class Standing:
    """A place and a grade; None where there is none."""

    place: int | None = None
    grade: TeamGrade | CadreGrade | None = None


NOWHERE = Standing()


@dataclass(frozen=True, slots=True)
class Move:
    """One team (`code` a township's) or cadre (`code` a number, `township` a code), before and after."""

    code: str
    name: str
    township: str
    before: Standing
    after: Standing

    @property
    def shift(self) -> int | None:
        """Places risen; negative where it falls. None unless it is ranked both times."""
        if self.before.place is None or self.after.place is None:
            return None
        return self.before.place - self.after.place

    @property
    def regraded(self) -> bool:
        """Whether the suggested grade is another."""
        return self.before.grade != self.after.grade


@dataclass(frozen=True, slots=True)
class Side:
    """The teams or the cadres of a year, in the order of their places before. `top` is the grade under a quota."""

    moves: tuple[Move, ...]
    top: str

    @property
    def moved(self) -> int:
        """How many have another place, or one where they had none."""
        return sum(move.before.place != move.after.place for move in self.moves)

    @property
    def ranked(self) -> int:
        """How many are ranked both times."""
        return len(self._shifts)

    @property
    def mean_shift(self) -> Decimal | None:
        """Mean of the places moved, up or down, over all ranked both times; 2 decimals, half up."""
        shifts = self._shifts
        return round_half_up(Fraction(sum(map(abs, shifts)), len(shifts))) if shifts else None

    @property
    def regraded(self) -> int:
        """How many have another suggested grade."""
        return sum(move.regraded for move in self.moves)

    @property
    def entered(self) -> tuple[Move, ...]:
        """Who gets the top grade and had it not."""
        return tuple(move for move in self.moves if move.regraded and move.after.grade == self.top)

    @property
    def left(self) -> tuple[Move, ...]:
        """Who loses the top grade."""
        return tuple(move for move in self.moves if move.regraded and move.before.grade == self.top)

    @property
    def largest(self) -> tuple[Move, ...]:
        """All who move by the most places; empty where nobody moves."""
        most = max(map(abs, self._shifts), default=0)
        return tuple(move for move in self.moves if move.shift and abs(move.shift) == most)

    @property
    def _shifts(self) -> list[int]:
        return [move.shift for move in self.moves if move.shift is not None]


def team_moves(before: YearResult, after: YearResult) -> Side:
    """Of the teams."""
    ours = {team.input.code: (team, _of_team(team)) for team in before.teams}
    later = {team.input.code: _of_team(team) for team in after.teams}
    moves = (
        Move(code, team.input.name, code, standing, later.get(code, NOWHERE)) for code, (team, standing) in ours.items()
    )
    return Side(_in_order(moves), str(TeamGrade.OUTSTANDING))


def cadre_moves(before: YearResult, after: YearResult) -> Side:
    """Of the graded cadres."""
    later: Mapping[str, Standing] = {cadre.input.number: _of_cadre(cadre) for cadre in after.cadres}
    moves = (
        Move(
            cadre.input.number,
            cadre.input.name,
            cadre.input.township,
            _of_cadre(cadre),
            later.get(cadre.input.number, NOWHERE),
        )
        for cadre in before.cadres
        if cadre.graded
    )
    return Side(_in_order(moves), str(CadreGrade.EXCELLENT))


def _of_team(team: TeamResult) -> Standing:
    return Standing(team.rank, team.grade)


def _of_cadre(cadre: CadreResult) -> Standing:
    return Standing(cadre.rank_county, cadre.grade)


def _in_order(moves: Iterable[Move]) -> tuple[Move, ...]:
    """By the place before; those without one last, as they come."""
    return tuple(sorted(moves, key=lambda move: (move.before.place is None, move.before.place or 0)))
