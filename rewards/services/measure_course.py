"""What is done under a decided measure: talks and reviews. A wrong record is withdrawn with a reason, and stays."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from cadres.errors import Refused
from cadres.models import Account
from cadres.services.audit import audit_record
from rewards.models import Measure, MeasureDecision, MeasureOutcome, MeasureReview, MeasureTalk
from rewards.selectors.measure_course import MeasureCourse, course_of, measures_stored
from rewards.services.following import day_come, follow_withdraw
from rewards.services.measure import PERMISSION, measures_open

Record = MeasureTalk | MeasureReview


@dataclass(frozen=True)
class TalkRow:
    """A talk with the person, or the team, that the measure is about."""

    held_on: date
    place: str
    talker: str
    recorder: str
    content: str


@dataclass(frozen=True)
class ReviewRow:
    """What was found at the deadline; `deadline` is the new one of an extension."""

    held_on: date
    outcome: MeasureOutcome
    remarks: str
    deadline: date | None = None


def measure_talk_record(*, measure: Measure, row: TalkRow, by: Account | None) -> MeasureTalk:
    """A talk that was held. Raises PermissionDenied or Refused."""
    with measures_open(year=measure.year, by=by):
        course = _course(measure)
        _require_taken(course)
        _require_held(row.held_on, min(decision.decided_on for decision in course.decisions))
        talk = MeasureTalk.objects.create(
            measure=measure,
            held_on=row.held_on,
            **{name: _filled(row, name) for name in ("place", "talker", "recorder", "content")},
            entered_by=by,
            entered_at=timezone.now(),
        )
        _audit("measure_talk_record", talk, {"on": row.held_on.isoformat()}, by)
    return talk


def measure_review_record(*, measure: Measure, row: ReviewRow, by: Account | None) -> MeasureReview:
    """Mended, extended, or not mended. Raises PermissionDenied or Refused."""
    with measures_open(year=measure.year, by=by):
        course = _course(measure)
        _require_held(row.held_on, _require_taken(course).decided_on)
        _require_open(course)
        review = MeasureReview.objects.create(
            measure=measure,
            held_on=row.held_on,
            outcome=row.outcome,
            deadline=_new_deadline(row, course),
            remarks=_filled(row, "remarks"),
            entered_by=by,
            entered_at=timezone.now(),
        )
        _audit("measure_review_record", review, _review_details(review), by)
    return review


def measure_talk_withdraw(*, talk: MeasureTalk, reason: str, by: Account | None) -> None:
    """It counts no longer."""
    _withdraw("measure_talk_withdraw", talk, reason, by)


def measure_review_withdraw(*, review: MeasureReview, reason: str, by: Account | None) -> None:
    """The deadline before it is in force again."""
    _withdraw("measure_review_withdraw", review, reason, by)


def _withdraw(action: str, record: Record, reason: str, by: Account | None) -> None:
    year = record.measure.year
    with measures_open(year=year, by=by):
        follow_withdraw(
            record=record,
            year=year,
            permission=PERMISSION,
            action=action,
            reason=reason,
            subject=_words(record.measure),
            details={"on": record.held_on.isoformat()},
            by=by,
        )


def _course(measure: Measure) -> MeasureCourse:
    return course_of(measures_stored().get(pk=measure.pk))


def _require_taken(course: MeasureCourse) -> MeasureDecision:
    if course.taken is None:
        raise Refused(_("No measure was decided here: there is nothing to follow up."))
    return course.taken


def _require_held(day: date, decided_on: date) -> None:
    day_come("held_on", day)
    if day < decided_on:
        raise Refused({"held_on": _("The day lies before the decision of %(day)s.") % {"day": decided_on}})


def _require_open(course: MeasureCourse) -> None:
    if course.deadline is None:
        raise Refused(_("The decision set no deadline: there is nothing to review."))
    if course.settled:
        raise Refused(_("It was reviewed before. Withdraw that review first, or decide anew."))


def _new_deadline(row: ReviewRow, course: MeasureCourse) -> date | None:
    if row.outcome != MeasureOutcome.EXTENDED:
        return None
    if row.deadline is None:
        raise Refused({"deadline": _("An extension needs the new deadline.")})
    if row.deadline <= max(row.held_on, course.deadline or row.held_on):
        raise Refused({"deadline": _("The new deadline must lie after the review and after the deadline before.")})
    return row.deadline


def _filled(row: TalkRow | ReviewRow, name: str) -> str:
    text = str(getattr(row, name)).strip()
    if not text:
        raise Refused({name: _("This must not stay empty.")})
    return text


def _review_details(review: MeasureReview) -> dict[str, str]:
    deadline = review.deadline.isoformat() if review.deadline else ""
    return {"on": review.held_on.isoformat(), "outcome": str(review.outcome), "deadline": deadline}


def _audit(action: str, record: Record, details: dict[str, str], by: Account | None) -> None:
    """What was said in a talk is not for the trail."""
    measure = record.measure
    audit_record(by=by, action=action, year=measure.year.number, subject=_words(measure), details=details)


def _words(measure: Measure) -> str:
    return f"{measure.subject.name} {measure.code} {measure.kind}"
