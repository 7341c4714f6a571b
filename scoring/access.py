"""The first line of every result page: finds the year with the data's revision, says who may open it, keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from assessment.models import AssessmentYear
from cadres.access import AccountRequest, View, require_of, to_sign_in
from scoring.finished import finished_page
from scoring.results import year_at
from scoring.trail import trail_head

SAFE = ("GET", "HEAD")


class ResultRequest(AccountRequest):
    """A request let in by `results_view`. `revision` names the state of the data that the page is to show."""

    assessment_year: AssessmentYear
    revision: str


def results_view(permission: str) -> Callable[[View], View]:
    """Like `year_view`, for pages that show nothing but the data, the address and the account.

    One query beside those of the session, and none more while nothing has changed: the audit trail's head, which
    `FinishedPageMiddleware` has mostly read already.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, year: int, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            ours = cast(ResultRequest, request)
            ours.revision = (getattr(request, "trail_head", None) or trail_head()).revision
            ours.assessment_year = found = _year_or_404(year, ours.revision)
            require_of(request, permission, found)
            if request.method not in SAFE:
                return HttpResponseNotAllowed(SAFE)
            return finished_page(ours, revision=ours.revision, render=lambda: view(ours, year=found, **parts))

        return guarded

    return decorate


def _year_or_404(number: int, revision: str) -> AssessmentYear:
    try:
        return year_at(number, revision)
    except AssessmentYear.DoesNotExist as none:
        raise Http404 from none
