"""The overview of a year."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

import pytest
from django.utils.translation import override

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme
from scoring.engine import QuotaLine, score_year
from scoring.overview import overview, quota_text
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.engine.cases import full_team, score
from tests.oracle.read_golden import year_input
from tests.scoring.pages import small_county, small_inputs, text_of

HOME = "/years/2025/results/"

Queries = Callable[..., Any]


def test_the_first_places_of_the_golden_county() -> None:
    result = score_year(year_input("county-default"))
    found = overview(result, 2025)
    assert [leader.place for leader in found.teams.first] == sorted(
        team.rank for team in result.teams if team.rank is not None and team.rank <= 5
    )
    assert found.computable


def test_g3_a_quota_line_in_a_tie_asks_for_a_decision() -> None:
    result = score(default_scheme(), [full_team(code) for code in ("T1", "T2", "T3", "T4")])
    with override("en"):
        found = overview(result, 2025)
    assert found.teams.quota_text == (
        "30.00% of 4 make 1 places; 0 are filled. The quota line falls in a tie of 4 at place 1: decide."
    )
    assert [(note.text, note.urgent) for note in found.notes] == [
        ("Teams: the quota line falls in a tie of 4 at place 1: decide", True)
    ]


def test_a_quota_line_without_a_tie() -> None:
    line = QuotaLine(share=default_scheme().team_grading.quota, base=20, places=6, inside=frozenset("abcdef"))
    with override("en"):
        assert quota_text(line) == "30.00% of 20 make 6 places; 6 are filled."


def test_g1_g2_the_lines_of_the_grades_stand_in_points(english: None) -> None:
    """80, 70 and 60 % of 150; 80, 70 and 60 points; the last of those inside 20 % of the cadres."""
    found = overview(score_year(year_input("county-default")), 2025)
    assert [(guide.label, guide.at) for guide in found.team_chart.guides] == [
        ("Average results 90", "90"),
        ("Good results 105", "105"),
        ("Outstanding 120", "120"),
    ]
    assert [(guide.label, guide.at) for guide in found.spread.guides] == [
        ("Basically competent 60", "60"),
        ("Competent 70", "70"),
        ("Excellent 80", "80"),
        ("last inside the quota 90.13", "90.13"),
    ]


def test_g3_nobody_inside_no_quota_line(english: None) -> None:
    """All cadres of a ladder of one share the first place."""
    found = overview(score_year(ladder(1)), 2025)
    assert [guide.label for guide in found.spread.guides] == ["Basically competent 60", "Competent 70", "Excellent 80"]


def test_t4_a_cell_says_that_its_line_is_not_applicable(english: None) -> None:
    heat = overview(score_year(small_inputs()), 2025).heat
    cells = [mark.note for row in heat.rows for mark in row.marks if mark and "not applicable" in mark.note]
    assert cells == ["rate 98.00% · not applicable: at the rate of its block"]


def test_what_calls_for_attention_leads_to_where_it_is_seen(english: None) -> None:
    notes = overview(score_year(small_inputs()), 2025).notes
    graded = "/years/2025/results/rankings/county/"
    assert [(note.text, unquote(note.href)) for note in notes] == [
        ("Cadres: the quota line falls in a tie of 2 at place 1: decide", graded),
        ("乡镇T04: a veto is in force (Work safety)", "/years/2025/results/teams/T04/"),
        ("Basically competent suggested for 1 cadre", f"{graded}?grade=基本称职"),
    ]


@pytest.mark.django_db
class TestPage:
    def test_names_the_first_and_links_to_them(self, client_for: ClientFor) -> None:
        small_county()
        html = client_for("leader").get(HOME).content.decode()
        assert 'href="/years/2025/results/teams/T01/"' in html
        assert "乡镇T01" in text_of(html)

    def test_the_address_says_what_a_bar_is_divided_into(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        series = {
            bars: client.get(f"{HOME}?bars={bars}").context["overview"].team_chart.series for bars in ("", "lines")
        }
        assert {bars: len(found) for bars, found in series.items()} == {"": 4, "lines": 17}

    def test_without_an_earlier_year_it_says_so(self, client_for: ClientFor, english: None) -> None:
        small_county()
        assert "There is no earlier year to compare with." in text_of(client_for("leader").get(HOME).content.decode())

    def test_p6_places_then_and_now(self, client_for: ClientFor, english: None) -> None:
        """T04 was last of four, now it is first of five."""
        county(ladder(4), number=2024)
        inputs = ladder(5)
        best = replace(inputs.teams[3], values={line.code: Fraction(100) for line in inputs.scheme.lines})
        county(replace(inputs, teams=(*inputs.teams[:3], best, inputs.teams[4])))
        page = client_for("leader").get(HOME)
        moved = page.context["overview"].moved
        assert [(move.name, move.change) for move in moved.teams] == [
            ("T4镇", 3),
            ("T1镇", -1),
            ("T2镇", -1),
            ("T3镇", -1),
        ]
        assert "T4镇 4 / 4 → 1 / 5 ▲ up 3" in text_of(page.content.decode())

    @pytest.mark.parametrize("who", ["office", "leader"])
    def test_an_earlier_year_without_results_is_passed_over(self, who: str, client_for: ClientFor) -> None:
        county(ladder(2), number=2023)
        county(ladder(3), number=2024, phase=Phase.COLLECTING)
        county(ladder(3))
        assert client_for(who).get(HOME).context["overview"].moved.since == 2023


@pytest.mark.django_db
class TestRunningYear:
    """Leaders see how far the collection has come, and nothing that it comes to."""

    @pytest.fixture
    def year(self) -> AssessmentYear:
        """Everything is there, so that there is something to leak."""
        return small_county(Phase.COLLECTING)

    def test_a_leader_sees_progress_alone(self, year: AssessmentYear, client_for: ClientFor, english: None) -> None:
        page = client_for("leader").get(HOME)
        progress = page.context["progress"]
        assert [(row.label, row.end) for row in progress.rows] == [
            ("Values", "52 / 52"),
            ("Ballot box", "4 / 4"),
            ("Departments' sheets", "4 / 4"),
            ("Leaders' sheets", "4 / 4"),
            ("Assessors' sheets", "4 / 4"),
            ("Rates departments", "0 / 4"),
            ("Interviews", "0 / 4"),
        ]
        text = text_of(page.content.decode())
        assert "Scores, places and grades stand here once the collection is closed" in text
        assert ("overview" in page.context, "148.37" in text, "乡镇T01" in text) == (False, False, False)

    def test_the_office_sees_both(self, year: AssessmentYear, client_for: ClientFor) -> None:
        page = client_for("office").get(HOME)
        assert "148.37" in text_of(page.content.decode())
        assert page.context["progress"].rows[0].href == "/years/2025/board/"

    def test_a_closed_year_has_no_progress(self, year: AssessmentYear, client_for: ClientFor) -> None:
        year_in_phase(year, Phase.CLOSED)
        assert client_for("leader").get(HOME).context["progress"] is None

    def test_a_draft_is_closed_to_leaders(self, year: AssessmentYear, client_for: ClientFor) -> None:
        year_in_phase(year, Phase.DRAFT)
        assert client_for("leader").get(HOME).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 6])
class TestQueries:
    def test_with_an_earlier_year(self, size: int, client_for: ClientFor, django_assert_num_queries: Queries) -> None:
        """Fifteen as for a ranking, one for the earlier years, eleven for the result of the latest of them."""
        county(ladder(size), number=2024)
        county(ladder(size))
        client = client_for("leader")
        with django_assert_num_queries(27):
            client.get(HOME)

    def test_while_collecting(self, size: int, client_for: ClientFor, django_assert_num_queries: Queries) -> None:
        county(ladder(size), phase=Phase.COLLECTING)
        client = client_for("leader")
        with django_assert_num_queries(22):
            client.get(HOME)
