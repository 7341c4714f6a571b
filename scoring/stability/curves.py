"""How far so many changed ballots can move one subject: exact, whatever rule, however many groups.

A ballot is one vote for one subject on one line that names another grade than it did. What so many ballots can move
at most is found for each group, then for each line, then for the subject.
"""

from collections.abc import Sequence
from functools import reduce
from math import ceil

import numpy as np
from numpy.typing import NDArray

from assessment.scheme import Bands

from .votes import Floats, VoteLine, Whole, rounded

Curve = NDArray[np.float64]
"""What 0, 1, 2 … changed ballots reach at most; never falling."""


def subject_curve(lines: Sequence[VoteLine], most: int, sign: int) -> Curve:
    """Hundredths of points that up to `most` ballots add (sign 1) or take away (sign −1)."""
    return _all_together([_line_curve(line, most, sign) for line in lines], most)


def _line_curve(line: VoteLine, most: int, sign: int) -> Curve:
    """Hundredths gained or lost on one line, rounded as a score is (RULES A2)."""
    groups = [(used, np.sum(categories, axis=0)) for used, categories in line.groups]
    start = sum(used * float(line.rate_of(counts[np.newaxis])[0]) for used, counts in groups)
    moved = _all_together([used * _group_curve(line, counts, most, sign) for used, counts in groups], most)
    reached = rounded(start + sign * moved, line.full)
    return (sign * (reached - reached[0])).astype(np.float64)


def _group_curve(line: VoteLine, counts: Whole, most: int, sign: int) -> Curve:
    """By how much the rate of one group rises (falls) at most."""
    if isinstance(line.rule, Bands):
        return _band_curve(line, line.rule, counts, most, sign)
    return _share_curve([sign * float(number) for number in line.rule.coefficients], counts, most)


def _share_curve(worth: Sequence[float], counts: Whole, most: int) -> Curve:
    """E1: each ballot goes to the grade worth most, those worth least first."""
    best = max(worth)
    gains = sorted(((best - one, int(count)) for one, count in zip(worth, counts, strict=True)), reverse=True)
    single = np.repeat([gain for gain, _ in gains], [count for _, count in gains])[:most]
    return _padded(np.concatenate([[0.0], np.cumsum(single)]) / counts.sum(), most)


def _band_curve(line: VoteLine, bands: Bands, counts: Whole, most: int, sign: int) -> Curve:
    """E2: a table may rise and fall, so every number of first grades is looked at."""
    states = _band_states(bands, counts)
    ballots = np.abs(states - _low_together(counts[np.newaxis])).sum(axis=1) // 2
    near = ballots <= most
    change: Floats = sign * (line.rate_of(states[near]) - line.rate_of(counts[np.newaxis]))
    curve = np.zeros(most + 1)
    np.maximum.at(curve, ballots[near], change)
    return np.maximum.accumulate(curve)


def _band_states(bands: Bands, counts: Whole) -> Whole:
    """For every number of first grades the cheapest numbers of low ones on either side of the override's line.

    Those are the number as it is, as it is when the low ones alone give or take, and the two at the line.
    """
    votes, low = int(counts.sum()), int(counts[2] + counts[3])
    line = ceil(bands.low_override[0] * votes) if bands.low_override else 0
    first = np.arange(votes + 1)
    wanted = (low, low + counts[0] - first, line - 1, line)
    lows = [np.clip(number, 0, votes - first) for number in wanted]
    return np.concatenate([np.stack([first, votes - first - one, one, 0 * one], axis=1) for one in lows])


def _low_together(counts: Whole) -> Whole:
    """The third and the fourth grade are one to a band table."""
    return np.stack([counts[:, 0], counts[:, 1], counts[:, 2] + counts[:, 3], 0 * counts[:, 3]], axis=1)


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
