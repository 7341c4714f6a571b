"""What is wrong with a variation, in words, each with the input it stands beside."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.scheme import (
    BlockCode,
    LastSourceError,
    ParameterError,
    Scheme,
    SchemeProblem,
    parameter_errors,
    scheme_problems,
    scheme_with,
    scheme_without,
)
from assessment.scheme.parameters import BLOCKS, POINTS
from assessment.wording import place_text, problem_text, problem_words
from cadres.templatetags.labels import term
from scoring.variation import WITHOUT, Variation


@dataclass(frozen=True)
class VariationProblem:
    """`where` is a parameter's name, `K1.步长`, or WITHOUT; `words` stand beside it, `text` stands alone."""

    where: str
    words: str
    text: str


def variation_problems(scheme: Scheme, variation: Variation) -> tuple[VariationProblem, ...]:
    """Empty: the scheme can be varied so."""
    if errors := parameter_errors(scheme, variation.settings):
        return tuple(map(_of_parameter, errors))
    try:
        changed = scheme_with(scheme, variation.settings)
    except ParameterError as error:  # each text was fine alone, together they contradict each other
        return (_of_parameter(error),)
    return tuple(_of_scheme(scheme, changed)) or tuple(_of_sources(changed, variation))


def _of_parameter(error: ParameterError) -> VariationProblem:
    words = problem_words(error)
    return VariationProblem(error.name, words, f"{place_text(error.name)}: {words}")


def _of_scheme(scheme: Scheme, changed: Scheme) -> Iterator[VariationProblem]:
    codes = {line.code for line in scheme.lines}
    for problem in scheme_problems(changed):
        yield VariationProblem(_where(problem, codes), problem_words(problem), problem_text(problem))


def _where(problem: SchemeProblem, codes: set[str]) -> str:
    if problem.where in set(BlockCode):
        return BLOCKS
    return f"{problem.where}.{POINTS}" if problem.where in codes else problem.where


def _of_sources(changed: Scheme, variation: Variation) -> Iterator[VariationProblem]:
    try:
        scheme_without(changed, variation.without)
    except LastSourceError as error:
        text = _("“%(source)s” cannot be left out: nothing would be left to take its weight.")
        words = text % {"source": term(error.source)}
        yield VariationProblem(WITHOUT, words, words)
