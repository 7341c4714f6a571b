"""A year's whole result kept as rows when it is confirmed, and taken back with a reason (RULES Y1, Y8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.selectors.year import scheme_version_current
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from scoring.engine import CadreResult, ScoreLine, TeamResult, YearResult
from scoring.engine.serial import to_plain
from scoring.models import FrozenCadre, FrozenLine, FrozenTeam, Reopening, ResultVersion
from scoring.selectors.version import content_digest, version_latest

LONGEST_REASON = 300


@dataclass(frozen=True)
class DecidedGrades:
    """The grades that are confirmed with a result: of teams by township code, of cadres by personnel number."""

    teams: Mapping[str, str] = field(default_factory=dict)
    cadres: Mapping[str, str] = field(default_factory=dict)


def version_freeze(
    *, year: AssessmentYear, result: YearResult, grades: DecidedGrades, reason: str = "", by: Account | None
) -> ResultVersion:
    """Keep the result as the year's next version. Called within the step that confirms the year, or the outcome of a
    review: whoever calls has asked for permission.

    Raises Refused: not computable (RULES A3), a later version without a reason.
    """
    if not result.computable:
        raise Refused(_("The year is not computable: what is missing cannot be confirmed (clause A3)."))
    last = version_latest(year)
    grades = _grades_of(result, grades)
    reason = reason or (last.reopening.reason if last and hasattr(last, "reopening") else "")
    if last and not reason:
        raise Refused(_("A later version of confirmed results needs a reason."))
    with transaction.atomic():
        teams, cadres = to_plain(result.teams), to_plain(result.cadres)
        quotas = {"team": to_plain(result.team_quota), "cadre": to_plain(result.cadre_quota)}
        version = ResultVersion.objects.create(
            year=year,
            number=last.number + 1 if last else 1,
            scheme=scheme_version_current(year),
            reason=reason[:LONGEST_REASON],
            quotas=quotas,
            digest=content_digest([quotas, teams, cadres, dict(grades.teams), dict(grades.cadres)]),
            frozen_by=by,
            frozen_at=timezone.now(),
        )
        _freeze_teams(version, result.teams, teams, grades)
        _freeze_cadres(version, result.cadres, cadres, grades)
        details = {"version": version.number, "sha256": version.digest, "reason": reason}
        audit_record(by=by, action="version_freeze", year=year.number, subject=str(version), details=details)
    return version


def _grades_of(result: YearResult, grades: DecidedGrades) -> DecidedGrades:
    """Those of whom the result grades: a decision about somebody who left the roster is no part of it."""
    return DecidedGrades(
        {team.input.code: grades.teams[team.input.code] for team in result.teams},
        {cadre.input.number: grades.cadres[cadre.input.number] for cadre in result.cadres if cadre.graded},
    )


def version_reopen(*, year: AssessmentYear, reason: str, by: Account | None) -> Reopening:
    """Take the version in force back; called within the step back to closed, which asks for permission and reason."""
    version = version_latest(year)
    if version is None:
        raise Refused(_("No results of %(year)s are confirmed.") % {"year": year})
    reopening = Reopening.objects.create(version=version, reason=reason, reopened_by=by, reopened_at=timezone.now())
    details = {"version": version.number, "reason": reason}
    audit_record(by=by, action="version_reopen", year=year.number, subject=str(version), details=details)
    return reopening


def _freeze_teams(
    version: ResultVersion, teams: Sequence[TeamResult], contents: Iterable[Any], grades: DecidedGrades
) -> None:
    """`contents` are the teams as plain JSON, in their order."""
    townships = Township.objects.in_bulk([team.input.code for team in teams], field_name="code")
    rows = [
        FrozenTeam(
            version=version,
            township=townships[team.input.code],
            total=team.total,
            rank=team.standing.place,
            ranked=team.standing.ranked,
            suggested=str(team.grade),
            grade=grades.teams[team.input.code],
            content=content,
        )
        for team, content in zip(teams, contents, strict=True)
        if team.standing
    ]
    FrozenTeam.objects.bulk_create(rows)
    lines = (_line(line, team=row) for row, team in zip(rows, teams, strict=True) for line in team.lines)
    FrozenLine.objects.bulk_create(lines)


def _freeze_cadres(
    version: ResultVersion, cadres: Sequence[CadreResult], contents: Iterable[Any], grades: DecidedGrades
) -> None:
    people = Cadre.objects.in_bulk([cadre.input.number for cadre in cadres], field_name="number")
    townships = Township.objects.in_bulk({cadre.input.township for cadre in cadres}, field_name="code")
    rows = [
        FrozenCadre(
            version=version,
            cadre=people[cadre.input.number],
            township=townships[cadre.input.township],
            post=cadre.input.post,
            not_graded=cadre.input.not_graded,
            total=cadre.total,
            rank_township=cadre.rank_township,
            rank_post=cadre.rank_post,
            rank_county=cadre.rank_county,
            ranked=cadre.in_county.ranked if cadre.in_county else None,
            suggested=str(cadre.grade or ""),
            grade=grades.cadres[cadre.input.number] if cadre.graded else "",
            content=content,
        )
        for cadre, content in zip(cadres, contents, strict=True)
    ]
    FrozenCadre.objects.bulk_create(rows)
    lines = (_line(line, cadre=row) for row, cadre in zip(rows, cadres, strict=True) for line in cadre.lines)
    FrozenLine.objects.bulk_create(lines)


def _line(line: ScoreLine, **subject: Any) -> FrozenLine:
    return FrozenLine(code=line.code, points=line.points, out_of=str(line.out_of), place=line.place, **subject)
