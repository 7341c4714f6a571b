"""Points by place, exact and fast, and what those who share a place get (RULES 1.1, T3)."""

from fractions import Fraction

from assessment.scheme import PlaceRule, ladder_steps

from .arithmetic import Ratio, common_denominator, over
from .places import Rank


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
    """The ladder of a rule for full points F and so many ranked townships."""
    return Ladder(*ladder_steps(rule, full, ranked))
