"""What is doubtful about a scheme that holds together: it advises, `scheme_problems` refuses.

Asked of the scheme alone and of how many townships it will rank; what earlier years' results say of it is asked where
results are known.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from assessment.numbers import nearest, number_text, percent_text, round_half_up

from .ladder import LadderSteps, ladder_steps
from .problems import Values, values_of
from .types import Bands, BlockCode, Direct, Line, RatioToBest, Scheme, VoteRule

PRINCIPALS = 2
"""Party secretary and township head: each gets a principal's share of the award (RULES B2, [S5])."""

_LONG = Fraction(1, 5)
"""A floor is reached early where it holds for this share of the places, and for `_SEVERAL` at least."""

_SEVERAL = 3


class WarningCode(StrEnum):
    """What is doubtful. The comment names the entries of `values`; shares are percents for display."""

    BLOCK_LOSES_MORE = "block_loses_more"  # ranked, loss, points, left: what the floors leave the last place
    RULE_SEPARATES_NOBODY = "rule_separates_nobody"  # rate of full points that every place gets
    FLOOR_EARLY = "floor_early"  # place from which on all get the same, ranked, alike: how many places
    NEIGHBOURS_TIE = "neighbours_tie"  # first, second, points, pairs: how many pairs of neighbours
    VOTES_SEPARATE_NOBODY = "votes_separate_nobody"  # any vote gives the same points
    WEIGHTS_DIFFER = "weights_differ"  # total of the voter groups' weights, not 1
    SHARES_DIFFER = "shares_differ"  # total of the principals' and the deputies' shares, not 100 %
    POOL_EXCEEDED = "pool_exceeded"  # places, awards, pool: yuan
    NO_DEPARTMENT = "no_department"  # nobody answers for the line


@dataclass(frozen=True, slots=True)
class SchemeWarning:
    """One doubt: what, under which clause, and all lines, blocks or parameters (`where`) it is true of alike."""

    code: WarningCode
    where: tuple[str, ...]
    clause: str
    values: Values = ()


Warnings = Iterator[SchemeWarning]


def scheme_warnings(scheme: Scheme, townships: int) -> tuple[SchemeWarning, ...]:
    """Every doubt about the scheme for so many ranked townships; those said of several lines are one.

    Fewer than two townships are not ranked against each other: what depends on places is then not asked.
    """
    found = [*_votes(scheme), *_weights(scheme), *_shares(scheme), *_departments(scheme)]
    if townships > 1:
        found = [*_blocks(scheme, townships), *_lines(scheme, townships), *_pool(scheme, townships), *found]
    return tuple(_together(found))


def _together(found: Iterable[SchemeWarning]) -> Warnings:
    """The same doubt of several lines once, with all of them."""
    places: dict[tuple[WarningCode, str, Values], list[str]] = {}
    for entry in found:
        places.setdefault((entry.code, entry.clause, entry.values), []).extend(entry.where)
    for (code, clause, values), where in places.items():
        yield SchemeWarning(code, tuple(where), clause, values)


def _ladder(line: Line, ranked: int) -> LadderSteps | None:
    """None where points do not follow from places."""
    if isinstance(line.rule, RatioToBest | Direct):
        return None
    return ladder_steps(line.rule, line.points, ranked)


def _blocks(scheme: Scheme, ranked: int) -> Warnings:
    """Without their floors the lines would take more from the last place than the block holds."""
    for block in BlockCode:
        ladders = [ladder for line in scheme.lines_of(block) if (ladder := _ladder(line, ranked))]
        loss = sum((ladder.step * (ranked - 1) for ladder in ladders), Fraction(0))
        points = scheme.block_points(block)
        if loss > points:
            left = sum((max(top - step * (ranked - 1), floor) for top, step, floor in ladders), Fraction(0))
            values = values_of(ranked=str(ranked), loss=_points(loss), points=number_text(points), left=_points(left))
            yield SchemeWarning(WarningCode.BLOCK_LOSES_MORE, (str(block),), "1.1", values)


def _lines(scheme: Scheme, ranked: int) -> Warnings:
    for line in scheme.lines:
        ladder = _ladder(line, ranked)
        if ladder and line.points > 0:
            yield from _line(line, ladder, ranked)


