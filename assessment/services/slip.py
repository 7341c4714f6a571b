"""Slips (投票码): drawn at random, printed once, stored only as digests, made void before use."""

import secrets
from collections.abc import Mapping

from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from assessment.models import Box, BoxState, Electorate, Slip, SlipState
from assessment.services.box import box_held, box_words
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 signs that are not mistaken for one another: 0, 1, I and O are left out."""

LENGTH = 12
"""60 bits: a code is not found by trying."""

MOST = 5000
"""Slips drawn at once."""


def slips_draw(
    *, box: Box, numbers: Mapping[str, int], drawn_before: int | None = None, by: Account | None
) -> dict[str, list[str]]:
    """Voter group → new codes, in an order that nothing stored repeats. They are shown once and never again.

    `drawn_before` is what the clerk saw: a page that is sent twice, or two clerks at once, do not draw twice.
    Raises Refused for an unknown group, a box on paper only, or too many at once.
    """
    with box_held(box, BoxState.PREPARED, BoxState.OPEN, by=by) as held:
        groups = {electorate.category: electorate for electorate in held.electorates.all()}
        _refuse_draw(held, groups, numbers, drawn_before)
        codes = {category: [code_drawn() for _ in range(number)] for category, number in numbers.items() if number}
        slips = [Slip(digest=digest_of(code), electorate=groups[cat]) for cat, drawn in codes.items() for code in drawn]
        # In the order of digests: neither rows nor their places repeat the order on the printed page.
        Slip.objects.bulk_create(sorted(slips, key=lambda slip: slip.digest))
        for category, drawn in codes.items():
            Electorate.objects.filter(pk=groups[category].pk).update(slips_drawn=F("slips_drawn") + len(drawn))
        details = {"drawn": sum(numbers.values())}
        audit_record(by=by, action="slips_draw", year=held.year.number, subject=box_words(held), details=details)
    return codes


def _refuse_draw(
    box: Box, groups: Mapping[str, Electorate], numbers: Mapping[str, int], drawn_before: int | None
) -> None:
    if not box.online:
        raise Refused(_("This box takes paper ballots only."))
    if unknown := set(numbers) - set(groups):
        raise Refused(_("The box has no voter group “%(group)s”.") % {"group": "、".join(sorted(unknown))})
    if min(numbers.values(), default=0) < 0 or not 0 < sum(numbers.values()) <= MOST:
        raise Refused(_("Between 1 and %(most)s slips are drawn at once.") % {"most": MOST})
    if drawn_before not in (None, sum(group.slips_drawn for group in groups.values())):
        raise Refused(_("Slips of this box were drawn in the meantime; look at the numbers before you draw more."))


def slip_make_void(*, box: Box, code: str, by: Account | None) -> None:
    """A slip that was spoilt or lost before use. Raises Refused for one that is used, void or not of this box."""
    with box_held(box, BoxState.PREPARED, BoxState.OPEN, by=by) as held:
        slip = Slip.objects.filter(electorate__box=held, digest=digest_of(code))
        if not slip.filter(state=SlipState.DRAWN).update(state=SlipState.VOID):
            raise Refused({"code": _("No unused slip of this box has this code.")})
        Electorate.objects.filter(slips__in=slip).update(slips_void=F("slips_void") + 1)
        audit_record(by=by, action="slip_make_void", year=held.year.number, subject=box_words(held))


def code_drawn() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_text(code: str) -> str:
    """As it is printed: ABCD-EFGH-JKLM."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def code_typed(text: str) -> str:
    """What somebody typed, as a code: without blanks and hyphens, in capitals."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[: LENGTH + 1]


def digest_of(code: str) -> str:
    """Keyed with the site's secret: who holds only the database cannot even test a code."""
    return salted_hmac("assessment.slip", code_typed(code), algorithm="sha256").hexdigest()
