"""The two kinds of result tables as pages show them: state from the address, finished table kept for all viewers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from assessment.models import AssessmentYear
from scoring.cadre_columns import CadreColumns
from scoring.compare.boxes import with_boxes
from scoring.compare.cadres import CADRES
from scoring.compare.teams import TEAMS
from scoring.decided_columns import decided_cadre_grade, decided_for_suggested, decided_team_grade
from scoring.engine import YearResult
from scoring.finished import finished_fragment
from scoring.rankings import Ranking, ranking_columns, ranking_filters
from scoring.results import Confirmed, confirmed_grades
from scoring.sight import Sight
from scoring.tables import Column, Filter, FilterField, TableState, filter_fields, state_of, table
from scoring.team_columns import TeamColumns, in_order

T = TypeVar("T")


@dataclass(frozen=True)
class Listing:
    """A table with its form: `html` is the finished table."""

    state: TableState
    fields: tuple[FilterField, ...]
    html: SafeString


@dataclass(frozen=True)
class Source:
    """What a finished table is kept under, beside its state: the data, the page and what the viewer may see."""

    year: AssessmentYear
    revision: str
    sight: Sight


def ranking_listing(ranking: Ranking, result: YearResult, query: Mapping[str, str], source: Source) -> Listing:
    """One of the three rankings of cadres."""
    columns = CadreColumns(result, source.year.number)
    shown = ranking_columns(ranking, columns)
    if source.year.is_confirmed:
        shown = decided_for_suggested(shown, decided_cadre_grade(_confirmed(source).cadre_grades))
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
    )


def team_listing(result: YearResult, query: Mapping[str, str], source: Source) -> Listing:
    """All teams with every line."""
    columns = TeamColumns(result, source.year.number)
    shown = columns.all()
    if source.year.is_confirmed:
        shown = decided_for_suggested(shown, decided_team_grade(_confirmed(source).team_grades))
    return listing(
        in_order(result),
        with_boxes(shown, TEAMS.parameter, lambda team: team.input.code, lambda team: team.input.name),
        columns.filters(),
        query,
        source,
        page="teams",
        label=columns.label,
        text=lambda team: f"{team.input.code} {team.input.name}",
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
) -> Listing:
    state = state_of(query, columns, filters)

    def render() -> str:
        made = table(subjects, columns, filters, state, text=text, group=group)
        return render_to_string("scoring/table.html", {"table": made, "label": label}, using="jinja2")

    key = (page, source.year.pk, source.revision, source.sight, state.address())
    return Listing(state, filter_fields(filters, state), SafeString(finished_fragment(*key, render=render)))
