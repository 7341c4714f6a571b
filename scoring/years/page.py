"""One subject over the years: score, rate, places, grade, lines, who rates it how (RULES P6)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.cadre_page import township_name
from scoring.chart import Chart
from scoring.engine import CadreResult, TeamResult
from scoring.rankings import RANKINGS, Ranking
from scoring.rater_charts import RatedYears, rated_years
from scoring.raters import cadre_ratings, team_ratings
from scoring.selectors.result import CadreYear, TeamYear
from scoring.standing import rate
from scoring.wording import entry_name, not_graded_text
from scoring.years.charts import all_years, place_chart, place_mark, rate_chart
from scoring.years.grid import Grid, cadre_cells, team_cells, year_grid

Row = TypeVar("Row")


@dataclass(frozen=True)
class CadreYearRow:
    """A cadre's year: where, as what, and what it came to. `decided` is the confirmed grade, or empty."""

    year: AssessmentYear
    cadre: CadreResult
    township: str
    rate: Fraction | None
    not_graded: str
    href: str
    team_href: str
    decided: str

    @property
    def grade(self) -> str:
        """The decided one, else what the score suggests."""
        return self.decided or str(self.cadre.grade or "")


@dataclass(frozen=True)
class TeamYearRow:
    """A team's year, likewise; `vetoes` name the lines under a veto."""

    year: AssessmentYear
    team: TeamResult
    rate: Fraction | None
    vetoes: tuple[str, ...]
    href: str
    decided: str

    @property
    def grade(self) -> str:
        """The decided one, else what the score suggests."""
        return self.decided or str(self.team.grade or "")


@dataclass(frozen=True)
class HistoryPage(Generic[Row]):
    """All years of one cadre or team, latest first. `gaps` are years without a result between others."""

    rows: tuple[Row, ...]
    gaps: tuple[int, ...]
    places: tuple[Chart, ...]
    rates: Chart | None
    grid: Grid | None
    rated: RatedYears


def cadre_history_page(history: Sequence[CadreYear]) -> HistoryPage[CadreYearRow]:
    """Three places, since each ranking has its own others."""
    years = [entry.year.number for entry in history]
    grid = year_grid({entry.year.number: cadre_cells(entry) for entry in history})
    places = (
        _cadre_places(history, ranking) for ranking in (RANKINGS["county"], RANKINGS["post"], RANKINGS["township"])
    )
    ratings = {entry.year.number: cadre_ratings(entry.result, entry.cadre, entry.year.number) for entry in history}
    return HistoryPage(
        rows=tuple(map(_cadre_row, history)),
        gaps=_gaps(years),
        places=tuple(filter(None, places)),
        rates=_item_rates(grid),
        grid=grid,
        rated=rated_years(ratings),
    )


def team_history_page(history: Sequence[TeamYear]) -> HistoryPage[TeamYearRow]:
    """The place among all teams, blocks and lines."""
    years = [entry.year.number for entry in history]
    grid = year_grid({entry.year.number: team_cells(entry) for entry in history})
    ratings = {entry.year.number: team_ratings(entry.result, entry.team, entry.year.number) for entry in history}
    return HistoryPage(
        rows=tuple(map(_team_row, history)),
        gaps=_gaps(years),
        places=tuple(filter(None, [_team_places(history)])),
        rates=_block_rates(grid),
        grid=grid,
        rated=rated_years(ratings),
    )


def _cadre_row(entry: CadreYear) -> CadreYearRow:
    cadre, year = entry.cadre, entry.year.number
    return CadreYearRow(
        year=entry.year,
        cadre=cadre,
        township=township_name(entry.result, cadre.input.township),
        rate=rate(cadre.total, cadre.out_of),
        not_graded=not_graded_text(cadre.input.not_graded),
        href=_cadre_href(entry),
        team_href=SubjectAddresses("team", year).page(cadre.input.township),
        decided=entry.decided,
    )


def _team_row(entry: TeamYear) -> TeamYearRow:
    team = entry.team
    return TeamYearRow(
        year=entry.year,
        team=team,
        rate=rate(team.total, team.out_of),
        vetoes=tuple(entry_name(entry.result.scheme, code) for code in team.input.vetoes),
        href=_team_href(entry),
        decided=entry.decided,
    )


def _cadre_href(entry: CadreYear) -> str:
    return SubjectAddresses("cadre", entry.year.number).page(entry.cadre.input.number)


def _team_href(entry: TeamYear) -> str:
    return SubjectAddresses("team", entry.year.number).page(entry.team.input.code)


def _gaps(years: Sequence[int]) -> tuple[int, ...]:
    return tuple(year for year in all_years(years) if year not in years)


def _cadre_places(history: Sequence[CadreYear], ranking: Ranking) -> Chart | None:
    """Among whom a place counts is said where it changes with the person: the township, the post."""
    among: dict[str, Callable[[CadreYear], str]] = {
        "township": lambda entry: township_name(entry.result, entry.cadre.input.township),
        "post": lambda entry: term(entry.cadre.input.post),
    }
    note = among.get(ranking.code, lambda entry: "")
    found = {
        entry.year.number: (rank, place_mark(rank, _cadre_href(entry), note(entry)))
        for entry in history
        if (rank := ranking.rank(entry.cadre))
    }
    return place_chart(f"place-{ranking.code}", str(ranking.label), found, [entry.year.number for entry in history])


def _team_places(history: Sequence[TeamYear]) -> Chart | None:
    found = {
        entry.year.number: (rank, place_mark(rank, _team_href(entry)))
        for entry in history
        if (rank := entry.team.standing)
    }
    return place_chart("place", _("Place among the teams"), found, [entry.year.number for entry in history])


def _item_rates(grid: Grid | None) -> Chart | None:
    if grid is None:
        return None
    items = [row for row in grid.rows if not row.key.is_sum]
    return rate_chart("rates", _("Rates of full points, item by item"), grid, items)


def _block_rates(grid: Grid | None) -> Chart | None:
    if grid is None:
        return None
    sums = [row for row in grid.rows if row.key.is_sum]
    return rate_chart("rates", _("Rates of full points, block by block"), grid, sums)
