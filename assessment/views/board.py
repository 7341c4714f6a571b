"""The board: what every township's sources still lack, and whom to call."""

from django.http import HttpResponse
from django.shortcuts import render

from assessment.access import year_view
from assessment.models import AssessmentYear
from assessment.presenters.board import board_page
from cadres.access import AccountRequest


@year_view("assessment.view_board")
def board(request: AccountRequest, *, year: AssessmentYear) -> HttpResponse:
    """The whole county on one page; it refreshes itself."""
    only_missing = "missing" in request.GET
    return render(request, "assessment/board.html", board_page(year, only_missing=only_missing))
