"""What a ballot asks, as plain values: the same list makes the phone's page, the printed ballot, and the count."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum


class Subject(StrEnum):
    """Whom a question is about."""

    TEAM = "team"
    CADRE = "cadre"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Question:
    """`evaluation` is the code in the scheme; `code` a township's or department's code or a personnel number.

    `name` and `post` are as they stood when the list was made.
    """

    subject: Subject
    evaluation: str
    code: str
    name: str
    post: str = ""

    @property
    def key(self) -> str:
        """Short and stable inside one list of questions: the name of its inputs, the key of its marks."""
        return f"{self.evaluation}:{self.code}"

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def questions_from(stored: Iterable[dict[str, str]]) -> tuple[Question, ...]:
    return tuple(Question(**{**fields, "subject": Subject(fields["subject"])}) for fields in stored)  # type: ignore[arg-type]


ABSTAIN = "0"
GRADES = ("1", "2", "3", "4")
MARKS = (*GRADES, ABSTAIN)
"""What a ballot or a sheet stores for a question: a grade from best to worst, or an abstention (弃权)."""

Counts = tuple[int, int, int, int, int]
"""The four grades from best to worst, then abstentions."""


def marks_counted(marks: str, ballots: int, questions: int) -> list[Counts]:
    """Counts by question over ballots that stand one after another, a digit a question. Raises ValueError unless these
    are so many ballots."""
    if len(marks) != ballots * questions:
        raise ValueError("the marks are not those of so many ballots")
    return [question_counts(marks[place::questions]) for place in range(questions)]


def question_counts(marks: Sequence[str]) -> Counts:
    """Counts of all marks that one question got."""
    first, second, third, fourth, abstain = (marks.count(mark) for mark in MARKS)
    return first, second, third, fourth, abstain


def counts_added(several: Iterable[Sequence[Counts]]) -> list[Counts]:
    """Paper and online, or all groups: question by question."""
    return [_sum(counts) for counts in zip(*several, strict=True)]


def _sum(counts: Iterable[Counts]) -> Counts:
    first, second, third, fourth, abstain = (sum(numbers) for numbers in zip(*counts, strict=True))
    return first, second, third, fourth, abstain
