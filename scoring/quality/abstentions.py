"""Abstentions (弃权) by evaluation and voter group, and the subjects that most voters could not judge."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.counts import SMALL_GROUP
from assessment.voters import DEMOCRATIC, group_text, groups_in_order
from scoring.quality.counted_votes import SubjectVotes
from scoring.quality.shown_share import FEW, ShownShare, share_shown

SHOWN = 10
"""Subjects listed."""


@dataclass(frozen=True)
class AbstentionRow:
    """One voter group in one evaluation, all subjects together. `share` is None where too few people voted; so is
    `answers` where that holds of every subject and voter group of the evaluation."""

    label: str
    group: str
    answers: int | None
    share: ShownShare | None


@dataclass(frozen=True)
class AbstainedRow:
    """A subject with at least five abstentions in one evaluation."""

    votes: SubjectVotes
    share: ShownShare


def abstention_rows(votes: Iterable[SubjectVotes]) -> list[AbstentionRow]:
    """In the scheme's order."""
    by_label: dict[str, list[SubjectVotes]] = defaultdict(list)
    for subject in votes:
        by_label[subject.label].append(subject)
    return [row for label, subjects in by_label.items() for row in _rows(label, subjects)]


def _rows(label: str, subjects: Sequence[SubjectVotes]) -> list[AbstentionRow]:
    groups = groups_in_order(name for subject in subjects for name in subject.groups)
    return [_row(label, group, subjects) for group in groups] or [AbstentionRow(label, group_text(""), None, None)]


def _row(label: str, group: str, subjects: Sequence[SubjectVotes]) -> AbstentionRow:
    answered = [subject for subject in subjects if group in subject.groups]
    answers = sum(_cast(subject, group) for subject in answered)
    abstain = sum(subject.groups[group].abstain for subject in answered)
    few = voters_at_least(answered, group) < SMALL_GROUP
    return AbstentionRow(label, group_text(group), answers, None if few else _shown(abstain, answers))


def voters_at_least(subjects: Sequence[SubjectVotes], group: str) -> int:
    """So many people at least stand behind the answers: one ballot answers for every cadre of a township, one sheet for
    all townships. Meetings of the democratic evaluation have voters of their own, so they add up."""
    most: dict[str, int] = defaultdict(int)
    for subject in subjects:
        meeting = subject.unit if subject.line.name == DEMOCRATIC else ""
        most[meeting] = max(most[meeting], _cast(subject, group))
    return sum(most.values())


def abstained_rows(votes: Iterable[SubjectVotes]) -> list[AbstainedRow]:
    """The subjects with the highest shares, of those that may be told: five abstentions at least."""
    rows = [AbstainedRow(subject, share) for subject in votes if (share := _told(subject))]
    return sorted(rows, key=lambda row: row.share.value, reverse=True)[:SHOWN]


def _told(subject: SubjectVotes) -> ShownShare | None:
    shown = _shown(subject.abstain, subject.cast) if subject.cast else None
    return shown if shown and shown.told else None


def _shown(abstain: int, cast: int) -> ShownShare | None:
    return share_shown(Fraction(abstain, cast), cast, apart=FEW, digits=1)


def _cast(subject: SubjectVotes, group: str) -> int:
    return subject.groups[group].valid + subject.groups[group].abstain
