"""What confirming a year and taking it back do to its results and grades (RULES Y1, 4).

Run within the steps of `assessment.services.year`, which ask for permission and hold the year.
"""

from assessment.models import AssessmentYear
from cadres.models import Account
from rewards.selectors.grade import decisions_latest
from scoring.results import result_if_decided
from scoring.services.version import DecidedGrades, version_freeze, version_reopen


def results_confirm(year: AssessmentYear, reason: str, by: Account | None) -> None:
    """Freeze every line, place and decided grade. Raises Refused where the year is not computable."""
    decisions = decisions_latest(year)
    grades = DecidedGrades(
        teams={code: decision.grade for code, decision in decisions.teams.items()},
        cadres={number: decision.grade for number, decision in decisions.cadres.items()},
    )
    version_freeze(year=year, result=result_if_decided(year, {}), grades=grades, reason=reason, by=by)


def results_reopen(year: AssessmentYear, reason: str, by: Account | None) -> None:
    """The version in force is taken back; grades can be decided anew."""
    version_reopen(year=year, reason=reason, by=by)
