"""What can be left out, by kind, with a tick."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.scheme import CadreItem, Evaluation, Line, Scheme
from cadres.templatetags.labels import term
from scoring.variation import Variation
from scoring.wording import coded_name


@dataclass(frozen=True)
class Source:
    """A line, an evaluation, an item or a voter group. `value` is what the address holds."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class SourceGroup:
    """Sources of one kind."""

    title: str
    sources: tuple[Source, ...]


def source_groups(scheme: Scheme, variation: Variation) -> tuple[SourceGroup, ...]:
    """Every source of the scheme once, as `sources_of` lists them; kinds without any are not shown."""
    items = [item for item in scheme.cadre_items if not item.is_work]
    voters = dict.fromkeys(name for entry in scheme.votes for name, _weight in entry.groups)
    groups = (
        (_("Evaluations of the teams"), _coded(scheme, scheme.evaluations)),
        (_("Items of the cadres"), _coded(scheme, items)),
        (_("Weighted voter groups"), [(name, term(name)) for name in voters]),
        (_("Scored lines"), _coded(scheme, scheme.lines)),
    )
    chosen = frozenset(variation.without)
    return tuple(
        SourceGroup(title, tuple(Source(value, label, value in chosen) for value, label in found))
        for title, found in groups
        if found
    )


def _coded(scheme: Scheme, entries: Iterable[Line | Evaluation | CadreItem]) -> list[tuple[str, str]]:
    return [(entry.code, coded_name(scheme, entry.code)) for entry in entries]
