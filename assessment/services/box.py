"""Ballot boxes (票箱): prepared, opened, made void, cleared. Closing and counting have modules of their own."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Box, BoxState, Electorate, PaperCount
from assessment.selectors.box import (
    categories_of,
    is_weighted,
    opening_problems,
    questions_asked,
    returned_online,
    units_without_box,
)
from assessment.selectors.year import scheme_current
from assessment.services.box_ending import voting_end
from assessment.services.guard import inputs_open
from assessment.services.scrub import boxes_scrub
from assessment.voters import group_text
from cadres.errors import Refused
from cadres.models import Account, Department, Township
from cadres.services.audit import audit_record

PERMISSION = "assessment.change_boxes"


@dataclass(frozen=True)
class ElectorateRow:
    """One voter group at the meeting: entitled (应到) and present (实到); `present` None is not known yet."""

    category: str
    entitled: int
    present: int | None = None


@dataclass(frozen=True)
class Meeting:
    """Where, and the officers who sign the protocol."""

    place: str = ""
    chair: str = ""
    scrutineers: str = ""
    tellers: str = ""


def box_create(
    *,
    year: AssessmentYear,
    unit: Township | Department,
    on_paper: bool = True,
    online: bool = False,
    is_rehearsal: bool = False,
    electorates: Iterable[ElectorateRow] | None = None,
    meeting: Meeting | None = None,
    by: Account | None,
) -> Box:
    """A box for one meeting; without `electorates` the voter groups of the scheme, nobody entitled yet.

    Raises Refused where the unit has a box already that is not void, unless this is a rehearsal.
    """
    with inputs_open(year=year, permission=PERMISSION, by=by):
        field = "township" if isinstance(unit, Township) else "department"
        real = year.boxes.filter(**{field: unit}, is_rehearsal=False).exclude(state=BoxState.VOID)
        if not is_rehearsal and real.exists():
            raise Refused(_("%(unit)s has a box already.") % {"unit": unit})
        _refuse_no_way(on_paper, online)
        box = Box.objects.create(
            year=year,
            **{field: unit},
            is_rehearsal=is_rehearsal,
            on_paper=on_paper,
            online=online,
            **asdict(meeting or Meeting()),
        )
        rows = electorates or [ElectorateRow(category, 0) for category in categories_of(scheme_current(year))]
        _electorates_write(box, rows)
        _record(box, "box_create", by)
    return box


def boxes_create(*, year: AssessmentYear, on_paper: bool, online: bool, by: Account | None) -> list[Box]:
    """A box for every township of the year that has none; all or nothing."""
    with inputs_open(year=year, permission=PERMISSION, by=by):
        townships = units_without_box(year)
        return [box_create(year=year, unit=unit, on_paper=on_paper, online=online, by=by) for unit in townships]


def box_prepare(
    *,
    box: Box,
    on_paper: bool,
    online: bool,
    electorates: Iterable[ElectorateRow],
    meeting: Meeting,
    by: Account | None,
) -> None:
    """Voter groups with their numbers, the way of voting, the officers; until the box is opened."""
    with box_held(box, BoxState.PREPARED, by=by) as held:
        _refuse_no_way(on_paper, online)
        if not online and held.electorates.filter(slips_drawn__gt=0).exists():
            raise Refused(_("Slips were drawn already: this box takes votes online."))
        held.on_paper, held.online = on_paper, online
        for name, text in asdict(meeting).items():
            setattr(held, name, text)
        held.save()
        _electorates_write(held, electorates)
        _record(held, "box_prepare", by)


def box_open(*, box: Box, by: Account | None) -> None:
    """prepared → open: from here on ballots are taken, and what they ask is fixed. Raises Refused."""
    with box_held(box, BoxState.PREPARED, by=by) as held:
        if problems := opening_problems(held):
            raise Refused(problems)
        held.questions = [question.as_dict() for question in questions_asked(held.year, held.unit)]
        _nobody_entitled_leave(held)
        held.state, held.opened_by, held.opened_at = BoxState.OPEN, by, timezone.now()
        held.save()
        _record(held, "box_open", by)


def box_present_correct(*, box: Box, present: Mapping[str, int], by: Account | None) -> None:
    """Voter group → present (实到), while voting goes on: who came late is counted too. Raises Refused.

    What changed is on record; under the quorum (E5) it is said, not refused: the box is open, the number is a fact.
    """
    with box_held(box, BoxState.OPEN, by=by) as held:
        groups = held.electorates.all()
        changed = [group for group in groups if present.get(group.category, group.present) != group.present]
        for group in changed:
            _presence_fits(group, present[group.category])
        details = [[group_text(group.category), group.present, present[group.category]] for group in changed]
        for group in changed:
            group.present = present[group.category]
            group.save(update_fields=["present"])
        if changed:
            _record(held, "box_present_correct", by, present=details)


def _presence_fits(group: Electorate, present: int) -> None:
    values = {"group": group_text(group.category), "present": present, "entitled": group.entitled}
    if not 0 <= present <= group.entitled:
        raise Refused(_("“%(group)s”: %(present)s present, but %(entitled)s are entitled.") % values)
    if present < (returned := returned_online(group)):
        text = _("“%(group)s”: %(present)s present, but %(returned)s have voted already.")
        raise Refused(text % {**values, "returned": returned})


def box_make_void(*, box: Box, reason: str, by: Account | None) -> None:
    """Any state → void, with a reason that stays: its ballots are never counted, what was counted is withdrawn (E5)."""
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    states = (BoxState.PREPARED, BoxState.OPEN, BoxState.CLOSED, BoxState.COUNTED)
    with box_held(box, *states, by=by) as held:
        if held.state == BoxState.OPEN:
            voting_end(held)
            held.closed_by, held.closed_at, held.scrubbed_at = by, timezone.now(), None
            transaction.on_commit(boxes_scrub)
        held.tallies.all().delete()
        held.state, held.void_reason = BoxState.VOID, reason.strip()
        held.save()
        _record(held, "box_make_void", by, reason=held.void_reason)


def box_clear(*, box: Box, by: Account | None) -> None:
    """A rehearsal is emptied and begins anew: slips, ballots and opinions go. Never a real box.

    An open one is closed first: the end of voting is what leaves no trace (assessment.services.scrub).
    """
    states = (BoxState.PREPARED, BoxState.CLOSED, BoxState.COUNTED, BoxState.VOID)
    with box_held(box, *states, by=by) as held:
        if not held.is_rehearsal:
            raise Refused(_("Only a rehearsal can be cleared."))
        if PaperCount.objects.filter(electorate__box=held).exists():
            raise Refused(_("Paper counts stay on record: make the rehearsal void and begin another."))
        rows = [ElectorateRow(e.category, e.entitled, e.present) for e in held.electorates.all()]
        held.opinions.all().delete()
        held.electorates.all().delete()
        _electorates_write(held, rows)
        held.state, held.questions, held.void_reason = BoxState.PREPARED, [], ""
        held.opened_by = held.closed_by = None
        held.opened_at = held.closed_at = held.counted_at = held.scrubbed_at = None
        held.save()
        _record(held, "box_clear", by)


@contextmanager
def box_held(box: Box, *states: BoxState, by: Account | None) -> Iterator[Box]:
    """A transaction that holds the box in one of these states. Raises PermissionDenied or Refused."""
    with inputs_open(year=box.year, permission=PERMISSION, by=by):
        # no_key: an opinion that is being handed in refers to the box, and must not wait for who closes it.
        held = Box.objects.select_for_update(of=("self",), no_key=True).select_related("year", "township", "department")
        found = held.get(pk=box.pk)
        if found.state not in states:
            raise Refused(_("The box is %(state)s.") % {"state": found.get_state_display()})
        yield found
    box.refresh_from_db()


def _refuse_no_way(on_paper: bool, online: bool) -> None:
    if not (on_paper or online):
        raise Refused(_("A box takes votes on paper, online, or both."))


def _electorates_write(box: Box, rows: Iterable[ElectorateRow]) -> None:
    """Groups are matched by category: one that holds slips stays."""
    wanted = {row.category: row for row in rows}
    if not wanted:
        raise Refused(_("At least one voter group is needed."))
    if any((row.present or 0) > row.entitled for row in wanted.values()):
        raise Refused(_("More are present than are entitled."))
    leaving = box.electorates.exclude(category__in=wanted)
    if held := leaving.filter(slips_drawn__gt=0).first():
        raise Refused(_("Slips were drawn for “%(group)s” already.") % {"group": held.category})
    leaving.delete()
    for order, row in enumerate(wanted.values()):
        Electorate.objects.update_or_create(
            box=box,
            category=row.category,
            defaults={"order": order, "entitled": row.entitled, "present": row.present},
        )


def _nobody_entitled_leave(box: Box) -> None:
    """A category to which nobody belongs is not at the meeting: no paper of it is printed, keyed or missed.

    A group that the scheme weighs stays, for without it the score says that votes are missing (RULES E4).
    """
    if is_weighted(scheme_current(box.year)):
        return
    groups = box.electorates.all()
    if any(group.entitled for group in groups):
        groups.filter(entitled=0, slips_drawn=0).delete()


def _record(box: Box, action: str, by: Account | None, **details: object) -> None:
    audit_record(by=by, action=action, year=box.year.number, subject=box_words(box), details=details)


def box_words(box: Box) -> str:
    """How the audit trail names a box."""
    return f"{box.unit} {_('rehearsal')}" if box.is_rehearsal else str(box.unit)
