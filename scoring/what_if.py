"""A year under a changed scheme, computed and never stored: the real year is not touched."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import ParameterError, Scheme, parameter_errors, scheme_problems, scheme_with
from assessment.wording import place_text, problem_text, problem_words
from cadres.errors import Refused
from scoring.engine import YearInput, YearResult, score_year
from scoring.results import current_result, team_grades_decided


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


def year_if(year: AssessmentYear, texts: Mapping[str, str]) -> YearResult:
    """The year's result under the changed scheme; decided grades of teams bar principals as they do in fact (G4).

    Raises Refused.
    """
    real = current_result(year)
    inputs = inputs_of(real)
    changed = YearInput(scheme_changed(real.scheme, texts), inputs.teams, inputs.cadres)
    return score_year(changed, team_grades_decided(year))


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
