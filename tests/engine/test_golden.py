"""The two golden counties, computed by hand-checkable fractions elsewhere: every number to the last cent."""

from typing import Any

import pytest

from rewards.rules import BonusResult, split_bonus
from scoring.engine import CadreResult, TeamResult, YearResult, score_year
from tests.oracle.read_golden import POSTS, bonus_cadres, bonus_teams, expected, year_input

COUNTIES = ("county-default", "county-own-scheme")


def _team(team: TeamResult, bonus: BonusResult) -> dict[str, Any]:
    return {
        "township": team.input.code,
        "name": team.input.name,
        "total": str(team.total),
        "rank": team.rank,
        "tied": team.tied,
        "target_points": str(team.target_points),
        "evaluation_points": str(team.evaluation_points),
        "lines": {line.code: str(line.points) for line in team.lines},
        "places": {line.code: line.place for line in team.lines if line.place is not None},
        "vetoed": team.vetoed,
        "suggested_grade": team.grade,
        "grade": None,
        "bonus": str(bonus.award_of(team.input.code).award),
    }


def _cadre(cadre: CadreResult, bonus: BonusResult) -> dict[str, Any]:
    return {
        "id": cadre.input.number,
        "name": cadre.input.name,
        "township": cadre.input.township,
        "post": cadre.input.post,
        "principal": cadre.input.principal,
        "graded": cadre.graded,
        "total": None if cadre.total is None else str(cadre.total),
        "lines": {line.code: str(line.points) for line in cadre.lines},
        "rank_township": cadre.rank_township,
        "rank_post": cadre.rank_post,
        "rank_county": cadre.rank_county,
        "suggested_grade": cadre.grade,
        "grade": None,
        "bonus": str(bonus.amount_of(cadre.input.number)),
    }


def _bonus(bonus: BonusResult) -> dict[str, Any]:
    parts = ("pool", "awards", "rest", "paid", "withheld", "unpaid", "odd_cents")
    return {part: str(getattr(bonus, part)) for part in parts} | {"exceeds_pool": bonus.exceeds_pool}


def _printed(result: YearResult) -> dict[str, Any]:
    bonus = split_bonus(result.scheme.bonus, bonus_teams(result), bonus_cadres(result), POSTS)
    return {
        "year": 2025,
        "computable": result.computable,
        "missing": list(result.missing),
        "teams": [_team(team, bonus) for team in result.teams],
        "cadres": [_cadre(cadre, bonus) for cadre in result.cadres],
        "bonus": _bonus(bonus),
    }


@pytest.mark.parametrize("county", COUNTIES)
def test_golden_county_to_the_cent(county: str) -> None:
    assert _printed(score_year(year_input(county))) == expected(county)
