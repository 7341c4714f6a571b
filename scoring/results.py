"""The one door to results: pages, letters, workbook, JSON and commands all ask here.

A result is computed once for each state of the data and kept in memory under the data's revision.
"""

from functools import lru_cache

from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import require
from cadres.selectors.audit import data_revision
from scoring.engine import YearResult, score_year
from scoring.inputs import year_input


def year_result(*, year: AssessmentYear, by: Account | None) -> YearResult:
    """The whole year as seen by those who may see all of it. Raises PermissionDenied."""
    require(by=by, permission="scoring.view_results", target=year)
    return current_result(year)


def current_result(year: AssessmentYear) -> YearResult:
    """For services and selectors that decide themselves what of it a person sees."""
    return _computed(year.pk, data_revision())


@lru_cache(maxsize=16)
def _computed(year_pk: int, revision: str) -> YearResult:
    return score_year(year_input(AssessmentYear.objects.get(pk=year_pk)))


def results_forget() -> None:
    """Drop what is kept in memory; tests that write past the services need it."""
    _computed.cache_clear()
