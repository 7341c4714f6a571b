"""Words for what the pure scheme reports as codes and values."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.counts import CountProblem
from assessment.scheme import ParameterError, ProblemCode, SchemeProblem, TextError

PROBLEM_TEXTS = {
    ProblemCode.UNKNOWN: gettext_lazy("there is no parameter or line “%(name)s”"),
    ProblemCode.NOT_USED: gettext_lazy("no line has a rule with the parameter “%(parameter)s”"),
    ProblemCode.EMPTY: gettext_lazy("a value is needed"),
    ProblemCode.NOT_A_NUMBER: gettext_lazy("“%(text)s” is not a number; expected for example 0.5, 50%% or 1/3"),
    ProblemCode.OUT_OF_RANGE: gettext_lazy("%(value)s is outside of %(low)s … %(high)s"),
    ProblemCode.NOT_WHOLE: gettext_lazy("%(value)s is not a whole number"),
    ProblemCode.NOT_CENTS: gettext_lazy("%(value)s holds less than a cent"),
    ProblemCode.NOT_A_CHOICE: gettext_lazy("“%(text)s” is not one of: %(choices)s"),
    ProblemCode.WRONG_COUNT: gettext_lazy("%(count)s values stand where %(expected)s are expected"),
    ProblemCode.BAD_PAIR: gettext_lazy("“%(text)s” is not of the form %(expected)s"),
    ProblemCode.UNKNOWN_NAME: gettext_lazy("“%(name)s” is unknown; known are: %(known)s"),
    ProblemCode.REPEATED: gettext_lazy("“%(name)s” stands more than once"),
    ProblemCode.WORK_HAS_NO_VOTES: gettext_lazy("“%(name)s” is not voted on and has no voter groups"),
    ProblemCode.SUM_DIFFERS: gettext_lazy("the sum is %(total)s, expected %(expected)s"),
    ProblemCode.NOT_DESCENDING: gettext_lazy("%(lower)s stands above %(upper)s, the line before; it must lie below"),
    ProblemCode.NO_LINES: gettext_lazy("it has points but no scored line"),
    ProblemCode.BLANK: gettext_lazy("“%(field)s” is blank"),
    ProblemCode.NO_VOTE_ITEM: gettext_lazy("the item “%(item)s” is not there, but grades are suggested from its votes"),
    ProblemCode.ONE_WORK_ITEM: gettext_lazy("exactly one item is the work result, here %(count)s are"),
}


COUNT_PROBLEM_TEXTS = {
    CountProblem.RETURNED_ABOVE_ISSUED: gettext_lazy("more ballots returned than issued: the box is void"),
    CountProblem.VALID_ABOVE_RETURNED: gettext_lazy("more valid ballots than returned"),
    CountProblem.SUM_IS_NOT_VALID: gettext_lazy("grades and abstentions do not add up to the valid ballots"),
    CountProblem.VOID_ABOVE_RETURNED: gettext_lazy("more void ballots than returned"),
}

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LISTS = ("choices", "known", "expected")
"""Entries of a problem's values that are data words, or lists of them."""


def problem_text(problem: SchemeProblem) -> str:
    """“重点: the sum is 58, expected 60 (clause T2)”."""
    return _("%(where)s: %(what)s (clause %(clause)s)") % {
        "where": place_text(problem.where),
        "what": problem_words(problem),
        "clause": problem.clause,
    }


def problem_words(problem: SchemeProblem | ParameterError | TextError) -> str:
    """What is wrong, without the place."""
    values = {name: _data_words(text) if name in _LISTS else text for name, text in problem.values}
    if problem.code == ProblemCode.OUT_OF_RANGE and not values["high"]:
        return _("%(value)s is too small, the limit is %(low)s") % values
    return PROBLEM_TEXTS[problem.code] % values


def count_problem_text(problem: CountProblem) -> str:
    return str(COUNT_PROBLEM_TEXTS[problem])


def place_text(where: str) -> str:
    """A place of a scheme: “K1.分值” → “K1 points”, a parameter, block or method by its word."""
    code, dot, part = where.partition(".")
    return f"{code} {_term(part)}" if dot and part else _term(where)


def data_text(text: str) -> str:
    """A parameter's text with its data words in the page's language: “重点=60;常规=14”."""
    return _CHINESE.sub(lambda run: _(run[0]), text)


def _data_words(text: str) -> str:
    return "、".join(map(_term, text.split("、")))


def _term(word: str) -> str:
    """A data word in the page's language (as the filter `term`)."""
    return _(word) if word else ""
