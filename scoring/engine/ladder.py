"""Points by place: every place rule is a ladder with equal steps down to a floor (RULES 1.1, T3)."""

from fractions import Fraction

from assessment.scheme import Linear, StepPercent, StepPoints

from .arithmetic import Ratio, common_denominator, over
from .places import Rank

PlaceRule = StepPercent | StepPoints | Linear


class Ladder:
    """Points of place p = max(top − step·(p − 1), floor), kept as whole numbers over one denominator."""

    def __init__(self, top: Fraction, step: Fraction, floor: Fraction) -> None:
        """Take the three in points."""
        self._denominator = common_denominator((top, step, floor))
        self._top, self._step, self._floor = (over(self._denominator, value) for value in (top, step, floor))

    def points_at(self, place: int) -> Fraction:
        """Unrounded points of one place, counted from 1."""
        return Fraction(*self.exact_at(place))

    def exact_at(self, place: int) -> Ratio:
        """The same as a ratio."""
        return self._numerator(place), self._denominator

    def mean_of_places(self, rank: Rank) -> Fraction:
        """T3: the mean of the points of the places which the tied occupy together."""
        return Fraction(*self.exact_mean(rank))

    def exact_mean(self, rank: Rank) -> Ratio:
        """The same as a ratio."""
        occupied = range(rank.place, rank.place + rank.tied)
        return sum(map(self._numerator, occupied)), self._denominator * rank.tied

    def _numerator(self, place: int) -> int:
        return max(self._top - self._step * (place - 1), self._floor)


def ladder_of(rule: PlaceRule, full: Fraction, ranked: int) -> Ladder:
    """The ladder of a rule for full points F and so many ranked townships.

    名次百分比: F · max(1 − s·(p − 1), f); 名次分值: max(F − d·(p − 1), f·F); 线性: from F·t for the first to F·b for
    the last, F·t where there is only one.
    """
    if isinstance(rule, StepPercent):
        return Ladder(full, full * rule.step, full * rule.floor)
    if isinstance(rule, StepPoints):
        return Ladder(full, rule.step, full * rule.floor)
    step = full * (rule.top - rule.bottom) / (ranked - 1) if ranked > 1 else Fraction(0)
    return Ladder(full * rule.top, step, full * rule.bottom)
