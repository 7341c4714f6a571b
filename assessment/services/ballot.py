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
from assessment.questions import ABSTAIN, MARKS, Question
from assessment.selectors.ballot import questions_of, slip_refusal, slips_with
from assessment.services.box import box_words
from assessment.services.hall import GroupCommit
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


def ballot_begin(*, code: str) -> Box:
    """The open box of an unused slip, with its key and `opened_at`. Raises VoteRefused."""
    slip = slips_with([digest_of(code)]).first()
    refusal = slip_refusal(slip)
    if refusal is not None or slip is None:
        raise _recorded(refusal or SlipUnknown())
    return slip.electorate.box


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
        held = slips_with(vote.digest for vote in votes).order_by("digest").select_for_update(of=("self",))
        slips = {slip.digest: slip for slip in held}
        outcomes = [_outcome(vote, slips.get(vote.digest)) for vote in votes]
        taken = [vote for vote, outcome in zip(votes, outcomes, strict=True) if outcome is None]
        if taken:
            _write(taken, slips)
    return outcomes


def _outcome(vote: Vote, slip: Slip | None) -> VoteRefused | None:
    """None: the vote is taken, and the slip used, also for its twin in the same group."""
    refusal = slip_refusal(slip)
    if refusal is not None or slip is None:
        return refusal
    if not _fits(vote.marks, questions_of(slip.electorate.box)):
        return BallotUnfit(slip.electorate.box.pk)
    slip.state = SlipState.USED
    return None


def _fits(marks: Mapping[str, str], questions: Sequence[Question]) -> bool:
    return marks.keys() <= {question.key for question in questions} and set(marks.values()) <= set(MARKS)


def _write(votes: Sequence[Vote], slips: Mapping[str, Slip]) -> None:
    """Slips used, ballots in. Ballots go in the order of their random ids, which tells them apart from the slips'."""
    drawn = Slip.objects.filter(pk__in=[vote.digest for vote in votes], state=SlipState.DRAWN)
    if drawn.update(state=SlipState.USED) != len(votes):
        raise RuntimeError("a slip changed while it was locked")
    ballots = [_ballot(vote, slips[vote.digest]) for vote in votes]
    Ballot.objects.bulk_create(sorted(ballots, key=lambda ballot: ballot.pk))
    opinions = [FreeOpinion(box=slips[v.digest].electorate.box, text=v.opinion) for v in votes if v.opinion]
    if opinions:
        FreeOpinion.objects.bulk_create(sorted(opinions, key=lambda opinion: opinion.pk))


def _ballot(vote: Vote, slip: Slip) -> Ballot:
    asked = questions_of(slip.electorate.box)
    packed = "".join(vote.marks.get(question.key, ABSTAIN) for question in asked)
    return Ballot(electorate=slip.electorate, marks=packed)


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
