"""The benches run, on a tiny county; no time is asserted. Their yardsticks compute what we compute."""

import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from bench.county import county, county_store
from bench.floor import arrays, counted, score
from bench.measure import TINY, Row
from bench.run import NAMES
from bench.table import heading, line
from scoring.engine import YearResult
from scoring.results import current_result

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.django_db
def test_the_bench_runs_and_prints_a_line(name: str) -> None:
    rows = import_module(f"bench.{name}").run(TINY)
    assert rows
    for row in rows:
        assert (row.ratio is not None and row.ratio == row.ratio) or row.note
        assert line(row).startswith(row.goal)


@pytest.mark.django_db
def test_the_floor_gives_the_points_and_places_of_the_engine() -> None:
    data = county(5)
    result = current_result(county_store(data))
    teams, team_places, cadres, in_township, in_post, in_county = score(arrays(data))
    graded = [cadre for cadre in result.cadres if cadre.graded]
    order = {row.number: at for at, row in enumerate(row for row in data.roster if not row.not_graded)}
    assert [round(float(total), 2) for total in teams] == [float(team.total or 0) for team in result.teams]
    assert [int(place) for place in team_places] == [team.rank for team in result.teams]
    at = [order[cadre.input.number] for cadre in graded]
    assert [round(float(cadres[i]), 2) for i in at] == [float(cadre.total or 0) for cadre in graded]
    assert [int(in_county[i]) for i in at] == [cadre.rank_county for cadre in graded]
    assert [int(in_post[i]) for i in at] == [cadre.rank_post for cadre in graded]
    assert places_of_deputies(result) == [
        int(in_township[order[cadre.input.number]]) for cadre in graded if not cadre.input.principal
    ]


def test_the_floor_counts_every_box_by_itself() -> None:
    first, second = [[0, 4], [0, 1], [3, 1]], [[1, 1], [1, 1], [1, 2]]
    counts = counted(np.array([first, second], np.uint8))
    assert counts.tolist() == [[[2, 0, 0, 1, 0], [0, 2, 0, 0, 1]], [[0, 3, 0, 0, 0], [0, 2, 1, 0, 0]]]


def places_of_deputies(result: YearResult) -> list[int | None]:
    return [cadre.rank_township for cadre in result.cadres if cadre.graded and not cadre.input.principal]


def test_the_table_says_why_a_ratio_is_not_there() -> None:
    row = Row("6 the same", "", "", None, "≥ 0.5", "≥ 1.3", note="not installed")
    assert re.search(r"–\s+≥ 0.5\s+≥ 1.3\s+\(not installed\)$", line(row))
    assert heading().split()[0] == "goal"


def test_every_bench_is_named() -> None:
    modules = {
        path.stem for path in (ROOT / "bench").glob("*.py") if "\ndef run(size: Size)" in path.read_text("utf-8")
    }
    assert modules == set(NAMES)
