"""反馈记录: when, how and by whom teams and cadres were told their results (RULES U4)."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import FeedbackRecord, FeedbackWay
from rewards.selectors.followed import CADRE, Token, followed, record_token, subjects_of
from rewards.services.following import follow_withdraw, year_reached

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
        found = _of_the_year(year, subjects)
        _refuse_twice(year, found, given)
        records = FeedbackRecord.objects.bulk_create(
            FeedbackRecord(year=year, **_subject(token, who), **asdict(given), entered_by=by, entered_at=timezone.now())
            for token, who in found.items()
        )
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


def _of_the_year(year: AssessmentYear, subjects: Collection[Token]) -> dict[Token, Township | Cadre]:
    asked = set(subjects)
    known = [who.token for who in followed(year) if who.token in asked]
    if not asked or len(known) < len(asked):
        raise Refused({"subjects": _("Choose teams and cadres of this year.")})
    found = subjects_of(known)
    return {token: found[token] for token in known}


def _refuse_twice(year: AssessmentYear, found: dict[Token, Township | Cadre], given: FeedbackGiven) -> None:
    same = year.feedbackrecords.filter(way=given.way, given_on=given.given_on, withdrawn_at=None)
    stored = {record_token(record) for record in same.select_related("township", "cadre")}
    if twice := [str(who) for token, who in found.items() if token in stored]:
        text = _("On record already for this way and day: %(names)s.")
        raise Refused({"subjects": text % {"names": "、".join(twice)}})


def _subject(token: Token, who: Township | Cadre) -> dict[str, Township | Cadre]:
    return {"cadre" if token.startswith(f"{CADRE}:") else "township": who}
