"""What the engine gives back: lines that explain themselves, totals, ranks, suggestions (RULES 1 to 4).

Points are decimals with 2 places; None means not computable, never zero (A3).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from assessment.scheme import BlockCode, Scheme

from .derivations import Derivation
from .findings import Bar, CadreGrade, Missing, Reason, TeamGrade
from .inputs import CadreInput, TeamInput
from .places import Rank


class ScoreLine(NamedTuple):
    """One scored line: rounded points out of `out_of`, its place where it has one, how it came about."""

    code: str
    name: str
    out_of: Fraction
    points: Decimal | None
    place: int | None
    derivation: Derivation | None
    clause: str
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockScore:
    """The sum of a block's rounded lines (RULES A2); None where one of them is missing."""

    code: BlockCode
    out_of: Fraction
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class TeamResult:
    """A team's year. `lines` hold the targets in the scheme's order, then the evaluations."""

    input: TeamInput
    lines: tuple[ScoreLine, ...]
    blocks: tuple[BlockScore, ...]
    target_points: Decimal | None
    evaluation_points: Decimal | None
    total: Decimal | None
    out_of: Fraction
    standing: Rank | None
    grade: TeamGrade | None
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]

    @property
    def rank(self) -> int | None:
        """The place among the ranked teams."""
        return self.standing.place if self.standing else None

    @property
    def tied(self) -> bool:
        """Whether another team has the same place."""
        return self.standing is not None and self.standing.is_tied

    @property
    def vetoed(self) -> bool:
        """Whether a veto is in force (RULES G5)."""
        return bool(self.input.vetoes)

    def line(self, code: str) -> ScoreLine:
        """The line of that code; ``KeyError`` where there is none."""
        return line_of(self.lines, code)


class CadreResult(NamedTuple):
    """A cadre's year. Not graded (C3): no lines, no total, no ranks, no grade.

    `in_township` ranks the deputies of one township (P1), `in_post` the holders of one post (P2), `in_county` all
    graded cadres (P3).
    """

    input: CadreInput
    lines: tuple[ScoreLine, ...]
    total: Decimal | None
    out_of: Fraction
    in_township: Rank | None
    in_post: Rank | None
    in_county: Rank | None
    grade: CadreGrade | None
    reasons: tuple[Reason, ...]
    bars: tuple[Bar, ...]
    missing: tuple[Missing, ...]

    @property
    def graded(self) -> bool:
        """Whether the cadre takes part (RULES C3)."""
        return self.input.graded

    @property
    def rank_township(self) -> int | None:
        """同级位次 (P1); None for principals."""
        return self.in_township.place if self.in_township else None

    @property
    def rank_post(self) -> int | None:
        """同职位次 (P2)."""
        return self.in_post.place if self.in_post else None

    @property
    def rank_county(self) -> int | None:
        """综合位次 (P3)."""
        return self.in_county.place if self.in_county else None

    def line(self, code: str) -> ScoreLine:
        """The line of that code; ``KeyError`` where there is none."""
        return line_of(self.lines, code)


def line_of(lines: tuple[ScoreLine, ...], code: str) -> ScoreLine:
    """The line of that code; ``KeyError`` where there is none."""
    for line in lines:
        if line.code == code:
            return line
    raise KeyError(code)


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """How a quota was filled (RULES G3): `places` = share × base, half up; `inside` the codes or numbers that got one.

    Where the line falls in a tie, `tie_of` says how many share `tie_rank`; none of them is inside. Else 0 and None.
    """

    share: Fraction
    base: int
    places: int
    inside: frozenset[str]
    tie_of: int = 0
    tie_rank: int | None = None


@dataclass(frozen=True)
class YearResult:
    """Everything a year comes to. `missing` holds each missing input once."""

    scheme: Scheme
    teams: tuple[TeamResult, ...]
    cadres: tuple[CadreResult, ...]
    missing: tuple[Missing, ...]
    team_quota: QuotaLine
    cadre_quota: QuotaLine
    _teams: dict[str, TeamResult] = field(init=False, repr=False, compare=False)
    _cadres: dict[str, CadreResult] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the two indexes once."""
        object.__setattr__(self, "_teams", {team.input.code: team for team in self.teams})
        object.__setattr__(self, "_cadres", {cadre.input.number: cadre for cadre in self.cadres})

    @property
    def computable(self) -> bool:
        """Whether nothing is missing; only then can the year be published (RULES A3)."""
        return not self.missing

    def team(self, code: str) -> TeamResult:
        """The team of that township code; ``KeyError`` where there is none."""
        return self._teams[code]

    def cadre(self, number: str) -> CadreResult:
        """The cadre of that number (工号); ``KeyError`` where there is none."""
        return self._cadres[number]

    def cadres_of(self, township: str) -> Iterator[CadreResult]:
        """The cadres of one township, in the order given."""
        return (cadre for cadre in self.cadres if cadre.input.township == township)
