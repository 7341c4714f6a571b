"""All years that an account may see results of, for pages across years."""

from dataclasses import dataclass

from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import allows
from cadres.selectors.audit import data_revision
from scoring.engine import YearResult
from scoring.results import Confirmed, confirmed_grades, current_result


@dataclass(frozen=True)
class SeenYear:
    """A year with its result and the grades confirmed in it."""

    number: int
    result: YearResult
    confirmed: Confirmed


def years_seen(*, by: Account) -> list[SeenYear]:
    """Latest first. Two queries, and those of years not in memory."""
    revision = data_revision()
    years = [year for year in AssessmentYear.objects.order_by("-number") if allows(by, "scoring.view_results", year)]
    return [
        SeenYear(year.number, current_result(year, revision=revision), confirmed_grades(year, revision=revision))
        for year in years
    ]
