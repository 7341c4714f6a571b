"""Words for what the pure scheme reports as codes and values."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.scheme import ParameterError, ProblemCode, SchemeProblem

PROBLEM_TEXTS = {
    ProblemCode.UNKNOWN: gettext_lazy("there is no parameter or line “%(name)s”"),
    ProblemCode.NOT_USED: gettext_lazy("no line has a rule with the parameter “%(parameter)s”"),
    ProblemCode.EMPTY: gettext_lazy("a value is needed"),
    ProblemCode.NOT_A_NUMBER: gettext_lazy("“%(text)s” is not a number; expected for example 0.5, 50% or 1/3"),
    ProblemCode.OUT_OF_RANGE: gettext_lazy("%(value)s is outside of %(low)s … %(high)s"),
    ProblemCode.NOT_CENTS: gettext_lazy("%(value)s holds less than a cent"),
    ProblemCode.NOT_A_CHOICE: gettext_lazy("“%(text)s” is not one of: %(choices)s"),
    ProblemCode.WRONG_COUNT: gettext_lazy("%(count)s values stand where %(expected)s are expected"),
    ProblemCode.BAD_PAIR: gettext_lazy("“%(text)s” is not of the form %(expected)s"),
    ProblemCode.UNKNOWN_NAME: gettext_lazy("“%(name)s” is unknown; known are: %(known)s"),
    ProblemCode.REPEATED: gettext_lazy("“%(name)s” stands more than once"),
    ProblemCode.WORK_HAS_NO_VOTES: gettext_lazy("“%(name)s” is not voted on and has no voter groups"),
    ProblemCode.SUM_DIFFERS: gettext_lazy("the sum is %(total)s, expected %(expected)s"),
    ProblemCode.NOT_DESCENDING: gettext_lazy("%(lower)s stands above %(upper)s; each line must lie below the one before"),
    ProblemCode.NO_LINES: gettext_lazy("it has points but no scored line"),
    ProblemCode.BLANK: gettext_lazy("“%(field)s” is blank"),
    ProblemCode.NO_VOTE_ITEM: gettext_lazy("the item “%(item)s” is not there, but grades are suggested from its votes"),
    ProblemCode.ONE_WORK_ITEM: gettext_lazy("exactly one item is the work result, here %(count)s are"),
}


def problem_text(problem: SchemeProblem) -> str:
    """“重点: the sum is 58, expected 60 (RULES T2)”."""
    return _("%(where)s: %(what)s (clause %(clause)s)") % {
        "where": problem.where,
        "what": PROBLEM_TEXTS[problem.code] % dict(problem.values),
        "clause": problem.clause,
    }


def parameter_error_text(error: ParameterError) -> str:
    return f"{error.name}: {PROBLEM_TEXTS[error.code] % dict(error.values)}"
