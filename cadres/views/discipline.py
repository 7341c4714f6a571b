"""处分记录: a person's records, recording and revoking one, and all of the county (RULES G4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cadres.access import AccountRequest, may
from cadres.filters import DisciplineFilter
from cadres.forms.discipline import DisciplineForm, DisciplineRevokeForm
from cadres.forms.saving import form_saved, posted
from cadres.models import Cadre, DisciplinaryRecord
from cadres.selectors.discipline import records_listed, records_of
from cadres.services.discipline import discipline_record, discipline_revoke
from cadres.tables import DisciplineTable
from cadres.views.pages import form_page, list_page


@may("cadres.view_discipline")
def disciplines(request: AccountRequest) -> HttpResponse:
    """Everybody's; those in force today, unless the filter asks for others."""
    return list_page(
        request,
        title=_("Disciplinary records"),
        lead=_("Sanctions in force bar from the highest grade. They are recorded on the person's page."),
        rows=records_listed(),
        filters=DisciplineFilter,
        table=DisciplineTable,
        empty_title=_("No disciplinary record is in force"),
        empty_text=_("Open a cadre's page to record one."),
        create_url="?state=all",
        create_label=_("Show those that are over too"),
    )


@may("cadres.view_discipline")
def discipline(request: AccountRequest, number: str) -> HttpResponse:
    """One person's, revoked ones included."""
    cadre = get_object_or_404(Cadre, number=number)
    return render(request, "cadres/discipline.html", {"cadre": cadre, "records": records_of(cadre)})


@may("cadres.change_discipline")
def discipline_new(request: AccountRequest, number: str) -> HttpResponse:
    cadre = get_object_or_404(Cadre, number=number)
    form = DisciplineForm(posted(request))
    if form_saved(form, lambda: discipline_record(cadre=cadre, row=form.row(), by=request.user)):
        messages.success(request, _("The disciplinary record was entered."))
        return redirect("cadres:discipline", number=number)
    consequence = _(
        "While it is in force, %(cadre)s is barred from the highest grade of the years it falls into. Years already "
        "confirmed keep their results."
    )
    title = _("Record a sanction: %(cadre)s") % {"cadre": cadre}
    return _form_page(
        request, form, cadre, title=title, consequence=consequence % {"cadre": cadre}, action=_("Record the sanction")
    )


@may("cadres.change_discipline")
def discipline_end(request: AccountRequest, number: str, record: int) -> HttpResponse:
    standing = DisciplinaryRecord.objects.select_related("cadre").filter(revoked_at=None, cadre__number=number)
    stored = get_object_or_404(standing, pk=record)
    form = DisciplineRevokeForm(posted(request))
    if form_saved(form, lambda: discipline_revoke(record=stored, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("The disciplinary record was revoked; it stays in the list."))
        return redirect("cadres:discipline", number=number)
    consequence = _(
        "It no longer bars from the highest grade. Record and revocation both stay; years already confirmed keep "
        "their results."
    )
    title = _("Revoke: %(kind)s, %(document)s") % {"kind": stored.get_kind_display(), "document": stored.document}
    return _form_page(request, form, stored.cadre, title=title, consequence=consequence, action=_("Revoke the record"))


def _form_page(
    request: AccountRequest, form: DisciplineForm | DisciplineRevokeForm, cadre: Cadre, **context: str
) -> HttpResponse:
    back = reverse("cadres:discipline", kwargs={"number": cadre.number})
    crumb = _("Disciplinary records of %(cadre)s") % {"cadre": cadre}
    return form_page(request, form, back=back, crumb=crumb, **context)
