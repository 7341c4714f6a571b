"""The audit trail, for the auditor."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cadres.access import AccountRequest, may
from cadres.filters import AuditFilter
from cadres.models import AuditEntry
from cadres.services.trail import audit_verify as verify
from cadres.tables import AuditTable
from cadres.views.pages import list_page


@may("cadres.view_audit")
def audit(request: AccountRequest) -> HttpResponse:
    return list_page(
        request,
        title=_("Audit trail"),
        lead=_("Who did, or was refused, what. Entries are added, never changed."),
        rows=AuditEntry.objects.all(),
        filters=AuditFilter,
        table=AuditTable,
        empty_title=_("No entry yet"),
        empty_text=_("Everything that is done here leaves its entry."),
        actions="cadres/audit_actions.html",
    )


@may("cadres.view_audit")
def audit_verify(request: AccountRequest) -> HttpResponse:
    """GET explains, POST verifies and shows the outcome."""
    state = verify(by=request.user) if request.method == "POST" else None
    return render(request, "cadres/audit_verify.html", {"state": state})
