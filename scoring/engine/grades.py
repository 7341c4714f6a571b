"""Suggested grades with their reasons (RULES G1 to G4). The county committee decides; this only suggests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from assessment.numbers import number_text, share_text
from assessment.scheme import Scheme

from .arithmetic import least_points
from .bars import bars_of
from .derivations import ShareDerivation
from .findings import CadreGrade, Reason, ReasonCode, TeamGrade
from .places import Rank
from .quota import quota_line, quota_reason
from .results import CadreResult, QuotaLine, TeamResult


def grade_teams(scheme: Scheme, teams: Sequence[TeamResult]) -> tuple[list[TeamResult], QuotaLine]:
    """G1: the teams with their suggestions; the quota's base is all ranked teams."""
    terms = scheme.team_grading
    top = least_points(terms.outstanding * scheme.team_points)
    eligible = {
        team.input.code: team.standing
        for team in teams
        if team.standing and team.total is not None and team.total >= top and not team.vetoed
    }
    base = sum(1 for team in teams if team.standing)
    quota = quota_line(terms.quota, base, eligible)
    return [_graded_team(scheme, team, quota) for team in teams], quota


def _graded_team(scheme: Scheme, team: TeamResult, quota: QuotaLine) -> TeamResult:
    if team.total is None or team.standing is None:
        return team
    grade, reasons = _team_suggestion(scheme, team, team.total, team.standing, quota)
    return replace(team, grade=grade, reasons=reasons)


def _team_suggestion(
    scheme: Scheme, team: TeamResult, total: Decimal, rank: Rank, quota: QuotaLine
) -> tuple[TeamGrade, tuple[Reason, ...]]:
    terms = scheme.team_grading
    outstanding, good, fair = (share * scheme.team_points for share in (terms.outstanding, terms.good, terms.fair))
    if total >= least_points(outstanding):
        reached = _compared(total, outstanding, "G1")
        if team.vetoed:
            vetoed = Reason(ReasonCode.VETOED, "G5", (("lines", "、".join(team.input.vetoes)),))
            return TeamGrade.GOOD, (reached, vetoed)
        grade = TeamGrade.OUTSTANDING if team.input.code in quota.inside else TeamGrade.GOOD
        return grade, (reached, quota_reason(quota, team.input.code, rank, "G1"))
    if total >= least_points(good):
        return TeamGrade.GOOD, (_compared(total, good, "G1"), _compared(total, outstanding, "G1"))
    if total >= least_points(fair):
        return TeamGrade.FAIR, (_compared(total, fair, "G1"), _compared(total, good, "G1"))
    return TeamGrade.POOR, (_compared(total, fair, "G1"),)


def _compared(total: Decimal, line: Fraction, clause: str) -> Reason:
    """Which side of a line a total falls on."""
    code = ReasonCode.SCORE_REACHES if total >= least_points(line) else ReasonCode.SCORE_UNDER
    return Reason(code, clause, (("score", str(total)), ("line", number_text(line))))


def grade_cadres(
    scheme: Scheme, cadres: Sequence[CadreResult], teams: Mapping[str, TeamResult], team_grades: Mapping[str, TeamGrade]
) -> tuple[list[CadreResult], QuotaLine]:
    """G2: the cadres with bars and suggestions; the quota's base is all graded cadres."""
    terms = scheme.cadre_grading
    top = least_points(terms.excellent)
    barred = [replace(cadre, bars=bars_of(cadre.input, teams, team_grades)) for cadre in cadres]
    low = {cadre.input.number: _low_suggestion(scheme, cadre) for cadre in barred}
    eligible = {
        cadre.input.number: cadre.in_county
        for cadre in barred
        if cadre.in_county and cadre.total is not None and cadre.total >= top
        if not cadre.bars and low[cadre.input.number] is None
    }
    quota = quota_line(terms.quota, sum(1 for cadre in cadres if cadre.graded), eligible)
    return [_graded_cadre(terms.excellent, cadre, low[cadre.input.number], quota) for cadre in barred], quota


Suggestion = tuple[CadreGrade, tuple[Reason, ...]]


def _graded_cadre(excellent: Fraction, cadre: CadreResult, low: Suggestion | None, quota: QuotaLine) -> CadreResult:
    if cadre.total is None or cadre.in_county is None:
        return cadre
    grade, reasons = low or _upper_suggestion(excellent, cadre, cadre.total, cadre.in_county, quota)
    return replace(cadre, grade=grade, reasons=reasons)


def _upper_suggestion(
    excellent: Fraction, cadre: CadreResult, total: Decimal, rank: Rank, quota: QuotaLine
) -> Suggestion:
    """优秀 or 称职, for whom nothing lower is suggested."""
    number = cadre.input.number
    compared = _compared(total, excellent, "G2")
    if compared.code is ReasonCode.SCORE_UNDER:
        return CadreGrade.COMPETENT, (compared,)
    if cadre.bars:
        bars = "、".join(bar.code for bar in cadre.bars)
        return CadreGrade.COMPETENT, (compared, Reason(ReasonCode.BARRED, "G4", (("bars", bars),)))
    grade = CadreGrade.EXCELLENT if number in quota.inside else CadreGrade.COMPETENT
    return grade, (compared, quota_reason(quota, number, rank, "G2"))


def _low_suggestion(scheme: Scheme, cadre: CadreResult) -> Suggestion | None:
    """不称职, else 基本称职, by points or by votes; None where neither is suggested."""
    if cadre.total is None:
        return None
    terms = scheme.cadre_grading
    good, bad, votes = _votes(scheme, cadre)
    reasons = _under(cadre.total, terms.basic)
    if bad > terms.bad_votes * votes:
        reasons += (_votes_reason(ReasonCode.BAD_VOTES, bad, votes, terms.bad_votes),)
    if reasons:
        return CadreGrade.INCOMPETENT, reasons
    reasons = _under(cadre.total, terms.competent)
    if good < terms.good_votes * votes:
        reasons += (_votes_reason(ReasonCode.FEW_GOOD_VOTES, good, votes, terms.good_votes),)
    return (CadreGrade.BASIC, reasons) if reasons else None


def _under(total: Decimal, line: Fraction) -> tuple[Reason, ...]:
    compared = _compared(total, line, "G2")
    return (compared,) if compared.code is ReasonCode.SCORE_UNDER else ()


def _votes_reason(code: ReasonCode, votes: int, valid: int, line: Fraction) -> Reason:
    return Reason(code, "G2", (("share", share_text(Fraction(votes, valid))), ("line", share_text(line))))


def _votes(scheme: Scheme, cadre: CadreResult) -> tuple[int, int, int]:
    """Votes for the two upper grades, for the lowest, and valid, of all voter groups of 民主测评 added up."""
    derived = cadre.line(scheme.cadre_grading.vote_item).derivation
    groups = derived.groups if isinstance(derived, ShareDerivation) else ()
    good = sum(group.counts.grades[0] + group.counts.grades[1] for group in groups)
    bad = sum(group.counts.grades[3] for group in groups)
    return good, bad, sum(group.counts.valid for group in groups)
