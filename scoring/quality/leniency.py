"""Leniency: what a body gives on average, against what the same townships get from others."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP, groups_hidden
from assessment.questions import ABSTAIN
from assessment.scheme import VoteRule
from assessment.sheets import team_evaluation
from scoring.engine import TeamResult, YearResult
from scoring.quality.counted_votes import grade_values
from scoring.quality.shown_share import ENDS, ShownShare, hundredfold, share_shown, share_told
from scoring.standing import rate

Marks = Mapping[str, str]
"""Township code → mark."""


@dataclass(frozen=True)
class LeniencyRow:
    """Means of rates, rounded as they are shown; None where they are not. `townships` is how many were rated."""

    name: str
    townships: int
    own: ShownShare | None = None
    others: ShownShare | None = None

    @property
    def difference(self) -> Fraction | None:
        """Own less others', of the rounded means."""
        return None if self.own is None or self.others is None else self.own.value - self.others.value

    @property
    def text(self) -> str:
        """In percentage points, with its sign; empty where it is not shown."""
        if self.difference is None or self.own is None:
            return ""
        number = f"{hundredfold(self.difference, self.own.digits):{'+' if self.difference > 0 else ''}f}"
        if self.own.told:
            return number
        return (_("%(number)s or less") if not self.own.lower else _("%(number)s or more")) % {"number": number}


def department_rows(sheets: Mapping[str, Marks], rule: VoteRule) -> list[LeniencyRow]:
    """Department → its marks; the most lenient first. Nothing where fewer than five departments rated.

    A department with fewer than five answers is not told, nor then another one: the townships' means are known, and
    from them and all other departments its own could be worked out.
    """
    rates = {name: _rates(marks, rule) for name, marks in sheets.items()}
    answered = {name: len(own) for name, own in rates.items() if own}
    hidden = groups_hidden(answered) if len(answered) >= SMALL_GROUP else frozenset(answered)
    means = _means(rates.values())
    rows = [_department(name, rates[name], means, told=name not in hidden) for name in answered]
    return sorted(rows, key=_strictest_last)


def _rates(marks: Marks, rule: VoteRule) -> dict[str, Fraction]:
    values = grade_values(rule)
    return {code: values[int(mark) - 1] for code, mark in marks.items() if mark != ABSTAIN}


def _means(several: Iterable[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Township → the mean of all who rated it."""
    by_township: dict[str, list[Fraction]] = defaultdict(list)
    for rates in several:
        for code, value in rates.items():
            by_township[code].append(value)
    return {code: _mean(values) for code, values in by_township.items()}


def _department(name: str, rates: Mapping[str, Fraction], means: Mapping[str, Fraction], *, told: bool) -> LeniencyRow:
    if not told:
        return LeniencyRow(name, len(rates))
    own = share_shown(_mean(list(rates.values())), len(rates), ends=ENDS)
    return LeniencyRow(name, len(rates), own, share_told(_mean([means[code] for code in rates])))


@dataclass(frozen=True)
class RatedTeam:
    """A township's team: the assessors' rate, the mean of the other evaluations', and the assessors' answers."""

    own: Fraction
    others: Fraction
    answers: int


def team_rows(result: YearResult, townships: Mapping[str, Sequence[str]]) -> list[LeniencyRow]:
    """Assessment team → its townships' codes: the most lenient first, then all together.

    A township is rated by one assessment team: what it is held against are the other evaluations of the same
    townships, all by points, which are no secret.
    """
    entry = team_evaluation(result.scheme, "assessor")
    codes = {team.input.code: rated for team in result.teams if entry and (rated := _rated(team, entry.code))}
    by_team = {name: [codes[code] for code in own if code in codes] for name, own in townships.items()}
    rows = [_team(name, rated) for name, rated in by_team.items() if rated]
    together = [_team(_("All assessment teams"), list(chain(*by_team.values())))] if len(rows) > 1 else []
    return sorted(rows, key=_strictest_last) + together


def _rated(team: TeamResult, assessors: str) -> RatedTeam | None:
    """None where the points of the assessors, or all others, are missing (A3)."""
    rates = {line.code: rate(line.points, line.out_of) for line in team.lines if line.code in team.input.tallies}
    own = rates.pop(assessors, None)
    others = [value for value in rates.values() if value is not None]
    answers = sum(counts.valid for counts in team.input.tallies.get(assessors, {}).values())
    return None if own is None or not others else RatedTeam(own, _mean(others), answers)


def _team(name: str, rated: Sequence[RatedTeam]) -> LeniencyRow:
    own = share_shown(_mean([one.own for one in rated]), sum(one.answers for one in rated), ends=ENDS, digits=1)
    return LeniencyRow(name, len(rated), own, share_told(_mean([one.others for one in rated]), digits=1))


def _strictest_last(row: LeniencyRow) -> tuple[bool, Fraction]:
    return row.difference is None, -(row.difference or Fraction(0))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)
