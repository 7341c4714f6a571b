"""Counting a closed box: paper and online add up to one tally a subject and voter group (RULES E3, E5)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from assessment.counts import TallyCounts
from assessment.models import Box, BoxState, Electorate, PaperCount, Tally
from assessment.questions import Counts, Question, Subject, counts_added, marks_counted
from assessment.selectors.marks import marks_online
from assessment.selectors.paper import papers_accepted
from assessment.services.box import box_words
from cadres.models import Account, Cadre
from cadres.services.audit import audit_record


@dataclass(frozen=True)
class GroupCount:
    """One voter group of a box: how many ballots, and five counts a question."""

    category: str
    issued: int
    returned: int
    valid: int
    counts: list[Counts]


def box_count_if_complete(box: Box, *, by: Account | None) -> bool:
    """closed → counted once every voter group's paper is agreed upon. For services that hold the box.

    A rehearsal is marked counted and leaves no tally.
    """
    groups = list(box.electorates.all())
    papers = papers_accepted(groups) if box.on_paper else {}
    if box.on_paper and len(papers) < len(groups):
        return False
    online, questions = marks_online(box), box.asked
    counted = [_group_count(questions, group, online.get(group.pk, ""), papers.get(group.pk)) for group in groups]
    if not box.is_rehearsal:
        Tally.objects.bulk_create(_tallies(box, counted, by))
    box.state, box.counted_at = BoxState.COUNTED, timezone.now()
    box.save()
    ballots = {"returned": sum(g.returned for g in counted), "valid": sum(g.valid for g in counted)}
    audit_record(by=by, action="box_count", year=box.year.number, subject=box_words(box), details=ballots)
    return True


def _group_count(
    questions: tuple[Question, ...], electorate: Electorate, marks: str, paper: PaperCount | None
) -> GroupCount:
    """`marks` of its online ballots, and what was agreed upon of its paper; None in a box without paper."""
    ballots = electorate.slips_used
    online = marks_counted(marks, ballots, len(questions))
    if paper is None:
        return GroupCount(electorate.category, electorate.slips_issued, ballots, ballots, online)
    return GroupCount(
        electorate.category,
        issued=electorate.slips_issued + paper.issued,
        returned=ballots + paper.returned,
        valid=ballots + paper.valid,
        counts=counts_added([online, paper_counts(paper, questions)]),
    )


def paper_counts(paper: PaperCount, questions: tuple[Question, ...]) -> list[Counts]:
    """Stored by question key, given in the order of the box."""
    return [tuple(paper.counts[question.key]) for question in questions]


def _tallies(box: Box, groups: list[GroupCount], by: Account | None) -> list[Tally]:
    """One a question and voter group; a group without a ballot leaves zeros, which is not the same as missing (E4)."""
    cadres = Cadre.objects.in_bulk([q.code for q in box.asked if q.subject == Subject.CADRE], field_name="number")
    now = timezone.now()
    return [
        _tally(box, question, group, group.counts[place], cadres.get(question.code), by, now)
        for group in groups
        for place, question in enumerate(box.asked)
    ]


def _tally(
    box: Box,
    question: Question,
    group: GroupCount,
    counts: Counts,
    cadre: Cadre | None,
    by: Account | None,
    now: datetime,
) -> Tally:
    return Tally(
        year=box.year,
        township=box.township if question.subject == Subject.TEAM else None,
        department=box.department if question.subject == Subject.DEPARTMENT else None,
        cadre=cadre,
        box=box,
        evaluation=question.evaluation,
        group=group.category,
        entered_by=by,
        entered_at=now,
        **TallyCounts(counts[:4], counts[4], group.issued, group.returned, group.valid).fields(),
    )
