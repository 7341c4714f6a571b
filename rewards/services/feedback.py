"""反馈记录: when, how and by whom teams and cadres were told their results (RULES U4)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import FeedbackRecord, FeedbackWay
from rewards.selectors.followed import Token, subjects_of
from rewards.services.following import already_named, follow_record, follow_withdraw, subjects_named, year_reached

PERMISSION = "rewards.change_feedback"


@dataclass(frozen=True)
class FeedbackGiven:
    """One occasion: the same for everybody who was told at it. `received_by` blank: the subject itself."""

    way: FeedbackWay
    given_on: date
    given_by: str
    received_by: str = ""
    place: str = ""
    remarks: str = ""


def feedback_record(
    *, year: AssessmentYear, subjects: Collection[Token], given: FeedbackGiven, by: Account | None
) -> list[FeedbackRecord]:
    """One record for each of these teams and cadres of the year; all or none.

    Results are told once they are published; the collective talk is held from closed on. Raises PermissionDenied;
    Refused: the year is not that far, nobody is named, somebody is not of the year, it is on record already.
    """
    phase = Phase.CLOSED if given.way == FeedbackWay.COLLECTIVE_TALK else Phase.PUBLISHED
    with year_reached(year=year, phase=phase, permission=PERMISSION, by=by):
        found = subjects_of(subjects_named(year, subjects))
        _refuse_twice(year, found, given)
        records = follow_record(FeedbackRecord, year=year, subjects=found.values(), given=given, by=by)
        details = {
            "way": given.way.value,
            "given_on": str(given.given_on),
            "subjects": [str(who) for who in found.values()],
        }
        audit_record(by=by, action="feedback_record", year=year.number, details=details)
    return records


def feedback_withdraw(*, record: FeedbackRecord, reason: str, by: Account | None) -> None:
    """It counts no longer; the record stays with the reason."""
    follow_withdraw(
        record=record,
        year=record.year,
        permission=PERMISSION,
        action="feedback_withdraw",
        reason=reason,
        details={"way": record.way, "given_on": str(record.given_on), "subjects": [str(record.subject)]},
        by=by,
    )


def _refuse_twice(year: AssessmentYear, found: Mapping[Token, Township | Cadre], given: FeedbackGiven) -> None:
    same = year.feedbackrecords.filter(way=given.way, given_on=given.given_on, withdrawn_at=None)
    if names := already_named(same, found):
        text = _("On record already for this way and day: %(names)s.")
        raise Refused({"subjects": text % {"names": names}})
