"""A year under a changed scheme, computed and never stored: the real year is not touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, scheme_with, scheme_without
from cadres.errors import Refused
from scoring.differences import Outcome, SubjectDifferences, differences
from scoring.engine import CadreInput, TeamInput, YearInput, YearResult, score_year
from scoring.results import TeamGrades, current_result, team_grades_decided
from scoring.untold_votes import UntoldVotes, untold_problems, untold_votes
from scoring.variation import Variation
from scoring.variation_problems import VariationProblem, variation_problems


@dataclass(frozen=True)
class Money:
    """A bonus in yuan: awards by township, what each person is paid by personnel number, the pool and what stays in it
    (negative where the awards exceed it). None: it cannot be split."""

    awards: Mapping[str, Decimal] = field(default_factory=dict)
    paid: Mapping[str, Decimal] = field(default_factory=dict)
    pool: Decimal | None = None
    rest: Decimal | None = None

    @property
    def total(self) -> Decimal | None:
        """The sum of the awards."""
        return None if self.pool is None or self.rest is None else self.pool - self.rest


@dataclass(frozen=True)
class WhatIf:
    """A year as it is and as it would be; grades are the suggested ones of both."""

    year: AssessmentYear
    before: YearResult
    after: YearResult
    money_before: Money
    money_after: Money

    @cached_property
    def differences(self) -> tuple[SubjectDifferences, ...]:
        """Everything that would differ, subject by subject."""
        return differences(Outcome(self.before), Outcome(self.after))


_money_by: list[Callable[[AssessmentYear, YearResult], Money]] = []


def money_from(source: Callable[[AssessmentYear, YearResult], Money]) -> None:
    """Tell what splits the bonus of a result by suggested grades (RULES 6): imports run one way."""
    _money_by[:] = [source]


@dataclass(frozen=True)
class _Real:
    """What every what-if of a year starts from; holds as long as the result does."""

    result: YearResult
    decided: TeamGrades
    untold: UntoldVotes


_KEPT = 4
_reals: list[_Real] = []


def _real(year: AssessmentYear, result: YearResult) -> _Real:
    """Made once for each state of the data, for whoever moves a slider asks ten times a second."""
    found = next((real for real in _reals if real.result is result), None)
    if found is None:
        untold = untold_votes(year, result.scheme)
        found = _Real(result, team_grades_decided(year), untold)
        _reals[:] = [found, *_reals[: _KEPT - 1]]
    return found


def what_if(year: AssessmentYear, variation: Variation, *, before: YearResult | None = None) -> WhatIf:
    """The year before and after; both with the grades that the rules suggest, since decisions cannot be foreseen.

    `before` is the year's result, where it is at hand. Decided grades of teams bar principals as they do in fact (G4);
    the bonus follows suggested grades alone, without a remedy (B5). Raises Refused, also for what would tell the few
    votes of a small group.
    """
    real = _real(year, before or current_result(year))
    if real.untold and (problems := what_if_problems(year, variation, before=real.result)):
        raise Refused([problem.text for problem in problems])
    after = _varied(real, variation) if variation else real.result
    return WhatIf(year, real.result, after, _money(year, real.result), _money(year, after))


def what_if_problems(year: AssessmentYear, variation: Variation, *, before: YearResult) -> tuple[VariationProblem, ...]:
    """Why the variation cannot be tried on the year; empty where it can."""
    problems = variation_problems(before.scheme, variation)
    return problems or untold_problems(before.scheme, variation, _real(year, before).untold)


def _money(year: AssessmentYear, result: YearResult) -> Money:
    return next((source(year, result) for source in _money_by), Money())


def inputs_of(result: YearResult) -> YearInput:
    """What a result was computed from: of a confirmed year the frozen inputs."""
    teams, cadres = (tuple(found.input for found in kind) for kind in (result.teams, result.cadres))
    return YearInput(result.scheme, teams, cadres)  # type: ignore[arg-type]


def scheme_varied(scheme: Scheme, variation: Variation) -> Scheme:
    """The scheme with the parameters changed, then without the sources left out.

    Raises Refused with everything that is wrong, in words.
    """
    if problems := variation_problems(scheme, variation):
        raise Refused([problem.text for problem in problems])
    return scheme_without(scheme_with(scheme, variation.settings), variation.without)


def year_varied(year: AssessmentYear, variation: Variation) -> YearResult:
    """The year's result under the variation; decided grades of teams bar principals as they do in fact (G4).

    Raises Refused.
    """
    return _varied(_real(year, current_result(year)), variation)


def _varied(real: _Real, variation: Variation) -> YearResult:
    scheme = scheme_varied(real.result.scheme, variation)
    return score_year(inputs_under(scheme, inputs_of(real.result)), real.decided)


def inputs_under(scheme: Scheme, inputs: YearInput) -> YearInput:
    """The same inputs under another scheme: charges and vetoes on lines that it does not have fall away."""
    codes = frozenset(line.code for line in scheme.lines)
    if codes.issuperset(line.code for line in inputs.scheme.lines):
        return replace(inputs, scheme=scheme)
    teams = tuple(_team_under(team, codes) for team in inputs.teams)
    return YearInput(scheme, teams, tuple(_cadre_under(cadre, codes) for cadre in inputs.cadres))


def _team_under(team: TeamInput, codes: frozenset[str]) -> TeamInput:
    return replace(team, vetoes=tuple(code for code in team.vetoes if code in codes))


def _cadre_under(cadre: CadreInput, codes: frozenset[str]) -> CadreInput:
    return replace(cadre, in_charge=tuple(code for code in cadre.in_charge if code in codes))


def settings_of(pairs: Sequence[str]) -> dict[str, str]:
    """`参数=值` as typed on a command line; the value may hold further “=”. Raises Refused."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise Refused(_("“%(text)s” is not of the form 参数=值.") % {"text": pair})
        found[name.strip()] = value.strip()
    return found
