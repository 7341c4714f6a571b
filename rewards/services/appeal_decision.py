"""How a review ends: the result stands, is corrected, or the appeal is withdrawn (RULES Y8).

A correction is a new version of the result; the one before stays on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import NOT_APPLICABLE
from assessment.models import AssessmentYear
from assessment.services.correction import Correction, tally_correct, value_correct
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.models import Appeal, AppealDecision, AppealOutcome
from rewards.selectors.appeal_item import InputKind, ItemState
from rewards.selectors.appeal_review import Consequences, Review, review_of
from rewards.services.appeal import published_held, undecided_refuse
from rewards.services.appeal_grade import grade_decide_reviewed, grades_of
from scoring.engine import Counts
from scoring.models import ResultVersion
from scoring.services.version import LONGEST_REASON, version_freeze


@dataclass(frozen=True)
class DecisionTerms:
    """What is decided. `seen` is `Review.seen` of the consequences that were shown; `grade` one decided anew for the
    subject with its reason, blank: the decided grade stays. Both go with a correction only."""

    outcome: AppealOutcome
    findings: str
    decided_on: date
    document: str = ""
    seen: str = ""
    grade: str = ""
    grade_reason: str = ""


class ConsequencesDiffer(Refused):
    """What would be confirmed is not what was shown: the page shows it anew, nothing was saved."""


def appeal_decide(*, appeal: Appeal, terms: DecisionTerms, by: Account | None) -> AppealDecision:
    """Decide, once. A correction puts the stored inputs right, freezes the result with them as the next version under
    the grades as decided, and appends the subject's new grade where there is one: all of it or nothing.

    Raises PermissionDenied; ConsequencesDiffer; Refused, with the field where one is meant.
    """
    with published_held(appeal.year, by) as year, transaction.atomic():
        undecided_refuse(appeal)
        _refuse_words(appeal, terms)
        corrected = terms.outcome == AppealOutcome.CORRECTED
        review = review_of(appeal, grade=terms.grade if corrected else "")
        found = _consequences_confirmed(review, terms)
        after = _correct(year, review, found, terms, by) if found else None
        decision = AppealDecision.objects.create(
            appeal=appeal,
            outcome=terms.outcome,
            decided_on=terms.decided_on,
            document=terms.document.strip(),
            findings=terms.findings.strip(),
            before=review.version,
            after=after,
            entered_by=by,
            entered_at=timezone.now(),
        )
        details = {
            "outcome": str(terms.outcome),
            "findings": decision.findings,
            "version": after.number if after else "",
        }
        audit_record(by=by, action="appeal_decide", year=year.number, subject=str(appeal.subject), details=details)
    return decision


def _refuse_words(appeal: Appeal, terms: DecisionTerms) -> None:
    problems: Mapping[str, str] = {
        "findings": _("State the findings.") if not terms.findings.strip() else "",
        "decided_on": _day_problem(appeal, terms.decided_on),
        "grade": _grade_problem(appeal, terms),
    }
    if found := {field: text for field, text in problems.items() if text}:
        raise Refused(found)


def _day_problem(appeal: Appeal, day: date) -> str:
    if day > timezone.localdate():
        return _("The day lies in the future.")
    return _("The appeal was received later than that.") if day < appeal.received_on else ""


def _grade_problem(appeal: Appeal, terms: DecisionTerms) -> str:
    if terms.grade and terms.outcome != AppealOutcome.CORRECTED:
        return _("A grade is decided anew only with a correction.")
    return _("Choose one of the four grades.") if terms.grade and terms.grade not in grades_of(appeal) else ""


def _consequences_confirmed(review: Review, terms: DecisionTerms) -> Consequences | None:
    """What a correction leads to; None for every other outcome. Raises Refused for one that does not fit."""
    if terms.outcome == AppealOutcome.WITHDRAWN:
        return None
    if not review.settled:
        raise Refused(_("Every contested input must be read again first: by two people who agree, or by a third."))
    if terms.outcome == AppealOutcome.UPHELD:
        if review.changed:
            raise Refused({"outcome": _("A source says something else than the result rests on: correct it.")})
        return None
    if review.consequences is None:
        raise Refused(_("With these readings the year is not computable (clause A3): they cannot be confirmed."))
    if not review.changed and not _grade_differs(review.consequences):
        raise Refused({"outcome": _("Nothing differs from the published result: it stands.")})
    if terms.seen != review.seen:
        raise ConsequencesDiffer(
            _("The consequences are other ones than those that were shown: look at them, then confirm.")
        )
    return review.consequences


def _grade_differs(found: Consequences) -> bool:
    before, after = found.before, found.after
    return (before.team_grades, before.cadre_grades) != (after.team_grades, after.cadre_grades)


def _correct(
    year: AssessmentYear, review: Review, found: Consequences, terms: DecisionTerms, by: Account | None
) -> ResultVersion:
    appeal = review.appeal
    words = {"subject": appeal.subject, "findings": terms.findings.strip()}
    reason = (_("Review of %(subject)s: %(findings)s") % words)[:LONGEST_REASON]
    for state in review.changed:
        _correct_input(year, state, reason, by)
    if terms.grade:
        grade_decide_reviewed(
            appeal=appeal, grade=terms.grade, reason=terms.grade_reason, result=found.after.result, by=by
        )
    return version_freeze(year=year, result=found.after.result, grades=review.grades, reason=reason, by=by)


def _correct_input(year: AssessmentYear, state: ItemState, reason: str, by: Account | None) -> None:
    source, content = state.source, state.content
    correction = Correction(reason, state.readers)
    if isinstance(content, Counts):
        of_cadre = source.kind is InputKind.CADRE_VOTES
        subject = Cadre.objects.get(number=source.code) if of_cadre else Township.objects.get(code=source.code)
        tally_correct(
            year=year,
            subject=subject,
            evaluation=source.line,
            group=source.group,
            counts=(*content.grades, content.abstain),
            correction=correction,
            by=by,
        )
        return
    township = Township.objects.get(code=source.code)
    cell = content if isinstance(content, Fraction) else NOT_APPLICABLE
    value_correct(year=year, township=township, line=source.line, cell=cell, correction=correction, by=by)
