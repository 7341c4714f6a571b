"""A county's year from its inputs to totals, ranks and suggestions: the engine's one door (RULES 1 to 4)."""

from collections.abc import Mapping
from itertools import chain

from .cadre import score_cadres
from .cadre_grades import grade_cadres
from .findings import TeamGrade
from .inputs import YearInput
from .rankings import rank_cadres, rank_teams
from .results import YearResult
from .team import score_teams
from .team_grades import grade_teams


def score_year(year: YearInput, team_grades: Mapping[str, TeamGrade] | None = None) -> YearResult:
    """Everything a year comes to under its scheme.

    `team_grades` are decided grades by team code; they replace the suggested ones where a team's grade bars its
    principals from 优秀 (G4), and nowhere else. The scheme must be one `scheme_problems` finds no fault with.
    """
    scheme = year.scheme
    teams, team_quota = grade_teams(scheme, rank_teams(scheme, score_teams(scheme, year.teams)))
    by_code = {team.input.code: team for team in teams}
    scored = rank_cadres(scheme, score_cadres(scheme, year.cadres, teams))
    cadres, cadre_quota = grade_cadres(scheme.cadre_grading, scored, by_code, team_grades or {})
    missing = dict.fromkeys(
        chain.from_iterable([*(team.missing for team in teams), *(cadre.missing for cadre in cadres)])
    )
    return YearResult(
        scheme=scheme,
        teams=tuple(teams),
        cadres=tuple(cadres),
        missing=tuple(missing),
        team_quota=team_quota,
        cadre_quota=cadre_quota,
    )
