"""The counts of one ballot box (票数) and what RULES E5 asks of them."""

from dataclasses import dataclass
from enum import StrEnum

SMALL_GROUP = 5
"""Votes for a grade; with fewer, counts come close to telling who voted how, and exports leave them out."""


class CountProblem(StrEnum):
    RETURNED_ABOVE_ISSUED = "returned_above_issued"
    VALID_ABOVE_RETURNED = "valid_above_returned"
    SUM_IS_NOT_VALID = "sum_is_not_valid"


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


def _above(count: int | None, limit: int | None) -> bool:
    return count is not None and limit is not None and count > limit
