"""A grade decided anew because a review corrected the result it rests on (RULES 4, Y8)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.models import CADRE_GRADES, TEAM_GRADES, Appeal, GradeDecision
from rewards.selectors.grade import decisions_latest
from rewards.services.grade import LONGEST_REASON
from scoring.engine import TeamGrade, YearResult


def grade_decide_reviewed(
    *, appeal: Appeal, grade: str, reason: str, result: YearResult, by: Account | None
) -> GradeDecision:
    """Append a decision on the appeal's subject; `result` is the corrected one. Run within the step that decides on
    the appeal, the only one in which a grade is decided while the year is published.

    Raises PermissionDenied; Refused with the field: a grade that the subject cannot have, no reason.
    """
    require(by=by, permission="rewards.change_grades", target=appeal.year)
    if problem := _grade_problem(appeal, grade, result):
        raise Refused({"grade": problem})
    if not reason.strip() or len(reason.strip()) > LONGEST_REASON:
        text = _("A grade decided anew needs a reason of at most %(count)d characters.")
        raise Refused({"grade_reason": text % {"count": LONGEST_REASON}})
    latest = decisions_latest(appeal.year)
    before = (latest.teams if appeal.township else latest.cadres).get(appeal.code)
    decision = GradeDecision.objects.create(
        year=appeal.year,
        township=appeal.township,
        cadre=appeal.cadre,
        number=before.number + 1 if before else 1,
        grade=grade,
        suggested=grade_suggested(appeal, result) or "",
        reason=reason.strip(),
        decided_by=by,
        decided_at=timezone.now(),
    )
    fields = [["grade", before.grade if before else None, grade], ["reason", before.reason if before else None, reason]]
    details = {"decisions": [{"subject": str(appeal.subject), "fields": fields}]}
    audit_record(by=by, action="grade_decisions_save", year=appeal.year.number, details=details)
    return decision


def grade_suggested(appeal: Appeal, result: YearResult) -> str | None:
    """What the result suggests for the appeal's subject."""
    found = result.team(appeal.code).grade if appeal.township else result.cadre(appeal.code).grade
    return None if found is None else str(found)


def grades_of(appeal: Appeal) -> tuple[str, ...]:
    """Those that the appeal's subject can have."""
    return TEAM_GRADES if appeal.township else CADRE_GRADES


def _grade_problem(appeal: Appeal, grade: str, result: YearResult) -> str:
    if grade not in grades_of(appeal):
        return _("Choose one of the four grades.")
    if appeal.township and grade == TeamGrade.OUTSTANDING and result.team(appeal.code).vetoed:
        return _("a veto is in force: the team cannot be outstanding (clause G5)")
    return ""
