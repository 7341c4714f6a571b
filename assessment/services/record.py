"""What interviews, solicited opinions and daily notes share: written, corrected by their author, withdrawn.

The audit trail learns that it happened, in which township and under which number: never what was said, by or of whom.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.record_places import AnyRecord, RecordPlace, place_of
from assessment.services.guard import inputs_open
from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record


@contextmanager
def place_open(*, place: RecordPlace, permission: str, by: Account) -> Iterator[None]:
    """A transaction in which `by` may write there. Raises PermissionDenied or YearClosed."""
    with inputs_open(year=place.year, permission=permission, by=by, target=place):
        yield


def record_add(*, record: AnyRecord, action: str, by: Account) -> None:
    """Store a new record under its author's name; for services that hold the place open."""
    record.recorded_by, record.recorded_at = by, timezone.now()
    record.save(force_insert=True)
    _audit(record, action, by)


def record_change(*, record: AnyRecord, fields: Mapping[str, object], action: str, by: Account) -> None:
    """Put corrected words in the place of the former. Raises Refused for a withdrawn record."""
    locked = _in_force(record)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    _audit(locked, action, by)


def record_withdraw(*, record: AnyRecord, reason: str, action: str, by: Account) -> None:
    """By its author or the office. It stays on record with the reason, which the trail does not repeat."""
    with place_open(place=place_of(record), permission="assessment.withdraw_record", by=by):
        locked = _in_force(record)
        if not reason.strip():
            raise Refused(_("A withdrawal needs a reason."))
        locked.withdrawn_reason = reason.strip()
        locked.save(update_fields=["withdrawn_reason"])
        _audit(locked, action, by)


def _in_force(record: AnyRecord) -> AnyRecord:
    locked: AnyRecord = type(record).objects.select_for_update().get(pk=record.pk)
    if locked.withdrawn_reason:
        raise Refused(_("The record was withdrawn before."))
    return locked


def _audit(record: AnyRecord, action: str, by: Account) -> None:
    audit_record(by=by, action=action, year=record.year.number, subject=str(place_of(record)))
