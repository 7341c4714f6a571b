"""WORKBOOK 2: the record of a year, to the cent, against the two counties computed by hand-checkable fractions."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from assessment.models import Phase
from rewards.services.grade import DecisionRow, grade_decisions_save
from tests.county import county
from tests.oracle import read_golden
from workbook.score_json import record_digest, score_record

pytestmark = pytest.mark.django_db

GOLDEN = ("county-default", "county-own-scheme")


@pytest.mark.parametrize("name", GOLDEN)
def test_golden_county(name: str) -> None:
    year = county(read_golden.year_input(name))
    assert by_subject(score_record(year)) == by_subject(read_golden.expected(name))


def test_command_prints_the_record() -> None:
    county(read_golden.year_input("county-own-scheme"))
    assert by_subject(json.loads(printed("2025", "--json"))) == by_subject(read_golden.expected("county-own-scheme"))


def test_command_prints_a_table_to_read() -> None:
    county(read_golden.year_input("county-own-scheme"))
    lines = printed("2025").splitlines()
    assert ["1", "001", "红塘乡", "84.28", "54.20", "138.48", "实绩突出", "50000.00"] in [
        line.split() for line in lines
    ]


def test_year_nobody_created() -> None:
    with pytest.raises(CommandError, match="1999"):
        printed("1999", "--json")


def test_decided_grade_stands_beside_the_suggestion() -> None:
    year = county(read_golden.year_input("county-default"))
    before = {team["township"]: team for team in score_record(year)["teams"]}
    assert (before["002"]["suggested_grade"], before["002"]["bonus"]) == ("实绩突出", "40000.00")
    grade_decisions_save(year=year, rows=[DecisionRow("002", "实绩较好", "县委研究决定")], by=None)
    after = {team["township"]: team for team in score_record(year)["teams"]}
    assert (after["002"]["suggested_grade"], after["002"]["grade"], after["002"]["bonus"]) == (
        "实绩突出",
        "实绩较好",
        "0.00",
    )


def test_missing_input_makes_the_year_and_the_bonus_null() -> None:
    inputs = read_golden.year_input("county-default")
    del inputs.teams[0].values["K1"]  # type: ignore[attr-defined]
    record = score_record(county(inputs, phase=Phase.COLLECTING))
    team = next(team for team in record["teams"] if team["township"] == inputs.teams[0].code)
    assert record["computable"] is False
    assert [(missing["subject"], missing["line"], missing["code"]) for missing in record["missing"]] == [
        (inputs.teams[0].code, "K1", "no_value")
    ]
    assert (team["total"], team["rank"], team["lines"]["K1"], team["bonus"]) == (None, None, None, None)
    assert record["bonus"] == {
        "pool": "250000.00",
        "awards": None,
        "rest": None,
        "paid": None,
        "withheld": None,
        "unpaid": None,
        "odd_cents": None,
        "exceeds_pool": None,
    }


def test_digest_does_not_hang_on_the_order_of_keys() -> None:
    assert record_digest({"year": 2025, "teams": []}) == record_digest({"teams": [], "year": 2025})
    assert record_digest({"year": 2025, "teams": []}) != record_digest({"year": 2026, "teams": []})


def by_subject(record: dict) -> dict:
    """Order of rows is free."""
    teams = {team["township"]: team for team in record["teams"]}
    return record | {"teams": teams, "cadres": {cadre["id"]: cadre for cadre in record["cadres"]}}


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("score_year", *arguments, stdout=out)
    return out.getvalue()
