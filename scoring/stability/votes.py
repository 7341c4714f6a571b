"""One line by votes made ready for thousands of replicates: counts in, hundredths of points out (RULES E1 to E4)."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assessment.scheme import Bands, WeightedShare
from scoring.engine import ShareDerivation

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
RateOf = Callable[[Whole], Floats]
"""Counts of one group (replicates × 4 grades), all of as many votes → rate (replicates)."""

EVEN = 1e-9
"""Hundredths lie on a half, or at least 1 ÷ twice their denominator from it: what binary floats lose (10⁻¹¹) is far
less than this, and this less than that for every denominator under 10⁸, which three groups of 300 votes do not reach.
So half up comes out as the engine's."""


class VoteLine:
    """An evaluation of a team or an item of a cadre with the votes it rests on.

    `groups` are (weight used after E4, counts of every category that holds a vote); a ballot here is a vote that names
    a grade, so resampling never leaves a group without one.
    """

    def __init__(self, derivation: ShareDerivation) -> None:
        """Take what the engine derived."""
        self.rule = derivation.rule
        self.full = float(derivation.full)
        self.rate_of = rate_function(self.rule)
        self.groups = [
            (float(group.used), [np.array(counts.grades) for counts in group.recorded.values() if counts.valid])
            for group in derivation.groups
            if group.rate_ratio is not None
        ]

    @property
    def ballots(self) -> int:
        """Votes that name a grade, of all groups."""
        return sum(int(counts.sum()) for _, categories in self.groups for counts in categories)

    def points(self, groups: Iterable[Whole]) -> Whole:
        """Hundredths of points from the counts of each group (replicates × 4)."""
        rates = [used * self.rate_of(counts) for (used, _), counts in zip(self.groups, groups, strict=True)]
        return rounded(np.sum(rates, axis=0), self.full)

    def as_counted(self) -> Whole:
        """Hundredths of points of the votes as they were cast."""
        return self.points([np.sum(categories, axis=0)[np.newaxis] for _, categories in self.groups])

    def resampled(self, random: np.random.Generator, replicates: int) -> Whole:
        """Hundredths of points of so many elections in which every category drew its ballots anew from its own."""
        return self.points([_drawn(random, categories, replicates) for _, categories in self.groups])


def _drawn(random: np.random.Generator, categories: Sequence[Whole], replicates: int) -> Whole:
    draws = [random.multinomial(counts.sum(), counts / counts.sum(), size=replicates) for counts in categories]
    return np.sum(draws, axis=0) if len(draws) > 1 else draws[0]


def rounded(rates: Floats, full: float) -> Whole:
    """Rate cut to 0…1 × full points, half up to whole hundredths (RULES A2, E1)."""
    return np.floor(np.clip(rates, 0, 1) * (full * 100) + 0.5 + EVEN).astype(np.int64)


def rate_function(rule: WeightedShare | Bands) -> RateOf:
    """The rule for many counts at once."""
    if isinstance(rule, Bands):
        return lambda counts: _band_rates(rule, counts)
    coefficients = np.array([float(coefficient) for coefficient in rule.coefficients])
    return lambda counts: (counts @ coefficients) / counts[0].sum()


def _band_rates(rule: Bands, counts: Whole) -> Floats:
    """E2; shares are compared as whole numbers, since a share lies on a minimum often."""
    votes, first, low = int(counts[0].sum()), counts[:, 0], counts[:, 2] + counts[:, 3]
    rates = np.zeros(len(counts))
    for minimum, rate in reversed(rule.rows):
        rates[first * minimum.denominator >= minimum.numerator * votes] = float(rate)
    smallest = min((minimum for minimum, _ in rule.rows if minimum > 0), default=None)
    if rule.low_override and smallest is not None:
        least, rate = rule.low_override
        under = first * smallest.denominator < smallest.numerator * votes
        rates[under & (low * least.denominator >= least.numerator * votes)] = float(rate)
    return rates
