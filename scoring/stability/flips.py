"""The fewest ballots that would exchange two: with who stands next, and with who stands across the quota line.

Ballots about the two alone are changed, all else stands. Places are exchanged when one is strictly before the other on
the total: what only a chain for ties would decide (RULES P5) does not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from scoring.engine import QuotaLine, Rank, ReasonCode

from .curves import Curve, subject_curve
from .replicates import Field, Subject

STEPS = (6, 24, 96)
"""How many ballots are tried, one after the other, before all: most neighbours lie a few apart."""

_IN_RUNNING = frozenset({ReasonCode.INSIDE_QUOTA, ReasonCode.OUTSIDE_QUOTA, ReasonCode.TIE_ACROSS_QUOTA})


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
        self.totals = [int(total) for total in field.points.sum(axis=1)]
        self._lines = [list(lines.values()) for lines in field.votes]
        self._all = [sum(line.ballots for line in lines) for lines in self._lines]
        self._curves: dict[tuple[int, int, int], Curve] = {}

    def ballots(self, one: int, other: int, side: int = 1, *, before: float = inf) -> int | None:
        """The fewest ballots about the two that put `one` behind `other` (side 1), or before it (side −1).

        `before` is a total, in hundredths × side, that `one` must pass besides. None where not even every ballot
        would do.
        """
        every = self._all[one] + self._all[other]
        for most in (*(step for step in STEPS if step < every), every):
            reached = side * self.totals[one] - self._curve(one, most, -side)
            gained = self._curve(other, most, side)
            needed = np.searchsorted(gained, reached - side * self.totals[other], side="right")
            found = (np.arange(most + 1) + needed)[reached < before].min(initial=most + 1)
            if found <= most:
                return int(found)
        return None

    def _curve(self, row: int, most: int, sign: int) -> Curve:
        key = (row, most, sign)
        if key not in self._curves:
            self._curves[key] = subject_curve(self._lines[row], most, sign)
        return self._curves[key]


class ClosestFlips:
    """For each of those ranked together: with whom the fewest ballots would exchange it."""

    def __init__(self, ranked: Mapping[str, tuple[Subject, Rank]], quota: QuotaLine, exchanges: Exchanges) -> None:
        """Take the ranked in the order of the field."""
        self._codes = list(ranked)
        self._place = [rank.place for _, rank in ranked.values()]
        self._exchanges, self._quota = exchanges, quota
        self._at: dict[int, list[int]] = defaultdict(list)
        for row, place in enumerate(self._place):
            self._at[place].append(row)
        self._order = sorted(self._at)
        running = [row for row, (subject, _) in enumerate(ranked.values()) if _in_running(subject)]
        self._running = sorted(running, key=lambda row: -exchanges.totals[row])
        self._last_in = max((self._place[row] for row in running if self._codes[row] in quota.inside), default=0)
        outside = (self._place[row] for row in running if self._codes[row] not in quota.inside)
        self._first_out = min(outside, default=len(ranked) + 1)

    def of_neighbours(self, row: int) -> Flip | None:
        """With who stands at the next better place, at the same, or at the next worse."""
        at = self._order.index(self._place[row])
        beside = (other for place in self._order[max(at - 1, 0) : at + 2] for other in self._at[place] if other != row)
        return fewest(self._flip(other, self._between(row, other)) for other in beside)

    def is_running(self, row: int) -> bool:
        """Whether the quota decides over its grade (RULES G3)."""
        return row in self._running

    def line_within(self, low: int, high: int) -> bool:
        """Whether the places from `low` to `high` lie on both sides of the quota line."""
        return low <= self._last_in and self._first_out <= high

    def across_quota(self, row: int) -> Flip | None:
        """With who stands where the line falls among the others; None for who is not in the running (RULES G3), and
        where all of them have room."""
        if not self.is_running(row):
            return None
        others = [other for other in self._running if other != row]
        return fewest(self._crossings(row, others)) if 0 < self._quota.places <= len(others) else None

    def _crossings(self, row: int, others: Sequence[int]) -> Iterator[Flip | None]:
        """With whoever holds the last place among the others; who leaves it falls behind those above as well, who
        takes it passes those below."""
        totals, last = self._exchanges.totals, self._quota.places - 1
        above = totals[others[last - 1]] if last else inf
        below = totals[others[last + 1]] if last + 1 < len(others) else -inf
        side, before = (1, above) if self._codes[row] in self._quota.inside else (-1, -below)
        for other in others:
            if totals[other] == totals[others[last]]:
                yield self._flip(other, self._exchanges.ballots(row, other, side, before=before))

    def _between(self, one: int, other: int) -> int | None:
        """Of two who share a place either may come first."""
        if self._place[one] == self._place[other]:
            ways = (self._exchanges.ballots(one, other), self._exchanges.ballots(other, one))
            return min((ballots for ballots in ways if ballots is not None), default=None)
        above, below = sorted((one, other), key=lambda row: self._place[row])
        return self._exchanges.ballots(above, below)

    def _flip(self, other: int, ballots: int | None) -> Flip | None:
        return None if ballots is None else Flip(self._codes[other], ballots)


def _in_running(subject: Subject) -> bool:
    """Whether the quota decides over the subject's grade (RULES G3)."""
    return any(reason.code in _IN_RUNNING for reason in subject.reasons)
