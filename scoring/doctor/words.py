"""The findings of the scheme doctor in words: what, where, the numbers, what one could do."""

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.forms.scheme_anchors import scheme_anchor
from assessment.numbers import number_from_text
from assessment.scheme import Scheme, SchemeProblem, SchemeWarning, WarningCode
from assessment.wording import place_text, problem_words
from cadres.templatetags.labels import yuan
from scoring.doctor.years import YearCode, YearCount, YearWarning
from scoring.wording import coded_name, entry_names

Text = str | Promise


class Level(StrEnum):
    """How much a finding weighs, the heaviest first."""

    PROBLEM = "problem"  # the scheme is refused
    WARNING = "warning"
    REMARK = "remark"  # true of many a sound scheme

    @property
    def order(self) -> int:
        """For sorting."""
        return list(Level).index(self)


@dataclass(frozen=True)
class FindingPlace:
    """A line, block or parameter by its name; `anchor` is its input on the editor, empty where it has none."""

    name: str
    anchor: str


@dataclass(frozen=True)
class Finding:
    """One finding in the page's language. `numbers` per year; `code` names its kind for who leaves some out."""

    code: str
    level: Level
    places: tuple[FindingPlace, ...]
    text: str
    clause: str
    advice: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """All its places in one text."""
        return "、".join(place.name for place in self.places)

    @property
    def sentence(self) -> str:
        """“K1 财政收入: every place gets 100% of full points …”, for a checklist."""
        return _("%(where)s: %(what)s") % {"where": self.where, "what": " ".join((self.text, *self.numbers))}


UNKNOWN_DEPARTMENT = "unknown_department"
OF_DEPARTMENTS = (WarningCode.NO_DEPARTMENT, UNKNOWN_DEPARTMENT)
"""Findings that the announcement's checklist has a check of its own for."""

TEXTS: dict[str, Text] = {
    WarningCode.BLOCK_LOSES_MORE: gettext_lazy(
        "From the first to the last of %(ranked)s places the steps take %(loss)s points, more than the %(points)s "
        "points of the block. Only the lower limits leave the last place %(left)s points."
    ),
    WarningCode.RULE_SEPARATES_NOBODY: gettext_lazy(
        "Every place gets %(rate)s of full points: the rule separates nobody."
    ),
    WarningCode.FLOOR_EARLY: gettext_lazy(
        "From place %(place)s on all get the same points: the last %(alike)s of %(ranked)s are not separated."
    ),
    WarningCode.NEIGHBOURS_TIE: gettext_lazy(
        "Rounded to two decimals, places %(first)s and %(second)s both get %(points)s points; so do the places of "
        "%(pairs)s pairs of neighbours in all."
    ),
    WarningCode.VOTES_SEPARATE_NOBODY: gettext_lazy("Every vote gives the same points, whatever the grade."),
    WarningCode.WEIGHTS_DIFFER: gettext_lazy("The weights of the voter groups come to %(total)s instead of 1."),
    WarningCode.SHARES_DIFFER: gettext_lazy(
        "Two principals' shares and the deputies' share come to %(total)s of a team's award, not to 100%%."
    ),
    WarningCode.POOL_EXCEEDED: gettext_lazy(
        "Teams that the quota lets be outstanding: %(places)s. Their awards come to %(awards)s yuan, the pool holds "
        "%(pool)s."
    ),
    WarningCode.NO_DEPARTMENT: gettext_lazy("No department answers for it."),
    UNKNOWN_DEPARTMENT: gettext_lazy("“%(name)s” is not a department in use."),
    YearCode.NOBODY_REACHES: gettext_lazy("Nobody would have met this line in any year looked at."),
    YearCode.EVERYBODY_REACHES: gettext_lazy("Nobody would have fallen under this line in any year looked at."),
    YearCode.QUOTA_ABOVE_ELIGIBLE: gettext_lazy(
        "In every year looked at the quota would have had more places than there were eligible."
    ),
    YearCode.ALL_ALIKE: gettext_lazy("In every year looked at all would have got the same points."),
}

