"""What departments and clerks type into the grid of values (填报): it counts once a second person has confirmed it.

An entry waits; a later one of the same cell replaces it; an office clerk who did not enter it confirms or returns it.
Nothing leaves the record, and nothing but a confirmation reaches the values that are scored (RULES Y3).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import Cell, CellKey
from assessment.errors import YearClosed
from assessment.models import AssessmentYear, EntryState, LineValue, ValueEntry
from assessment.numbers import number_text
from assessment.selectors.value import lines_visible, values_enterable, values_of
from assessment.selectors.value_entry import entries_pending
from assessment.services.guard import inputs_open
from assessment.services.value import NOT_APPLICABLE, cell_of, impossible_refuse, overtaken_refuse
from cadres.errors import Refused
from cadres.models import Account, Role, Township
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes

ENTER, CONFIRM = "assessment.enter_values", "assessment.confirm_values"


@dataclass
class EntryChanges(Changes):
    """Cells entered, by what stood there before; `taken_back` are back at the value in force, nothing awaits."""

    taken_back: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return super().__bool__() or bool(self.taken_back)

    @property
    def entered(self) -> list[Change]:
        return [*self.added, *self.changed, *self.removed]


@contextmanager
def entering(*, year: AssessmentYear, by: Account) -> Iterator[None]:
    """A transaction in which `by` may enter values and evidence. Raises PermissionDenied or YearClosed."""
    with inputs_open(year=year, permission=ENTER, by=by):
        year.refresh_from_db(fields=["phase"])
        if not values_enterable(year=year, by=by):
            raise YearClosed(_("Departments enter values while the year is collecting."))
        yield


def lines_require(*, year: AssessmentYear, codes: Collection[str], by: Account) -> None:
    """Raise PermissionDenied, on record, unless `by` may enter values on all these lines: a department on those it
    answers for."""
    require(by=by, permission=ENTER, target=year)
    others = set(codes) - {line.code for line in lines_visible(year=year, by=by)}
    if others and by.role != Role.OFFICE:
        _refuse(year, ENTER, sorted(others), by=by, reason="other_line")


def value_entries_save(
    *,
    year: AssessmentYear,
    cells: Mapping[CellKey, Cell],
    seen: Mapping[CellKey, Cell] | None = None,
    by: Account,
) -> EntryChanges:
    """Cells by (township code, line code) as typed: each waits for confirmation. What stands there already, in force
    or waiting, is left alone; the value in force typed over a waiting entry takes that entry back.

    `seen` is what the writer had before him, the waiting entry else the value in force: Overtaken as in values_save.
    Raises PermissionDenied for another department's line, YearClosed, Refused for a value its line's rule cannot take.
    """
    lines_require(year=year, codes={line for _township, line in cells}, by=by)
    with entering(year=year, by=by):
        in_force = {key: cell_of(value) for key, value in values_of(year.lines.all()).items()}
        pending = {(entry.township.code, entry.line.code): entry for entry in entries_pending(year)}
        stored = {**in_force, **{key: cell_of(entry) for key, entry in pending.items()}}
        overtaken_refuse(stored, cells, seen or {})
        impossible_refuse(year, cells)
        new = {key: cell for key, cell in cells.items() if cell != stored.get(key)}
        _settle([pending[key] for key in new if key in pending], EntryState.REPLACED, by)
        waiting = {key: cell for key, cell in new.items() if cell != in_force.get(key)}
        _enter(year, waiting, by)
        changes = _changes(year, new, waiting, stored)
        changes.unchanged = len(cells) - len(new)
        if changes:
            details = changes.for_audit() | {"taken_back": [change.subject for change in changes.taken_back]}
            audit_record(by=by, action="value_entries_save", year=year.number, details=details, changes=False)
    return changes


def value_entries_import(*, year: AssessmentYear, cells: Mapping[CellKey, Cell], by: Account) -> EntryChanges:
    """A workbook's cells as entries. One that says what is in force says nothing new: it leaves a waiting entry be."""
    in_force = values_of(year.lines.all())
    differing = {key: cell for key, cell in cells.items() if cell != cell_of(in_force.get(key))}
    changes = value_entries_save(year=year, cells=differing, by=by)
    changes.unchanged += len(cells) - len(differing)
    return changes


def value_entries_confirm(*, year: AssessmentYear, entries: Collection[int], by: Account | None) -> Changes:
    """All of these entries become the values in force, or none.

    Raises PermissionDenied, on record, for the command line (nobody would answer for it), for other roles and for one
    who entered any of them; Refused with every entry that does not wait any more.
    """
    if by is None:
        _refuse(year, CONFIRM, [], by=None, reason="nobody")
    require(by=by, permission=CONFIRM, target=year)
    if own := _subjects(ValueEntry.objects.filter(pk__in=entries, line__year=year, entered_by=by)):
        _refuse(year, CONFIRM, own, by=by, reason="own_entry")
    with inputs_open(year=year, permission=CONFIRM, by=by):
        chosen = _waiting(year, entries)
        impossible_refuse(year, {(entry.township.code, entry.line.code): cell_of(entry) for entry in chosen})
        changes = _put_in_force(year, chosen, by)
        _settle(chosen, EntryState.CONFIRMED, by)
        audit_record(by=by, action="value_entries_confirm", year=year.number, details=changes.for_audit())
    return changes


