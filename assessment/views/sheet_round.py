"""评价轮次: the office opens and closes rounds of sheets, sees who has signed, and returns signed sheets."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from assessment.access import year_view
from assessment.forms.reason import ReasonForm
from assessment.models import AssessmentYear, Phase, Sheet, SheetKind, SheetRound, SheetSignature, SheetState
from assessment.presenters.sheet import signed_blocks
from assessment.presenters.sheet_round import account_lines, closing_of, fills_words, round_lines
from assessment.selectors.sheet import round_questions, round_rows
from assessment.selectors.team import assessors_left
from assessment.selectors.year import scheme_current
from assessment.services.sheet import sheet_read_record, sheet_return
from assessment.services.sheet_round import sheet_round_close, sheet_round_open, sheet_round_reopen
from assessment.views.feedback import tried
from cadres.access import AccountRequest
from cadres.forms.saving import form_saved, posted

CHANGE = "assessment.change_sheets"


@year_view("assessment.view_sheets")
def sheets(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """All four rounds and how far they are."""
    context = {"year": year, "lines": round_lines(year), "collecting": year.phase == Phase.COLLECTING}
    return render(request, "assessment/sheet_rounds.html", context)


@year_view("assessment.view_sheets")
def sheet_round(request: AccountRequest, *, year: AssessmentYear, kind: str) -> HttpResponse:
    """Per account: not begun, draft, signed, returned; with whom to call."""
    found = _round(year, kind)
    rows = round_rows(found, round_questions(year, kind))
    context = {
        "year": year,
        "round": found,
        "fills": fills_words(scheme_current(year), kind),
        "lines": account_lines(rows),
        "left": sum(row.waited_for for row in rows),
        "without_team": assessors_left(year) if kind == SheetKind.ASSESSOR else [],
        "collecting": year.phase == Phase.COLLECTING,
    }
    return render(request, "assessment/sheet_round.html", context)


@year_view(CHANGE)
def sheet_round_begin(request: AccountRequest, *, year: AssessmentYear, kind: str) -> HttpResponse:
    """Open a round."""
    fills = fills_words(scheme_current(year), _kind(kind))
    done = _("The round is open.")
    context = {"kind": SheetKind(kind), "fills": fills}
    if request.method == "POST" and tried(
        request, lambda: sheet_round_open(year=year, kind=kind, by=request.user), done
    ):
        return redirect("assessment:sheet_round", year=year.number, kind=kind)
    return render(request, "assessment/sheet_round_open.html", {"year": year, **context})


@year_view(CHANGE)
def sheet_round_end(request: AccountRequest, *, year: AssessmentYear, kind: str) -> HttpResponse:
    """Close a round; the page names who has not signed."""
    found = _round(year, kind)
    done = _("The round is closed and its signed sheets are counted.")
    if request.method == "POST" and tried(request, lambda: sheet_round_close(sheet_round=found, by=request.user), done):
        return redirect("assessment:sheet_round", year=year.number, kind=kind)
    context = {"year": year, "round": found, "closing": closing_of(found)}
    return render(request, "assessment/sheet_round_close.html", context)


@year_view(CHANGE)
def sheet_round_again(request: AccountRequest, *, year: AssessmentYear, kind: str) -> HttpResponse:
    """Re-open a closed round, with a reason."""
    found, form = _round(year, kind), ReasonForm(posted(request))
    if form_saved(
        form, lambda: sheet_round_reopen(sheet_round=found, reason=form.cleaned_data["reason"], by=request.user)
    ):
        messages.success(request, _("The round is open again; its votes are no longer counted."))
        return redirect("assessment:sheet_round", year=year.number, kind=kind)
    return render(request, "assessment/sheet_round_reopen.html", {"year": year, "round": found, "form": form})


@year_view("assessment.view_sheets")
def sheet_signed(
    request: AccountRequest, *, year: AssessmentYear, kind: str, account: str, version: int
) -> HttpResponse:
    """A version that somebody signed; drafts are read by nobody. Opening it is kept in the audit trail."""
    signatures = SheetSignature.objects.filter(sheet=_sheet(year, kind, account))
    found = signatures.select_related("sheet__round__year", "sheet__account", "signed_by")
    signature = get_object_or_404(found, number=version)
    sheet_read_record(signature=signature, by=request.user)
    sheet = signature.sheet
    blocks = signed_blocks(year, sheet.account, kind, signature.marks)
    context = {
        "year": year,
        "signature": signature,
        "blocks": blocks,
        "account": sheet.account,
        "office": True,
        "versions": signatures.order_by("number").values_list("number", flat=True),
        "returnable": sheet.state == SheetState.SIGNED and sheet.round.is_open and year.phase == Phase.COLLECTING,
    }
    return render(request, "assessment/sheet_version.html", context)


@year_view(CHANGE)
def sheet_back(request: AccountRequest, *, year: AssessmentYear, kind: str, account: str) -> HttpResponse:
    """Return a signed sheet, with a reason."""
    sheet, form = _sheet(year, kind, account), ReasonForm(posted(request))
    if form_saved(form, lambda: sheet_return(sheet=sheet, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("The sheet was returned; the signed version stays on record."))
        return redirect("assessment:sheet_round", year=year.number, kind=kind)
    return render(request, "assessment/sheet_return.html", {"year": year, "sheet": sheet, "form": form})


def _kind(kind: str) -> str:
    if kind not in SheetKind.values:
        raise Http404
    return kind


def _round(year: AssessmentYear, kind: str) -> SheetRound:
    return get_object_or_404(year.sheet_rounds.select_related("year", "closed_by"), kind=kind)


def _sheet(year: AssessmentYear, kind: str, account: str) -> Sheet:
    sheets = Sheet.objects.defer("marks").select_related("round__year", "account")
    return get_object_or_404(sheets, round__year=year, round__kind=kind, account__username=account)
