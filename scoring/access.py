"""The first line of every result page: finds the year with the data's revision, says who may open it, keeps it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse

from assessment.models import AssessmentYear
from cadres.access import AccountRequest, View, require_of, to_sign_in
from cadres.models import AuditChain
from scoring.finished import finished_page


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
            return finished_page(
                ours, revision=ours.revision, render=lambda: view(ours, year=ours.assessment_year, **parts)
            )

        return guarded

    return decorate


def revised_year(number: int) -> tuple[AssessmentYear, str]:
    """The year of that number, and the revision of all data read in the same statement. Raises Http404."""
    revision = AuditChain.objects.filter(pk=1).values("revision")[:1]
    year = AssessmentYear.objects.filter(number=number).annotate(revision=Subquery(revision)).first()
    if year is None:
        raise Http404
    return year, year.revision or ""
