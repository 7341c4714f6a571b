"""How a subject stands among the others: the county's best and median of a line, what one more place needs (U4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from cadres.templatetags.labels import points, term
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreResult, Rank, RankDerivation, ScoreLine, TeamResult, YearResult


@dataclass(frozen=True)
class LineStanding:
    """A line beside the others': best and median points, and the value the next better place has."""

    line: ScoreLine
    name: str
    ranked: int | None
    tied: bool
    best: Decimal | None
    median: Decimal | None
    next_value: str
    href: str


def team_lines(result: YearResult, team: TeamResult, year: int) -> list[LineStanding]:
    """Every line of a team, beside those of all teams."""
    address, code = SubjectAddresses("team", year).line, team.input.code
    return [
        _line_standing(line, [other.lines[position] for other in result.teams], address(code, line.code))
        for position, line in enumerate(team.lines)
    ]


def cadre_lines(result: YearResult, cadre: CadreResult, year: int) -> list[LineStanding]:
    """Every item of a cadre, beside those of all graded cadres."""
    address, number = SubjectAddresses("cadre", year).line, cadre.input.number
    graded = [other for other in result.cadres if other.graded]
    return [
        _line_standing(line, [other.lines[position] for other in graded], address(number, line.code))
        for position, line in enumerate(cadre.lines)
    ]


def _line_standing(line: ScoreLine, others: Sequence[ScoreLine], href: str) -> LineStanding:
    known = [other.points for other in others if other.points is not None]
    rank = line.derivation if isinstance(line.derivation, RankDerivation) else None
    return LineStanding(
        line=line,
        name=term(line.name),
        ranked=rank.ranked if rank else None,
        tied=rank is not None and rank.tied > 1,
        best=max(known, default=None),
        median=Decimal(median(known)) if known else None,
        next_value=_next_value(line, others),
        href=href,
    )


def _next_value(line: ScoreLine, others: Iterable[ScoreLine]) -> str:
    """The value of the next better place; empty at the first place and where there is none."""
    if line.place is None:
        return ""
    better = [other for other in others if other.place is not None and other.place < line.place]
    nearest = max(better, key=lambda other: other.place or 0, default=None)
    derived = nearest.derivation if nearest else None
    return number_text(derived.value) if isinstance(derived, RankDerivation) else ""


def next_team_place(result: YearResult, team: TeamResult) -> str:
    """“0.85 more points reach place 8 (129.16)”; empty at the first place."""
    totals = [(other.total, other.standing) for other in result.teams]
    return _next_place(team.total, team.standing, totals)


def next_cadre_place(result: YearResult, cadre: CadreResult) -> str:
    """The same in the county's ranking."""
    totals = [(other.total, other.in_county) for other in result.cadres]
    return _next_place(cadre.total, cadre.in_county, totals)


def _next_place(total: Decimal | None, rank: Rank | None, others: Iterable[tuple[Decimal | None, Rank | None]]) -> str:
    if total is None or rank is None:
        return ""
    better = [
        (place.place, other) for other, place in others if place and other is not None and place.place < rank.place
    ]
    if not better:
        return ""
    place, nearest = max(better, key=lambda pair: pair[0])
    text = _("%(more)s more points reach place %(place)s (%(total)s points).")
    return text % {"more": points(nearest - total), "place": place, "total": points(nearest)}


def rate(total: Decimal | None, out_of: Fraction) -> Fraction | None:
    """The rate of the full points (RULES P6)."""
    return None if total is None or not out_of else Fraction(total) / out_of
