"""Suggested grades of the teams with their reasons (RULES G1). The county committee decides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessment.scheme import Scheme

from .findings import Reason, ReasonCode, TeamGrade
from .grade_lines import GradeLine
from .places import Rank
from .quota import quota_line, quota_reason
from .results import QuotaLine
from .team import TeamScore

Suggestion = tuple[TeamGrade, tuple[Reason, ...]]


def grade_teams(
    scheme: Scheme, teams: Sequence[TeamScore], places: Mapping[str, Rank]
) -> tuple[dict[str, Suggestion], QuotaLine]:
    """The suggestions by team code, for all ranked teams: they are the quota's base (G3)."""
    terms, full = scheme.team_grading, scheme.team_points
    lines = tuple(GradeLine(share * full, "G1") for share in (terms.outstanding, terms.good, terms.fair))
    eligible = {
        team.input.code: places[team.input.code]
        for team in teams
        if team.total is not None and lines[0].reached_by(team.total) and not team.input.vetoes
    }
    quota = quota_line(terms.quota, len(places), eligible)
    suggestions = {
        team.input.code: _suggestion(team, team.total, places[team.input.code], lines, quota)
        for team in teams
        if team.total is not None
    }
    return suggestions, quota


def _suggestion(
    team: TeamScore, total: Decimal, rank: Rank, lines: Sequence[GradeLine], quota: QuotaLine
) -> Suggestion:
    outstanding, good, fair = lines
    if outstanding.reached_by(total):
        return _among_the_best(team, outstanding.compared(total), rank, quota)
    if good.reached_by(total):
        return TeamGrade.GOOD, (good.compared(total), outstanding.compared(total))
    if fair.reached_by(total):
        return TeamGrade.FAIR, (fair.compared(total), good.compared(total))
    return TeamGrade.POOR, (fair.compared(total),)


def _among_the_best(team: TeamScore, reached: Reason, rank: Rank, quota: QuotaLine) -> Suggestion:
    """The score is there; a veto (G5) or the quota may stand against 实绩突出."""
    if team.input.vetoes:
        return TeamGrade.GOOD, (reached, Reason(ReasonCode.VETOED, "G5", (("lines", "、".join(team.input.vetoes)),)))
    grade = TeamGrade.OUTSTANDING if team.input.code in quota.inside else TeamGrade.GOOD
    return grade, (reached, quota_reason(quota, team.input.code, rank, "G1"))
