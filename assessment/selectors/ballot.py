"""What a slip opens: its box and what that asks. Never what a ballot says."""

from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from assessment.errors import BoxEnded, BoxNotOpen, SlipUnknown, SlipUsed, SlipVoid, VoteRefused
from assessment.models import Box, BoxState, Slip, SlipState
from assessment.questions import Question

BOXES_KEPT = 256
"""Open boxes whose questions a process remembers."""


class SlipFound(NamedTuple):
    """A slip and the box it votes in."""

    digest: str
    state: str
    electorate: int
    box: int
    box_state: str
    opened_at: datetime | None


SLIPS = Slip.objects.values_list(
    "digest", "state", "electorate", "electorate__box", "electorate__box__state", "electorate__box__opened_at"
)
"""Made once: putting the query together takes longer than asking it."""

SLIPS_TO_HOLD = Slip.objects.select_related("electorate__box").only(
    "state", "electorate__box__state", "electorate__box__opened_at"
)
"""The same as rows, since only of rows can one table be locked and the others be left alone."""


def slip_found(digest: str) -> SlipFound | None:
    return next((SlipFound(*fields) for fields in SLIPS.filter(pk=digest)), None)


def slips_held(digests: set[str]) -> dict[str, SlipFound]:
    """Locked until the end of the transaction, in the order of digests; what is not there is left out."""
    held = SLIPS_TO_HOLD.filter(pk__in=digests).order_by("digest").select_for_update(of=("self",))
    return {slip.digest: _found(slip) for slip in held}


def _found(slip: Slip) -> SlipFound:
    box = slip.electorate.box
    return SlipFound(slip.digest, slip.state, slip.electorate_id, box.pk, box.state, box.opened_at)


def slip_refusal(slip: SlipFound | None) -> VoteRefused | None:
    """Why nobody can vote with this slip now; None where it can be used."""
    if slip is None:
        return SlipUnknown()
    if slip.state == SlipState.USED:
        return SlipUsed(slip.box)
    if slip.state == SlipState.VOID:
        return SlipVoid(slip.box)
    if slip.box_state == BoxState.PREPARED:
        return BoxNotOpen(slip.box)
    return BoxEnded(slip.box) if slip.box_state != BoxState.OPEN else None


@lru_cache(BOXES_KEPT)
def questions_of(box: int, opened_at: datetime | None) -> tuple[Question, ...]:
    """What an open box asks. Read once a process: questions are fixed when the box is opened.

    `opened_at` tells a rehearsal that was cleared and opened again from what it was before.
    """
    return Box.objects.only("questions").get(pk=box).asked
