"""What the records of follow-up share: from which phase on they are entered, and how a wrong one is withdrawn."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.models.subject import Withdrawable

LONGEST_REASON = 300

R = TypeVar("R", bound=Withdrawable)


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


def follow_withdraw(
    *,
    record: R,
    year: AssessmentYear,
    permission: str,
    action: str,
    reason: str,
    details: Mapping[str, Any],
    by: Account | None,
) -> R:
    """Take a record back: it stays, with the reason. In whatever phase the year is.

    Raises PermissionDenied; Refused without a reason, or where it was withdrawn before.
    """
    require(by=by, permission=permission, target=year)
    with transaction.atomic():
        locked = type(record)._default_manager.select_for_update().get(pk=record.pk)
        if locked.withdrawn_at:
            raise Refused(_("The record was withdrawn before."))
        if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
            raise Refused(
                {
                    "reason": _("A withdrawal needs a reason of at most %(count)d characters.")
                    % {"count": LONGEST_REASON}
                }
            )
        locked.withdrawn_by, locked.withdrawn_at, locked.withdraw_reason = by, timezone.now(), reason.strip()
        locked.save(update_fields=["withdrawn_by", "withdrawn_at", "withdraw_reason"])
        audit_record(by=by, action=action, year=year.number, details={**details, "reason": reason.strip()})
    return locked
