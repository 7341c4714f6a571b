"""评价表: the own sheet of a department, township, leader or assessor. Nobody can name another's in the address."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment.access import year_view
from assessment.forms.recusal import RecusalForm, subjects_of_sheet
from assessment.forms.sheet import changes_filled_in, changes_sent
from assessment.models import AssessmentYear, SheetSignature
from assessment.presenters.sheet import conflict_texts, is_editable, sheet_blocks, signatures_shown, signed_blocks
from assessment.selectors.recusal import own_units, recusals_in_force
from assessment.selectors.sheet import colleague_signed, round_of, round_questions, sheet_of
from assessment.services.sheet import marks_digest, sheet_save, sheet_sign
from assessment.views.feedback import tried
from cadres.access import AccountRequest
from cadres.errors import Refused

FILL = "assessment.fill_sheet"


@year_view(FILL)
def sheet(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The sheet to fill in, or as it was signed. POST: the draft is saved without the script."""
    if request.method != "POST":
        return _page(request, year)
    changes, seen = changes_filled_in(request.POST)
    try:
        saved = sheet_save(year=year, changes=changes, seen=seen, by=request.user)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("assessment:sheet", year=year.number)
    if saved.conflicts:
        return _page(request, year, conflicts=saved.conflicts, sent=changes)
    if "sign" in request.POST:
        return redirect("assessment:sheet_sign", year=year.number)
    messages.success(request, _("The draft was saved."))
    return redirect("assessment:sheet", year=year.number)


@year_view(FILL)
@require_POST
def sheet_change(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """What was just typed. The answer holds all marks stored, so that the page learns what another window saved."""
    changes, seen = changes_sent(request.POST)
    try:
        saved = sheet_save(year=year, changes=changes, seen=seen, by=request.user)
    except Refused as refusal:
        return JsonResponse({"message": " ".join(refusal.messages)}, status=409)
    texts = {}
    if saved.conflicts:
        texts = conflict_texts(round_questions(year, request.user.role).sections, saved.conflicts, changes)
    at = timezone.localtime().strftime("%H:%M")
    return JsonResponse({"marks": saved.marks, "conflicts": texts, "at": at})


@year_view(FILL)
def sheet_signing(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The last question: what was not answered, and what a signature means (RULES Y3)."""
    done, seen = _("The sheet is signed. It can be read here; changes need the office."), request.POST.get("seen", "")
    if request.method == "POST" and tried(request, lambda: sheet_sign(year=year, seen=seen, by=request.user), done):
        return redirect("assessment:sheet", year=year.number)
    sheet_round = round_of(year, request.user.role)
    stored = sheet_of(sheet_round, request.user)
    if not is_editable(year, sheet_round, stored):
        return redirect("assessment:sheet", year=year.number)
    marks = stored.marks if stored else {}
    sections = round_questions(year, request.user.role).asked_of(request.user.pk)
    blocks = sheet_blocks(sections, marks, kind=request.user.role)
    context = {"year": year, "blocks": blocks, "seen": marks_digest(marks), **_counts(blocks)}
    context["colleague"] = colleague_signed(sheet_round, request.user) if sheet_round else None
    return render(request, "assessment/sheet_sign.html", context)


@year_view(FILL)
def sheet_version(request: AccountRequest, *, year: AssessmentYear, version: int) -> HttpResponse:
    """One of the own versions, as it was signed."""
    own = SheetSignature.objects.filter(sheet__account=request.user, sheet__round__year=year)
    signature = get_object_or_404(own.select_related("sheet__round", "signed_by"), number=version)
    blocks = signed_blocks(year, request.user, signature.sheet.round.kind, signature.marks)
    context = {"year": year, "signature": signature, "blocks": blocks, "account": request.user}
    return render(request, "assessment/sheet_version.html", context)


def _page(
    request: AccountRequest,
    year: AssessmentYear,
    *,
    conflicts: dict[str, str] | None = None,
    sent: dict[str, str] | None = None,
) -> HttpResponse:
    by, kind = request.user, request.user.role
    sheet_round = round_of(year, kind)
    stored = sheet_of(sheet_round, by)
    context: dict[str, Any] = {"year": year, "sheet": stored, "round": sheet_round}
    context["signatures"] = signatures_shown(stored)
    if not is_editable(year, sheet_round, stored):
        blocks = signed_blocks(year, by, kind, stored.marks) if stored else []
        return render(request, "assessment/sheet_read.html", {**context, "blocks": blocks})
    marks = stored.marks if stored else {}
    sections = round_questions(year, kind).asked_of(by.pk)
    texts = conflict_texts(sections, conflicts or {}, sent or {})
    blocks = sheet_blocks(sections, marks, kind=kind, conflicts=texts)
    context |= {"blocks": blocks, "seen": json.dumps(marks), "editable": True, **_counts(blocks)}
    context |= {"recusals": recusals_in_force(year, by), "own_unit": by.pk in own_units(year)}
    context["recusal_form"] = RecusalForm(subjects=subjects_of_sheet(sections))
    return render(request, "assessment/sheet_fill.html", context)


def _counts(blocks: list[Any]) -> dict[str, int]:
    done, total = sum(block.done for block in blocks), sum(block.total for block in blocks)
    return {"done": done, "total": total, "open": total - done}
