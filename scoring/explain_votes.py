"""Votes explained: the table of counts, the share of each group, the calculation (RULES E1 to E4).

Who may not see counts gets shares of groups of five and more, and nothing a hidden one could be computed from.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import number_text, share_text
from assessment.scheme import Bands, WeightedShare
from cadres.templatetags.labels import DASH, percent, term
from scoring.engine import CadreGrade, Counts, GroupShare, ShareDerivation
from scoring.sight import Sight

TEAM_VOTES = ("好", "较好", "一般", "较差")
"""The four grades of a team's votes (RULES 1.2)."""


@dataclass(frozen=True)
class VoteRow:
    """One group, or one category of a group (`is_part`). Empty texts, and None, are not shown to this viewer."""

    name: str
    counts: tuple[int | None, ...]
    abstain: int | None
    valid: int | None
    weight: str = ""
    share: str = ""
    low_share: str = ""
    rate: str = ""
    is_part: bool = False


@dataclass(frozen=True)
class VoteTable:
    """`grades`: names of the four grades, best first. `bands`: whether a band's rate stands beside the share."""

    grades: tuple[str, ...]
    rows: tuple[VoteRow, ...]
    counts: bool
    bands: bool
    weighted: bool


def vote_table(derived: ShareDerivation, sight: Sight, *, of_team: bool) -> VoteTable:
    """The votes of one line as this viewer may see them."""
    shown = sight.shows(derived.groups)
    rows = [row for group in derived.groups for row in _rows(group, group.name in shown, sight)]
    return VoteTable(
        grades=tuple(map(term, TEAM_VOTES if of_team else CadreGrade)),
        rows=tuple(rows),
        counts=sight.counts,
        bands=isinstance(derived.rule, Bands),
        weighted=len(derived.groups) > 1,
    )


def _rows(group: GroupShare, shown: bool, sight: Sight) -> list[VoteRow]:
    parts = group.categories if sight.counts and len(group.categories) > 1 else ()
    rows = [_hidden(name) if sight.hides(name) else _counted(name, counts, is_part=True) for name, counts in parts]
    return [*rows, _group_row(group, shown, sight)]


def _group_row(group: GroupShare, shown: bool, sight: Sight) -> VoteRow:
    name = term(group.name) or _("all voters")
    row = _counted(name, group.counts) if sight.counts and shown else VoteRow(name, _nothing(sight), None, None)
    return VoteRow(
        row.name,
        row.counts,
        row.abstain,
        row.valid,
        weight=_weight_words(group),
        share=percent(group.share) if shown else _("not shown"),
        low_share=percent(group.low_share) if shown else _("not shown"),
        rate=percent(group.rate) if shown else _("not shown"),
    )


def _counted(name: str, counts: Counts, *, is_part: bool = False) -> VoteRow:
    return VoteRow(term(name) or DASH, counts.grades, counts.abstain, counts.valid, is_part=is_part)


def _hidden(name: str) -> VoteRow:
    """A category that is so small that its counts are shown to nobody, or that would give such a one away."""
    return VoteRow(term(name) or DASH, (None,) * 4, None, None, share=_("not shown"), is_part=True)


def _nothing(sight: Sight) -> tuple[None, ...]:
    """A blank for every column of counts that the table has."""
    return (None,) * 4 if sight.counts else ()


def _weight_words(group: GroupShare) -> str:
    if group.used == group.weight:
        return number_text(group.weight)
    return _("%(weight)s, used %(used)s") % {"weight": number_text(group.weight), "used": number_text(group.used)}


def vote_basis(derived: ShareDerivation, shown: frozenset[str]) -> str:
    """“86%”, group by group where there are several."""
    texts = [_group_words(group, derived) for group in derived.groups if group.name in shown]
    if len(texts) < len(derived.groups):
        texts.append(_("shares of small groups are not shown"))
    return "; ".join(texts)


def _group_words(group: GroupShare, derived: ShareDerivation) -> str:
    text = "%(share)s"
    if isinstance(derived.rule, Bands):
        text = _("share of the first grade %(share)s, rate %(rate)s")
        if group.overridden:
            text = _("share of the first grade %(share)s, third and fourth together %(low)s, rate %(rate)s")
    name = f"{term(group.name)}: " if group.name else ""
    values = {"share": percent(group.share), "low": percent(group.low_share), "rate": percent(group.rate)}
    return name + text % values


def vote_calculation(derived: ShareDerivation, shown: frozenset[str], sight: Sight) -> str:
    """F × Σ weight × rate; empty where a group is not shown to this viewer."""
    if len(shown) < len(derived.groups):
        return ""
    full = number_text(derived.full)
    counted = [group for group in derived.groups if group.rate is not None]
    if len(counted) == 1:
        return f"{full} × {_rate_words(counted[0], derived, sight)}"
    terms = (f"{number_text(group.used)} × {_rate_words(group, derived, sight)}" for group in counted)
    return f"{full} × ({' + '.join(terms)})"


def _rate_words(group: GroupShare, derived: ShareDerivation, sight: Sight) -> str:
    rate = group.rate or Fraction(0)
    if isinstance(derived.rule, Bands):
        return share_text(rate)
    if sight.counts:
        return share_calculation(group, derived.rule)
    return percent(rate) if rate >= 0 else f"({percent(rate)})"


def share_calculation(group: GroupShare, rule: WeightedShare) -> str:
    """(1 × 120 + 0.8 × 50 + …) ÷ 200: the exact share, for those who see counts."""
    products = " + ".join(
        f"{_coefficient(coefficient)} × {count}"
        for coefficient, count in zip(rule.coefficients, group.counts.grades, strict=True)
    )
    return f"({products}) ÷ {group.counts.valid}"


def _coefficient(value: Fraction) -> str:
    return number_text(value) if value >= 0 else f"({number_text(value)})"