ADVICE: dict[str, Text] = {
    WarningCode.BLOCK_LOSES_MORE: gettext_lazy(
        "Make the steps smaller, or the lines worth more; keep it only if the lower limit is meant to decide."
    ),
    WarningCode.RULE_SEPARATES_NOBODY: gettext_lazy(
        "Give the rule a step, and a lower limit under the points of the first place."
    ),
    WarningCode.FLOOR_EARLY: gettext_lazy("Make the step smaller or the lower limit lower."),
    WarningCode.NEIGHBOURS_TIE: gettext_lazy("Make the step larger, or give the line more points."),
    WarningCode.VOTES_SEPARATE_NOBODY: gettext_lazy(
        "Give the grades different coefficients, or the bands other rates."
    ),
    WarningCode.WEIGHTS_DIFFER: gettext_lazy("Let the weights of each evaluation sum to 1."),
    WarningCode.SHARES_DIFFER: gettext_lazy(
        "Under 100%% a part of every award is never paid, above it an award cannot be divided: change a share."
    ),
    WarningCode.POOL_EXCEEDED: gettext_lazy(
        "Raise the pool, or lower the first award or the quota, or let the awards fall faster. Otherwise the office "
        "has to choose before the bonus can be confirmed."
    ),
    WarningCode.NO_DEPARTMENT: gettext_lazy("Name the responsible department, or the office enters the values itself."),
    UNKNOWN_DEPARTMENT: gettext_lazy("Choose a department of the list, or add this one to it."),
    YearCode.NOBODY_REACHES: gettext_lazy("Lower the line, unless it is meant to be out of reach."),
    YearCode.EVERYBODY_REACHES: gettext_lazy("Raise the line if it is to separate anybody."),
    YearCode.QUOTA_ABOVE_ELIGIBLE: gettext_lazy(
        "The quota decides nothing then. Lower it, or lower the line; vetoes and bars count too."
    ),
    YearCode.ALL_ALIKE: gettext_lazy("Look at how it was entered or voted on in these years, or choose another rule."),
}

COUNTS: dict[YearCode, Text] = {
    YearCode.NOBODY_REACHES: gettext_lazy("%(year)s: %(count)s of %(of)s reached it"),
    YearCode.EVERYBODY_REACHES: gettext_lazy("%(year)s: %(count)s of %(of)s reached it"),
    YearCode.QUOTA_ABOVE_ELIGIBLE: gettext_lazy("%(year)s: %(of)s places, %(count)s eligible"),
    YearCode.ALL_ALIKE: gettext_lazy("%(year)s: all %(of)s got %(count)s points"),
}

_PARTS = {
    WarningCode.RULE_SEPARATES_NOBODY: "method",
    WarningCode.FLOOR_EARLY: "method",
    WarningCode.NEIGHBOURS_TIE: "method",
    WarningCode.NO_DEPARTMENT: "department",
    UNKNOWN_DEPARTMENT: "department",
    WarningCode.WEIGHTS_DIFFER: "groups",
    YearCode.ALL_ALIKE: "method",
}
"""The input of a row that a finding is about, where it is not its points."""

_MONEY = ("awards", "pool")


def problem_finding(scheme: Scheme, problem: SchemeProblem) -> Finding:
    """What refuses the scheme, in the words of its form."""
    places = _places(scheme, (problem.where,), problem.code)
    return Finding(problem.code, Level.PROBLEM, places, problem_words(problem), problem.clause)


def scheme_finding(scheme: Scheme, warning: SchemeWarning) -> Finding:
    """A doubt about the scheme alone."""
    values = {name: _yuan(text) if name in _MONEY else text for name, text in warning.values}
    return _finding(scheme, warning.code, warning.where, warning.clause, values)


def unknown_finding(scheme: Scheme, department: str, lines: tuple[str, ...]) -> Finding:
    """Lines whose department is none in use."""
    return _finding(scheme, UNKNOWN_DEPARTMENT, lines, "Y3", {"name": department})


def year_finding(scheme: Scheme, warning: YearWarning) -> Finding:
    """A doubt that earlier years raise, with the numbers of each."""
    numbers = tuple(map(partial(_count_text, warning.code), warning.counts))
    level = Level.REMARK if warning.mild else Level.WARNING
    return _finding(scheme, warning.code, warning.where, warning.clause, {}, level, numbers)


def _finding(
    scheme: Scheme,
    code: str,
    where: tuple[str, ...],
    clause: str,
    values: dict[str, str],
    level: Level = Level.WARNING,
    numbers: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        code=code,
        level=level,
        places=_places(scheme, where, code),
        text=TEXTS[code] % values,
        clause=clause,
        advice=ADVICE[code] % {},
        numbers=numbers,
    )


def _places(scheme: Scheme, where: tuple[str, ...], code: str) -> tuple[FindingPlace, ...]:
    names, part = entry_names(scheme), _PARTS.get(code, "points")
    return tuple(
        FindingPlace(
            coded_name(scheme, place) if place in names else place_text(place),
            scheme_anchor(scheme, place, part if place in names else ""),
        )
        for place in where
    )


def _count_text(code: YearCode, found: YearCount) -> str:
    number = str(found.year.number)
    if not found.year.rescored:
        number = _("%(year)s (as computed then)") % {"year": number}
    return COUNTS[code] % {"year": number, "count": found.count, "of": found.of}


def _yuan(text: str) -> str:
    return yuan(number_from_text(text))