def _line(line: Line, ladder: LadderSteps, ranked: int) -> Warnings:
    """What the points of its places say of a line: nobody separated, the last ones not, or neighbours not."""
    exact = [max(ladder.top - ladder.step * place, ladder.floor) for place in range(ranked)]
    points = [round_half_up(value) for value in exact]
    where = (line.code,)
    if points[0] == points[-1]:
        values = values_of(rate=percent_text(exact[0] / line.points))
        yield SchemeWarning(WarningCode.RULE_SEPARATES_NOBODY, where, "1.1", values)
        return
    alike = exact.count(exact[-1])
    if alike >= _SEVERAL and alike >= _LONG * ranked:
        values = values_of(place=str(ranked - alike + 1), ranked=str(ranked), alike=str(alike))
        yield SchemeWarning(WarningCode.FLOOR_EARLY, where, "1.1", values)
    yield from _neighbours(where, exact, points)


def _neighbours(where: tuple[str, ...], exact: list[Fraction], points: list[Decimal]) -> Warnings:
    """Places with points of their own that rounding (A2) makes equal."""
    tied = [
        place
        for place, ((upper, lower), (first, second)) in enumerate(
            zip(pairwise(exact), pairwise(points), strict=True), 1
        )
        if upper != lower and first == second
    ]
    if tied:
        first, amount = tied[0], str(points[tied[0]])
        values = values_of(first=str(first), second=str(first + 1), points=amount, pairs=str(len(tied)))
        yield SchemeWarning(WarningCode.NEIGHBOURS_TIE, where, "A2", values)


def _votes(scheme: Scheme) -> Warnings:
    for whose, rule in (("班子", scheme.team_votes), ("干部", scheme.cadre_votes)):
        clause, kind = ("E2", "档次分段") if isinstance(rule, Bands) else ("E1", "档次系数")
        if len(_rates(rule)) == 1:
            yield SchemeWarning(WarningCode.VOTES_SEPARATE_NOBODY, (f"{whose}{kind}",), clause)


def _rates(rule: VoteRule) -> set[Fraction]:
    """Every rate that some vote can earn."""
    if not isinstance(rule, Bands):
        return set(rule.coefficients)
    rates = {rate for _, rate in rule.rows}
    minima = [minimum for minimum, _ in rule.rows]
    if not minima or min(minima) > 0:
        rates.add(Fraction(0))
    if rule.low_override and any(minima):
        rates.add(rule.low_override[1])
    return rates


def _weights(scheme: Scheme) -> Warnings:
    """Texts with such weights are refused where they are read (E3); a scheme from elsewhere may hold them."""
    for entry in scheme.votes:
        total = sum((weight for _, weight in entry.groups), Fraction(0))
        if entry.groups and total != 1:
            yield SchemeWarning(WarningCode.WEIGHTS_DIFFER, (entry.code,), "E3", values_of(total=number_text(total)))


def _shares(scheme: Scheme) -> Warnings:
    total = PRINCIPALS * scheme.bonus.principal_share + scheme.bonus.deputy_share
    if total != 1:
        values = values_of(total=percent_text(total))
        yield SchemeWarning(WarningCode.SHARES_DIFFER, ("正职比例", "副职比例"), "B2", values)


def _pool(scheme: Scheme, ranked: int) -> Warnings:
    """B5 known in advance: as many teams outstanding as the quota allows, each at a place of its own."""
    terms, places = scheme.bonus, nearest(scheme.team_grading.quota * ranked)
    awards = sum((max(terms.first - terms.decrement * place, Fraction(0)) for place in range(places)), Fraction(0))
    if awards > terms.pool:
        values = values_of(places=str(places), awards=number_text(awards), pool=number_text(terms.pool))
        yield SchemeWarning(WarningCode.POOL_EXCEEDED, ("奖金总额",), "B5", values)


def _departments(scheme: Scheme) -> Warnings:
    for line in scheme.lines:
        if not line.department.strip():
            yield SchemeWarning(WarningCode.NO_DEPARTMENT, (line.code,), "Y3")


def _points(value: Fraction) -> str:
    return str(round_half_up(value))
