"""The sheets of the year's workbook (WORKBOOK 1), in the order in which they lean on each other."""

from .cadre import CADRES
from .grade import DECISIONS, PAST_RESULTS
from .parameter import SCHEME_PARAMETERS
from .post import POSTS
from .spec import SheetSpec
from .tally import CADRE_TALLIES, TEAM_TALLIES
from .target import TARGETS
from .unit import DEPARTMENTS, TOWNSHIPS
from .value import VALUES
from .veto import VETOES

SHEETS: tuple[SheetSpec, ...] = (
    TOWNSHIPS,
    DEPARTMENTS,
    POSTS,
    TARGETS,
    SCHEME_PARAMETERS,
    CADRES,
    VALUES,
    VETOES,
    TEAM_TALLIES,
    CADRE_TALLIES,
    DECISIONS,
    PAST_RESULTS,
)

__all__ = ["SHEETS", "SheetSpec"]
