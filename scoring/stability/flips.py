"""The fewest ballots that would exchange two: exact, whatever rule, however many groups.

A ballot is one vote for one subject on one line that names another grade than it did. What so many ballots can move
at most is found for each group, then for each line, then for a subject, and at last for two against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from assessment.scheme import WeightedShare

from .replicates import Field
from .votes import VoteLine, rounded

Curve = NDArray[np.float64]
"""What 0, 1, 2 … changed ballots reach at most."""

STEPS = (16, 128, 1024)
"""How many ballots are tried, one after the other: most neighbours lie a few apart."""


@dataclass(frozen=True)
class Flip:
    """If so many ballots named another grade, places would be exchanged with `other`: a township's code or a cadre's
    number."""

    other: str
    ballots: int


def fewest(flips: Iterable[Flip | None]) -> Flip | None:
    """The one with the fewest ballots; of equal ones the first."""
    return min((flip for flip in flips if flip), key=lambda flip: flip.ballots, default=None)


class Exchanges:
    """Answers for the subjects of one field, whose curves are made when first asked for."""

    def __init__(self, field: Field) -> None:
        """Take those who are ranked together."""
        self._totals = field.points.sum(axis=1)
        self._votes = field.votes
        self._curves: dict[tuple[int, int, int], Curve] = {}

    def ballots(self, above: int, below: int) -> int | None:
        """The fewest ballots about either of the two that put `below` strictly before `above`, on the total.

        None where not even every ballot would.
        """
        gap = self._totals[above] - self._totals[below]
        for most in STEPS:
            gained = _together(self._curve(below, most, 1), self._curve(above, most, -1))
            reached = np.flatnonzero(gained > gap)
            if len(reached):
                return int(reached[0])
        return None

    def _curve(self, row: int, most: int, sign: int) -> Curve:
        """How many hundredths a subject can gain (sign 1) or lose (sign −1) by so many ballots."""
        key = (row, most, sign)
        if key not in self._curves:
            lines = self._votes[row].values()
            self._curves[key] = _all_together([_line_curve(line, most, sign) for line in lines], most)
        return self._curves[key]


def _line_curve(line: VoteLine, most: int, sign: int) -> Curve:
    """Hundredths gained or lost on one line, rounded as a score is."""
    rates = _all_together([used * _group_curve(line, group, most, sign) for used, group in _counts(line)], most)
    start = sum(used * float(line.rate_of(group[np.newaxis])[0]) for used, group in _counts(line))
    reached = rounded(start + sign * rates, line.full)
    return np.maximum.accumulate(sign * (reached - reached[0])).astype(np.float64)


def _counts(line: VoteLine) -> list[tuple[float, NDArray[np.int64]]]:
    return [(used, np.sum(categories, axis=0)) for used, categories in line.groups]


def _group_curve(line: VoteLine, counts: NDArray[np.int64], most: int, sign: int) -> Curve:
    """By how much the rate of one group rises (falls) at most, when ballots go from the worst grades to the best."""
    order = _order(line, sign)
    steps = [counts]
    for worst in order[:-1]:
        for _ in range(int(min(counts[worst], most + 1 - len(steps)))):
            moved = steps[-1].copy()
            moved[worst] -= 1
            moved[order[-1]] += 1
            steps.append(moved)
    rates = sign * line.rate_of(np.array(steps))
    return _padded(np.maximum.accumulate(rates - rates[0]), most)


def _order(line: VoteLine, sign: int) -> Sequence[int]:
    """Grades in the order in which ballots leave them; the last is where they go."""
    if isinstance(line.rule, WeightedShare):
        coefficients = line.rule.coefficients
        return sorted(range(4), key=lambda grade: (sign * coefficients[grade], -sign * grade))
    return (3, 2, 1, 0) if sign > 0 else (0, 1, 2, 3)


def _padded(curve: Curve, most: int) -> Curve:
    return np.concatenate([curve, np.full(max(0, most + 1 - len(curve)), curve[-1])])[: most + 1]


def _all_together(curves: Sequence[Curve], most: int) -> Curve:
    return reduce(_together, curves) if curves else np.zeros(most + 1)


def _together(one: Curve, other: Curve) -> Curve:
    """The most that so many ballots reach when they are shared between the two."""
    found = np.full(len(one), -np.inf)
    for ballots, gained in enumerate(one):
        if ballots and gained == one[ballots - 1]:
            continue  # as much as with one ballot fewer
        found[ballots:] = np.maximum(found[ballots:], gained + other[: len(other) - ballots])
    return found
