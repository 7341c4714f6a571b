"""A county's year from its inputs to totals, ranks and suggestions: the engine's one door (RULES 1 to 4)."""

from collections.abc import Mapping, Sequence
from itertools import chain

from assessment.scheme import Scheme

from .cadre import CadreScore, score_cadres
from .cadre_grades import Verdict, grade_cadres
from .findings import TeamGrade
from .inputs import CadreInput, TeamInput, YearInput
from .rankings import CadrePlaces, rank_cadres, rank_teams
from .results import CadreResult, QuotaLine, TeamResult, YearResult
from .team import score_teams
from .team_grades import grade_teams


def score_year(year: YearInput, team_grades: Mapping[str, TeamGrade] | None = None) -> YearResult:
    """Everything a year comes to under its scheme.

    `team_grades` are decided grades by team code; they replace the suggested ones where a team's grade bars its
    principals from 优秀 (G4), and nowhere else. The scheme must be one `scheme_problems` finds no fault with.
    """
    teams, team_quota = _teams(year.scheme, year.teams)
    cadres, cadre_quota = _cadres(year.scheme, year.cadres, teams, team_grades or {})
    missing = chain.from_iterable([*(team.missing for team in teams), *(cadre.missing for cadre in cadres)])
    return YearResult(
        scheme=year.scheme,
        teams=tuple(teams),
        cadres=tuple(cadres),
        missing=tuple(dict.fromkeys(missing)),
        team_quota=team_quota,
        cadre_quota=cadre_quota,
    )


def _teams(scheme: Scheme, inputs: Sequence[TeamInput]) -> tuple[list[TeamResult], QuotaLine]:
    """The teams scored, ranked and graded, in the order given."""
    scores = score_teams(scheme, inputs)
    places = rank_teams(scheme, scores)
    suggestions, quota = grade_teams(scheme, scores, places)
    results = []
    for score in scores:
        grade, reasons = suggestions.get(score.input.code, (None, ()))
        results.append(
            TeamResult(
                **score._asdict(),
                out_of=scheme.team_points,
                standing=places.get(score.input.code),
                grade=grade,
                reasons=reasons,
            )
        )
    return results, quota


def _cadres(
    scheme: Scheme,
    inputs: Sequence[CadreInput],
    teams: Sequence[TeamResult],
    team_grades: Mapping[str, TeamGrade],
) -> tuple[list[CadreResult], QuotaLine]:
    """The cadres scored, ranked and graded, in the order given."""
    scores = score_cadres(scheme, inputs, teams)
    places = rank_cadres(scheme, scores)
    by_code = {team.input.code: team for team in teams}
    verdicts, quota = grade_cadres(scheme.cadre_grading, scores, places.in_county, by_code, team_grades)
    return [_cadre_result(scheme, score, places, verdicts[score.input.number]) for score in scores], quota


def _cadre_result(scheme: Scheme, score: CadreScore, places: CadrePlaces, verdict: Verdict) -> CadreResult:
    number = score.input.number
    return CadreResult(
        input=score.input,
        lines=score.lines,
        total=score.total,
        out_of=scheme.cadre_points,
        in_township=places.in_township.get(number),
        in_post=places.in_post.get(number),
        in_county=places.in_county.get(number),
        grade=verdict.grade,
        reasons=verdict.reasons,
        bars=verdict.bars,
        missing=score.missing,
    )
