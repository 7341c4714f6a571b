"""Lines by rank: the values of all townships in, points with their derivation out (RULES 1.1, T3, T5)."""

from collections.abc import Mapping
from fractions import Fraction

from assessment.numbers import number_text
from assessment.scheme import Direct, Direction, Line, Linear, RatioToBest, StepPercent, StepPoints, TieRule

from .arithmetic import whole_numbers
from .derivations import PeriodsDerivation, RankDerivation
from .findings import Missing, MissingCode
from .inputs import NotApplicable, Value
from .places import Rank, competition_places

PlaceRule = StepPercent | StepPoints | Linear
Ranked = RankDerivation | PeriodsDerivation | Missing


def score_line(line: Line, values: Mapping[str, Value]) -> dict[str, Ranked]:
    """The points of one line for every township (by code) with a value, or why they are not computable.

    Townships without a value or without the task are not in the answer, and are not ranked.
    """
    entered = {team: value for team, value in values.items() if not isinstance(value, NotApplicable)}
    if any(isinstance(value, tuple) for value in entered.values()):
        return _score_periods(line, entered)
    return dict(_score_values(line, {team: value for team, value in entered.items() if isinstance(value, Fraction)}))


def points_at(rule: PlaceRule, full: Fraction, place: int, ranked: int) -> Fraction:
    """Unrounded points of one place among `ranked`; places count from 1."""
    steps = place - 1
    if isinstance(rule, StepPercent):
        return full * max(1 - rule.step * steps, rule.floor)
    if isinstance(rule, StepPoints):
        return max(full - rule.step * steps, rule.floor * full)
    if ranked == 1:
        return full * rule.top
    return full * (rule.top - (rule.top - rule.bottom) * Fraction(steps, ranked - 1))


def _score_values(line: Line, values: Mapping[str, Fraction]) -> dict[str, RankDerivation | Missing]:
    if not values:
        return {}
    places = competition_places(whole_numbers(values), higher_first=line.direction is Direction.HIGHER)
    best = values[next(iter(places))]
    by_place: dict[int, Fraction] = {}
    found: dict[str, RankDerivation | Missing] = {}
    for team, rank in places.items():
        if rank.place not in by_place:
            points = _points(line, values[team], best, rank)
            if isinstance(points, MissingCode):
                blamed = best if points is MissingCode.BEST_NOT_POSITIVE else values[team]
                found[team] = Missing(points, line.code, team=team, value=number_text(blamed))
                continue
            by_place[rank.place] = points
        found[team] = _derivation(line, values[team], best, rank, by_place[rank.place])
    return found


def _derivation(line: Line, value: Fraction, best: Fraction, rank: Rank, points: Fraction) -> RankDerivation:
    return RankDerivation(
        value=value,
        place=rank.place,
        ranked=rank.ranked,
        tied=rank.tied,
        best=best,
        rule=line.rule,
        ties=line.ties,
        direction=line.direction,
        full=line.points,
        unrounded=points,
    )


def _points(line: Line, value: Fraction, best: Fraction, rank: Rank) -> Fraction | MissingCode:
    rule = line.rule
    if isinstance(rule, Direct):
        return value if 0 <= value <= line.points else MissingCode.OUT_OF_RANGE
    if isinstance(rule, RatioToBest):
        return _ratio(line, value, best)
    if line.ties is TieRule.BEST_PLACE:
        return points_at(rule, line.points, rank.place, rank.ranked)
    return _mean_of_places(rule, line.points, rank)


def _mean_of_places(rule: PlaceRule, full: Fraction, rank: Rank) -> Fraction:
    """T3: the mean of the points of the places the tied occupy together."""
    occupied = range(rank.place, rank.place + rank.tied)
    return sum((points_at(rule, full, place, rank.ranked) for place in occupied), Fraction(0)) / rank.tied


def _ratio(line: Line, value: Fraction, best: Fraction) -> Fraction | MissingCode:
    """A best that is not above 0 gives no ratio; neither does dividing by a value that is not above 0."""
    lower = line.direction is Direction.LOWER
    if lower and value <= 0:
        return MissingCode.VALUE_NOT_POSITIVE
    if best <= 0:
        return MissingCode.BEST_NOT_POSITIVE
    return line.points * (best / value if lower else value / best)


def _score_periods(line: Line, values: Mapping[str, Fraction | tuple[Fraction, ...]]) -> dict[str, Ranked]:
    """T5: each period by its own ranking among the townships that have every period, then the mean."""
    listed = {team: value if isinstance(value, tuple) else (value,) for team, value in values.items()}
    count = max(map(len, listed.values()))
    complete = {team: entries for team, entries in listed.items() if len(entries) == count}
    periods = [
        _score_values(line, {team: entries[period] for team, entries in complete.items()}) for period in range(count)
    ]
    found: dict[str, Ranked] = {}
    for team, entries in listed.items():
        if team in complete:
            found[team] = _mean_of_periods([period[team] for period in periods])
        else:
            found[team] = Missing(MissingCode.PERIODS_DIFFER, line.code, team=team, value=str(len(entries)))
    return found


def _mean_of_periods(periods: list[RankDerivation | Missing]) -> PeriodsDerivation | Missing:
    scored = []
    for period in periods:
        if isinstance(period, Missing):
            return period
        scored.append(period)
    mean = sum((period.unrounded for period in scored), Fraction(0)) / len(scored)
    return PeriodsDerivation(tuple(scored), mean)
