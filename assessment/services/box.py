"""Ballot boxes (票箱): prepared, opened, made void, cleared. Closing and counting have modules of their own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Box, BoxState, Electorate, PaperCount, Phase
from assessment.selectors.box import categories_of, questions_asked
from assessment.selectors.year import scheme_current
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account, Department, Township
from cadres.services.audit import audit_record


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
    with inputs_open(year=year, permission="assessment.change_boxes", by=by):
        is_township = isinstance(unit, Township)
        if not is_rehearsal and year.boxes.filter(
            **{"township" if is_township else "department": unit}, is_rehearsal=False
        ).exclude(state=BoxState.VOID):
            raise Refused(_("%(unit)s has a box already.") % {"unit": unit})
        box = Box.objects.create(
            year=year,
            **{"township" if is_township else "department": unit},
            is_rehearsal=is_rehearsal,
            on_paper=on_paper,
            online=online,
            **asdict(meeting or Meeting()),
        )
        rows = electorates or [ElectorateRow(category, 0) for category in categories_of(scheme_current(year))]
        _electorates_write(box, rows)
        _record(box, "box_create", by)
    return box


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
        held.on_paper, held.online = on_paper, online
        for name, text in asdict(meeting).items():
            setattr(held, name, text)
        held.save()
        _electorates_write(held, electorates)
        _record(held, "box_prepare", by)


def box_open(*, box: Box, by: Account | None) -> None:
    """prepared → open: from here on ballots are taken, and what they ask is fixed. Raises Refused."""
    with box_held(box, BoxState.PREPARED, by=by) as held:
        if held.year.phase != Phase.COLLECTING:
            raise Refused(_("Boxes are opened while the year is collecting."))
        questions = questions_asked(held.year, held.unit)
        if not questions:
            raise Refused(_("There is nobody to vote on: the scheme has no democratic evaluation."))
        held.questions = [question.as_dict() for question in questions]
        _refuse_tallied(held)
        held.state, held.opened_by, held.opened_at = BoxState.OPEN, by, timezone.now()
        held.save()
        _record(held, "box_open", by)


def box_make_void(*, box: Box, reason: str, by: Account | None) -> None:
    """prepared, open or closed → void, with a reason that stays; its ballots are never counted (RULES E5)."""
    if not reason.strip():
        raise Refused(_("A reason is needed."))
    with box_held(box, BoxState.PREPARED, BoxState.OPEN, BoxState.CLOSED, by=by) as held:
        if held.state == BoxState.OPEN:
            raise Refused(_("Close the box before you make it void: somebody may be voting."))
        held.state, held.void_reason = BoxState.VOID, reason.strip()
        held.save()
        _record(held, "box_make_void", by, reason=held.void_reason)


def box_clear(*, box: Box, by: Account | None) -> None:
    """A rehearsal is emptied and begins anew: slips, ballots, opinions and paper counts go. Never a real box."""
    with inputs_open(year=box.year, permission="assessment.change_boxes", by=by):
        held = Box.objects.select_for_update().select_related("year", "township", "department").get(pk=box.pk)
        if not held.is_rehearsal:
            raise Refused(_("Only a rehearsal can be cleared."))
        if PaperCount.objects.filter(electorate__box=held).exists():
            raise Refused(_("Paper counts stay on record: make the rehearsal void and begin another."))
        rows = [ElectorateRow(e.category, e.entitled, e.present) for e in held.electorates.all()]
        held.opinions.all().delete()
        held.electorates.all().delete()
        _electorates_write(held, rows)
        held.state, held.questions = BoxState.PREPARED, []
        held.opened_at = held.closed_at = held.counted_at = held.scrubbed_at = None
        held.save()
        _record(held, "box_clear", by)


@contextmanager
def box_held(box: Box, *states: BoxState, by: Account | None) -> Iterator[Box]:
    """A transaction that holds the box in one of these states. Raises PermissionDenied or Refused."""
    with inputs_open(year=box.year, permission="assessment.change_boxes", by=by):
        held = Box.objects.select_for_update(of=("self",)).select_related("year", "township", "department")
        found = held.get(pk=box.pk)
        if found.state not in states:
            raise Refused(_("The box is %(state)s.") % {"state": found.get_state_display()})
        yield found
    box.refresh_from_db()


def _electorates_write(box: Box, rows: Iterable[ElectorateRow]) -> None:
    """Groups are matched by category: one that holds slips stays."""
    wanted = {row.category: row for row in rows}
    leaving = box.electorates.exclude(category__in=wanted)
    if held := leaving.filter(slips__isnull=False).first():
        raise Refused(_("Slips were drawn for “%(group)s” already.") % {"group": held.category})
    leaving.delete()
    for order, row in enumerate(wanted.values()):
        Electorate.objects.update_or_create(
            box=box,
            category=row.category,
            defaults={"order": order, "entitled": row.entitled, "present": row.present},
        )


def _refuse_tallied(box: Box) -> None:
    """A real box and votes entered by hand for the same subjects do not go together."""
    if box.is_rehearsal:
        return
    codes = [q.code for q in box.asked]
    tallied = box.year.tallies.filter(evaluation__in={q.evaluation for q in box.asked})
    subjects = ("township__code__in", "cadre__number__in", "department__code__in")
    if any(tallied.filter(**{subject: codes}).exists() for subject in subjects):
        text = _("Votes for %(unit)s were entered by hand or by workbook already: take them away first.")
        raise Refused(text % {"unit": box.unit})


def _record(box: Box, action: str, by: Account | None, **details: object) -> None:
    audit_record(by=by, action=action, year=box.year.number, subject=box_words(box), details=details)


def box_words(box: Box) -> str:
    """How the audit trail names a box."""
    return f"{box.unit} {_('rehearsal')}" if box.is_rehearsal else str(box.unit)
