"""WORKBOOK 2, stability: after nothing but an import, everyone in the order of score_year, in exactly its keys."""

import json
import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessment.models import LineValue
from scoring.engine import score_year
from scoring.results import results_forget
from scoring.stability import stability_of
from tests.conftest import ClientFor
from tests.oracle.read_golden import GOLDEN, year_input

pytestmark = pytest.mark.django_db

FIRMNESS = ["rank", "rank_low", "rank_high", "closest_flip"]


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def imported(name: str = "county-own-scheme") -> None:
    printed("import_year", str(GOLDEN / f"{name}.xlsx"), "--year", "2025")


def record(*arguments: str) -> Any:
    return json.loads(printed("stability", "2025", "--json", *arguments))


def test_the_record_has_exactly_its_keys_in_the_order_of_the_year() -> None:
    imported()
    found, year = record("--replicates", "200"), json.loads(printed("score_year", "2025", "--json"))
    assert list(found) == ["teams", "cadres"]
    assert {tuple(team) for team in found["teams"]} == {("township", *FIRMNESS)}
    assert {tuple(cadre) for cadre in found["cadres"]} == {("id", *FIRMNESS)}
    assert [(team["township"], team["rank"]) for team in found["teams"]] == [
        (team["township"], team["rank"]) for team in year["teams"]
    ]
    assert [(cadre["id"], cadre["rank"]) for cadre in found["cadres"]] == [
        (cadre["id"], cadre["rank_county"]) for cadre in year["cadres"]
    ]


def test_who_has_no_place_has_nothing() -> None:
    imported()
    without = [cadre for cadre in record("--replicates", "20")["cadres"] if cadre["rank"] is None]
    assert without
    assert all([cadre[key] for key in FIRMNESS] == [None] * 4 for cadre in without)


def test_replicates_and_seed_are_those_asked_for() -> None:
    imported()
    expected = stability_of(score_year(year_input("county-own-scheme")), replicates=300, seed=7)
    found = {cadre["id"]: cadre for cadre in record("--replicates", "300", "--seed", "7")["cadres"]}
    for one in expected.cadres:
        assert (found[one.code]["rank_low"], found[one.code]["rank_high"]) == one.votes
        flip = one.closest_flip
        assert found[one.code]["closest_flip"] == (flip and {"with": flip.other, "ballots": flip.ballots})


def test_a_year_without_results_prints_nulls() -> None:
    imported()
    LineValue.objects.all().delete()
    results_forget()
    assert {team["rank"] for team in record("--replicates", "5")["teams"]} == {None}


def test_the_page_shows_the_numbers_of_the_record(client_for: ClientFor) -> None:
    imported()
    page = client_for("office").get("/years/2025/results/stability/").content.decode()
    script = re.search(r'<script id="stability-teams" type="application/json">(.*?)</script>', page)
    assert script
    drawn = [row["marks"][0] for row in json.loads(script[1])["rows"]]
    teams = sorted(record()["teams"], key=lambda team: int(team["rank"]))
    keys = (("value", "rank"), ("low", "rank_low"), ("high", "rank_high"))
    for mark, team in zip(drawn, teams, strict=True):
        assert [mark[shown] for shown, _ in keys] == [str(team[printed]) for _, printed in keys]


@pytest.mark.usefixtures("english")
def test_a_table_to_read_stands_without_json() -> None:
    imported()
    lines = printed("stability", "2025", "--replicates", "50").splitlines()
    assert lines[0] == "Teams"
    assert lines[1].split()[:3] == ["Code", "Name", "Place"]
    assert "Cadres" in lines


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--replicates", "0"), "0 replicates: a whole number from 1 to 50000 is needed."),
        (("--replicates", "-5"), "-5 replicates: a whole number from 1 to 50000 is needed."),
        (("--replicates", "10000000"), "10000000 replicates: a whole number from 1 to 50000 is needed."),
        (("--seed", "-1"), "Seed -1: a whole number from 0 on is needed."),
        (("--replicates", "many"), "invalid int value: 'many'"),
    ],
)
def test_bad_numbers_are_refused_in_words(arguments: tuple[str, str], words: str) -> None:
    imported()
    with pytest.raises(CommandError, match=words):
        printed("stability", "2025", "--json", *arguments)


@pytest.mark.usefixtures("english")
def test_a_year_that_is_not_there_is_refused() -> None:
    with pytest.raises(CommandError, match="There is no year 1999"):
        printed("stability", "1999", "--json")
