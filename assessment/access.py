"""The first line of every view of one year: finds the year of the address and says who may open the page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from assessment.models import AssessmentYear
from cadres.access import View, require_of, to_sign_in


def year_view(permission: str) -> Callable[[View], View]:
    """Like `may`, for addresses with a `year`: the view gets the AssessmentYear in place of its number.

    A year that is not there is 404 for whoever has signed in. The year's menu reads `request.assessment_year`.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, year: int, **parts: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            found = get_object_or_404(AssessmentYear, number=year)
            require_of(request, permission, found)
            request.assessment_year = found  # type: ignore[attr-defined]
            return view(request, year=found, **parts)

        return guarded

    return decorate
