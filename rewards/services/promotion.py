"""提拔资格审查: a shortlist checked and kept as it was answered (RULES U1)."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.models import PromotionCandidate, PromotionCheck
from rewards.selectors.promotion import promotion_candidates

MOST = 200
"""People on one shortlist."""


def promotion_check(
    *, year: AssessmentYear, purpose: str, numbers: Sequence[str], by: Account | None
) -> PromotionCheck:
    """Check these people, by personnel number, on the results as they stand, and keep the answer.

    Raises PermissionDenied, or Refused: nobody named, too many, or a number that nobody has.
    """
    require(by=by, permission="rewards.change_promotion", target=year)
    numbers = list(dict.fromkeys(numbers))
    if not 0 < len(numbers) <= MOST:
        raise Refused({"names": _("Between 1 and %(most)s people are checked at once.") % {"most": MOST}})
    with transaction.atomic():
        # The trail's lock first: nothing changes between what is read here and what is kept.
        _on_record(year, purpose.strip(), len(numbers), by)
        candidates = promotion_candidates(year=year, numbers=numbers)
        _require_known(numbers, [candidate.cadre.number for candidate in candidates])
        check = PromotionCheck.objects.create(
            year=year, purpose=purpose.strip(), entered_by=by, entered_at=timezone.now()
        )
        for candidate in candidates:
            PromotionCandidate.objects.create(
                check_of=check,
                cadre=candidate.cadre,
                eligible=candidate.eligibility.eligible,
                order=candidate.eligibility.order,
                content=candidate.content.to_plain(),
            )
    return check


def _on_record(year: AssessmentYear, purpose: str, people: int, by: Account | None) -> None:
    """No result rests on it."""
    audit_record(
        by=by,
        action="promotion_check",
        year=year.number,
        subject=purpose,
        details={"people": people},
        changes=False,
    )


def _require_known(asked: Sequence[str], known: Sequence[str]) -> None:
    if unknown := [number for number in asked if number not in known]:
        raise Refused({"names": _("Nobody has the personnel number %(numbers)s.") % {"numbers": "、".join(unknown)}})
