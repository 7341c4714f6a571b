"""Target values as an account may see them."""

from django.db.models import Count, QuerySet

from assessment.models import AssessmentYear, LineValue, Phase, ScoredLine
from assessment.selectors.value_entry import entries_pending
from cadres.models import Account, Department, Role
from cadres.permissions import allows


def lines_visible(*, year: AssessmentYear, by: Account, department: str = "") -> QuerySet[ScoredLine]:
    """The office and, once closed, leaders see all lines, or those of one department (its code); a department those
    it answers for (RULES Y3)."""
    lines = year.lines.select_related("department")
    if by.role == Role.DEPARTMENT:
        return lines.filter(department=by.department)
    return lines.filter(department__code=department) if department else lines


def departments_answering(year: AssessmentYear) -> QuerySet[Department]:
    """Who answers for lines of the year."""
    return Department.objects.filter(lines__year=year).annotate(lines_count=Count("lines")).order_by("code")


def values_enterable(*, year: AssessmentYear, by: Account) -> bool:
    """Departments type their values while the year is collecting; the office may prepare from the draft on."""
    if not allows(by, "assessment.enter_values", year):
        return False
    return year.inputs_open if by.role == Role.OFFICE else year.phase == Phase.COLLECTING


def values_missing(*, year: AssessmentYear, by: Account) -> int:
    """How many cells of the lines that a department answers for hold neither a value nor an entry that awaits
    confirmation; nothing is asked of it before the announcement, and nothing of other roles. Four queries."""
    if by.role != Role.DEPARTMENT or year.phase == Phase.DRAFT:
        return 0
    lines = list(lines_visible(year=year, by=by))
    if not lines:
        return 0
    there = {
        *LineValue.objects.filter(line__in=lines, township__years=year).order_by().values_list("line", "township"),
        *entries_pending(year).filter(line__in=lines, township__years=year).order_by().values_list("line", "township"),
    }
    return len(lines) * year.townships.count() - len(there)


def values_of(lines: QuerySet[ScoredLine]) -> dict[tuple[str, str], LineValue]:
    """By (township code, line code), with who entered and who confirmed each."""
    values = LineValue.objects.filter(line__in=lines.order_by().values("pk"))
    values = values.select_related("township", "line", "entered_by", "confirmed_by")
    return {(value.township.code, value.line.code): value for value in values}
