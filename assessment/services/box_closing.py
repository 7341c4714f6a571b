"""Closing a box: voting ends, what was cast is counted or waits for the paper, free space is scrubbed."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import Box, BoxState
from assessment.services.box import box_held, box_words
from assessment.services.box_count import box_count_if_complete
from assessment.services.box_ending import voting_end
from assessment.services.scrub import boxes_scrub
from assessment.voters import group_text
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record


def box_close(*, box: Box, slips_left: Mapping[str, int] | None = None, by: Account | None) -> None:
    """open → closed, and counted at once where no paper is to be keyed. `slips_left`: voter group → not handed out."""
    with box_held(box, BoxState.OPEN, by=by) as held:
        voting_end(held, slips_left=slips_left)
        _ballots_fit(held)
        held.state, held.closed_by, held.closed_at, held.scrubbed_at = BoxState.CLOSED, by, timezone.now(), None
        held.save()
        audit_record(by=by, action="box_close", year=held.year.number, subject=box_words(held))
        box_count_if_complete(held, by=by)
        transaction.on_commit(boxes_scrub)


def _ballots_fit(box: Box) -> None:
    """As many ballots as slips used, and no more than people were there: slips can be drawn without end."""
    for electorate in box.electorates.all():
        if electorate.slips_used != electorate.ballots.count():
            raise Refused(_("The ballots received and the slips used are not the same number: do not count this box."))
        if not box.is_rehearsal and electorate.slips_used > (electorate.present or 0):
            text = _(
                "“%(group)s”: %(returned)s ballots came in online, but %(present)s people were present. Correct the "
                "number present if somebody came late; else make the box void."
            )
            numbers = {"returned": electorate.slips_used, "present": electorate.present or 0}
            raise Refused(text % {"group": group_text(electorate.category), **numbers})
