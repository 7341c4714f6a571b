"""Target values as an account may see them."""

from django.db.models import QuerySet

from assessment.models import AssessmentYear, LineValue, Phase, ScoredLine
from cadres.models import Account, Role


def lines_visible(*, year: AssessmentYear, by: Account) -> QuerySet[ScoredLine]:
    """The office and, once closed, leaders see all lines; a department those it answers for (RULES Y3)."""
    lines = year.lines.select_related("department")
    return lines.filter(department=by.department) if by.role == Role.DEPARTMENT else lines


def values_missing(*, year: AssessmentYear, by: Account) -> int:
    """How many values of the lines that a department answers for are missing; nothing is asked of it before the
    announcement, and nothing of other roles. Three queries."""
    if by.role != Role.DEPARTMENT or year.phase == Phase.DRAFT:
        return 0
    lines = list(lines_visible(year=year, by=by))
    there = LineValue.objects.filter(line__in=lines, township__years=year).count() if lines else 0
    return len(lines) * year.townships.count() - there


def values_of(lines: QuerySet[ScoredLine]) -> dict[tuple[str, str], LineValue]:
    """By (township code, line code), with who entered each."""
    values = LineValue.objects.filter(line__in=lines.values("pk")).select_related("township", "line", "entered_by")
    return {(value.township.code, value.line.code): value for value in values}
