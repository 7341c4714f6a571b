"""A scored line explained: input, place or shares, rule with its parameters, calculation, points.

The derivation pages and the archive's sheet 计分依据 print the same words; nothing is computed again but what a
sentence needs to name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import number_text, share_text
from assessment.scheme import (
    Bands,
    Direct,
    Direction,
    Linear,
    PlaceRule,
    RatioToBest,
    Scheme,
    StepPercent,
    StepPoints,
    TieRule,
)
from cadres.templatetags.labels import percent, points, term
from scoring.engine import (
    NotApplicableDerivation,
    PeriodsDerivation,
    RankDerivation,
    ScoreLine,
    ShareDerivation,
    WorkDerivation,
)
from scoring.engine.ladder import ladder_of
from scoring.explain_votes import VoteTable, vote_basis, vote_calculation, vote_table
from scoring.rule_words import (
    ParameterRow,
    direction_words,
    empty_group_words,
    line_parameters,
    method_name,
    rank_rule_words,
    scheme_parameters,
    vote_rule_words,
)
from scoring.sight import Sight
from scoring.wording import entry_name, missing_text

LONGEST_EXACT = 12
"""Characters up to which an unrounded number is written out; a longer one also stands as a fraction."""


@dataclass(frozen=True)
class Part:
    """A line that another rests on (T4: unrounded, C2: rounded points): code, name, points out of full points."""

    code: str
    name: str
    points: str
    out_of: Fraction


@dataclass(frozen=True)
class Explanation:
    """One line in words. `calculation` ends before the “=”; `unrounded` stands behind it, `line.points` is rounded.

    Texts are empty where there is nothing to say; `missing` says why there are no points (RULES A3).
    """

    line: ScoreLine
    input: str = ""
    basis_label: str = ""
    basis: str = ""
    rule: str = ""
    calculation: str = ""
    unrounded: str = ""
    notes: tuple[str, ...] = ()
    parameters: tuple[ParameterRow, ...] = ()
    votes: VoteTable | None = None
    parts: tuple[Part, ...] = ()
    periods: tuple["Explanation", ...] = ()
    missing: tuple[str, ...] = ()


def explain_line(scheme: Scheme, line: ScoreLine, sight: Sight) -> Explanation:
    """The explanation of a team's or a cadre's line, as far as the viewer may see votes."""
    match line.derivation:
        case RankDerivation() as derived:
            return _rank(scheme, line, derived)
        case PeriodsDerivation() as derived:
            return _periods(scheme, line, derived)
        case NotApplicableDerivation() as derived:
            return _not_applicable(scheme, line, derived)
        case ShareDerivation() as derived:
            return _share(scheme, line, derived, sight)
        case WorkDerivation() as derived:
            return _work(scheme, line, derived)
        case None:
            return Explanation(line, missing=tuple(map(missing_text, line.missing)))


def exact_text(value: Fraction) -> str:
    """An unrounded number in full: `11.52`, or `11.333333… (34/3)` where decimals do not end or run long."""
    text = number_text(value)
    if len(text) <= LONGEST_EXACT and "/" not in text:
        return text
    scaled = abs(value.numerator) * 10**6 // value.denominator
    sign = "-" if value < 0 else ""
    return f"{sign}{scaled // 10**6}.{scaled % 10**6:06}… ({value.numerator}/{value.denominator})"


def _rank(scheme: Scheme, line: ScoreLine, derived: RankDerivation) -> Explanation:
    return Explanation(
        line,
        input=_("%(value)s (%(direction)s)")
        % {"value": number_text(derived.value), "direction": direction_words(derived.direction)},
        basis_label=_("Place"),
        basis=_place_words(derived),
        rule=_rule_words(derived),
        calculation=_rank_calculation(derived),
        unrounded=exact_text(derived.unrounded),
        parameters=line_parameters(scheme.line(line.code)),
    )


def _rule_words(derived: RankDerivation) -> str:
    words = rank_rule_words(derived.rule, derived.ties, derived.direction)
    return f"{method_name(derived.rule, derived.ties)}: {words}"


def _place_words(derived: RankDerivation) -> str:
    text = _("place %(place)s of %(ranked)s; the best value is %(best)s")
    if derived.tied > 1:
        text = _("place %(place)s of %(ranked)s, shared by %(tied)s; the best value is %(best)s")
    return text % {
        "place": derived.place,
        "ranked": derived.ranked,
        "tied": derived.tied,
        "best": number_text(derived.best),
    }


def _rank_calculation(derived: RankDerivation) -> str:
    rule = derived.rule
    full, value, best = (number_text(number) for number in (derived.full, derived.value, derived.best))
    if isinstance(rule, Direct):
        return value
    if isinstance(rule, RatioToBest):
        upper, lower = (best, value) if derived.direction is Direction.LOWER else (value, best)
        return f"{full} × {upper} ÷ {lower}"
    if derived.ties is TieRule.MEAN_OF_PLACES and derived.tied > 1:
        return _mean_calculation(derived, rule)
    return _place_calculation(rule, full, derived.place, derived.ranked)


def _place_calculation(rule: PlaceRule, full: str, place: int, ranked: int) -> str:
    match rule:
        case StepPercent(step, floor):
            return f"{full} × max(1 − {share_text(step)} × ({place} − 1), {share_text(floor)})"
        case StepPoints(step, floor):
            return f"max({full} − {number_text(step)} × ({place} − 1), {share_text(floor)} × {full})"
        case Linear(top, bottom):
            high, low = share_text(top), share_text(bottom)
            if ranked == 1:
                return f"{full} × {high}"
            return f"{full} × ({high} − ({high} − {low}) × ({place} − 1) ÷ ({ranked} − 1))"


def _mean_calculation(derived: RankDerivation, rule: PlaceRule) -> str:
    """T3: the points of each place the tied occupy, and their mean."""
    places = range(derived.place, derived.place + derived.tied)
    ladder = ladder_of(rule, derived.full, derived.ranked)
    parts = " + ".join(exact_text(ladder.points_at(place)) for place in places)
    return f"({parts}) ÷ {derived.tied}"


def _periods(scheme: Scheme, line: ScoreLine, derived: PeriodsDerivation) -> Explanation:
    periods = tuple(_rank(scheme, line, period) for period in derived.periods)
    parts = " + ".join(period.unrounded for period in periods)
    return Explanation(
        line,
        input=_("%(count)s periods") % {"count": len(periods)},
        rule=_("Each period is ranked by itself; the line gets the mean of the periods' points."),
        calculation=f"({parts}) ÷ {len(periods)}",
        unrounded=exact_text(derived.unrounded),
        parameters=line_parameters(scheme.line(line.code)),
        periods=periods,
    )


def _not_applicable(scheme: Scheme, line: ScoreLine, derived: NotApplicableDerivation) -> Explanation:
    earned = sum((earned for _code, earned, _full in derived.sources), Fraction(0))
    full = sum((full for _code, _earned, full in derived.sources), Fraction(0))
    return Explanation(
        line,
        input=term("不适用"),
        basis_label=_("Rate"),
        basis=_("rate of the applicable lines of the same block: %(rate)s") % {"rate": percent(derived.rate)},
        rule=_("A township without the task gets full points times the rate it reached on the block's other lines."),
        calculation=f"{number_text(derived.full)} × {exact_text(earned)} ÷ {number_text(full)}",
        unrounded=exact_text(derived.unrounded),
        parts=_parts(scheme, derived.sources),
    )


def _share(scheme: Scheme, line: ScoreLine, derived: ShareDerivation, sight: Sight) -> Explanation:
    of_team = any(line.code == evaluation.code for evaluation in scheme.evaluations)
    kind = "班子" if of_team else "干部"
    name = f"{kind}档次分段" if isinstance(derived.rule, Bands) else f"{kind}档次系数"
    sight = sight.on(line.code)
    shown = sight.shows(derived.groups)
    return Explanation(
        line,
        input=_votes_words(derived, sight),
        basis_label=_("Vote share"),
        basis=vote_basis(derived, shown),
        rule=vote_rule_words(derived.rule),
        calculation=vote_calculation(derived, shown, sight),
        unrounded=exact_text(derived.unrounded) if sight.counts and len(shown) == len(derived.groups) else "",
        notes=_vote_notes(derived),
        parameters=scheme_parameters(scheme, name, "票别权重", "空票别"),
        votes=vote_table(derived, sight, of_team=of_team),
    )


def _votes_words(derived: ShareDerivation, sight: Sight) -> str:
    if not sight.counts:
        return _("votes (counts are not shown)")
    valid = sum(group.counts.valid for group in derived.groups)
    abstained = sum(group.counts.abstain for group in derived.groups)
    return _("%(valid)s valid votes, %(abstained)s abstentions apart") % {"valid": valid, "abstained": abstained}


def _vote_notes(derived: ShareDerivation) -> tuple[str, ...]:
    notes = []
    if derived.renormalised:
        notes.append(empty_group_words(derived.empty_group))
    if derived.cut:
        notes.append(_("The result is cut to 0 … full points."))
    return tuple(notes)


def _work(scheme: Scheme, line: ScoreLine, derived: WorkDerivation) -> Explanation:
    team = f"{points(derived.team_points)} ÷ {number_text(derived.team_full)}"
    basis = _("the team's targets: %(points)s of %(full)s")
    return Explanation(
        line,
        input=_("principal") if derived.principal else _("deputy, %(count)s lines in charge") % _count(derived),
        basis_label=_("Score of the team"),
        basis=basis % {"points": points(derived.team_points), "full": number_text(derived.team_full)},
        rule=_work_words(derived),
        calculation=_work_calculation(derived, number_text(derived.full), team),
        unrounded=exact_text(derived.unrounded),
        parameters=() if derived.principal else scheme_parameters(scheme, "副职班子占比"),
        parts=_parts(scheme, derived.charged),
    )


def _count(derived: WorkDerivation) -> dict[str, int]:
    return {"count": len(derived.charged)}


def _work_words(derived: WorkDerivation) -> str:
    if derived.principal:
        return _(
            "A principal's work result is the team's: full points times target points divided by their full points."
        )
    if not derived.charged:
        return _("A deputy without lines in charge gets the team's result.")
    return _("A deputy's work result is %(team)s the team's and %(own)s that of the lines in charge.") % {
        "team": percent(derived.team_share),
        "own": percent(1 - derived.team_share),
    }


def _work_calculation(derived: WorkDerivation, full: str, team: str) -> str:
    if not derived.charged:
        return f"{full} × {team}"
    earned = sum((earned for _code, earned, _full in derived.charged), Decimal(0))
    of = sum((full for _code, _earned, full in derived.charged), Fraction(0))
    share = number_text(derived.team_share)
    return f"{full} × ({share} × {team} + (1 − {share}) × {points(earned)} ÷ {number_text(of)})"


def _parts(scheme: Scheme, sources: Sequence[tuple[str, Fraction | Decimal, Fraction]]) -> tuple[Part, ...]:
    return tuple(
        Part(code, entry_name(scheme, code), exact_text(earned) if isinstance(earned, Fraction) else str(earned), full)
        for code, earned, full in sources
    )
