"""The first line of every result page: finds the year with the data's revision, says who may open it, keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from assessment.models import AssessmentYear
from cadres.access import AccountRequest, View, require_of, to_sign_in
from cadres.selectors.audit import data_revision
from scoring.finished import finished_page
from scoring.results import year_at

SAFE = ("GET", "HEAD")


class ResultRequest(AccountRequest):
    """A request let in by `results_view`. `revision` names the state of the data that the page is to show."""

    assessment_year: AssessmentYear
    revision: str


def results_view(permission: str) -> Callable[[View], View]:
    """Like `year_view`, for pages that show nothing but the data, the address and the account.

    One query beside those of the session, and none more while nothing has changed.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, year: int, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            ours = cast(ResultRequest, request)
            ours.assessment_year, ours.revision = revised_year(year)
            require_of(request, permission, ours.assessment_year)
            if request.method not in SAFE:
                return HttpResponseNotAllowed(SAFE)
            return finished_page(
                ours, revision=ours.revision, render=lambda: view(ours, year=ours.assessment_year, **parts)
            )

        return guarded

    return decorate


def revised_year(number: int) -> tuple[AssessmentYear, str]:
    """The year of that number, and the revision of all data it was read under. Raises Http404.

    While nothing changes, the revision is all that is asked of the database.
    """
    revision = data_revision()
    try:
        return year_at(number, revision), revision
    except AssessmentYear.DoesNotExist as none:
        raise Http404 from none
