"""What is printed for a box: the paper ballot, the sign-in sheet, the protocol."""

from django.http import HttpResponse
from django.shortcuts import render

from assessment.access import year_view
from assessment.models import AssessmentYear
from assessment.presenters.box_print import ballot_sections, groups_printed, protocol_of, sign_in_sheets
from assessment.views.box import box_of
from cadres.access import AccountRequest


@year_view("assessment.view_boxes")
def box_ballot(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """A ballot for each voter group, to be copied for as many as it has."""
    stored = box_of(year, box)
    context = {"year": year, "box": stored, "sections": ballot_sections(stored), "groups": groups_printed(stored)}
    return render(request, "assessment/box_ballot.html", context)


@year_view("assessment.view_boxes")
def box_sign_in(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """Blank rows for those who come to the meeting, by voter group."""
    stored = box_of(year, box)
    context = {"year": year, "box": stored, "sheets": sign_in_sheets(stored)}
    return render(request, "assessment/box_sign_in.html", context)


@year_view("assessment.view_boxes")
def box_protocol(request: AccountRequest, *, year: AssessmentYear, box: int) -> HttpResponse:
    """The record of the vote, to be signed; numbers of ballots, never of grades."""
    stored = box_of(year, box)
    context = {"year": year, "box": stored, "protocol": protocol_of(stored)}
    return render(request, "assessment/box_protocol.html", context)
