"""A county whose grades call for measures, and what the committee resolves."""

from datetime import date

from assessment.models import AssessmentYear, Phase
from cadres.models import Account, Cadre
from rewards.models import MeasureDecision, PastResult, Taken, Verdict
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureCase, MeasureKey, measure_case
from rewards.services.grade import DecisionRow, grade_decisions_save
from rewards.services.measure import Resolution, measure_decide
from tests.county import county, ladder, year_in_phase

BODY, DECIDED_ON, DOCUMENT = "县委常委会", date(2026, 2, 10), "县委组〔2026〕3号"

TALK = MeasureKey(True, "T2", MeasureKind.COLLECTIVE_TALK)
TEAM_MENDS = MeasureKey(True, "T2", MeasureKind.RECTIFICATION)
ADMONITION = MeasureKey(False, "T1-3", MeasureKind.ADMONITION)
CADRE_MENDS = MeasureKey(False, "T1-3", MeasureKind.RECTIFICATION)
YELLOW = MeasureKey(False, "T1-4", MeasureKind.YELLOW_CARD)
DISMISSAL = MeasureKey(False, "T1-4", MeasureKind.ORGANISATIONAL)
YELLOW_OF_PAIR = MeasureKey(False, "T1-5", MeasureKind.YELLOW_CARD)
PAIR = MeasureKey(False, "T1-5", MeasureKind.ORGANISATIONAL)
ALL = [ADMONITION, CADRE_MENDS, YELLOW, DISMISSAL, YELLOW_OF_PAIR, PAIR]


def low_grades(*, teams: int = 2, number: int = 2025, phase: Phase = Phase.CLOSED) -> AssessmentYear:
    """T2 is 实绩较差; of T1 the third cadre is 基本称职, the fourth 不称职 in this year and the last, the fifth
    不称职 in this year and two years ago."""
    year = county(ladder(teams), number=number, phase=Phase.COLLECTING)
    grades = {"T2": "实绩较差", "T1-3": "基本称职", "T1-4": "不称职", "T1-5": "不称职"}
    rows = [DecisionRow(subject, grade, "县委研究决定") for subject, grade in grades.items()]
    grade_decisions_save(year=year, rows=rows, by=None)
    for cadre, past in (("T1-4", number - 1), ("T1-5", number - 2)):
        PastResult.objects.get_or_create(cadre=Cadre.objects.get(number=cadre), year=past, defaults={"grade": "不称职"})
    return year_in_phase(year, phase)


def resolved(verdict: Verdict = Verdict.ACCEPTED, taken: Taken | None = None, **changes: object) -> Resolution:
    reason = "" if verdict == Verdict.ACCEPTED else "县委常委会研究"
    fields = {"decided_by": BODY, "decided_on": DECIDED_ON, "document": DOCUMENT, "reason": reason, **changes}
    return Resolution(verdict, taken=taken, **fields)  # type: ignore[arg-type]


def decided(year: AssessmentYear, key: MeasureKey, by: Account | None = None, **changes: object) -> MeasureDecision:
    """Accepted, unless said otherwise."""
    return measure_decide(year=year, key=key, resolution=resolved(**changes), by=by)  # type: ignore[arg-type]


def case_of(year: AssessmentYear, key: MeasureKey) -> MeasureCase:
    case = measure_case(year, key)
    assert case is not None
    return case
