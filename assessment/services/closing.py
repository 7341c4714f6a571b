"""Closing a box: voting ends, slips go, ballots are written anew in random order, free space is scrubbed."""

from collections.abc import Mapping
from secrets import SystemRandom

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import Ballot, Box, BoxState, Electorate, FreeOpinion, SlipState
from assessment.services.box import box_held, box_words
from assessment.services.count import box_count_if_complete
from assessment.services.scrub import boxes_scrub
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record


def box_close(*, box: Box, slips_left: Mapping[str, int] | None = None, by: Account | None) -> None:
    """open → closed, and counted at once where no paper is to be keyed. `slips_left`: voter group → not handed out.

    A vote that is being cast holds its slip: it is in before the box closes, or it is refused; never lost.
    """
    with box_held(box, BoxState.OPEN, by=by) as held:
        for electorate in held.electorates.all():
            _voting_end(electorate, (slips_left or {}).get(electorate.category, 0))
        _ballots_rewrite(held)
        held.state, held.closed_by, held.closed_at = BoxState.CLOSED, by, timezone.now()
        held.save()
        audit_record(by=by, action="box_close", year=held.year.number, subject=box_words(held))
        box_count_if_complete(held, by=by)
        transaction.on_commit(boxes_scrub)


def _voting_end(electorate: Electorate, left: int) -> None:
    """Nobody votes with these slips any more; what remains of them is how many there were."""
    slips = electorate.slips.all()
    unused = slips.filter(state=SlipState.DRAWN).update(state=SlipState.VOID)  # waits for votes being cast
    used = slips.filter(state=SlipState.USED).count()
    if not 0 <= left <= unused:
        text = _("“%(group)s”: %(left)s slips left over, but %(unused)s are unused.")
        raise Refused(text % {"group": electorate.category, "left": left, "unused": unused})
    if used != electorate.ballots.count():
        raise Refused(_("The ballots received and the slips used are not the same number: do not count this box."))
    electorate.slips_used, electorate.slips_left = used, left
    electorate.save(update_fields=["slips_used", "slips_left"])
    slips.delete()


def _ballots_rewrite(box: Box) -> None:
    """New ids, random order, one transaction: nothing tells which came first, or together with which slip."""
    ballots = list(Ballot.objects.filter(electorate__box=box).values_list("electorate", "marks"))
    texts = list(FreeOpinion.objects.filter(box=box).values_list("text", flat=True))
    SystemRandom().shuffle(ballots)
    SystemRandom().shuffle(texts)
    Ballot.objects.filter(electorate__box=box).delete()
    FreeOpinion.objects.filter(box=box).delete()
    Ballot.objects.bulk_create([Ballot(electorate_id=electorate, marks=marks) for electorate, marks in ballots])
    FreeOpinion.objects.bulk_create([FreeOpinion(box=box, text=text) for text in texts])
