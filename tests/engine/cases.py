"""Small years for the cases: one line, one vote, one township at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from assessment.numbers import parse_number
from assessment.scheme import (
    BlockCode,
    Direction,
    Line,
    Scheme,
    default_scheme,
    rule_from_text,
    scheme_with,
)
from scoring.engine import (
    NOT_APPLICABLE,
    CadreInput,
    Counts,
    ScoreLine,
    TeamInput,
    Value,
    YearInput,
    YearResult,
    score_year,
)

LOWER = Direction.LOWER


def line(
    method: str, parameters: str = "", *, points: str = "12", code: str = "K1", direction: Direction = Direction.HIGHER
) -> Line:
    """A key line as its sheet row says it."""
    rule, ties = rule_from_text(method, parameters)
    return Line(code, code, code, BlockCode.KEY, parse_number(points), direction, rule, ties)


def lines_scheme(*lines: Line) -> Scheme:
    """A scheme of key lines only, without evaluations."""
    points = sum((one.points for one in lines), Fraction(0))
    return replace(
        default_scheme(),
        lines=lines,
        blocks=((BlockCode.KEY, points),),
        evaluations=(),
        target_points=points,
        evaluation_points=Fraction(0),
        team_points=points,
    )


def value(entry: Any) -> Value:
    """A value from a plain number or text; "不适用" and tuples of periods too."""
    if isinstance(entry, tuple):
        return tuple(parse_number(str(one)) for one in entry)
    return NOT_APPLICABLE if entry == "不适用" else parse_number(str(entry))


def score_lines(scheme: Scheme, **teams: Mapping[str, Any]) -> YearResult:
    """A year of teams given by their values; None = missing."""
    inputs = tuple(
        TeamInput(code, code, values={line: value(entry) for line, entry in values.items() if entry is not None})
        for code, values in teams.items()
    )
    return score_year(YearInput(scheme, inputs))


def score_values(one: Line, *values: Any) -> list[ScoreLine]:
    """One line for townships with these values, in their order."""
    teams = {f"T{index}": {one.code: entry} for index, entry in enumerate(values)}
    return [team.lines[0] for team in score_lines(lines_scheme(one), **teams).teams]


def points_of(one: Line, *values: Any) -> list[str]:
    """The points of one line, None as 'None'."""
    return [str(line.points) for line in score_values(one, *values)]


def votes_scheme(**parameters: str) -> Scheme:
    """The default scheme with some parameters changed."""
    return scheme_with(default_scheme(), parameters)


def score_votes(scheme: Scheme, boxes: Mapping[str, Sequence[int]], code: str = "E1") -> ScoreLine:
    """One evaluation of one team; a box is the four counts, and perhaps the abstentions."""
    tallies = {code: {name: counts(*box) for name, box in boxes.items()}}
    result = score_year(YearInput(scheme, (TeamInput("T1", "T1", tallies=tallies),)))
    return result.team("T1").line(code)


def counts(first: int, second: int, third: int, fourth: int, abstain: int = 0) -> Counts:
    """The votes of one group."""
    return Counts((first, second, third, fourth), abstain)


FULL_VOTES = {"": counts(10, 0, 0, 0)}
"""A vote that gives full points."""


def votes(*best: int) -> dict[str, Counts]:
    """One box: the four counts, those left out 0."""
    return {"": counts(*(*best, *(0,) * (4 - len(best))))}


def full_team(code: str, scheme: Scheme | None = None, **changes: Any) -> TeamInput:
    """A team alone at the top of every line, with full votes; E1 takes other votes by `e1`."""
    scheme = scheme or default_scheme()
    tallies = {entry.code: FULL_VOTES for entry in scheme.evaluations} | {"E1": changes.pop("e1", FULL_VOTES)}
    return replace(
        TeamInput(code, code, values={one.code: Fraction(1) for one in scheme.lines}, tallies=tallies), **changes
    )


def full_cadre(number: str, township: str = "T1", **changes: Any) -> CadreInput:
    """A deputy with full votes and no lines in charge; C1, C3, C4 take other votes by `c1`, `c3`, `c4`."""
    tallies = {code: changes.pop(code.lower(), FULL_VOTES) for code in ("C1", "C3", "C4")}
    cadre = CadreInput(number, number, township, "副乡镇长", principal=False, tallies=tallies)
    return replace(cadre, **changes)


def score(scheme: Scheme, teams: Sequence[TeamInput], cadres: Sequence[CadreInput] = ()) -> YearResult:
    """A year of these."""
    return score_year(YearInput(scheme, tuple(teams), tuple(cadres)))
