"""Suggested grades of the cadres with bars and reasons (RULES G2 to G4). The county committee decides."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from assessment.numbers import share_text
from assessment.scheme import CadreGrading

from .bars import bars_of
from .cadre import CadreScore
from .derivations import ShareDerivation
from .findings import Bar, CadreGrade, Reason, ReasonCode, TeamGrade
from .grade_lines import GradeLine
from .places import Rank
from .quota import quota_line, quota_reason
from .results import QuotaLine, TeamResult, line_of

Suggestion = tuple[CadreGrade | None, tuple[Reason, ...]]


class Verdict(NamedTuple):
    """The grade suggested for a cadre, None where nothing can be, with its reasons, and every bar to 优秀."""

    grade: CadreGrade | None
    reasons: tuple[Reason, ...]
    bars: tuple[Bar, ...]


def grade_cadres(
    terms: CadreGrading,
    cadres: Sequence[CadreScore],
    places: Mapping[str, Rank],
    teams: Mapping[str, TeamResult],
    team_grades: Mapping[str, TeamGrade],
) -> tuple[dict[str, Verdict], QuotaLine]:
    """The verdicts by number; `places` are the county's (P3), the quota's base is all graded cadres (G3)."""
    excellent = GradeLine(terms.excellent, "G2")
    low = _LowGrades(terms)
    lower = {cadre.input.number: low.suggestion(cadre) for cadre in cadres}
    bars = {cadre.input.number: bars_of(cadre.input, teams, team_grades) for cadre in cadres}
    eligible = {
        cadre.input.number: places[cadre.input.number]
        for cadre in cadres
        if cadre.total is not None and excellent.reached_by(cadre.total)
        if not bars[cadre.input.number] and lower[cadre.input.number] is None
    }
    quota = quota_line(terms.quota, sum(1 for cadre in cadres if cadre.input.graded), eligible)
    verdicts = {}
    for cadre in cadres:
        number = cadre.input.number
        suggestion = lower[number] or _upper_suggestion(excellent, cadre, places.get(number), bars[number], quota)
        verdicts[number] = Verdict(*suggestion, bars[number])
    return verdicts, quota


def _upper_suggestion(
    excellent: GradeLine, cadre: CadreScore, rank: Rank | None, bars: tuple[Bar, ...], quota: QuotaLine
) -> Suggestion:
    """优秀 or 称职, for whom nothing lower is suggested; None for who has no total."""
    if cadre.total is None or rank is None:
        return None, ()
    compared = excellent.compared(cadre.total)
    if not excellent.reached_by(cadre.total):
        return CadreGrade.COMPETENT, (compared,)
    if bars:
        codes = "、".join(bar.code for bar in bars)
        return CadreGrade.COMPETENT, (compared, Reason(ReasonCode.BARRED, "G4", (("bars", codes),)))
    return _by_quota(cadre.input.number, rank, compared, quota)


def _by_quota(number: str, rank: Rank, compared: Reason, quota: QuotaLine) -> Suggestion:
    grade = CadreGrade.EXCELLENT if number in quota.inside else CadreGrade.COMPETENT
    return grade, (compared, quota_reason(quota, number, rank, "G2"))


class _LowGrades:
    """不称职 and 基本称职, by points or by the votes of 民主测评 (G2)."""

    def __init__(self, terms: CadreGrading) -> None:
        """Prepare the lines of one scheme."""
        self._terms = terms
        self._basic = GradeLine(terms.basic, "G2")
        self._competent = GradeLine(terms.competent, "G2")
        self._bad = _VoteLine(ReasonCode.BAD_VOTES, terms.bad_votes)
        self._good = _VoteLine(ReasonCode.FEW_GOOD_VOTES, terms.good_votes)

    def suggestion(self, cadre: CadreScore) -> Suggestion | None:
        """不称职, else 基本称职; None where neither is suggested or nothing can be."""
        if cadre.total is None:
            return None
        good, bad, votes = _votes(cadre, self._terms.vote_item)
        reasons = _under(self._basic, cadre.total)
        if self._bad.side(bad, votes) > 0:
            reasons += (self._bad.reason(bad, votes),)
        if reasons:
            return CadreGrade.INCOMPETENT, reasons
        reasons = _under(self._competent, cadre.total)
        if self._good.side(good, votes) < 0:
            reasons += (self._good.reason(good, votes),)
        return (CadreGrade.BASIC, reasons) if reasons else None


def _under(line: GradeLine, total: Decimal) -> tuple[Reason, ...]:
    return () if line.reached_by(total) else (line.compared(total),)


class _VoteLine:
    """A share of the valid votes, made ready for many cadres."""

    def __init__(self, code: ReasonCode, share: Fraction) -> None:
        self._code = code
        self._part, self._whole = share.as_integer_ratio()
        self._text = share_text(share)

    def side(self, votes: int, valid: int) -> int:
        """Above 0 where the share of these votes is above the line, 0 on it, below 0 under it."""
        return votes * self._whole - self._part * valid

    def reason(self, votes: int, valid: int) -> Reason:
        return Reason(self._code, "G2", (("share", share_text(Fraction(votes, valid))), ("line", self._text)))


def _votes(cadre: CadreScore, item: str) -> tuple[int, int, int]:
    """Votes for the two upper grades, for the lowest, and valid, of all voter groups added up."""
    derived = line_of(cadre.lines, item).derivation
    groups = derived.groups if isinstance(derived, ShareDerivation) else ()
    good = bad = valid = 0
    for group in groups:
        first, second, third, last = group.counts.grades
        good += first + second
        bad += last
        valid += first + second + third + last
    return good, bad, valid
