"""People and where they serve. A cadre's own page, with all years, is scoring's."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cadres.access import AccountRequest, may
from cadres.filters import CadreFilter
from cadres.forms.cadre import AppointmentForm, CadreCreateForm, CadreForm, CadreLeaveForm, CadreMoveForm
from cadres.forms.saving import form_saved, posted
from cadres.models import Appointment, Cadre
from cadres.selectors.cadre import cadres_listed
from cadres.services.cadre import appointment_update, cadre_rename
from cadres.services.cadre import cadre_create as create
from cadres.services.cadre import cadre_leave as leave
from cadres.services.cadre import cadre_move as move
from cadres.tables import CadreTable
from cadres.views.pages import create_button, form_page, list_page


@may("cadres.view_roster")
def cadres(request: AccountRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("Cadres"),
        rows=cadres_listed(timezone.localdate()),
        filters=CadreFilter,
        table=CadreTable,
        empty_title=_("No cadre yet"),
        empty_text=_("Add them here, or upload the workbook of a year."),
        **create_button(request.user, "cadres.change_roster", "cadres:cadre_create", _("New cadre"))
        | {"actions": "cadres/cadres_actions.html"},
    )


@may("cadres.change_roster")
def cadre_create(request: AccountRequest) -> HttpResponse:
    form = CadreCreateForm(posted(request))
    if form_saved(form, lambda: create(**form.cleaned_data, by=request.user)):
        messages.success(request, _("The cadre is recorded. Next: the post held."))
        return redirect("cadres:cadre_move", number=form.cleaned_data["number"])
    back = reverse("cadres:cadres")
    return form_page(request, form, title=_("New cadre"), back=back, crumb=_("Cadres"), action=_("Save"))


@may("cadres.change_roster")
def cadre_update(request: AccountRequest, number: str) -> HttpResponse:
    edited = get_object_or_404(Cadre, number=number)
    form = CadreForm(posted(request), instance=edited)
    if form_saved(form, lambda: cadre_rename(cadre=edited, name=form.cleaned_data["name"], by=request.user)):
        return _saved(request, edited)
    return _form_page(request, form, edited, title=_("Change the name"), action=_("Save"))


@may("cadres.change_roster")
def cadre_move(request: AccountRequest, number: str) -> HttpResponse:
    moved = get_object_or_404(Cadre, number=number)
    form = CadreMoveForm(posted(request))
    if form_saved(
        form,
        lambda: move(
            cadre=moved,
            township=form.cleaned_data["township"],
            posts=form.posts(),
            on=form.cleaned_data["on"],
            by=request.user,
        ),
    ):
        return _saved(request, moved)
    consequence = _(
        "Where %(cadre)s serves from a day on. A year's roster is kept apart: change it there too, if the person "
        "is to be assessed in the new post."
    ) % {"cadre": moved}
    return _form_page(
        request, form, moved, title=_("Appointment or transfer"), consequence=consequence, action=_("Save")
    )


@may("cadres.change_roster")
def cadre_leave(request: AccountRequest, number: str) -> HttpResponse:
    leaving = get_object_or_404(Cadre, number=number)
    form = CadreLeaveForm(posted(request))
    if form_saved(form, lambda: leave(cadre=leaving, last=form.cleaned_data["last"], by=request.user)):
        return _saved(request, leaving)
    consequence = _("All posts of %(cadre)s end with this day. Earlier years keep their results.")
    return _form_page(
        request,
        form,
        leaving,
        title=_("End of service"),
        consequence=consequence % {"cadre": leaving},
        action=_("End the posts"),
    )


@may("cadres.change_roster")
def appointment(request: AccountRequest, number: str, appointment: int) -> HttpResponse:
    edited = get_object_or_404(
        Appointment.objects.select_related("cadre", "township", "post"), pk=appointment, cadre__number=number
    )
    form = AppointmentForm(posted(request), initial={"start": edited.start, "end": edited.end})
    if form_saved(form, lambda: appointment_update(appointment=edited, **form.cleaned_data, by=request.user)):
        return _saved(request, edited.cadre)
    title = f"{edited.post} · {edited.township}"
    return _form_page(request, form, edited.cadre, title=title, action=_("Correct the days"))


def _saved(request: AccountRequest, cadre: Cadre) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(cadre_address(cadre))


def cadre_address(cadre: Cadre) -> str:
    return reverse("scoring:cadre_years", kwargs={"number": cadre.number})


def _form_page(request: AccountRequest, form: BaseForm, cadre: Cadre, **context: str) -> HttpResponse:
    return form_page(request, form, back=cadre_address(cadre), crumb=str(cadre), **context)
