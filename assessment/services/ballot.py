"""Voting online: one slip, one ballot. A cast vote leaves no audit entry, no log line, no session and no time.

Why no vote is lost, doubled or taken after the count, on PostgreSQL (READ COMMITTED) too:

- A vote locks its slip's row before it looks at it (SELECT … FOR UPDATE), so what it sees of the slip is what is
  committed, and stays so until its own commit. Of two votes with one slip the second waits, and then reads “used”.
- Closing makes void what is still drawn, which waits for the same locks. A vote that came first is committed by then
  and is counted; one that comes later finds its slip void or gone. The box's own state may be read a moment old
  (the lock is the slip's), which does no harm: no slip is “drawn” any more once its box is closed.
- Whoever locks several slips does it in the order of digests, so two groups, or a group and a closing, never wait
  for each other in a ring. A vote locks no box: its foreign keys ask only that electorate and box are not deleted.

On SQLite a transaction that writes is alone from its beginning.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from assessment.errors import BallotUnfit, BoxEnded, SlipUnknown, SlipUsed, SlipVoid, VoteRefused
from assessment.models import Ballot, Box, FreeOpinion, Slip, SlipState
from assessment.questions import ABSTAIN, MARKS
from assessment.selectors.ballot import SlipFound, questions_of, slip_found, slip_refusal, slips_held
from assessment.services.box import box_words
from assessment.services.group_commit import GroupCommit
from assessment.services.slip import digest_of
from cadres.services.audit import audit_record

LONGEST_OPINION = 1000
"""Characters of a free opinion."""

_UNFIT_SIGNS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""What no keyboard writes and no database takes; line breaks and tabs stay."""


@dataclass(frozen=True)
class Vote:
    """What one person hands in."""

    digest: str
    marks: Mapping[str, str]
    opinion: str


def ballot_begin(*, code: str) -> SlipFound:
    """An unused slip and its open box. Raises VoteRefused."""
    slip = slip_found(digest_of(code))
    refusal = slip_refusal(slip)
    if refusal is not None or slip is None:
        raise _recorded(refusal or SlipUnknown())
    return slip


def ballot_cast(*, code: str, marks: Mapping[str, str], opinion: str = "") -> None:
    """One ballot into the box of the slip: question key → mark; a question that is absent is an abstention.

    Returns after the commit. Raises VoteRefused (nothing was written, the slip is as it was), or the database's error,
    after which only asking again tells whether the ballot is in.
    """
    text = opinion_clean(opinion)
    if len(text) > LONGEST_OPINION:
        raise BallotUnfit
    try:
        HALL.hand_in(Vote(digest_of(code), marks, text))
    except VoteRefused as refusal:
        raise _recorded(refusal) from None


def opinion_clean(text: str) -> str:
    """Line breaks as one sign, nothing unseen, no blank around."""
    return _UNFIT_SIGNS.sub("", text.replace("\r\n", "\n")).strip()


def votes_commit(votes: Sequence[Vote]) -> list[VoteRefused | None]:
    """Write a group of votes in one transaction of three statements; an outcome for each, in their order."""
    with transaction.atomic(durable=True):
        slips = slips_held({vote.digest for vote in votes})
        outcomes: list[VoteRefused | None] = []
        taken: dict[str, Vote] = {}
        for vote in votes:
            outcomes.append(_refusal(vote, slips.get(vote.digest), taken))
            if outcomes[-1] is None:
                taken[vote.digest] = vote
        if taken:
            _write(taken, slips)
    return outcomes


def _refusal(vote: Vote, slip: SlipFound | None, taken: Mapping[str, Vote]) -> VoteRefused | None:
    """None where the vote is taken. Two votes of one group may have come with the same slip."""
    refusal = slip_refusal(slip)
    if refusal is not None or slip is None:
        return refusal
    if vote.digest in taken:
        return SlipUsed(slip.box)
    keys = {question.key for question in questions_of(slip.box, slip.opened_at)}
    fits = vote.marks.keys() <= keys and set(vote.marks.values()) <= set(MARKS)
    return None if fits else BallotUnfit(slip.box)


def _write(votes: Mapping[str, Vote], slips: Mapping[str, SlipFound]) -> None:
    """Slips used, ballots in. Ballots go in the order of their random ids, which is not that of the slips."""
    drawn = Slip.objects.filter(pk__in=list(votes), state=SlipState.DRAWN)
    if drawn.update(state=SlipState.USED) != len(votes):
        raise RuntimeError("a slip changed while it was locked")
    ballots = [_ballot(vote, slips[digest]) for digest, vote in votes.items()]
    Ballot.objects.bulk_create(sorted(ballots, key=lambda ballot: ballot.pk))
    opinions = [FreeOpinion(box_id=slips[d].box, text=vote.opinion) for d, vote in votes.items() if vote.opinion]
    if opinions:
        FreeOpinion.objects.bulk_create(sorted(opinions, key=lambda opinion: opinion.pk))


def _ballot(vote: Vote, slip: SlipFound) -> Ballot:
    asked = questions_of(slip.box, slip.opened_at)
    packed = "".join(vote.marks.get(question.key, ABSTAIN) for question in asked)
    return Ballot(electorate_id=slip.electorate, marks=packed)


def _recorded(refusal: VoteRefused) -> VoteRefused:
    """On record as refused, by nobody known, with the box's unit; neither code nor choice.

    Not recorded: an unknown code, which anyone can send without end; an early one, which whole halls send; and what
    a page never sends.
    """
    if refusal.box is not None and isinstance(refusal, SlipUsed | SlipVoid | BoxEnded):
        box = Box.objects.select_related("year", "township", "department").get(pk=refusal.box)
        audit_record(
            by=AnonymousUser(),
            action="vote_refused",
            year=box.year.number,
            subject=box_words(box),
            refused=True,
        )
    return refusal


HALL: GroupCommit[Vote] = GroupCommit(votes_commit)
"""Where the votes of this process meet."""
