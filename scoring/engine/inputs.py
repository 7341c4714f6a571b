"""What the engine is given: one year of one county, as frozen values (RULES 1, 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from assessment.scheme import Scheme


class NotApplicable(Enum):
    """The type of `NOT_APPLICABLE`."""

    NOT_APPLICABLE = "不适用"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE
"""A township without the task of a line (RULES T4). Not the same as a value that is absent, which is missing (A3)."""

Value = Fraction | tuple[Fraction, ...] | Literal[NotApplicable.NOT_APPLICABLE]
"""A line's entry: one number, one number a period (RULES T5), or not applicable."""


class Counts(NamedTuple):
    """The votes of one group for one subject and question; grades best first; abstentions are shown, never counted."""

    grades: tuple[int, int, int, int]
    abstain: int = 0

    @property
    def valid(self) -> int:
        """Votes that name a grade: the denominator of every share (RULES 1.2)."""
        return sum(self.grades)


Tallies = Mapping[str, Mapping[str, Counts]]
"""Evaluation or item code → voter group → counts. The group of a sheet without groups is ''."""


@dataclass(frozen=True, slots=True)
class TeamInput:
    """A leadership team (班子): values by line code (absent = missing), tallies, codes of lines under a veto."""

    code: str
    name: str
    order: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)
    tallies: Tallies = field(default_factory=dict)
    vetoes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CadreInput:
    """A leading cadre. `township` is a team code; `post` the post scored for, `second_post` the other one (C4).

    `in_charge` are line codes (C2); `not_graded` the register's code, blank = graded (C3); `disciplinary` names a
    record in force, blank = none (G4).
    """

    number: str
    name: str
    township: str
    post: str
    principal: bool
    in_charge: tuple[str, ...] = ()
    not_graded: str = ""
    second_post: str = ""
    tallies: Tallies = field(default_factory=dict)
    disciplinary: str = ""

    @property
    def graded(self) -> bool:
        """Whether the cadre takes part in scores, ranks and quotas (RULES C3)."""
        return not self.not_graded


@dataclass(frozen=True, slots=True)
class YearInput:
    """A scheme and everything that was measured under it."""

    scheme: Scheme
    teams: tuple[TeamInput, ...]
    cadres: tuple[CadreInput, ...] = ()
