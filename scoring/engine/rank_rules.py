"""Lines by rank: the values of all townships in, points with their derivation out (RULES 1.1, T3, T5)."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from assessment.numbers import number_text
from assessment.scheme import Direct, Direction, Line, RatioToBest, TieRule

from .arithmetic import Ratio, whole_numbers
from .derivations import PeriodsDerivation, RankDerivation
from .findings import Missing, MissingCode
from .inputs import NotApplicable, Value
from .ladder import ladder_of
from .places import Rank, competition_places

Ranked = RankDerivation | PeriodsDerivation | Missing


def score_line(line: Line, values: Mapping[str, Value]) -> dict[str, Ranked]:
    """The points of one line for every township (by code) with a value, or why they are not computable.

    Townships without a value or without the task are not in the answer, and are not ranked.
    """
    entered = {team: value for team, value in values.items() if not isinstance(value, NotApplicable)}
    if any(isinstance(value, tuple) for value in entered.values()):
        return _score_periods(line, entered)
    return dict(_score_values(line, {team: value for team, value in entered.items() if isinstance(value, Fraction)}))


def _score_values(line: Line, values: Mapping[str, Fraction]) -> dict[str, RankDerivation | Missing]:
    if not values:
        return {}
    places = competition_places(whole_numbers(values), higher_first=line.direction is Direction.HIGHER)
    best = values[next(iter(places))]
    points_of = _scorer(line, best, len(places))
    found: dict[str, RankDerivation | Missing] = {}
    for team, rank in places.items():
        points = points_of(values[team], rank)
        if isinstance(points, MissingCode):
            blamed = best if points is MissingCode.BEST_NOT_POSITIVE else values[team]
            found[team] = Missing(points, line.code, team=team, value=number_text(blamed))
        else:
            found[team] = RankDerivation(line, values[team], rank, best, points)
    return found


def _scorer(line: Line, best: Fraction, ranked: int) -> Callable[[Fraction, Rank], Ratio | MissingCode]:
    """How one value at one place is turned into points under the line's rule."""
    rule = line.rule
    if isinstance(rule, Direct):
        return lambda value, rank: _direct(line, value)
    if isinstance(rule, RatioToBest):
        return lambda value, rank: _ratio(line, value, best)
    ladder = ladder_of(rule, line.points, ranked)
    if line.ties is TieRule.BEST_PLACE:
        return lambda value, rank: ladder.exact_at(rank.place)
    return lambda value, rank: ladder.exact_mean(rank)


def _direct(line: Line, value: Fraction) -> Ratio | MissingCode:
    return value.as_integer_ratio() if 0 <= value <= line.points else MissingCode.OUT_OF_RANGE


def _ratio(line: Line, value: Fraction, best: Fraction) -> Ratio | MissingCode:
    """A best that is not above 0 gives no ratio; neither does dividing by a value that is not above 0."""
    lower = line.direction is Direction.LOWER
    if lower and value <= 0:
        return MissingCode.VALUE_NOT_POSITIVE
    if best <= 0:
        return MissingCode.BEST_NOT_POSITIVE
    return (line.points * (best / value if lower else value / best)).as_integer_ratio()


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
