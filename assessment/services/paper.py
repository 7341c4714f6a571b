"""Keying paper ballots: twice, blind, by two people; a third decides, or both key again (RULES E5, JOURNEYS 4)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.counts import LARGEST, PaperBallots, paper_problems
from assessment.errors import SamePerson
from assessment.models import Box, BoxState, Electorate, Hand, PaperCount
from assessment.questions import Counts
from assessment.selectors.paper import PaperState, PaperStep, paper_state
from assessment.services.box import box_held, box_words
from assessment.services.box_count import box_count_if_complete
from assessment.wording import count_problem_text
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record

Keyed = Mapping[str, Counts]
"""Question key → the four grades from best to worst, then abstentions."""


def paper_key(
    *, electorate: Electorate, ballots: PaperBallots, counts: Keyed, round_seen: int | None = None, by: Account | None
) -> PaperCount:
    """The first or the second keying of the current round, whichever is due; counts the box when all agree.

    `round_seen` is the one that the page was opened for. Raises PermissionDenied; SamePerson, which is put on record;
    Refused, for numbers with a dict of all that is wrong: “issued”, “returned”, “void” or a question's key → words.
    """
    with _paper_held(electorate, "paper_key", round_seen=round_seen, by=by) as (box, state, account):
        if state.step not in (PaperStep.FIRST, PaperStep.SECOND):
            raise Refused(_("Two people have keyed these ballots already."))
        hand = Hand.FIRST if state.step is PaperStep.FIRST else Hand.SECOND
        count = _write(box, state, hand, ballots, counts, account)
        box_count_if_complete(box, by=by)
    return count


def paper_decide(
    *, electorate: Electorate, ballots: PaperBallots, counts: Keyed, round_seen: int | None = None, by: Account | None
) -> PaperCount:
    """Where two keyings differ, what a third person says holds. Raises as `paper_key`."""
    with _paper_held(electorate, "paper_decide", round_seen=round_seen, by=by) as (box, state, account):
        if state.step is not PaperStep.DIFFERS:
            raise Refused(_("There is no difference to decide."))
        count = _write(box, state, Hand.DECIDING, ballots, counts, account)
        box_count_if_complete(box, by=by)
    return count


def paper_rekey(*, electorate: Electorate, reason: str, by: Account | None) -> None:
    """Leave the round behind, whatever it says: both people key again. Its keyings stay on record.

    Raises Refused before two people have keyed, and once the box is counted.
    """
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    with _paper_box(electorate, by=by) as (box, state, _account):
        if state.step in (PaperStep.FIRST, PaperStep.SECOND):
            raise Refused(_("Ballots are keyed again only after two people have keyed them."))
        Electorate.objects.filter(pk=electorate.pk).update(paper_round=F("paper_round") + 1)
        details = {"round": state.electorate.paper_round + 1, "reason": reason.strip()}
        _record(box, state, "paper_rekey", by, **details)


@contextmanager
def _paper_held(
    electorate: Electorate, action: str, *, round_seen: int | None, by: Account | None
) -> Iterator[tuple[Box, PaperState, Account]]:
    """As `_paper_box`, for someone who has not keyed this round; who has is refused, and that is put on record."""
    try:
        with _paper_box(electorate, by=by) as (box, state, account):
            if round_seen not in (None, state.electorate.paper_round):
                raise Refused(_("These ballots are keyed anew since the page was opened: open it again."))
            if state.keyed_by(account):
                raise SamePerson(_("You have keyed these ballots already: another person does it now."))
            yield box, state, account
    except SamePerson:
        box = electorate.box
        subject = _words(box, electorate)
        audit_record(by=by, action=action, year=box.year.number, subject=subject, refused=True)
        raise


@contextmanager
def _paper_box(electorate: Electorate, *, by: Account | None) -> Iterator[tuple[Box, PaperState, Account]]:
    """A transaction that holds a closed box with paper in it. The command line has no hand that could key."""
    if by is None:
        raise Refused(_("Paper ballots are keyed by people who have signed in."))
    with box_held(electorate.box, BoxState.CLOSED, by=by) as box:
        if not box.on_paper:
            raise Refused(_("This box takes online ballots only."))
        yield box, paper_state(box.electorates.get(pk=electorate.pk)), by


def _write(box: Box, state: PaperState, hand: Hand, ballots: PaperBallots, counts: Keyed, by: Account) -> PaperCount:
    _refuse_unbalanced(box, ballots, counts)
    count = PaperCount.objects.create(
        electorate=state.electorate,
        round=state.electorate.paper_round,
        hand=hand,
        issued=ballots.issued,
        returned=ballots.returned,
        void=ballots.void,
        counts={question.key: list(counts[question.key]) for question in box.asked},
        keyed_by=by,
        keyed_at=timezone.now(),
    )
    action = "paper_decide" if hand == Hand.DECIDING else "paper_key"
    _record(box, state, action, by, round=count.round, hand=int(hand))
    return count


def _refuse_unbalanced(box: Box, ballots: PaperBallots, counts: Keyed) -> None:
    """Everything that RULES E5 forbids, at once."""
    keys = {question.key for question in box.asked}
    if unknown := counts.keys() - keys:
        raise Refused(_("The box does not ask: %(questions)s") % {"questions": ", ".join(sorted(unknown))})
    numbers = [ballots.issued, ballots.returned, ballots.void, *(n for row in counts.values() for n in row)]
    if not all(0 <= number <= LARGEST for number in numbers) or any(len(row) != 5 for row in counts.values()):
        raise Refused(_("Whole numbers from 0 up are expected, five for each question."))
    problems = {key: count_problem_text(problem) for key, problem in paper_problems(ballots, counts).items()}
    problems |= dict.fromkeys(keys - counts.keys(), _("nothing is keyed here"))
    if problems:
        raise Refused({key: [text] for key, text in problems.items()})


def _record(box: Box, state: PaperState, action: str, by: Account | None, **details: object) -> None:
    """Who and which hand; never a number."""
    subject = _words(box, state.electorate)
    audit_record(by=by, action=action, year=box.year.number, subject=subject, details=details)


def _words(box: Box, electorate: Electorate) -> str:
    return f"{box_words(box)} {electorate.category}".strip()