def value_entries_return(*, year: AssessmentYear, entries: Collection[int], reason: str, by: Account) -> int:
    """Return waiting entries with a reason, all or none; how many. Whoever entered them takes them back this way.

    Raises PermissionDenied, on record, for a department that did not enter all of them itself; Refused without a
    reason, and with every entry that does not wait any more.
    """
    require(by=by, permission=ENTER, target=year)
    others = ValueEntry.objects.filter(pk__in=entries, line__year=year).exclude(entered_by=by)
    if by.role != Role.OFFICE and (foreign := _subjects(others)):
        _refuse(year, CONFIRM, foreign, by=by, reason="other_entry")
    with entering(year=year, by=by):
        chosen = _waiting(year, entries)
        if not reason.strip():
            raise Refused(_("A return needs a reason."))
        _settle(chosen, EntryState.RETURNED, by, reason=reason.strip())
        details = {"entries": [str(entry) for entry in chosen], "reason": reason.strip()}
        audit_record(by=by, action="value_entries_return", year=year.number, details=details, changes=False)
    return len(chosen)


def _refuse(year: AssessmentYear, permission: str, subjects: list[str], *, by: Account | None, reason: str) -> None:
    """Put the refusal on record and raise PermissionDenied."""
    subject = f"{permission} {year} {'、'.join(subjects)}".strip()
    audit_record(by=by, action="refused", subject=subject, year=year.number, details={"reason": reason}, refused=True)
    raise PermissionDenied(permission)


def _subjects(entries: Any) -> list[str]:
    return [str(entry) for entry in entries.select_related("township", "line")]


def _waiting(year: AssessmentYear, entries: Collection[int]) -> list[ValueEntry]:
    """The entries, all of which wait for confirmation. Raises Refused with those that do not, in words."""
    chosen = list(entries_pending(year).filter(pk__in=entries))
    gone = set(entries) - {entry.pk for entry in chosen}
    if gone or not chosen:
        raise Refused([_gone(year, pk) for pk in sorted(gone)] or [_("No entry was chosen.")])
    return chosen


def _gone(year: AssessmentYear, pk: int) -> str:
    entry = ValueEntry.objects.filter(pk=pk, line__year=year).select_related("township", "line").first()
    if entry is None:
        return _("An entry is not on record in this year.")
    words = {"cell": str(entry), "state": entry.get_state_display()}
    return _("%(cell)s: this entry does not wait for confirmation any more: %(state)s.") % words


def _enter(year: AssessmentYear, cells: Mapping[CellKey, Cell], by: Account) -> None:
    townships = {township.code: township for township in Township.objects.all()}
    lines = {line.code: line for line in year.lines.all()}
    at = timezone.now()
    ValueEntry.objects.bulk_create(
        ValueEntry(
            township=townships[township],
            line=lines[line],
            value=None if cell == NOT_APPLICABLE else cell,  # type: ignore[misc]  # the field's Python side
            applicable=cell != NOT_APPLICABLE,
            entered_by=by,
            entered_at=at,
        )
        for (township, line), cell in cells.items()
    )


def _settle(entries: list[ValueEntry], state: EntryState, by: Account | None, *, reason: str = "") -> None:
    ValueEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(
        state=state, settled_by=by, settled_at=timezone.now(), return_reason=reason
    )


def _put_in_force(year: AssessmentYear, entries: list[ValueEntry], by: Account | None) -> Changes:
    existing = values_of(year.lines.all())
    changes = Changes()
    kept, cleared = [], []
    for entry in entries:
        value = existing.get((entry.township.code, entry.line.code))
        _note(changes, str(entry), cell_of(value), cell_of(entry))
        if cell_of(entry) is not None:
            kept.append(_value(entry, by))
        elif value is not None:
            cleared.append(value.pk)
    LineValue.objects.filter(pk__in=cleared).delete()
    LineValue.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["line", "township"],
        update_fields=["value", "applicable", "entered_by", "entered_at", "confirmed_by"],
    )
    return changes


def _value(entry: ValueEntry, by: Account | None) -> LineValue:
    return LineValue(
        line=entry.line,
        township=entry.township,
        value=entry.value,
        applicable=entry.applicable,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
        confirmed_by=by,
    )


def _changes(
    year: AssessmentYear,
    new: Mapping[CellKey, Cell],
    waiting: Mapping[CellKey, Cell],
    stored: Mapping[CellKey, Cell],
) -> EntryChanges:
    townships = dict(Township.objects.values_list("code", "name"))
    lines = dict(year.lines.values_list("code", "name"))
    changes = EntryChanges()
    for key, cell in new.items():
        subject = f"{townships[key[0]]} {lines[key[1]]}"
        if key in waiting:
            _note(changes, subject, stored.get(key), cell)
        else:
            changes.taken_back.append(Change(subject, (("value", _text(stored.get(key)), _text(cell)),)))
    return changes


def _note(changes: Changes, subject: str, before: Cell, after: Cell) -> None:
    """One cell as added, changed, removed, or unchanged."""
    if before == after:
        changes.unchanged += 1
        return
    kind = changes.added if before is None else changes.removed if after is None else changes.changed
    kind.append(Change(subject, (("value", None if before is None else _text(before), _text(after)),)))


def _text(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else number_text(cell)
