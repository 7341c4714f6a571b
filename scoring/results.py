"""The one door to results: pages, letters, workbook, JSON and commands all ask here.

Computed from what was entered while the year is open, read from the frozen rows once it is confirmed; the same type
both ways. Either is made once for each state of the data and kept in memory under the data's revision.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import require
from cadres.selectors.audit import data_revision
from scoring.engine import TeamGrade, YearResult, score_year
from scoring.inputs import year_input
from scoring.models import ResultVersion
from scoring.selectors.version import version_in_force, version_outcome, version_result, versions_forget

_KEPT = 16
"""Years kept: a cadre's page shows all of them side by side."""

_computing = Lock()

TeamGrades = Mapping[str, TeamGrade]
"""Decided grades by township code."""

_decided_by: list[Callable[[AssessmentYear], TeamGrades]] = []


def decided_team_grades_from(source: Callable[[AssessmentYear], TeamGrades]) -> None:
    """Tell where decided grades of teams are kept: they bar principals (RULES G4), and imports run one way."""
    _decided_by[:] = [source]


def result_if_decided(year: AssessmentYear, team_grades: TeamGrades) -> YearResult:
    """The result as it would be with these teams' grades decided besides those that are. Computed anew."""
    return score_year(year_input(year), {**team_grades_decided(year), **team_grades})


def team_grades_decided(year: AssessmentYear) -> TeamGrades:
    """What the app that keeps decisions says of the year."""
    return {code: grade for source in _decided_by for code, grade in source(year).items()}


def year_result(*, year: AssessmentYear, by: Account | None, revision: str | None = None) -> YearResult:
    """The whole year as seen by those who may see all of it. Raises PermissionDenied."""
    require(by=by, permission="scoring.view_results", target=year)
    return current_result(year, revision=revision)


def current_result(year: AssessmentYear, *, revision: str | None = None) -> YearResult:
    """For services and selectors that decide themselves what of it a person sees.

    `revision` spares a query to those who have just read it together with the year.
    """
    key = data_revision() if revision is None else revision
    with _computing:  # forty leaders who refresh after a change ask for one computation
        return _computed(year.pk, key)


@lru_cache(maxsize=_KEPT)
def year_at(number: int, revision: str) -> AssessmentYear:
    """The year as it is under this revision of the data; for reading only. Raises AssessmentYear.DoesNotExist."""
    return AssessmentYear.objects.get(number=number)


@lru_cache(maxsize=_KEPT)
def _computed(year_pk: int, revision: str) -> YearResult:
    year = AssessmentYear.objects.get(pk=year_pk)
    if year.is_confirmed:
        return version_result(version_in_force(year))
    return result_if_decided(year, {})


@dataclass(frozen=True)
class Confirmed:
    """What was confirmed beside the scores: decided grades of teams by township code, of cadres by personnel number.
    `version` is None, and there are none, before the year is confirmed."""

    version: ResultVersion | None = None
    team_grades: Mapping[str, str] = field(default_factory=dict)
    cadre_grades: Mapping[str, str] = field(default_factory=dict)


NOT_CONFIRMED = Confirmed()


def confirmed_grades(year: AssessmentYear, *, revision: str | None = None) -> Confirmed:
    """Of the version in force; no query before there is one, and three once for each state of the data."""
    if not year.is_confirmed:
        return NOT_CONFIRMED
    return _confirmed(year.pk, data_revision() if revision is None else revision)


@lru_cache(maxsize=_KEPT)
def _confirmed(year_pk: int, revision: str) -> Confirmed:
    version = version_in_force(AssessmentYear.objects.get(pk=year_pk))
    outcome = version_outcome(version)
    return Confirmed(version, outcome.team_grades, outcome.cadre_grades)


def results_forget() -> None:
    """Drop what is kept in memory; tests that write past the services need it."""
    _computed.cache_clear()
    _confirmed.cache_clear()
    versions_forget()
    year_at.cache_clear()
