"""考评办法体检: what is doubtful about a year's scheme, before it is announced."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assessment.access import year_view
from assessment.models import AssessmentYear
from assessment.selectors.year import scheme_version_current
from cadres.access import AccountRequest
from scoring.doctor.report import doctor_report


@year_view("assessment.change_scheme")
@require_safe
def scheme_doctor(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The findings of the scheme in force, each with the way to its input while the scheme can be changed."""
    version = scheme_version_current(year)
    edit_url = reverse("assessment:scheme_edit", kwargs={"year": year.number}) if year.scheme_open else ""
    context = {"year": year, "version": version, "report": doctor_report(version.scheme, year), "edit_url": edit_url}
    return render(request, "scoring/scheme_doctor.html", context)
