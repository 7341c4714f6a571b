"""What the scheme doctor says of a varied scheme beyond what it says of the one in force."""

from assessment.models import AssessmentYear
from cadres.errors import Refused
from scoring.doctor.report import doctor_findings
from scoring.doctor.words import Finding
from scoring.results import current_result
from scoring.variation import Variation
from scoring.what_if import scheme_varied


def doctor_says(year: AssessmentYear, variation: Variation) -> list[Finding]:
    """Empty where nothing is changed, or where the variation is refused: that is said elsewhere."""
    scheme = current_result(year).scheme
    try:
        varied = scheme_varied(scheme, variation)
    except Refused:
        return []
    if varied == scheme:
        return []
    known = {(finding.text, finding.clause) for finding in doctor_findings(scheme, year)}
    return [finding for finding in doctor_findings(varied, year) if (finding.text, finding.clause) not in known]
