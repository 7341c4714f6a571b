from assessment.models import AssessmentYear


def board_page(year: AssessmentYear, *, only_missing: bool) -> dict[str, object]:
    return {"year": year, "only_missing": only_missing}
