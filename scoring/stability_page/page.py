"""The page that says how firm the places of a year are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scoring.cadre_columns import CadreColumns
from scoring.chart import Chart, ChartKind, Mark, Row
from scoring.engine import CadreResult, YearResult
from scoring.listing import Listing, Source, listing
from scoring.rankings import COUNTY, ranking_filters
from scoring.selectors.stability import REPLICATES, SEED
from scoring.stability import Stability, SubjectStability
from scoring.stability_page.columns import StabilityColumns, bands_of_cadres
from scoring.stability_page.flips import FlipWords, cadre_flips, team_flips
from scoring.stability_page.words import band_text, interval_text
from scoring.tables import Column, Filter

NEAR = "near"
"""The choice of the filter for those whose interval reaches both sides of the quota line."""


@dataclass(frozen=True)
class Run:
    """Places whose order can hardly be told apart."""

    first: int
    last: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class StabilityPage:
    """`cadres` is how many are ranked; `near` are teams, and how many cadres, in the running about their quota line."""

    teams: Chart | None
    cadres: int
    team_runs: tuple[Run, ...]
    cadre_runs: tuple[Run, ...]
    near_teams: tuple[str, ...]
    near_cadres: int
    replicates: int = REPLICATES
    seed: int = SEED


def stability_page(result: YearResult, found: Stability, year: int) -> StabilityPage:
    """Without the table of cadres, which has its own state."""
    teams, cadres = team_flips(result, year), cadre_flips(result, year)
    return StabilityPage(
        teams=_team_chart(found.teams, teams) if found.teams else None,
        cadres=len(found.cadres),
        team_runs=hardly_apart(found.teams, teams),
        cadre_runs=hardly_apart(found.cadres, cadres),
        near_teams=tuple(teams.name(one.code) for one in found.teams if one.straddles),
        near_cadres=sum(one.straddles for one in found.cadres),
    )


def hardly_apart(subjects: Sequence[SubjectStability], words: FlipWords) -> tuple[Run, ...]:
    """From the top: as long as the interval of the first in the run reaches the next, and the next one's the first."""
    runs: list[list[SubjectStability]] = []
    for one in _by_place(subjects):
        if runs and _mixed(runs[-1][0], one):
            runs[-1].append(one)
        else:
            runs.append([one])
    made = (Run(run[0].rank.place, run[-1].rank.place, tuple(words.name(one.code) for one in run)) for run in runs)
    return tuple(run for run in made if run.first < run.last)


def _mixed(first: SubjectStability, one: SubjectStability) -> bool:
    return first.votes.high >= one.rank.place and one.votes.low <= first.rank.place


def _by_place(subjects: Sequence[SubjectStability]) -> list[SubjectStability]:
    return sorted(subjects, key=lambda one: one.rank.place)


def _team_chart(teams: Sequence[SubjectStability], words: FlipWords) -> Chart:
    return Chart(
        name="stability-teams",
        kind=ChartKind.RANGES,
        title=_("Places of the teams"),
        lead=_("The dot is the place, the band the places from the 5th to the 95th percentile."),
        corner=_("Township"),
        series=(
            _("Places, ballots drawn anew"),
            _("Places, weights ±10%"),
            _("Closest exchange: ballots, with"),
            _("Across the quota line: ballots, with"),
        ),
        end=_("Place"),
        top=str(teams[0].rank.ranked),
        rows=tuple(_team_row(one, words) for one in _by_place(teams)),
    )


def _team_row(one: SubjectStability, words: FlipWords) -> Row:
    place, href = str(one.rank.place), words.page(one.code)
    low, high = map(str, one.votes)
    weights = interval_text(one.weights)
    flips = (words.text(one, flip) for flip in (one.flip, one.quota_flip))
    band = Mark(place, interval_text(one.votes), href=href, note=band_text(one), low=low, high=high)
    others = (Mark(place, text) if text else None for text in (weights, *flips))
    return Row(words.name(one.code), (band, *others), href=href, end=place)


def stability_listing(result: YearResult, found: Stability, query: Mapping[str, str], source: Source) -> Listing:
    """The graded cadres with their intervals and exchanges."""
    columns = CadreColumns(result, source.year.number)
    cadres = {one.code: one for one in found.cadres}
    return listing(
        [cadre for cadre in COUNTY.subjects(result) if cadre.input.number in cadres],
        _columns(columns, bands_of_cadres(found), cadre_flips(result, source.year.number)),
        [*ranking_filters(result, columns), _line_filter(cadres)],
        query,
        source,
        page="stability",
        label=_("Stability of the cadres' places"),
        text=columns.search_text,
    )


def _columns(columns: CadreColumns, ours: StabilityColumns[CadreResult], words: FlipWords) -> list[Column[CadreResult]]:
    return [
        columns.in_county(),
        columns.name(),
        columns.township(),
        columns.post(),
        columns.total(),
        ours.band(),
        ours.weights(),
        ours.ballots("flip", _("Closest exchange: ballots"), lambda one: one.flip, words),
        ours.whom("flip_with", _("Exchange with"), lambda one: one.flip, words),
        ours.ballots("quota_flip", _("Across the quota line: ballots"), lambda one: one.quota_flip, words),
        ours.whom("quota_with", _("Across the line with"), lambda one: one.quota_flip, words),
        columns.grade(),
    ]


def _line_filter(cadres: Mapping[str, SubjectStability]) -> Filter[CadreResult]:
    def value(cadre: CadreResult) -> str:
        one = cadres.get(cadre.input.number)
        return NEAR if one and one.straddles else ""

    return Filter("line", _("Quota line"), value, ((NEAR, _("band on both sides")),))
