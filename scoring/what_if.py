"""A year under a changed scheme, computed and never stored: the real year is not touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import (
    LastSourceError,
    ParameterError,
    Scheme,
    parameter_errors,
    scheme_problems,
    scheme_with,
    scheme_without,
)
from assessment.wording import place_text, problem_text, problem_words
from cadres.errors import Refused
from cadres.templatetags.labels import term
from scoring.differences import Outcome, SubjectDifferences, differences
from scoring.engine import CadreInput, TeamInput, YearInput, YearResult, score_year
from scoring.results import current_result, team_grades_decided
from scoring.variation import Variation


@dataclass(frozen=True)
class Money:
    """A bonus in yuan: awards by township, what each person is paid by personnel number, what stays in the pool.
    None: it cannot be split."""

    awards: Mapping[str, Decimal] = field(default_factory=dict)
    paid: Mapping[str, Decimal] = field(default_factory=dict)
    rest: Decimal | None = None


@dataclass(frozen=True)
class WhatIf:
    """A year as it is and as it would be; grades are the suggested ones of both."""

    year: AssessmentYear
    before: YearResult
    after: YearResult
    money_before: Money
    money_after: Money

    @property
    def differences(self) -> tuple[SubjectDifferences, ...]:
        """Everything that would differ, subject by subject."""
        return differences(Outcome(self.before), Outcome(self.after))


_money_by: list[Callable[[AssessmentYear, YearResult], Money]] = []


def money_from(source: Callable[[AssessmentYear, YearResult], Money]) -> None:
    """Tell what splits the bonus of a result by suggested grades (RULES 6): imports run one way."""
    _money_by[:] = [source]


def what_if(year: AssessmentYear, variation: Variation) -> WhatIf:
    """The year before and after; both with the grades that the rules suggest, since decisions cannot be foreseen.

    Raises Refused.
    """
    before, after = current_result(year), year_varied(year, variation)
    return WhatIf(year, before, after, _money(year, before), _money(year, after))


def _money(year: AssessmentYear, result: YearResult) -> Money:
    return next((source(year, result) for source in _money_by), Money())


def inputs_of(result: YearResult) -> YearInput:
    """What a result was computed from: of a confirmed year the frozen inputs."""
    teams, cadres = (tuple(found.input for found in kind) for kind in (result.teams, result.cadres))
    return YearInput(result.scheme, teams, cadres)  # type: ignore[arg-type]


def scheme_changed(scheme: Scheme, texts: Mapping[str, str]) -> Scheme:
    """The scheme with these parameters, by the names of 考评参数 or `K1.步长`.

    Raises Refused with everything that is wrong, in words.
    """
    if errors := parameter_errors(scheme, texts):
        raise Refused([_error_text(error) for error in errors])
    try:
        changed = scheme_with(scheme, texts)
    except ParameterError as error:  # each text was fine alone, together they contradict each other
        raise Refused(_error_text(error)) from error
    if problems := scheme_problems(changed):
        raise Refused([problem_text(problem) for problem in problems])
    return changed


def scheme_varied(scheme: Scheme, variation: Variation) -> Scheme:
    """The scheme with the parameters changed, then without the sources left out. Raises Refused."""
    try:
        return scheme_without(scheme_changed(scheme, variation.settings), variation.without)
    except LastSourceError as error:
        text = _("“%(source)s” cannot be left out: nothing would be left to take its weight.")
        raise Refused(text % {"source": term(error.source)}) from error


def year_if(year: AssessmentYear, texts: Mapping[str, str]) -> YearResult:
    """The year's result under changed parameters. Raises Refused."""
    return year_varied(year, Variation(texts))


def year_varied(year: AssessmentYear, variation: Variation) -> YearResult:
    """The year's result under the variation; decided grades of teams bar principals as they do in fact (G4).

    Raises Refused.
    """
    real = current_result(year)
    scheme = scheme_varied(real.scheme, variation)
    return score_year(inputs_under(scheme, inputs_of(real)), team_grades_decided(year))


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


def _error_text(error: ParameterError) -> str:
    return f"{place_text(error.name)}: {problem_words(error)}"
