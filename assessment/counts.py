"""The counts of one ballot box (票数) and what RULES E5 asks of them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

SMALL_GROUP = 5
"""Votes for a grade; with fewer, counts come close to telling who voted how, and exports leave them out."""

LARGEST = 1_000_000
"""Ballots of one box; what is more is a slip of the finger."""


class CountProblem(StrEnum):
    RETURNED_ABOVE_ISSUED = "returned_above_issued"
    VALID_ABOVE_RETURNED = "valid_above_returned"
    SUM_IS_NOT_VALID = "sum_is_not_valid"
    VOID_ABOVE_RETURNED = "void_above_returned"


TallyKey = tuple[str, str, str]
"""Township code or personnel number, evaluation code, voter group."""


@dataclass(frozen=True)
class TallyCounts:
    """Votes from the best grade to the worst, and abstentions; what the box did not record is None."""

    grades: tuple[int, int, int, int]
    abstain: int = 0
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None

    @property
    def cast(self) -> int:
        """Grades and abstentions: the valid ballots, where they are recorded."""
        return sum(self.grades) + self.abstain

    @property
    def is_small(self) -> bool:
        return sum(self.grades) < SMALL_GROUP

    def fields(self) -> dict[str, int | None]:
        first, second, third, fourth = self.grades
        return {
            "first": first,
            "second": second,
            "third": third,
            "fourth": fourth,
            "abstain": self.abstain,
            "issued": self.issued,
            "returned": self.returned,
            "valid": self.valid,
        }


def counts_problems(counts: TallyCounts) -> dict[str, CountProblem]:
    """Field → what is wrong with it (RULES E5): returned ≤ issued, valid ≤ returned, grades + abstentions = valid."""
    problems = {}
    if _above(counts.returned, counts.issued):
        problems["returned"] = CountProblem.RETURNED_ABOVE_ISSUED
    if _above(counts.valid, counts.returned):
        problems["valid"] = CountProblem.VALID_ABOVE_RETURNED
    elif counts.valid is not None and counts.cast != counts.valid:
        problems["valid"] = CountProblem.SUM_IS_NOT_VALID
    return problems


@dataclass(frozen=True)
class PaperBallots:
    """The paper ballots of one voter group."""

    issued: int
    returned: int
    void: int

    @property
    def valid(self) -> int:
        return self.returned - self.void


def paper_problems(ballots: PaperBallots, counts: Mapping[str, Sequence[int]]) -> dict[str, CountProblem]:
    """“returned”, “void” or a question's key → what is wrong with it (RULES E5): each question adds up to valid."""
    problems = {}
    if ballots.returned > ballots.issued:
        problems["returned"] = CountProblem.RETURNED_ABOVE_ISSUED
    if ballots.void > ballots.returned:
        return {**problems, "void": CountProblem.VOID_ABOVE_RETURNED}
    wrong = (key for key, numbers in counts.items() if sum(numbers) != ballots.valid)
    return {**problems, **dict.fromkeys(wrong, CountProblem.SUM_IS_NOT_VALID)}


def groups_hidden(votes: Mapping[K, int]) -> frozenset[K]:
    """The voter groups whose counts are shown to nobody, by the votes for a grade in each.

    Points are public, so the sum over a subject's groups can be worked out: what is hidden is nothing, or at least
    two groups that hold enough votes together; else the next smallest goes too. Leave out groups nobody voted in.
    """
    by_size = sorted(votes, key=lambda group: votes[group])
    hidden = sum(number < SMALL_GROUP for number in votes.values())
    while 0 < hidden < len(by_size) and (hidden == 1 or sum(votes[name] for name in by_size[:hidden]) < SMALL_GROUP):
        hidden += 1
    return frozenset(by_size[:hidden])


def _above(count: int | None, limit: int | None) -> bool:
    return count is not None and limit is not None and count > limit
