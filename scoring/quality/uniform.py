"""Ballots and sheets whose every mark is the same: a sign that they were filled in without looking.

Only counts of them reach a page, in steps of ten percent, and nothing of fewer than five on either side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.counts import groups_hidden
from assessment.questions import ABSTAIN, GRADES
from scoring.quality.shown_share import ShownShare, share_banded


@dataclass(frozen=True)
class Uniform:
    """Of so many ballots: those all of the first grade, and those all of one grade, the first among them."""

    ballots: int = 0
    first: int = 0
    alike: int = 0

    def __add__(self, other: "Uniform") -> "Uniform":
        return Uniform(self.ballots + other.ballots, self.first + other.first, self.alike + other.alike)


@dataclass(frozen=True)
class UniformRow:
    """`name` is a box, a voter group or a kind of sheets; shares are None where too few stand behind them."""

    name: str
    ballots: int
    first: ShownShare | None
    alike: ShownShare | None


def uniform_of(ballots: Iterable[Sequence[str]]) -> Uniform:
    """Of ballots as sequences of marks; those with one question are left out, for they are all alike."""
    marks = [set(ballot) for ballot in ballots if len(ballot) > 1]
    alike = [kept for kept in marks if len(kept) == 1 and kept != {ABSTAIN}]
    return Uniform(len(marks), sum(kept == {GRADES[0]} for kept in alike), len(alike))


def ballots_apart(joined: str, questions: int) -> list[str]:
    """The ballots that stand one after another."""
    return [joined[start : start + questions] for start in range(0, len(joined), questions)]


def uniform_rows(counted: Mapping[str, Uniform]) -> list[UniformRow]:
    """Name by name; where one is too small to be told, so is another, else the sum would give it away."""
    cast = {name: uniform for name, uniform in counted.items() if uniform.ballots}
    hidden = groups_hidden({name: uniform.ballots for name, uniform in cast.items()})
    return [_row(name, uniform, told=name not in hidden) for name, uniform in cast.items()]


def uniform_rows_apart(counted: Mapping[str, Uniform]) -> list[UniformRow]:
    """The same where nobody knows a sum over all names."""
    return [_row(name, uniform) for name, uniform in counted.items() if uniform.ballots]


def _row(name: str, uniform: Uniform, *, told: bool = True) -> UniformRow:
    shares = (_shown(number, uniform.ballots) if told else None for number in (uniform.first, uniform.alike))
    return UniformRow(name, uniform.ballots, *shares)


def _shown(number: int, ballots: int) -> ShownShare | None:
    return share_banded(Fraction(number, ballots), ballots)
