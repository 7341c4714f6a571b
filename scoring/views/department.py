"""The ranking of departments (RULES Y6): all of them, and each its own once published."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.models import Department, Role
from cadres.permissions import allows, require
from scoring.access import ResultRequest, results_view
from scoring.departments import department_rows, departments_ranked, question_names
from scoring.pages import result_page, subject_title
from scoring.sight import sight_of


@results_view("scoring.view_departments")
def departments(request: ResultRequest, *, year: AssessmentYear) -> HttpResponse:
    """What townships say about the service of each department, as places."""
    rows = department_rows(departments_ranked(year), sight_of(request.user))
    return result_page(
        request,
        "scoring/departments.html",
        year=year,
        title=_("Ranking of departments %(number)s") % {"number": year.number},
        here=_("Ranking of departments"),
        rows=rows,
        questions=question_names(),
        counts=allows(request.user, "scoring.view_counts"),
        staff=any(row.democratic is not None for row in rows),
    )


@results_view("scoring.view_department")
def department(request: ResultRequest, *, year: AssessmentYear, code: str) -> HttpResponse:
    """One department: any for those who see all, a department's own once the year is published."""
    own = request.user.department
    if request.user.role == Role.DEPARTMENT and (own is None or own.code != code):
        require(by=request.user, permission="scoring.view_departments", target=year)  # which no department holds
    asked = get_object_or_404(Department, code=code)
    rows = department_rows(departments_ranked(year), sight_of(request.user))
    found = next((row for row in rows if row.code == code), None)
    return result_page(
        request,
        "scoring/department.html",
        year=year,
        title=subject_title(asked.name, year),
        here=asked.name,
        row=found,
        questions=question_names(),
    )
