"""个别谈话: how many there are to talk to, and each talk that was held (RULES Y5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, Interview, Interviewee, InterviewTarget
from assessment.record_places import RecordPlace, place_of
from assessment.services.guard import inputs_open
from assessment.services.record import place_open, record_add, record_change, record_withdraw
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes, rows_upsert

PERMISSION = "assessment.record_interview"

TargetKey = tuple[str, str]
"""(township code, group)."""


@dataclass(frozen=True)
class InterviewRow:
    """One talk: with `cadre` of the team, or with `person` of another group."""

    group: Interviewee
    held_on: date
    cadre: Cadre | None = None
    person: str = ""
    place: str = ""
    content: str = ""


def interview_targets_save(
    *, year: AssessmentYear, people: Mapping[TargetKey, int | None], by: Account | None
) -> Changes:
    """How many people a group has in a township; None: not known any more. KeyError for an unknown township."""
    with inputs_open(year=year, permission="assessment.change_interview_targets", by=by):
        townships = {township.code: township for township in Township.objects.all()}
        stored = year.interview_targets.select_related("township")
        existing = {(target.township.code, target.group): target for target in stored}
        changes = rows_upsert(
            existing=existing,
            incoming={key: {"people": number} for key, number in people.items() if number is not None},
            make=lambda key: InterviewTarget(year=year, township=townships[key[0]], group=key[1]),
            subject=lambda key: f"{townships[key[0]]} {Interviewee(key[1]).label}",
        )
        _clear([existing[key] for key, number in people.items() if number is None and key in existing], changes)
        if changes:
            audit_record(by=by, action="interview_targets_save", year=year.number, details=changes.for_audit())
    return changes


def interview_record(*, year: AssessmentYear, township: Township, row: InterviewRow, by: Account) -> Interview:
    """A talk that was held. Raises Refused where the person of this group and township is on record already."""
    with place_open(place=RecordPlace(year, township), permission=PERMISSION, by=by):
        fields = _fields(year, township, row)
        _refuse_twice(year, township, fields)
        interview = Interview(year=year, township=township, **fields)
        record_add(record=interview, action="interview_record", by=by)
    return interview


def interview_correct(*, interview: Interview, row: InterviewRow, by: Account) -> None:
    """By its author, until the year is closed."""
    with place_open(place=place_of(interview), permission=PERMISSION, by=by):
        fields = _fields(interview.year, interview.township, row)
        _refuse_twice(interview.year, interview.township, fields, but=interview.pk)
        record_change(record=interview, fields=fields, action="interview_correct", by=by)


def interview_withdraw(*, interview: Interview, reason: str, by: Account) -> None:
    """It counts no longer: the person can be recorded again."""
    record_withdraw(record=interview, reason=reason, action="interview_withdraw", by=by)


def _fields(year: AssessmentYear, township: Township, row: InterviewRow) -> dict[str, object]:
    """The columns of a talk; the team's members are those of the roster, graded or not."""
    member = row.group == Interviewee.MEMBER
    if member and not year.roster.filter(cadre=row.cadre, township=township).exists():
        raise Refused(_("Choose a member of the leadership team."))
    person = row.cadre.number if member and row.cadre else row.person.strip()
    if not person:
        raise Refused(_("Name the person."))
    return {
        "group": row.group,
        "cadre": row.cadre if member else None,
        "person": person,
        "held_on": row.held_on,
        "place": row.place.strip(),
        "content": row.content.strip(),
    }


def _refuse_twice(
    year: AssessmentYear, township: Township, fields: Mapping[str, object], but: int | None = None
) -> None:
    same = Interview.objects.filter(year=year, township=township, group=fields["group"], person=fields["person"])
    if same.filter(withdrawn_reason="").exclude(pk__in=[but] if but else []).exists():
        raise Refused(_("A talk with this person is on record for this group and township."))


def _clear(targets: list[InterviewTarget], changes: Changes) -> None:
    for target in targets:
        changes.removed.append(Change(str(target), (("people", str(target.people), ""),)))
    InterviewTarget.objects.filter(pk__in=[target.pk for target in targets]).delete()
