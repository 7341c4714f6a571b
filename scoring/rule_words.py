"""Rules in words: what a scheme's rule does, each parameter with its clause and where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.numbers import number_text, share_text
from assessment.scheme import (
    PARAMETERS,
    Bands,
    Direct,
    Direction,
    EmptyGroup,
    Line,
    Linear,
    RankRule,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    TieRule,
    VoteRule,
    WeightedShare,
    parameter_text,
    rule_from_text,
    rule_parts,
)
from assessment.wording import data_text, place_text
from cadres.templatetags.labels import term

COUNTY = "county"
"""The source of a value that the county has set itself."""


@dataclass(frozen=True)
class ParameterRow:
    """A parameter as it stood in the year's scheme. `source`: S2, S5, D (see RULES) or `COUNTY`."""

    name: str
    text: str
    clause: str
    source: str
    words: str = ""

    @property
    def label(self) -> str:
        """The parameter's word in the page's language: K1.步长 → K1 step."""
        return place_text(self.name)

    @property
    def text_label(self) -> str:
        """The value with its data words in the page's language."""
        return data_text(self.text)

    @property
    def source_text(self) -> str:
        """Where the value comes from, in words."""
        if self.source == COUNTY:
            return _("set by the county's scheme")
        return _("default of the scheme") if self.source == "D" else _("source text, %(part)s") % {"part": self.source}


def rank_rule_words(rule: RankRule, ties: TieRule, direction: Direction) -> str:
    """A rule by rank in one or two sentences (RULES 1.1, T3)."""
    return (
        f"{_rank_words(rule, direction)} {tie_words(ties)}".strip() if _by_place(rule) else _rank_words(rule, direction)
    )


def _by_place(rule: RankRule) -> bool:
    return isinstance(rule, StepPercent | StepPoints | Linear)


def _rank_words(rule: RankRule, direction: Direction) -> str:
    match rule:
        case StepPercent(step, floor):
            text = _("First place gets full points, each further place %(step)s of them less, never under %(floor)s.")
            return text % {"step": share_text(step), "floor": share_text(floor)}
        case StepPoints(step, floor):
            text = _("First place gets full points, each further place %(step)s points less, never under %(floor)s.")
            return text % {"step": number_text(step), "floor": share_text(floor)}
        case Linear(top, bottom):
            text = _("From %(top)s of full points at the first place evenly down to %(bottom)s at the last.")
            return text % {"top": share_text(top), "bottom": share_text(bottom)}
        case RatioToBest():
            return _ratio_words(direction)
        case Direct():
            return _("The entered value is the points, between 0 and full points.")


def _ratio_words(direction: Direction) -> str:
    if direction is Direction.LOWER:
        return _("Full points times best value divided by own value, never above full points.")
    return _("Full points times own value divided by best value, never above full points.")


def tie_words(ties: TieRule) -> str:
    """What equal values get (RULES T3)."""
    if ties is TieRule.MEAN_OF_PLACES:
        return _("Equal values get the mean of the points of the places they occupy.")
    return _("Equal values get the points of the place they share.")


def direction_words(direction: Direction) -> str:
    """Which value takes the first place."""
    return _("higher is better") if direction is Direction.HIGHER else _("lower is better")


def vote_rule_words(rule: VoteRule) -> str:
    """A rule by grade share (RULES E1, E2)."""
    if isinstance(rule, WeightedShare):
        text = _(
            "Share = sum of coefficient times votes, divided by the votes for the four grades; "
            "coefficients %(coefficients)s. Abstentions do not count. Points = full points times share."
        )
        return text % {"coefficients": "; ".join(map(number_text, rule.coefficients))}
    return _("The share of the first grade gives the rate: %(bands)s. Abstentions do not count.") % {
        "bands": "; ".join(_band_texts(rule))
    }


def _band_texts(rule: Bands) -> Iterator[str]:
    for minimum, rate in rule.rows:
        yield _("from %(minimum)s: %(rate)s") % {"minimum": share_text(minimum), "rate": share_text(rate)}
    if rule.low_override:
        low, rate = rule.low_override
        text = _("under the bands, with third and fourth grade together from %(low)s: %(rate)s")
        yield text % {"low": share_text(low), "rate": share_text(rate)}


def empty_group_words(rule: EmptyGroup) -> str:
    """What a group without a valid vote does (RULES E4)."""
    if rule is EmptyGroup.RENORMALISE:
        return _("The weight of a group without a valid vote goes to the others in proportion.")
    return _("A group without a valid vote keeps the score from being computed.")


def line_parameters(line: Line) -> tuple[ParameterRow, ...]:
    """The parameters of a line's own rule, each compared with the default of its method."""
    method, parts = rule_parts(line.rule, line.ties)
    defaults = rule_parts(*rule_from_text(method, ""))[1]
    clauses = {"并列": "T3"}
    return tuple(
        ParameterRow(f"{line.code}.{name}", text, clauses.get(name, "1.1"), "D" if text == defaults[name] else COUNTY)
        for name, text in parts.items()
    )


def scheme_parameters(scheme: Scheme, *names: str) -> tuple[ParameterRow, ...]:
    """Some parameters of the scheme; those without a text are left out."""
    known = {parameter.name: parameter for parameter in PARAMETERS}
    rows = []
    for name in names:
        parameter, text = known[name], parameter_text(scheme, name)
        if text:
            source = parameter.source if text == parameter.default else COUNTY
            rows.append(ParameterRow(name, text, parameter.clause, source, _(parameter.words)))
    return tuple(rows)


def method_name(rule: RankRule, ties: TieRule) -> str:
    """名次百分比 … in the page's language."""
    return term(rule_parts(rule, ties)[0])
