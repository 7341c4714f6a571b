"""What `stability --json` prints: all in the order of the year's record, None for who has no place (WORKBOOK 2)."""

from collections.abc import Mapping
from typing import Any

from scoring.engine import YearResult
from scoring.stability import Stability, SubjectStability

Record = dict[str, Any]
Found = Mapping[str, SubjectStability]


def stability_record(result: YearResult, stability: Stability) -> Record:
    """Places and their intervals under resampled ballots; a cadre's are those of the county (P3)."""
    teams = {one.code: one for one in stability.teams}
    cadres = {one.code: one for one in stability.cadres}
    return {
        "teams": [{"township": team.input.code, **_firmness(teams, team.input.code)} for team in result.teams],
        "cadres": [{"id": cadre.input.number, **_firmness(cadres, cadre.input.number)} for cadre in result.cadres],
    }


def _firmness(found: Found, code: str) -> Record:
    one = found.get(code)
    if one is None:
        return dict.fromkeys(("rank", "rank_low", "rank_high", "closest_flip"))
    flip = one.closest_flip
    return {
        "rank": one.rank.place,
        "rank_low": one.votes.low,
        "rank_high": one.votes.high,
        "closest_flip": {"with": flip.other, "ballots": flip.ballots} if flip else None,
    }
