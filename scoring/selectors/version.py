"""Versions of a year's confirmed results, read back as what the engine made (RULES Y1)."""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assessment.models import AssessmentYear
from scoring.differences import Outcome
from scoring.engine import CadreResult, TeamResult, YearResult
from scoring.engine.serial import from_plain
from scoring.models import FrozenCadre, FrozenTeam, Reopening, ResultVersion

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


def version_number(year: AssessmentYear) -> int | None:
    """Of the version in force; None while nothing is confirmed. One query."""
    return year.result_versions.filter(reopening=None).order_by("-number").values_list("number", flat=True).first()


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


def version_intact(version: ResultVersion) -> bool:
    """Whether every row still says what was frozen: the contents by their digest, their heads by the contents."""
    teams = list(version.teams.select_related("township").prefetch_related("lines").order_by("id"))
    cadres = list(version.cadres.select_related("cadre", "township").prefetch_related("lines").order_by("id"))
    grades = (
        {row.township.code: row.grade for row in teams},
        {row.cadre.number: row.grade for row in cadres if row.grade},
    )
    content = [version.quotas, [row.content for row in teams], [row.content for row in cadres], *grades]
    if content_digest(content) != version.digest:
        return False
    return all(map(_team_agrees, teams)) and all(map(_cadre_agrees, cadres))


def content_digest(content: Any) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _team_agrees(row: FrozenTeam) -> bool:
    team: TeamResult = from_plain(row.content)
    heads = (row.township.code, row.total, row.rank, row.suggested)
    return heads == (team.input.code, team.total, team.rank, str(team.grade)) and _lines_agree(row, team)


def _cadre_agrees(row: FrozenCadre) -> bool:
    cadre: CadreResult = from_plain(row.content)
    places = (row.rank_township, row.rank_post, row.rank_county)
    heads = (row.cadre.number, row.township.code, row.total, row.not_graded, row.suggested, *places)
    made = (cadre.input.number, cadre.input.township, cadre.total, cadre.input.not_graded, str(cadre.grade or ""))
    return heads == (*made, cadre.rank_township, cadre.rank_post, cadre.rank_county) and _lines_agree(row, cadre)


def _lines_agree(row: FrozenTeam | FrozenCadre, subject: TeamResult | CadreResult) -> bool:
    kept = {(line.code, line.points, line.place) for line in row.lines.all()}
    return kept == {(line.code, line.points, line.place) for line in subject.lines}


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
