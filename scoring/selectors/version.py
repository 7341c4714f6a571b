"""Versions of a year's confirmed results, read back as what the engine made (RULES Y1)."""

from functools import lru_cache

from assessment.models import AssessmentYear
from scoring.engine import YearResult
from scoring.engine.serial import from_plain
from scoring.models import ResultVersion

_KEPT = 16


def version_latest(year: AssessmentYear) -> ResultVersion | None:
    """With its re-opening, if it was taken back."""
    return year.result_versions.select_related("reopening", "scheme").order_by("-number").first()


def version_in_force(year: AssessmentYear) -> ResultVersion:
    """Of a confirmed year. Raises ResultVersion.DoesNotExist: a year is confirmed by freezing its results."""
    return year.result_versions.select_related("scheme").filter(reopening=None).latest("number")


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
