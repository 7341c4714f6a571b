"""What is kept of a confirmed year is read back equal to what the engine made."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from assessment.scheme import scheme_with
from scoring.engine import NOT_APPLICABLE, Counts, YearInput, score_year
from scoring.engine.serial import from_plain, to_plain
from tests.county import ladder
from tests.oracle.years import years


def kept(value: Any) -> Any:
    """Through JSON text, as the database keeps it."""
    return from_plain(json.loads(json.dumps(to_plain(value))))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(years())
def test_a_generated_year_survives(year: YearInput) -> None:
    result = score_year(year)
    for part in (result.teams, result.cadres, result.missing, result.team_quota, result.cadre_quota):
        assert kept(part) == part


def test_every_rule_family_bands_not_applicable_and_a_veto_survive() -> None:
    year = ladder(3)
    scheme = scheme_with(year.scheme, {"班子档次分段": "90%:100%;0:80%;后两档1/3:65%"})
    first, second, third = year.teams
    first = replace(first, values={**first.values, "K1": NOT_APPLICABLE}, vetoes=("V1",))
    second = replace(second, tallies={**second.tallies, "E1": {"": Counts((1, 2, 3, 4), 5)}})
    third = replace(third, values={**third.values, "K2": (Fraction(1), Fraction(2))})
    result = score_year(replace(year, scheme=scheme, teams=(first, second, third)))
    assert kept(result.teams) == result.teams
    assert kept(result.cadres) == result.cadres


def test_a_class_that_is_not_the_engines_is_neither_kept_nor_made() -> None:
    with pytest.raises(TypeError):
        to_plain(object())
    with pytest.raises(TypeError):
        to_plain(ladder(1).scheme)
    with pytest.raises(KeyError):
        from_plain({"=": "Path", "value": "/"})
