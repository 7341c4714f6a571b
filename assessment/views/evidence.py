"""佐证材料: files beside the values of a line, for the office and the department that answers for it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.evidence import EvidenceForm
from assessment.models import AssessmentYear, Evidence
from assessment.services.evidence import evidence_add, evidence_withdraw
from assessment.views.feedback import tried
from assessment.views.value import line_or_403, to_line
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import posted
from cadres.permissions import require


@year_view("assessment.enter_values")
def evidence_new(request: AccountRequest, *, year: AssessmentYear, line: str) -> HttpResponse:
    """Attach a file to a line, or to one township's value of it."""
    found = line_or_403(request, year, line)
    initial = {"township": year.townships.filter(code=request.GET.get("township", "")).first()}
    form = EvidenceForm(posted(request), request.FILES, year=year, initial=initial)
    if form.is_valid():
        try:
            evidence = evidence_add(line=found, **form.fields_of(), by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("“%(file)s” was attached.") % {"file": evidence.file_name})
            return to_line(year, found)
    return render(request, "assessment/evidence_new.html", {"year": year, "line": found, "form": form})


@year_view("assessment.enter_values")
def evidence_file(request: AccountRequest, *, year: AssessmentYear, evidence: int) -> HttpResponse:
    """The file as it was handed in: to be kept, never shown as a page of this site."""
    stored = _stored(request, year, evidence)
    response = HttpResponse(bytes(stored.content), content_type=stored.content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, stored.file_name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response


@year_view("assessment.enter_values")
def evidence_end(request: AccountRequest, *, year: AssessmentYear, evidence: int) -> HttpResponse:
    """Withdraw a file; it stays on record."""
    stored = _stored(request, year, evidence)
    if request.method == "POST":
        done = _("“%(file)s” was withdrawn; it stays on record.") % {"file": stored.file_name}
        tried(request, lambda: evidence_withdraw(evidence=stored, by=request.user), done)
        return to_line(year, stored.line)
    if stored.withdrawn_at:
        return redirect("assessment:value_line", year=year.number, line=stored.line.code)
    return render(request, "assessment/evidence_withdraw.html", {"year": year, "evidence": stored})


def _stored(request: AccountRequest, year: AssessmentYear, evidence: int) -> Evidence:
    """For those who may; another department is refused on record."""
    stored = get_object_or_404(Evidence.objects.select_related("line__year"), pk=evidence, line__year=year)
    require(by=request.user, permission="assessment.view_evidence", target=stored.line)
    return stored
