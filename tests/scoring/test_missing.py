"""What is missing, by source and subject, with where to enter it (RULES A3)."""

from dataclasses import replace

import pytest

from assessment.models import Phase
from tests.conftest import ClientFor
from tests.scoring.pages import small_county, small_inputs, text_of

pytestmark = pytest.mark.django_db

PAGE = "/years/2025/results/missing/"


def incomplete() -> None:
    """T02 lacks the value of R1 and all votes of E2."""
    team = small_inputs().teams[1]
    values = {code: value for code, value in team.values.items() if code != "R1"}
    tallies = {code: groups for code, groups in team.tallies.items() if code != "E2"}
    small_county(Phase.COLLECTING, T02=replace(team, values=values, tallies=tallies))


def test_each_source_is_listed_with_its_subjects_and_a_link(client_for: ClientFor) -> None:
    incomplete()
    html = client_for("office").get(PAGE, headers={"accept-language": "en"}).content.decode()
    sections = [text_of(part) for part in html.split('<section class="panel">')[1:]]
    assert [section.split()[0] for section in sections] == ["R1", "E2"]
    assert ["乡镇T02" in section for section in sections] == [True, True]
    assert 'href="/years/2025/values/"' in html
    assert 'href="/years/2025/tallies/"' in html


def test_the_banner_stands_on_the_result_pages(client_for: ClientFor) -> None:
    incomplete()
    client = client_for("office")
    pages = ("", "teams/", "rankings/county/", "teams/T01/", "cadres/0004/")
    shown = [
        f'<a href="{PAGE}">' in client.get(f"/years/2025/results/{page}").content.decode().split("notice-warning")[1]
        for page in pages
    ]
    assert shown == [True] * 5


def test_who_lacks_an_input_has_no_place_and_the_others_are_ranked_without(client_for: ClientFor) -> None:
    incomplete()
    html = client_for("office").get("/years/2025/results/teams/").content.decode()
    assert "1 / 3" in html
    assert "/ 4<" not in html


def test_a_complete_year_says_so(client_for: ClientFor) -> None:
    small_county()
    html = client_for("office").get(PAGE).content.decode()
    assert "bi-check-circle" in html
    assert "missing-list" not in html


def test_leaders_get_no_links_to_forms(client_for: ClientFor) -> None:
    incomplete()
    from assessment.models import AssessmentYear
    from tests.county import year_in_phase

    year_in_phase(AssessmentYear.objects.get(), Phase.CLOSED)
    html = client_for("leader").get(PAGE).content.decode()
    assert "missing-list" in html
    assert "btn-outline-primary" not in html
