"""The machine-readable list of a year's measures (WORKBOOK 2, `measures --json`)."""

import json
from typing import Any

from assessment.models import AssessmentYear
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureCase, measure_cases


def measure_records(year: AssessmentYear) -> list[dict[str, Any]]:
    """What the rules propose on the grades in force, declined or not, and the interrupted pairs that were taken up."""
    return [measure_record(case) for case in measure_cases(year) if case.listed]


def measure_record(case: MeasureCase) -> dict[str, Any]:
    """`deadline` of 限期改进 alone: the one decided, else the one proposed."""
    due = case.deadline if case.key.kind == MeasureKind.RECTIFICATION else None
    return {
        "subject": case.key.code,
        "kind": str(case.key.kind),
        "clause": case.clause,
        "years": list(case.years),
        "deadline": due.isoformat() if due else None,
    }


def measure_text(records: list[dict[str, Any]]) -> str:
    return json.dumps(records, ensure_ascii=False, indent=1)
