"""Teams beside each other (RULES P4 to P6)."""

from fractions import Fraction

import pytest

from scoring.engine import NOT_APPLICABLE, TeamInput, Value
from scoring.results import Confirmed
from tests.engine.cases import full_team
from tests.scoring.comparing import ALL_GOOD, apart, places, sentences, team_year, teams_compared

pytestmark = pytest.mark.usefixtures("english")


def team(code: str, value: int = 1, **lines: Value) -> TeamInput:
    """A team with the same value in every line but those named; full votes."""
    one = full_team(code)
    values = dict.fromkeys(one.values, Fraction(value)) | lines
    return full_team(code, values=values)


def test_p5_places_of_the_county_and_who_stands_higher() -> None:
    """Second in every line: 2 % less of 90 points, line by line, 88.20."""
    found = teams_compared([team_year(2025, team("T1", 1), team("T2", 2), team("T3", 0))], "T1", "T2")
    assert places(found) == {"teams": [[("T2", "1 / 3"), ("T1", "2 / 3")]]}
    assert sentences(found) == {
        "teams": [
            "T2 stands before T1 by 1.80 points: ahead in Fiscal revenue +0.24, Agriculture, line 1 +0.24, "
            "Agriculture, line 2 +0.24, 10 more +1.08."
        ]
    }
    assert found.lead == "−1.80"


def test_p5_a_tie_of_two_lines_that_cancel_out() -> None:
    year = team_year(2025, team("T1", 1, K1=Fraction(2)), team("T2", 1, K2=Fraction(2)))
    assert sentences(teams_compared([year], "T1", "T2")) == {
        "teams": [
            "T1 and T2 share place 1 with 149.76 points each: ahead in Fiscal revenue +0.24; "
            "behind in Agriculture, line 1 −0.24."
        ]
    }


def test_blocks_and_their_sums_line_by_line() -> None:
    found = teams_compared([team_year(2025, team("T1", 2), team("T2", 1))], "T1", "T2")
    sums = [(row.name, [str(cell.line.points) for cell in row.cells if cell.line]) for row in found.lines if row.is_sum]
    assert sums == [
        ("Sum Key", ["60.00", "58.80"]),
        ("Sum Regular", ["14.00", "13.72"]),
        ("Sum Veto", ["16.00", "15.68"]),
        ("Sum Evaluations", ["60.00", "60.00"]),
    ]


def test_t4_a_line_that_does_not_apply_is_named_beside_its_points() -> None:
    year = team_year(2025, team("T1", 1, K2=NOT_APPLICABLE), team("T2", 2))
    found = teams_compared([year], "T1", "T2")
    row = next(row for row in found.lines if row.code == "K2")
    assert [(str(cell.line.points), cell.line.note) for cell in row.cells if cell.line] == [
        ("11.76", "not applicable"),
        ("12.00", ""),
    ]


def test_the_radar_has_an_axis_a_block_and_an_evaluation() -> None:
    found = teams_compared([team_year(2025, team("T1", 2), team("T2", 1))], "T1", "T2")
    assert found.radar is not None
    assert [row.marks[1].text for row in found.radar.rows if row.marks[1]] == ["98.00%"] * 3 + ["100.00%"] * 4


def test_a3_a_team_that_is_not_computable_is_not_compared() -> None:
    lacking = full_team("T3", tallies={})
    found = teams_compared([team_year(2025, team("T1", 2), team("T2", 1), lacking)], "T1", "T3")
    assert apart(found, "teams") == [("T1", "the only one of them here"), ("T3", "not computable")]
    assert (found.rings, found.radar, found.lead) == ((), None, "")
    assert not any(cell.is_best for row in found.lines for cell in row.cells)


def test_a_team_that_took_no_part_in_a_year() -> None:
    years = [team_year(2025, team("T1", 2), team("T2", 1)), team_year(2024, team("T1", 1))]
    found = teams_compared(years, "T1", "T2")
    assert [[cell.reason for cell in year.cells] for year in found.rings[0].ring.years] == [
        ["", ""],
        ["the only one of them here", "took no part"],
    ]


def test_g1_the_decided_grade_stands_where_there_is_one() -> None:
    year = team_year(2025, team("T1", 2), team("T2", 1), confirmed=Confirmed(team_grades={"T2": "实绩一般"}))
    found = teams_compared([year], "T1", "T2")
    assert [(end.grade, end.is_decided) for end in found.ends if end] == [("实绩突出", False), ("实绩一般", True)]


def test_the_largest_of_six_by_evaluation() -> None:
    teams = [full_team(f"T{n}", e1=ALL_GOOD) for n in range(1, 6)] + [full_team("T6")]
    found = teams_compared([team_year(2025, *teams)], *(one.code for one in teams))
    row = next(row for row in found.lines if row.code == "E1")
    assert [cell.is_best for cell in row.cells] == [False] * 5 + [True]
    assert sentences(found)["teams"][0] == "T6 stands before T1 by 3.00 points: ahead in Democratic appraisal +3.00."
    assert len(sentences(found)["teams"]) == 5
