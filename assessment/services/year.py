"""A year's life: created, moved on by named transitions with their checks, back only with a reason (RULES Y1)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from assessment.scheme import Scheme, default_scheme
from assessment.selectors.checklist import boxes_counted, checklist
from assessment.selectors.year import scheme_current
from assessment.services.guard import inputs_open, year_held
from assessment.services.roster import RosterRow, roster_row, roster_save
from assessment.services.scheme import scheme_save
from cadres.errors import Refused
from cadres.models import Account, Township
from cadres.permissions import require
from cadres.services.audit import audit_record


def year_create(
    *,
    number: int,
    scheme: Scheme | None = None,
    copy_from: AssessmentYear | None = None,
    by: Account | None,
) -> AssessmentYear:
    """A year in draft: with last year's scheme and roster when `copy_from` is given, else the default scheme."""
    require(by=by, permission="assessment.change_year")
    with transaction.atomic():
        year, created = AssessmentYear.objects.get_or_create(number=number)
        if not created:
            raise Refused(_("The year %(year)s exists already.") % {"year": number})
        audit_record(by=by, action="year_create", year=number, subject=str(number), details=_origin(copy_from))
        year.townships.set(Township.objects.filter(is_active=True))
        source = scheme_current(copy_from) if copy_from else None
        scheme_save(year=year, scheme=scheme or source or default_scheme(), by=by)
        if copy_from:
            roster_save(year=year, rows=roster_copied(copy_from), by=by)
    return year


def roster_copied(year: AssessmentYear) -> list[RosterRow]:
    """A roster as the next year starts with it: where townships and posts are still in use, and without not-graded
    codes, which hold for one year only."""
    entries = year.roster.select_related("cadre", "township", "post", "second_post").prefetch_related("in_charge")
    entries = entries.filter(township__is_active=True, post__is_active=True)
    return [replace(roster_row(entry), not_graded="") for entry in entries]


def year_townships_set(*, year: AssessmentYear, townships: Iterable[Township], by: Account | None) -> None:
    """Which townships take part in the year. One that holds roster entries or values cannot be taken out."""
    wanted = {township.pk for township in townships}
    with inputs_open(year=year, permission="assessment.change_year", by=by):
        leaving = year.townships.exclude(pk__in=wanted)
        values = Q(values__line__year=year) | Q(value_entries__line__year=year)
        held = leaving.filter(values | Q(roster__year=year) | Q(tallies__year=year)).first()
        if held:
            raise Refused(_("%(township)s holds data of this year and stays in it.") % {"township": held})
        before = set(year.townships.values_list("pk", flat=True))
        if before != wanted:
            year.townships.set(wanted)
            names = list(year.townships.values_list("name", flat=True))
            audit_record(by=by, action="year_townships_set", year=year.number, details={"townships": names})


def year_announce(*, year: AssessmentYear, by: Account | None) -> None:
    """draft → announced: freezes the scheme. Raises Refused with the checks that do not hold."""
    _advance(year, Phase.DRAFT, Phase.ANNOUNCED, by=by)


def year_collect(*, year: AssessmentYear, by: Account | None) -> None:
    """announced → collecting."""
    _advance(year, Phase.ANNOUNCED, Phase.COLLECTING, by=by)


def year_close(*, year: AssessmentYear, by: Account | None) -> None:
    """collecting → closed: inputs are frozen, results are open to those who may see them."""
    _advance(year, Phase.COLLECTING, Phase.CLOSED, by=by)


def year_confirm(*, year: AssessmentYear, by: Account | None) -> None:
    """closed → confirmed: the committee's grades are final, results are frozen as they stand."""
    _advance(year, Phase.CLOSED, Phase.CONFIRMED, by=by)


def year_publish(*, year: AssessmentYear, on: date | None = None, by: Account | None) -> None:
    """confirmed → published: each sees its own. `on` is the day the results were made known where it was before today:
    the days of a review count from it (RULES Y8). Raises Refused for a day to come.
    """
    if on and on > timezone.localdate():
        raise Refused(_("The day lies in the future."))
    _advance(year, Phase.CONFIRMED, Phase.PUBLISHED, on=on, by=by)


def year_archive(*, year: AssessmentYear, by: Account | None) -> None:
    """published → archived: the record is sealed."""
    _advance(year, Phase.PUBLISHED, Phase.ARCHIVED, by=by)


Effect = Callable[[AssessmentYear, str, Account | None], object]
"""What an app above does when a year moves: the year in its new phase, the reason of a step back, who."""

_on_forward: dict[Phase, Effect] = {}
_on_back: dict[Phase, Effect] = {}


def on_forward(phase: Phase, effect: Effect) -> None:
    """Run `effect` within the step that leads forward into `phase`; what it refuses refuses the step."""
    _on_forward[phase] = effect


def on_back(phase: Phase, effect: Effect) -> None:
    """Run `effect` within the step back that leads out of `phase`."""
    _on_back[phase] = effect


def year_step_back(*, year: AssessmentYear, reason: str, by: Account | None) -> None:
    """To the phase before, with a reason that stays in the audit trail.

    Raises Refused while a box is open or waits for its paper: its ballots ask what this scheme and roster asked.
    """
    with year_held(year=year, permission="assessment.change_year", by=by) as locked:
        if locked.phase != year.phase:
            raise Refused(_("The year is in the phase “%(phase)s”.") % {"phase": locked.get_phase_display()})
        position = Phase(locked.phase).position
        if position == 0 or not reason.strip():
            raise Refused(_("A step back needs a phase to go back to and a reason."))
        if locked.phase == Phase.COLLECTING and (boxes := boxes_counted(locked).findings):
            raise Refused(list(boxes))
        source = Phase(locked.phase)
        _move(locked, list(Phase)[position - 1], reason=reason.strip(), by=by)
        if effect := _on_back.get(source):
            effect(locked, reason.strip(), by)
    year.phase, year.published_on = locked.phase, locked.published_on


def _advance(year: AssessmentYear, source: Phase, target: Phase, *, on: date | None = None, by: Account | None) -> None:
    with year_held(year=year, permission="assessment.change_year", by=by) as locked:
        if locked.phase != source:
            raise Refused(_("The year is in the phase “%(phase)s”.") % {"phase": locked.get_phase_display()})
        failed = [check for check in checklist(locked) if check.blocking and not check.passed]
        if failed:
            raise Refused([finding for check in failed for finding in check.findings])
        _move(locked, target, reason="", on=on, by=by)
        if effect := _on_forward.get(target):
            effect(locked, "", by)
    year.phase, year.published_on = locked.phase, locked.published_on


def _move(year: AssessmentYear, target: Phase, *, reason: str, on: date | None = None, by: Account | None) -> None:
    details = {"from": year.phase, "to": str(target), "reason": reason}
    if (target, year.phase) == (Phase.PUBLISHED, Phase.CONFIRMED):
        year.published_on = on or timezone.localdate()
    elif target.position < Phase.PUBLISHED.position:
        year.published_on = None
    year.phase = target
    year.save(update_fields=["phase", "published_on"])
    audit_record(by=by, action="year_phase", year=year.number, subject=str(year), details=details)


def _origin(copy_from: AssessmentYear | None) -> dict[str, int]:
    return {"copied_from": copy_from.number} if copy_from else {}
