"""The dashboard of a year."""

import pytest
from django.utils.translation import override

from assessment.scheme import default_scheme
from scoring.engine import QuotaLine, score_year
from scoring.overview import overview, quota_text
from tests.conftest import ClientFor
from tests.engine.cases import full_team, score
from tests.oracle.read_golden import year_input
from tests.scoring.pages import small_county, text_of


def test_the_first_places_grades_and_spread_of_the_golden_county() -> None:
    result = score_year(year_input("county-default"))
    found = overview(result, 2025)
    assert [leader.place for leader in found.teams.first] == sorted(
        team.rank for team in result.teams if team.rank is not None and team.rank <= 5
    )
    assert sum(count for _grade, count in found.cadres.grades) == found.cadres.ranked
    assert sum(int(bar.text) for bar in found.cadres.spread) == found.cadres.ranked
    assert sum(int(bar.text) for bar in found.teams.spread) == len(result.teams)
    assert found.computable


def test_g3_a_quota_line_in_a_tie_asks_for_a_decision() -> None:
    result = score(default_scheme(), [full_team(code) for code in ("T1", "T2", "T3", "T4")])
    with override("en"):
        text = overview(result, 2025).teams.quota_text
    assert text == ("30.00% of 4 make 1 places; 0 are filled. The quota line falls in a tie of 4 at place 1: decide.")


def test_a_quota_line_without_a_tie() -> None:
    line = QuotaLine(share=default_scheme().team_grading.quota, base=20, places=6, inside=frozenset("abcdef"))
    with override("en"):
        assert quota_text(line) == "30.00% of 20 make 6 places; 6 are filled."


@pytest.mark.django_db
def test_the_page_names_the_first_and_links_to_them(client_for: ClientFor) -> None:
    small_county()
    html = client_for("leader").get("/years/2025/results/").content.decode()
    assert 'href="/years/2025/results/teams/T01/"' in html
    assert "乡镇T01" in text_of(html)
