"""考评办法: the scheme of a year, its editor while in draft, its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.scheme import SchemeForm, rows_rearranged, scheme_form, scheme_form_typed
from assessment.forms.scheme_rows import method_parts
from assessment.models import AssessmentYear, SchemeVersion
from assessment.presenters.scheme import differences, ranked, scheme_page, versions_compared
from assessment.presenters.year import scheme_advice
from assessment.selectors.year import scheme_version_current
from assessment.services.scheme import scheme_save
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.models import Department
from cadres.permissions import allows

SAVE = "save"


@year_view("assessment.view_scheme")
def scheme(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every parameter with value, clause and source; printable."""
    may_change = allows(request.user, "assessment.change_scheme", year)
    context = scheme_page(year) | {
        "editable": may_change and year.scheme_open,
        "may_change": may_change,
        "advice": scheme_advice(year) if may_change else [],
    }
    return render(request, "assessment/scheme_detail.html", context)


@year_view("assessment.change_scheme")
def scheme_edit(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Change the scheme while the year is in draft."""
    if not year.scheme_open:
        messages.error(request, _("The scheme of %(year)s was frozen when it was announced.") % {"year": year})
        return redirect("assessment:scheme", year=year.number)
    version = scheme_version_current(year)
    if request.method != "POST":
        return _editor(request, year, version, scheme_form(version.scheme, _units()))
    form = scheme_form_typed(version.scheme, _units(), request.POST)
    action = request.POST.get("action", SAVE)
    if action != SAVE:
        rows_rearranged(form, action, _units())
        return _editor(request, year, version, form)
    if form.check() and _save(request, year, version, form):
        return redirect("assessment:scheme", year=year.number)
    return _editor(request, year, version, form, refused=True)


@year_view("assessment.change_scheme")
def scheme_check(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What is wrong with the scheme as typed so far, for the places beside the fields."""
    form = scheme_form_typed(scheme_version_current(year).scheme, _units(), request.POST)
    form.check()
    context = {"form": form, "oob": True, "refused": "refused" in request.POST}
    return render(request, "assessment/scheme_check.html", context)


@year_view("assessment.change_scheme")
def scheme_versions(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """Every version with its reason, and what differs between any two."""
    versions = list(year.scheme_versions.select_related("made_by"))
    compared = versions_compared(versions, request.GET.get("old", ""), request.GET.get("new", ""))
    return render(request, "assessment/scheme_versions.html", {"year": year, "versions": versions, **compared})


def _save(request: AccountRequest, year: AssessmentYear, version: SchemeVersion, form: SchemeForm) -> bool:
    """One more version; False, with the reason on the form, when it was not saved."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        form.problems.append(_("State the reason for the change."))
        return False
    if request.POST.get("version") != str(version.number):
        words = _("Version %(number)s was saved meanwhile. What yours changes in it is listed; save again to do so.")
        form.problems.append(words % {"number": version.number})
        return False
    try:
        change = scheme_save(year=year, scheme=form.scheme or version.scheme, reason=reason, by=request.user)
    except Refused as refusal:
        form.problems.extend(refusal.messages)
        return False
    _say(request, change.version, len(change.differences))
    return True


def _say(request: AccountRequest, version: SchemeVersion | None, count: int) -> None:
    if version:
        words = _("Version %(number)s is in force: %(count)s changes.")
        messages.success(request, words % {"number": version.number, "count": count})
    else:
        messages.info(request, _("Nothing was changed."))


def _editor(
    request: AccountRequest, year: AssessmentYear, version: SchemeVersion, form: SchemeForm, *, refused: bool = False
) -> HttpResponse:
    """The editor; after a refused save it begins with what is wrong."""
    context: dict[str, Any] = {
        "year": year,
        "version": version,
        "form": form,
        "refused": refused,
        "method_parts": method_parts(),
        "ranked": ranked(year),
        "reason": request.POST.get("reason", ""),
        "differences": differences(version.scheme, form.scheme) if form.scheme else [],
        "advice": scheme_advice(year) if request.method != "POST" else [],
    }
    return render(request, "assessment/scheme_edit.html", context)


def _units() -> list[tuple[str, str]]:
    return list(Department.objects.filter(is_active=True).values_list("code", "name"))
