"""The stability of a year's places, as everybody who sees the results sees the same of it."""

from threading import Lock

from assessment.models import AssessmentYear
from cadres.models import Account
from scoring.engine import YearResult
from scoring.results import year_result
from scoring.stability import Stability, stability_of

REPLICATES = 2000
SEED = 1
"""Stated on the page: the same seed gives everybody the same numbers."""

_KEPT = 8
"""Years kept."""

_kept: dict[int, tuple[YearResult, Stability]] = {}
_computing = Lock()


def year_stability(
    *, year: AssessmentYear, by: Account | None, revision: str | None = None
) -> tuple[YearResult, Stability]:
    """The result with its stability, computed once for each result. Raises PermissionDenied."""
    result = year_result(year=year, by=by, revision=revision)
    with _computing:  # forty leaders who look at once ask for one computation
        kept = _kept.pop(year.pk, None)
        if kept is None or kept[0] != result:
            kept = result, stability_of(result, replicates=REPLICATES, seed=SEED)
        _kept[year.pk] = kept
        while len(_kept) > _KEPT:
            del _kept[next(iter(_kept))]
    return result, kept[1]
