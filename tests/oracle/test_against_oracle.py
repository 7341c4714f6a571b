"""The engine and the bonus against the slow oracle on generated counties, every rule family at once."""

from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings

from assessment.scheme import scheme_from_dict, scheme_problems, scheme_to_dict
from rewards.rules import split_bonus
from scoring.engine import CadreResult, TeamResult, YearInput, YearResult, score_year
from tests.oracle.money import money
from tests.oracle.slow import Oracle
from tests.oracle.years import bonuses, years

GENERATED = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def _points(value: Any) -> Fraction | None:
    return None if value is None else Fraction(value)


def answer(result: YearResult) -> dict[str, Any]:
    """A result in the oracle's terms."""
    teams = {
        team.input.code: {
            "lines": {line.code: _points(line.points) for line in team.lines},
            "places": {line.code: line.place for line in team.lines[: len(result.scheme.lines)]},
            "total": _points(team.total),
            "rank": team.rank,
            "grade": team.grade,
        }
        for team in result.teams
    }
    cadres = {
        cadre.input.number: {
            "lines": {line.code: _points(line.points) for line in cadre.lines},
            "total": _points(cadre.total),
            "ranks": (cadre.rank_township, cadre.rank_post, cadre.rank_county),
            "grade": cadre.grade,
            "bars": {str(bar.code) for bar in cadre.bars},
        }
        for cadre in result.cadres
    }
    return {"teams": teams, "cadres": cadres}


@GENERATED
@given(years())
def test_every_number_is_the_oracles(year: YearInput) -> None:
    assert scheme_problems(year.scheme) == ()
    assert scheme_from_dict(scheme_to_dict(year.scheme)) == year.scheme
    result = score_year(year)
    assert answer(result) == Oracle(year).answer()
    _assert_explained(result)


def _assert_explained(result: YearResult) -> None:
    """Sums add up as printed; a line without points says why; what is missing keeps the year from being computable."""
    unscored = 0
    subjects: list[TeamResult | CadreResult] = [*result.teams, *result.cadres]
    for subject in subjects:
        for line in subject.lines:
            assert (line.points is None) == bool(line.missing)
        if subject.total is not None:
            assert subject.total == sum(line.points for line in subject.lines if line.points is not None)
        elif subject.lines:
            unscored += 1
    assert result.computable == (unscored == 0)


@GENERATED
@given(bonuses())
def test_every_cent_is_the_oracles(case: Any) -> None:
    terms, teams, cadres, posts = case
    bonus = split_bonus(terms, teams, cadres, posts)
    expected = money(terms, teams, cadres, posts)
    for team in bonus.teams:
        sums = {"award": team.award, "paid": team.paid, "withheld": team.withheld, "unpaid": team.unpaid}
        found = {name: int(amount * 100) for name, amount in (sums | {"odd": team.odd_cents}).items()}
        found |= {
            f"@{cadre.number}": int(bonus.amount_of(cadre.number) * 100)
            for cadre in cadres
            if cadre.township == team.team and bonus.amount_of(cadre.number)
        }
        assert found == expected[team.team]
    assert bonus.awards + bonus.rest == bonus.pool
    assert bonus.exceeds_pool == (sum(team["award"] for team in expected.values()) > terms.pool * 100)
