"""Versions of a year's confirmed results, read back as what the engine made (RULES Y1)."""

from dataclasses import dataclass
from functools import lru_cache

from assessment.models import AssessmentYear
from scoring.differences import Outcome
from scoring.engine import YearResult
from scoring.engine.serial import from_plain
from scoring.models import Reopening, ResultVersion

_KEPT = 16


@dataclass(frozen=True)
class VersionState:
    """A version and what became of it: in force, taken back, or followed by a later one."""

    version: ResultVersion
    reopening: Reopening | None
    followed_by: int | None

    @property
    def in_force(self) -> bool:
        return self.reopening is None and self.followed_by is None


def version_latest(year: AssessmentYear) -> ResultVersion | None:
    """With its re-opening, if it was taken back."""
    return year.result_versions.select_related("reopening", "scheme").order_by("-number").first()


def version_in_force(year: AssessmentYear) -> ResultVersion:
    """Of a confirmed year. Raises ResultVersion.DoesNotExist: a year is confirmed by freezing its results."""
    return year.result_versions.select_related("scheme").filter(reopening=None).latest("number")


def version_states(year: AssessmentYear) -> list[VersionState]:
    """All versions, the latest first. One query."""
    versions = year.result_versions.select_related("scheme", "frozen_by", "reopening__reopened_by").order_by("-number")
    found: list[VersionState] = []
    for version in versions:
        later = found[-1].version.number if found else None
        found.append(VersionState(version, getattr(version, "reopening", None), later))
    return found


def version_outcome(version: ResultVersion) -> Outcome:
    """The result with the grades that were confirmed with it. Two queries beside the result."""
    return Outcome(
        version_result(version),
        dict(version.teams.order_by("id").values_list("township__code", "grade")),
        dict(version.cadres.exclude(grade="").order_by("id").values_list("cadre__number", "grade")),
    )


def version_result(version: ResultVersion) -> YearResult:
    """The result as it was confirmed; rows never change, so it is read once."""
    return _read(version.pk)


@lru_cache(maxsize=_KEPT)
def _read(version_pk: int) -> YearResult:
    """Three queries."""
    version = ResultVersion.objects.select_related("scheme").get(pk=version_pk)
    return YearResult(
        scheme=version.scheme.scheme,
        teams=tuple(map(from_plain, version.teams.order_by("id").values_list("content", flat=True))),
        cadres=tuple(map(from_plain, version.cadres.order_by("id").values_list("content", flat=True))),
        missing=(),
        team_quota=from_plain(version.quotas["team"]),
        cadre_quota=from_plain(version.quotas["cadre"]),
    )


def versions_forget() -> None:
    """Drop what is kept in memory; tests that roll back need it."""
    _read.cache_clear()
