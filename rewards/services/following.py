"""What the records of follow-up share: from which phase on they are entered, and how a wrong one is withdrawn."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.models.subject import OfSubject, Withdrawable, about
from rewards.selectors.followed import Followed, Token, followed, record_token

LONGEST_REASON = 300

S = TypeVar("S", bound=OfSubject)


@contextmanager
def year_reached(*, year: AssessmentYear, phase: Phase, permission: str, by: Account | None) -> Iterator[None]:
    """A transaction in which `by` may write, with the year held in its phase, `phase` or a later one.

    Raises PermissionDenied; Refused where the year is not that far.
    """
    with year_held(year=year, permission=permission, by=by) as held:
        if Phase(held.phase).position < phase.position:
            text = _("The year %(year)s is not that far: it must be %(phase)s first.")
            raise Refused(text % {"year": year, "phase": phase.label})
        yield


def day_come(field: str, day: date) -> None:
    """Raises Refused beside the field for a day to come."""
    if day > timezone.localdate():
        raise Refused({field: _("The day lies in the future.")})


def subjects_named(year: AssessmentYear, tokens: Collection[Token]) -> dict[Token, Followed]:
    """Whom a record is entered for. Raises Refused: nobody is named, or somebody who is not of the year."""
    asked = set(tokens)
    named = {who.token: who for who in followed(year) if who.token in asked}
    if not asked or len(named) < len(asked):
        raise Refused({"subjects": _("Choose teams and cadres of this year.")})
    return named


def follow_record(
    model: type[S], *, year: AssessmentYear, subjects: Iterable[Township | Cadre], given: Any, by: Account | None
) -> list[S]:
    """A record for each subject of what was `given`, a dataclass with the fields of the model."""
    return model._default_manager.bulk_create(
        model(year=year, **about(subject), **asdict(given), entered_by=by, entered_at=timezone.now())
        for subject in subjects
    )


def already_named(records: QuerySet[S], subjects: Mapping[Token, Township | Cadre]) -> str:
    """Who of them these records are about, in words; blank: nobody."""
    stored = {record_token(record) for record in records.select_related("township", "cadre")}
    return "、".join(str(subject) for token, subject in subjects.items() if token in stored)


def follow_withdraw(
    *,
    record: Withdrawable,
    year: AssessmentYear,
    permission: str,
    action: str,
    reason: str,
    details: Mapping[str, Any],
    subject: str = "",
    by: Account | None,
) -> None:
    """Take a record back: it stays, with the reason. In whatever phase the year is; `subject` and `details` are for
    the audit trail.

    Raises PermissionDenied; Refused without a reason, or where it was withdrawn before.
    """
    require(by=by, permission=permission, target=year)
    with transaction.atomic():
        locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if locked.withdrawn_at:
            raise Refused(_("The record was withdrawn before."))
        if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
            text = _("A withdrawal needs a reason of at most %(count)d characters.")
            raise Refused({"reason": text % {"count": LONGEST_REASON}})
        locked.withdrawn_by, locked.withdrawn_at, locked.withdraw_reason = by, timezone.now(), reason.strip()
        locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
        said = {**details, "reason": reason.strip()}
        audit_record(by=by, action=action, year=year.number, subject=subject, details=said)
