"""The two kinds of result tables as pages show them: state from the address, finished table kept for all viewers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessment.models import AssessmentYear
from scoring.cadre_columns import CadreColumns
from scoring.compare.boxes import with_boxes
from scoring.compare.cadres import CADRES
from scoring.compare.teams import TEAMS
from scoring.decided_columns import decided_cadre_grade, decided_for_suggested, decided_team_grade
from scoring.engine import CadreResult, TeamResult, YearResult
from scoring.finished import finished_fragment
from scoring.rankings import Ranking, ranking_columns, ranking_filters
from scoring.results import Confirmed, confirmed_grades
from scoring.sight import Sight
from scoring.stability_page.columns import StabilityColumns
from scoring.tables import ON, Column, Filter, FilterField, TableState, filter_fields, state_of, table
from scoring.team_columns import TeamColumns, in_order

T = TypeVar("T")

BANDS = "stability"
"""The switch that shows how firm each place is: it costs a second, so nobody waits for it who has not asked."""


@dataclass(frozen=True)
class Listing:
    """A table with its form: `html` is the finished table."""

    state: TableState
    fields: tuple[FilterField, ...]
    html: SafeString

    @property
    def with_bands(self) -> str:
        """The same table with the bands of stability."""
        return self.state.address(**{BANDS: ON})

    @property
    def without_bands(self) -> str:
        """The same without; never empty, so that the link leads somewhere."""
        return self.state.address(**{BANDS: ""})


@dataclass(frozen=True)
class Source:
    """What a finished table is kept under, beside its state: the data, the page and what the viewer may see."""

    year: AssessmentYear
    revision: str
    sight: Sight


def ranking_listing(
    ranking: Ranking,
    result: YearResult,
    query: Mapping[str, str],
    source: Source,
    bands: StabilityColumns[CadreResult] | None = None,
) -> Listing:
    """One of the three rankings of cadres; `bands` are shown before the grade."""
    columns = CadreColumns(result, source.year.number)
    shown = ranking_columns(ranking, columns)
    if source.year.is_confirmed:
        shown = decided_for_suggested(shown, decided_cadre_grade(_confirmed(source).cadre_grades))
    if bands:
        shown = [*shown[:-1], bands.band(), shown[-1]]
    return listing(
        ranking.subjects(result),
        with_boxes(shown, CADRES.parameter, lambda cadre: cadre.input.number, lambda cadre: cadre.input.name),
        ranking_filters(result, columns),
        query,
        source,
        page=f"ranking-{ranking.code}",
        label=str(ranking.label),
        text=columns.search_text,
        group=ranking.heading(columns),
        switches=(BANDS,) if bands else (),
    )


def team_listing(
    result: YearResult,
    query: Mapping[str, str],
    source: Source,
    bands: StabilityColumns[TeamResult] | None = None,
) -> Listing:
    """All teams with every line; `bands` are shown after place, name, total and grade."""
    columns = TeamColumns(result, source.year.number)
    shown = columns.all()
    if source.year.is_confirmed:
        shown = decided_for_suggested(shown, decided_team_grade(_confirmed(source).team_grades))
    if bands:
        shown = [*shown[:4], bands.band(), *shown[4:]]
    return listing(
        in_order(result),
        with_boxes(shown, TEAMS.parameter, lambda team: team.input.code, lambda team: team.input.name),
        columns.filters(),
        query,
        source,
        page="teams",
        label=columns.label,
        text=lambda team: f"{team.input.code} {team.input.name}",
        switches=(BANDS,) if bands else (),
    )


def _confirmed(source: Source) -> Confirmed:
    return confirmed_grades(source.year, revision=source.revision)


def listing(
    subjects: Sequence[T],
    columns: Sequence[Column[T]],
    filters: Sequence[Filter[T]],
    query: Mapping[str, str],
    source: Source,
    *,
    page: str,
    label: str,
    text: Callable[[T], str],
    group: Callable[[T], str] | None = None,
    switches: tuple[str, ...] = (),
) -> Listing:
    state = replace(state_of(query, columns, filters), switches=switches)

    def render() -> str:
        made = table(subjects, columns, filters, state, text=text, group=group)
        return render_to_string("scoring/table.html", {"table": made, "label": label}, using="jinja2")

    key = (page, source.year.pk, source.revision, source.sight, state.address())
    return Listing(state, filter_fields(filters, state), SafeString(finished_fragment(*key, render=render)))
