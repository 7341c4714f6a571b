"""The overview of a year, put together from its parts."""

from dataclasses import dataclass

from scoring.chart import Chart
from scoring.engine import YearResult
from scoring.results import NOT_CONFIRMED, Confirmed

from .heat import heat_map
from .moved import Earlier, Moved, moved
from .notes import Note, notes
from .sides import Side, cadre_side, team_side
from .spread import cadre_spread
from .team_chart import team_chart

BLOCKS, LINES = "blocks", "lines"
"""What the segments of a team's bar are."""


@dataclass(frozen=True)
class Overview:
    """A year's dashboard; `moved` is None where no earlier year may be compared."""

    computable: bool
    missing: int
    teams: Side
    cadres: Side
    not_graded: int
    vetoed: int
    notes: tuple[Note, ...]
    by: str
    team_chart: Chart
    heat: Chart
    spread: Chart
    moved: Moved | None

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every drawing of the page, in its order."""
        return self.teams.grades, self.cadres.grades, self.team_chart, self.heat, self.spread

    @property
    def started(self) -> bool:
        """Whether anything at all has been scored."""
        return any(mark for row in self.heat.rows for mark in row.marks)


def overview(
    result: YearResult,
    year: int,
    confirmed: Confirmed = NOT_CONFIRMED,
    *,
    by: str = BLOCKS,
    earlier: Earlier | None = None,
) -> Overview:
    """Everything the dashboard shows; `by` LINES divides a team's bar into lines instead of blocks."""
    return Overview(
        computable=result.computable,
        missing=len(result.missing),
        teams=team_side(result, year, confirmed.team_grades),
        cadres=cadre_side(result, year, confirmed.cadre_grades),
        not_graded=sum(1 for cadre in result.cadres if not cadre.graded),
        vetoed=sum(1 for team in result.teams if team.vetoed),
        notes=tuple(notes(result, year)),
        by=LINES if by == LINES else BLOCKS,
        team_chart=team_chart(result, year, by_line=by == LINES),
        heat=heat_map(result, year),
        spread=cadre_spread(result, year),
        moved=moved(result, year, confirmed, earlier) if earlier else None,
    )
