"""Words for what the engine reports as codes and values: reasons, bars, what is missing (RULES 4, A3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import NotGraded
from assessment.scheme import Scheme
from cadres.templatetags.labels import percent, term
from scoring.engine import Bar, BarCode, Missing, MissingCode, Reason, ReasonCode


@dataclass(frozen=True)
class Finding:
    """A step of a suggestion, or a bar, in words, and the clause that it rests on."""

    text: str
    clause: str


Names = Mapping[str, str]
"""Township code → name, to call teams by their names."""

MISSING_TEXTS = {
    MissingCode.NO_VALUE: gettext_lazy("no value has been entered"),
    MissingCode.PERIODS_DIFFER: gettext_lazy("it has %(value)s periods, others have more"),
    MissingCode.BEST_NOT_POSITIVE: gettext_lazy("the best value is %(value)s, a ratio needs one above 0"),
    MissingCode.VALUE_NOT_POSITIVE: gettext_lazy("the value is %(value)s, a ratio needs one above 0"),
    MissingCode.OUT_OF_RANGE: gettext_lazy("the value %(value)s is outside of 0 … full points"),
    MissingCode.NOTHING_APPLIES: gettext_lazy("every line of the block is “not applicable”"),
    MissingCode.NO_TALLY: gettext_lazy("no votes have been entered"),
    MissingCode.NO_GROUP: gettext_lazy("the votes of the group “%(group)s” have not been entered"),
    MissingCode.NO_VALID_VOTE: gettext_lazy("no valid vote: %(group)s"),
    MissingCode.NO_TEAM: gettext_lazy("the cadre's township does not take part this year"),
    MissingCode.UNKNOWN_LINE: gettext_lazy("the scheme has no line “%(value)s”, which is in the cadre's charge"),
}

REASON_TEXTS = {
    ReasonCode.SCORE_REACHES: gettext_lazy("%(score)s points reach the line of %(line)s."),
    ReasonCode.SCORE_UNDER: gettext_lazy("%(score)s points are under the line of %(line)s."),
    ReasonCode.VETOED: gettext_lazy("A veto is in force: %(lines)s."),
    ReasonCode.INSIDE_QUOTA: gettext_lazy("Place %(rank)s is inside the quota of %(places)s."),
    ReasonCode.OUTSIDE_QUOTA: gettext_lazy("Place %(rank)s is outside the quota of %(places)s."),
    ReasonCode.TIE_ACROSS_QUOTA: gettext_lazy(
        "The quota line (%(places)s places) falls in a tie of %(tied)s at place %(rank)s: the committee decides."
    ),
    ReasonCode.BARRED: gettext_lazy("Barred from the highest grade: see the bars."),
    ReasonCode.BAD_VOTES: gettext_lazy("Votes for the lowest grade are %(share)s, above the line of %(line)s."),
    ReasonCode.FEW_GOOD_VOTES: gettext_lazy(
        "Votes for the two upper grades are %(share)s, under the line of %(line)s."
    ),
}

UNSHARED_TEXTS = {
    ReasonCode.BAD_VOTES: gettext_lazy("Votes for the lowest grade are above the line of %(line)s."),
    ReasonCode.FEW_GOOD_VOTES: gettext_lazy("Votes for the two upper grades are under the line of %(line)s."),
}
"""For those who are shown no votes."""

BAR_TEXTS = {
    BarCode.TEAM_VETO: gettext_lazy("A veto is in force on the team: %(lines)s."),
    BarCode.VETO_IN_CHARGE: gettext_lazy("A veto is in force on a line in charge: %(lines)s."),
    BarCode.TEAM_GRADE: gettext_lazy("The team is %(grade)s."),
    BarCode.DISCIPLINARY: gettext_lazy("A disciplinary record is in force: %(record)s."),
}


def missing_text(missing: Missing) -> str:
    """What is missing, without whose and where."""
    return MISSING_TEXTS[missing.code] % {"value": missing.value, "group": term(missing.group) or _("all voters")}


def reason_text(reason: Reason, scheme: Scheme, *, shares: bool) -> str:
    """One step of a suggestion. `shares`: whether the reader may see shares of votes."""
    texts = REASON_TEXTS if shares else REASON_TEXTS | UNSHARED_TEXTS
    return texts[reason.code] % _worded(dict(reason.values), scheme)


def bar_text(bar: Bar, scheme: Scheme) -> str:
    """One bar to 优秀, in words (RULES G4)."""
    return BAR_TEXTS[bar.code] % _worded(dict(bar.values), scheme)


def not_graded_text(code: str) -> str:
    """Why a cadre is not graded (RULES C3); empty for those who are."""
    return str(NotGraded(code).label) if code else ""


def entry_name(scheme: Scheme, code: str) -> str:
    """The name of a line, evaluation or cadre item in the page's language; an unknown code stays as it is."""
    return term(entry_names(scheme).get(code, code))


def coded_name(scheme: Scheme, code: str) -> str:
    """“K2 三线农业一”; what is no code, a voter group or a parameter, by its word."""
    name = entry_names(scheme).get(code)
    return f"{code} {term(name)}" if name else term(code)


def entry_names(scheme: Scheme) -> dict[str, str]:
    """Code → name of everything in the scheme that has a code."""
    return {entry.code: entry.name for entry in scheme.entries}


def _worded(values: dict[str, str], scheme: Scheme) -> dict[str, str]:
    """The values of a finding with codes as names and shares as percent."""
    if "lines" in values:
        values["lines"] = "、".join(entry_name(scheme, code) for code in values["lines"].split("、"))
    if "grade" in values:
        values["grade"] = term(values["grade"])
    if "share" in values:
        values["share"], values["line"] = _percent(values["share"]), _percent(values["line"])
    elif "line" in values and "score" not in values:
        values["line"] = _percent(values["line"])
    return values


def _percent(text: str) -> str:
    """A share as the engine writes it (`66%`, `2/3`) as a percent of at most two decimals."""
    return text if text.endswith("%") else percent(Fraction(text))
