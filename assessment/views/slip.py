"""投票码: slips are drawn, printed once, and made void before use."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from assessment.access import year_view
from assessment.forms.box import SlipsForm, SlipVoidForm
from assessment.models import AssessmentYear, Box, BoxState
from assessment.presenters.box import slips_suggested
from assessment.presenters.box_print import printed_pages, vote_path
from assessment.services.slip import slip_make_void, slips_draw
from assessment.views.box import box_of
from cadres.access import AccountRequest
from cadres.errors import Refused
from cadres.forms.saving import form_saved, posted

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""Hosts that mean this machine alone: a phone finds nothing there."""


@year_view("assessment.change_boxes")
@sensitive_variables("codes")
def slips(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """Draw slips; the answer to the POST is the sheet to print, and nothing shows it again."""
    stored = box_of(year, box)
    form = SlipsForm(request.POST or None, groups=stored.electorates.all(), initial=slips_suggested(stored))
    if form.is_valid():
        before = form.cleaned_data["drawn_before"]
        try:
            codes = slips_draw(box=stored, numbers=form.numbers(), drawn_before=before, by=request.user)
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return _printed(request, stored, codes, int(form.cleaned_data["per_page"]))
    drawable = stored.online and stored.state in (BoxState.PREPARED, BoxState.OPEN)
    host = request.get_host().rpartition(":")[0] or request.get_host()
    address = request.build_absolute_uri(vote_path())
    context = {"year": year, "box": stored, "form": form, "drawable": drawable, "address": address}
    return render(request, "assessment/slip_draw.html", context | {"loopback": host in LOOPBACK})


@sensitive_variables("codes")
def _printed(request: AccountRequest, box: Box, codes: dict[str, list[str]], per_page: int) -> HttpResponse:
    address = request.build_absolute_uri(vote_path())
    context = {
        "year": box.year,
        "box": box,
        "pages": printed_pages(codes, address=address, per_page=per_page),
        "per_page": per_page,
        "address": address,
        "number": sum(map(len, codes.values())),
    }
    response = render(request, "assessment/slip_print.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@sensitive_post_parameters("code")
@year_view("assessment.change_boxes")
def slip_void(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """A slip that was spoilt or lost before use."""
    stored = box_of(year, box)
    form = SlipVoidForm(posted(request))
    if form_saved(form, lambda: slip_make_void(box=stored, code=form.cleaned_data["code"], by=request.user)):
        messages.success(request, _("The slip is void; nobody can vote with it. Draw another in its place."))
        return redirect("assessment:box", year=year.number, box=stored.pk)
    return render(request, "assessment/slip_void.html", {"year": year, "box": stored, "form": form})
