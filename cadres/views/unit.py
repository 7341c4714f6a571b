"""Townships and departments: two kinds of unit, one kind of page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cadres.access import AccountRequest, may
from cadres.filters import DepartmentFilter, TownshipFilter
from cadres.forms.saving import form_saved, posted
from cadres.forms.unit import DepartmentForm, TownshipForm
from cadres.models import Department, Township
from cadres.services.unit import unit_save
from cadres.tables import DepartmentTable, TownshipTable
from cadres.views.pages import create_button, form_page, list_page


@may("cadres.view_units")
def townships(request: AccountRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("Townships"),
        rows=Township.objects.all(),
        filters=TownshipFilter,
        table=TownshipTable,
        empty_title=_("No township yet"),
        empty_text=_("Add them here, or upload the workbook of a year."),
        **create_button(request.user, "cadres.change_roster", "cadres:township_create", _("New township")),
    )


@may("cadres.change_roster")
def township_create(request: AccountRequest) -> HttpResponse:
    return _township_form(request, Township(), _("New township"))


@may("cadres.change_roster")
def township(request: AccountRequest, code: str) -> HttpResponse:
    edited = get_object_or_404(Township, code=code)
    return _township_form(request, edited, edited.name)


@may("cadres.view_units")
def departments(request: AccountRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("Departments"),
        rows=Department.objects.all(),
        filters=DepartmentFilter,
        table=DepartmentTable,
        empty_title=_("No department yet"),
        empty_text=_("Add them here, or upload the workbook of a year."),
        **create_button(request.user, "cadres.change_roster", "cadres:department_create", _("New department")),
    )


@may("cadres.change_roster")
def department_create(request: AccountRequest) -> HttpResponse:
    return _department_form(request, Department(), _("New department"))


@may("cadres.change_roster")
def department(request: AccountRequest, code: str) -> HttpResponse:
    edited = get_object_or_404(Department, code=code)
    return _department_form(request, edited, edited.name)


def _township_form(request: AccountRequest, unit: Township, title: str) -> HttpResponse:
    form = TownshipForm(posted(request), instance=unit)
    return _unit_form(request, form, title, "cadres:townships", _("Townships"))


def _department_form(request: AccountRequest, unit: Department, title: str) -> HttpResponse:
    form = DepartmentForm(posted(request), instance=unit)
    return _unit_form(request, form, title, "cadres:departments", _("Departments"))


def _unit_form(
    request: AccountRequest, form: TownshipForm | DepartmentForm, title: str, back: str, crumb: str
) -> HttpResponse:
    if form_saved(form, lambda: unit_save(unit=form.instance, by=request.user)):
        messages.success(request, _("“%(name)s” is saved.") % {"name": form.instance.name})
        return redirect(back)
    return form_page(request, form, title=title, back=reverse(back), crumb=crumb, action=_("Save"))
