"""Lines beside years: a line is the same where code and name are; schemes differ, so rates compare (RULES P6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _

from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import Rank, RankDerivation, ScoreLine
from scoring.selectors.result import CadreYear, TeamYear
from scoring.standing import rate
from scoring.team_columns import heat_step


class Key(NamedTuple):
    """What makes a row one and the same in all years. Without a code it is the sum of its block; without a block too,
    the total."""

    block: str
    code: str
    name: str

    @property
    def is_sum(self) -> bool:
        """Of a block, or of everything."""
        return not self.code

    @property
    def label(self) -> str:
        """As the row is headed."""
        return self.name if self.is_sum else f"{self.code} {term(self.name)}"


@dataclass(frozen=True)
class Cell:
    """Points of a year; `rank` where the line is ranked; `heat` 0 … 9 by the rate."""

    points: Decimal | None
    out_of: Fraction
    href: str
    rank: Rank | None = None

    @property
    def rate(self) -> Fraction | None:
        """Of the full points."""
        return rate(self.points, self.out_of)

    @property
    def heat(self) -> int | None:
        """The step of colour."""
        return heat_step(self.points, self.out_of)


Cells = dict[Key, Cell]
"""A year's rows, in the order of its scheme."""


@dataclass(frozen=True)
class GridRow:
    """One line over the years; None where a year's scheme does not have it."""

    key: Key
    cells: tuple[Cell | None, ...]

    @property
    def full(self) -> Fraction | None:
        """The full points, if they are the same in all years; else points do not compare, rates do."""
        different = {cell.out_of for cell in self.cells if cell}
        return different.pop() if len(different) == 1 else None


@dataclass(frozen=True)
class Grid:
    """All lines; years the earliest first."""

    years: tuple[int, ...]
    rows: tuple[GridRow, ...]


def year_grid(years: Mapping[int, Cells]) -> Grid | None:
    """Rows as the latest scheme orders them; what only earlier ones had follows in its block, before the sum."""
    shown = tuple(sorted(year for year in years if years[year]))
    keys = list(dict.fromkeys(key for year in reversed(shown) for key in years[year]))
    blocks = [*dict.fromkeys(key.block for key in keys if key.block), ""]
    ordered = sorted(keys, key=lambda key: (blocks.index(key.block), key.is_sum))
    rows = tuple(GridRow(key, tuple(years[year].get(key) for year in shown)) for key in ordered)
    return Grid(shown, rows) if rows else None


def team_cells(entry: TeamYear) -> Cells:
    """Blocks with their lines and sums, evaluations, the total."""
    team, scheme = entry.team, entry.result.scheme
    address = SubjectAddresses("team", entry.year.number)
    code, page = team.input.code, address.page(team.input.code)
    of_line = {line.code: str(line.block) for line in scheme.lines}
    cells: Cells = {}
    for line in team.lines:
        block = of_line.get(line.code, EVALUATIONS)
        cells[Key(block, line.code, line.name)] = _cell(line, address.line(code, line.code))
    for score in team.blocks:
        name = _("Sum %(block)s") % {"block": term(score.code)}
        cells[Key(str(score.code), "", name)] = Cell(score.points, score.out_of, page)
    evaluated = Cell(team.evaluation_points, scheme.evaluation_points, page)
    total = Cell(team.total, team.out_of, page, team.standing)
    return cells | {Key(EVALUATIONS, "", _("Sum of evaluations")): evaluated, Key("", "", _("Total")): total}


EVALUATIONS = "evaluations"


def cadre_cells(entry: CadreYear) -> Cells:
    """Items and the total; nothing of a year in which the cadre is not graded."""
    cadre, address = entry.cadre, SubjectAddresses("cadre", entry.year.number)
    number = cadre.input.number
    cells = {Key("items", line.code, line.name): _cell(line, address.line(number, line.code)) for line in cadre.lines}
    total = Cell(cadre.total, cadre.out_of, address.page(number))
    return cells | {Key("", "", _("Total")): total} if cells else {}


def _cell(line: ScoreLine, href: str) -> Cell:
    derived = line.derivation
    return Cell(line.points, line.out_of, href, derived.rank if isinstance(derived, RankDerivation) else None)
