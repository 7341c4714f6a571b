"""What comes of a variation: a summary, warnings, who moves and why; or what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessment.models import AssessmentYear
from assessment.scheme import ParameterError, Scheme, parameter_text
from assessment.scheme.parameters import TOTALS
from assessment.wording import data_text, place_text
from cadres.templatetags.labels import yuan
from scoring.engine import YearResult
from scoring.overview import quota_text
from scoring.variation import Variation
from scoring.variation_problems import VariationProblem
from scoring.what_if import WhatIf, what_if, what_if_problems
from scoring.what_if_page.rows import Row, Table, Tables
from scoring.wording import coded_name

FIRST_ROWS = 30
"""While a slider is moving a browser lays out no more: three hundred rows would take it longer than all the rest."""


@dataclass(frozen=True)
class ViewOptions:
    """How the tables are shown. `brief`: the first rows alone, while a slider is moving."""

    everybody: bool = False
    movers_first: bool = False
    brief: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "ViewOptions":
        """What is asked for beside the variation."""
        return cls("everybody" in query, "movers" in query, "brief" in query)

    @property
    def names(self) -> tuple[str, ...]:
        """What of it stands in the page's address."""
        return tuple(name for name, wanted in (("everybody", self.everybody), ("movers", self.movers_first)) if wanted)


@dataclass(frozen=True)
class Pair:
    """A text before and after."""

    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class OutcomePage:
    """`problems` in words where nothing can be computed; then there is nothing else."""

    year: AssessmentYear
    variation: Variation
    options: ViewOptions
    problems: tuple[VariationProblem, ...] = ()
    found: WhatIf | None = None
    teams: Table | None = None
    cadres: Table | None = None
    changes: tuple[Pair, ...] = ()
    left_out: tuple[str, ...] = ()
    sums: tuple[Pair, ...] = ()
    warnings: tuple[str, ...] = ()
    quotas: tuple[Pair, ...] = ()
    money: tuple[Pair, ...] = ()

    @property
    def team_table(self) -> str:
        """All teams."""
        return self._table(self.teams, _("Teams before and after"), everybody=True)

    @property
    def cadre_table(self) -> str:
        """Those who move, or everybody."""
        return self._table(self.cadres, _("Cadres before and after"), everybody=self.options.everybody)

    def _table(self, table: Table | None, label: str, *, everybody: bool) -> str:
        if table is None:
            return ""
        rows = table.shown(everybody=everybody, movers_first=self.options.movers_first)
        return _printed(table, rows[:FIRST_ROWS] if self.options.brief else rows, label) if rows else ""


def outcome_page(year: AssessmentYear, before: YearResult, variation: Variation, options: ViewOptions) -> OutcomePage:
    """One computation of the year at most; none where nothing is changed or something is wrong."""
    if problems := what_if_problems(year, variation, before=before):
        return OutcomePage(year, variation, options, problems)
    found = what_if(year, variation, before=before)
    tables = Tables(found)
    return OutcomePage(
        year,
        variation,
        options,
        found=found,
        teams=tables.teams(),
        cadres=tables.cadres(),
        changes=tuple(_change(before.scheme, name, text) for name, text in variation.settings.items()),
        left_out=tuple(coded_name(before.scheme, source) for source in variation.without),
        sums=_sums(before.scheme, found.after.scheme),
        warnings=tuple(_warnings(found)),
        quotas=_quotas(found),
        money=_money(found),
    )


def _printed(table: Table, rows: Sequence[Row], label: str) -> SafeString:
    context = {"heads": table.heads, "rows": rows, "total": len(table.rows), "label": label}
    return SafeString(render_to_string("scoring/what_if_table.html", context, using="jinja2"))


def _change(scheme: Scheme, name: str, text: str) -> Pair:
    """A parameter before and after, also on paper; blank before where the lines differ or the rule is another."""
    try:
        before = parameter_text(scheme, name)
    except ParameterError:
        before = ""
    return Pair(place_text(name), data_text(before), data_text(text))


def _sums(before: Scheme, after: Scheme) -> tuple[Pair, ...]:
    """T2: the four totals, which follow their parts."""
    return tuple(Pair(data_text(name), parameter_text(before, name), parameter_text(after, name)) for name in TOTALS)


def _quotas(found: WhatIf) -> tuple[Pair, ...]:
    """G1, G2: how each quota is filled."""
    return (
        Pair(_("Quota of teams"), quota_text(found.before.team_quota), quota_text(found.after.team_quota)),
        Pair(_("Quota of cadres"), quota_text(found.before.cadre_quota), quota_text(found.after.cadre_quota)),
    )


def _money(found: WhatIf) -> tuple[Pair, ...]:
    """In yuan; a dash where it cannot be split."""
    before, after = found.money_before, found.money_after
    return (
        Pair(_("Awards"), yuan(before.total), yuan(after.total)),
        Pair(_("Rest of the pool"), yuan(before.rest), yuan(after.rest)),
    )


def _warnings(found: WhatIf) -> Iterator[str]:
    """What stands in the way of such a year: inputs that are missing (A3), money that does not suffice (B2, B5)."""
    if missing := len(found.after.missing):
        text = ngettext(
            "Not computable: %(count)s input is missing. Whom it concerns has no place, and there is no bonus.",
            "Not computable: %(count)s inputs are missing. Whom they concern have no place, and there is no bonus.",
            missing,
        )
        yield text % {"count": missing}
    elif found.money_after.rest is None:
        yield _("The shares of the principals come to more than a whole award; no bonus can be split (clause B2).")
    elif found.money_after.rest < 0:
        text = _("The awards exceed the pool by %(amount)s yuan (clause B5).")
        yield text % {"amount": yuan(-found.money_after.rest)}
