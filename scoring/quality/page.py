"""The quality of a year's collection (RULES Y3, Y4): how it was voted, never who voted how.

docs/anonymity.md says what is shown of whole ballots; a year that is not closed shows nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.models import AssessmentYear, SheetKind
from assessment.voters import group_text, groups_in_order
from scoring.engine import YearResult
from scoring.quality.abstentions import AbstainedRow, AbstentionRow, abstained_rows, abstention_rows
from scoring.quality.counted_votes import votes_of_year
from scoring.quality.leniency import LeniencyRow, department_rows, team_rows
from scoring.quality.partings import Parting, cadres_parting, groups_parting, teams_parting
from scoring.quality.uniform import Uniform, UniformRow, uniform_rows, uniform_rows_apart
from scoring.selectors.quality import (
    BallotsKept,
    SignedSheets,
    ballots_kept,
    signed_sheets,
    townships_of_teams,
)


@dataclass(frozen=True)
class UniformPart:
    """Uniform ballots by box and by voter group, and sheets by kind. `mixed` are boxes that took paper as well,
    `sums_only` the townships whose ballots nobody can look at: what came in were sums."""

    boxes: tuple[UniformRow, ...]
    groups: tuple[UniformRow, ...]
    sheets: tuple[UniformRow, ...]
    mixed: tuple[str, ...]
    sums_only: tuple[str, ...]
    kinds_without: tuple[str, ...]


@dataclass(frozen=True)
class QualityPage:
    """Everything the page shows, in its order."""

    abstentions: list[AbstentionRow]
    abstained: list[AbstainedRow]
    uniform: UniformPart
    groups: list[Parting]
    teams: list[Parting]
    cadres: list[Parting]
    assessors: list[LeniencyRow]
    departments: list[LeniencyRow]


def quality_page(year: AssessmentYear, result: YearResult) -> QualityPage:
    """Of a closed year. A fixed number of queries, whatever the size."""
    votes, sheets = votes_of_year(result, year.number), signed_sheets(year)
    return QualityPage(
        abstentions=abstention_rows(votes),
        abstained=abstained_rows(votes),
        uniform=_uniform(ballots_kept(year), sheets, [team.input.name for team in result.teams]),
        groups=groups_parting(votes),
        teams=teams_parting(result, year.number),
        cadres=cadres_parting(result, year.number),
        assessors=team_rows(result, townships_of_teams(year)),
        departments=department_rows(sheets.departments, result.scheme.team_votes),
    )


def _uniform(ballots: BallotsKept, sheets: SignedSheets, townships: list[str]) -> UniformPart:
    groups = {group_text(name): ballots.by_group[name] for name in groups_in_order(ballots.by_group)}
    return UniformPart(
        boxes=tuple(uniform_rows(ballots.by_box)),
        groups=tuple(uniform_rows(groups)) if len(groups) > 1 else (),
        sheets=tuple(uniform_rows_apart(_by_kind(sheets.uniform))),
        mixed=ballots.mixed,
        sums_only=tuple(name for name in townships if not ballots.by_box.get(name, Uniform()).ballots),
        kinds_without=tuple(str(kind.label) for kind in SheetKind if kind not in sheets.uniform),
    )


def _by_kind(uniform: Mapping[SheetKind, Uniform]) -> dict[str, Uniform]:
    return {str(kind.label): uniform[kind] for kind in SheetKind if kind in uniform}
