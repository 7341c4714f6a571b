"""The table of a year's measures, searched, filtered and sorted by what the address says."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cadres.templatetags.labels import DASH, term
from rewards.presenters.measure import (
    SLUGS,
    evidence_texts,
    kind_text,
    measure_url,
    remark_text,
    state_badge,
    subject_text,
    subject_url,
    taken_text,
)
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureCase
from rewards.selectors.measure_choice import taken_alone
from rewards.selectors.measure_course import MeasureState
from scoring.listing import Listing
from scoring.tables import Cell, Column, Filter, filter_fields, state_of, table, typed


@dataclass(frozen=True)
class KindToAccept:
    """So many proposals of a kind wait and can be accepted together."""

    label: str
    slug: str
    count: int


def measure_listing(cases: Sequence[MeasureCase], query: Mapping[str, str]) -> Listing:
    """Teams first, until another order is asked for."""
    columns, filters = _columns(), _filters(cases)
    state = state_of(query, columns, filters)
    made = table(cases, columns, filters, state, text=_search_text)
    html = render_to_string("scoring/table.html", {"table": made, "label": _("Measures")}, using="jinja2")
    return Listing(state, filter_fields(filters, state), SafeString(html))


def kinds_to_accept(cases: Sequence[MeasureCase]) -> list[KindToAccept]:
    """The kinds that can be accepted together: those where accepting means one thing."""
    counts = Counter(case.key.kind for case in cases if case.proposed and case.awaits_decision)
    kinds = [kind for kind in MeasureKind if counts[kind] and taken_alone(kind)]
    return [KindToAccept(kind_text(kind), SLUGS[kind], counts[kind]) for kind in kinds]


def _columns() -> list[Column[MeasureCase]]:
    return [
        _column("township", _("Township"), _place, lambda case: _plain(case.subject.township_name or DASH)),
        _column("subject", _("Team or cadre"), lambda case: case.subject.name, _subject_cell),
        _column("kind", _("Measure"), _kind_order, _kind_cell),
        _column("clause", _("Clause"), lambda case: case.clause, lambda case: (typed(case.clause), "", "", "clause")),
        _column("evidence", _("Years and grades"), lambda case: case.years, _evidence_cell),
        _column("state", _("State"), lambda case: list(MeasureState).index(case.state), _state_cell),
        _column("taken", _("Decided"), lambda case: taken_text(case) or None, _taken_cell),
        _column("deadline", _("Deadline"), lambda case: case.due, _deadline_cell),
    ]


def _column(
    code: str, label: str, key: Callable[[MeasureCase], Any], cell: Callable[[MeasureCase], Cell]
) -> Column[MeasureCase]:
    return Column(code, label, key, cell)


def _filters(cases: Sequence[MeasureCase]) -> list[Filter[MeasureCase]]:
    """Townships are those of the cases, in their order."""
    townships = {case.subject.township: case.subject.township_name for case in cases if case.subject.township}
    states = tuple((str(value), str(label)) for value, label in MeasureState.choices)
    kinds = tuple((SLUGS[kind], kind_text(kind)) for kind in MeasureKind)
    return [
        Filter("state", _("State"), lambda case: str(case.state), states),
        Filter("kind", _("Measure"), lambda case: SLUGS[case.key.kind], kinds),
        Filter("township", _("Township"), lambda case: case.subject.township, tuple(townships.items())),
    ]


def _search_text(case: MeasureCase) -> str:
    subject = case.subject
    return f"{subject.code} {subject.name} {subject.township_name} {term(subject.post)} {kind_text(case.key.kind)}"


def _place(case: MeasureCase) -> str | None:
    return case.subject.township or None


def _kind_order(case: MeasureCase) -> int:
    return list(MeasureKind).index(case.key.kind)


def _plain(text: str) -> Cell:
    return typed(text), "", "", ""


def _subject_cell(case: MeasureCase) -> Cell:
    return typed(subject_text(case.subject)), subject_url(case), typed(term(case.subject.post)), "name measure-subject"


def _kind_cell(case: MeasureCase) -> Cell:
    return typed(kind_text(case.key.kind)), measure_url("rewards:measure", case.year, case.key), "", "name"


def _evidence_cell(case: MeasureCase) -> Cell:
    return typed(evidence_texts(case)), "", typed(remark_text(case)), "measure-evidence"


def _state_cell(case: MeasureCase) -> Cell:
    return str(state_badge(case)), "", "", ""


def _taken_cell(case: MeasureCase) -> Cell:
    return _plain(taken_text(case) or DASH)


def _deadline_cell(case: MeasureCase) -> Cell:
    return _plain(case.due.isoformat() if case.due else DASH)
