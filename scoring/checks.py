"""What scoring has to say before a year is announced (RULES Y1). It advises, the step is not refused."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.selectors.checklist import Check
from assessment.selectors.year import scheme_current
from scoring.doctor.report import doctor_report
from scoring.doctor.words import OF_DEPARTMENTS, Finding


def scheme_examined(year: AssessmentYear) -> Check:
    """Everything pressing, for the pages of the scheme."""
    return _check(doctor_report(scheme_current(year), year).pressing)


def scheme_sound(year: AssessmentYear) -> Check:
    """The same for the checklist, which asks about departments by itself."""
    pressing = doctor_report(scheme_current(year), year).pressing
    return _check(finding for finding in pressing if finding.code not in OF_DEPARTMENTS)


def _check(findings: Iterable[Finding]) -> Check:
    sentences = tuple(finding.sentence for finding in findings)
    return Check(_("The scheme doctor found nothing"), sentences, blocking=False, link="scoring:scheme_doctor")
