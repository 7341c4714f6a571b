"""What a slip opens: its box and what that asks. Never what a ballot says."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db.models import QuerySet

from assessment.errors import BoxEnded, BoxNotOpen, SlipUnknown, SlipUsed, SlipVoid, VoteRefused
from assessment.models import Box, BoxState, Slip, SlipState
from assessment.questions import Question

BOXES_KEPT = 256
"""Open boxes whose questions a process remembers."""


def slips_with(digests: Iterable[str]) -> QuerySet[Slip]:
    """Slips, each with the state of its box, in one query."""
    slips = Slip.objects.filter(pk__in=list(digests)).select_related("electorate__box")
    return slips.only("state", "electorate__box__state", "electorate__box__opened_at")


def slip_refusal(slip: Slip | None) -> VoteRefused | None:
    """Why nobody can vote with this slip now; None where it can be used."""
    if slip is None:
        return SlipUnknown()
    box = slip.electorate.box
    if slip.state == SlipState.USED:
        return SlipUsed(box.pk)
    if slip.state == SlipState.VOID:
        return SlipVoid(box.pk)
    if box.state == BoxState.PREPARED:
        return BoxNotOpen(box.pk)
    return BoxEnded(box.pk) if box.state != BoxState.OPEN else None


def questions_of(box: Box) -> tuple[Question, ...]:
    """What an open box asks. Read once a process: questions are fixed when the box is opened."""
    return _questions(box.pk, box.opened_at)


@lru_cache(BOXES_KEPT)
def _questions(box: int, opened_at: datetime | None) -> tuple[Question, ...]:
    """`opened_at` tells a rehearsal that was cleared and opened again from what it was before."""
    return Box.objects.only("questions").get(pk=box).asked
