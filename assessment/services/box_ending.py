"""The end of voting at a box: slips go, ballots are written anew in random order. For services that hold the box."""

from collections.abc import Mapping
from secrets import SystemRandom

from django.utils.translation import gettext as _

from assessment.models import Ballot, Box, Electorate, FreeOpinion, Slip, SlipState
from assessment.voters import group_text
from cadres.errors import Refused


def voting_end(box: Box, *, slips_left: Mapping[str, int] | None = None) -> None:
    """`slips_left`: voter group → not handed out. Raises Refused for more than were not used.

    A vote that is being cast holds its slip: it is in before voting ends, or it is refused; never lost.
    """
    _slips_hold(box)
    for electorate in box.electorates.all():
        _slips_end(electorate, (slips_left or {}).get(electorate.category, 0))
    _ballots_rewrite(box)


def _slips_hold(box: Box) -> None:
    """Wait for votes being cast. Groups of votes hold their slips in the order of digests: so does this, else two
    could wait for each other."""
    list(Slip.objects.filter(electorate__in=list(box.electorates.all())).order_by("digest").select_for_update())


def _slips_end(electorate: Electorate, left: int) -> None:
    """Nobody votes with these slips any more; what remains of them is how many there were."""
    slips = electorate.slips.all()
    unused = slips.filter(state=SlipState.DRAWN).update(state=SlipState.VOID)
    if not 0 <= left <= unused:
        text = _("“%(group)s”: %(left)s slips left over, but %(unused)s are unused.")
        raise Refused(text % {"group": group_text(electorate.category), "left": left, "unused": unused})
    electorate.slips_used, electorate.slips_left = slips.filter(state=SlipState.USED).count(), left
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
