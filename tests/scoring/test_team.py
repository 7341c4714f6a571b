"""The pages of teams: all of them, and one."""

import re

import pytest

from assessment.models import Phase
from scoring.results import current_result
from tests.conftest import ClientFor
from tests.county import year_in_phase
from tests.scoring.pages import column, rows, small_county, text_of

pytestmark = pytest.mark.django_db

TEAMS = "/years/2025/results/teams/"
TOTAL, SUMS, LINES = 2, slice(4, 6), slice(7, -1)


def test_every_number_of_the_engine_stands_in_the_table(client_for: ClientFor) -> None:
    year = small_county()
    shown = {row[1]: row for row in rows(client_for("office").get(TEAMS).content.decode())}
    for team in current_result(year).teams:
        lines = [str(line.points) for line in team.lines]
        blocks = [str(block.points) for block in team.blocks]
        row = shown[team.input.name]
        assert [row[TOTAL], *row[SUMS]] == [str(team.total), str(team.target_points), str(team.evaluation_points)]
        assert row[LINES] == [*lines[:13], *blocks, *lines[13:]]


def test_what_a_team_came_to_stands_before_its_lines(client_for: ClientFor) -> None:
    small_county()
    first = rows(client_for("office").get(TEAMS).content.decode())[0]
    assert first[:4] == ["1 / 4", "乡镇T01", "148.37", "实绩突出"]  # 90 + 13.37 + 45


def test_p5_places_with_ties_and_how_many_are_ranked(client_for: ClientFor) -> None:
    small_county()
    assert column(client_for("office").get(TEAMS).content.decode(), 0) == ["1 / 4", "2 / 4 并列", "2 / 4 并列", "4 / 4"]


def test_g5_a_veto_is_shown_and_can_be_filtered(client_for: ClientFor) -> None:
    small_county()
    found = rows(client_for("office").get(TEAMS, {"veto": "vetoed"}).content.decode())
    assert [(row[1], row[-1]) for row in found] == [("乡镇T04", "安全生产工作")]


def test_sort_by_any_line(client_for: ClientFor) -> None:
    small_county()
    assert column(client_for("office").get(TEAMS, {"sort": "E1"}).content.decode(), 1)[0] == "乡镇T04"


def test_the_bars_stand_by_place_with_the_total_behind(client_for: ClientFor, english: None) -> None:
    small_county()
    chart = client_for("office").get(TEAMS).context["chart"]
    ends = [(row.label, row.end) for row in chart.rows]
    assert ends[0] == ("1 乡镇T01", "148.37")
    assert [label for label, _end in ends] == ["1 乡镇T01", "2 tied 乡镇T02", "2 tied 乡镇T03", "4 乡镇T04"]


def test_one_team_shows_best_median_next_place_and_people(client_for: ClientFor) -> None:
    small_county()
    page = client_for("office").get(f"{TEAMS}T02/").content.decode()
    first_line = text_of(re.findall(r'<th scope="row">K1.*?</tr>', page, re.S)[0])
    assert first_line == "K1 财政收入 11.76 12 2 / 4 并列 12.00 11.76 30"
    assert "张敏" in page


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("", ["/", "/years/", "/years/2025/"]),
        ("missing/", ["/", "/years/", "/years/2025/", "/years/2025/results/"]),
        ("teams/T02/", ["/", "/years/", "/years/2025/", "/years/2025/results/"]),
        ("teams/T02/K1/", ["/", "/years/", "/years/2025/", "/years/2025/results/", f"{TEAMS}T02/"]),
    ],
)
def test_the_way_to_a_page_leads_through_years_and_results(path: str, way: list[str], client_for: ClientFor) -> None:
    small_county()
    html = client_for("office").get(f"/years/2025/results/{path}").content.decode()
    (trail,) = re.findall(r'<ol class="breadcrumb">.*?</ol>', html, re.S)
    assert re.findall(r'href="([^"]*)"', trail) == way


def test_a_member_leads_to_the_cadres_page(client_for: ClientFor) -> None:
    small_county()
    page = client_for("office").get(f"{TEAMS}T02/").content.decode()
    assert '<a href="/years/2025/results/cadres/0004/">张敏</a>' in page


@pytest.mark.parametrize("path", ["teams/T04/", "teams/T04/derivation/", "cadres/0006/", "cadres/0006/derivation/"])
def test_an_english_page_is_english_but_for_names(path: str, client_for: ClientFor) -> None:
    """A team under a veto, a cadre with a bar and bad votes: every word that is not a name has its English."""
    small_county()
    client = client_for("leader")
    client.cookies["django_language"] = "en"
    main = client.get(f"/years/2025/results/{path}").content.decode().split("<main")[1].split("</main>")[0]
    words = set(re.findall(r"[\u4e00-\u9fff]+", text_of(main)))
    assert words <= {"乡镇", "刘强", "陈静"}


def test_an_unknown_team_or_line_is_not_found(client_for: ClientFor) -> None:
    small_county()
    client = client_for("office")
    assert [client.get(f"{TEAMS}{path}/").status_code for path in ("T99", "T01/K9", "T99/derivation")] == [404] * 3


def test_a_township_sees_its_own_team_once_published_and_no_other(client_for: ClientFor) -> None:
    year = small_county()
    client = client_for("township")
    paths = [f"{TEAMS}{code}/{page}" for code in ("T01", "T02") for page in ("", "K1/", "derivation/")]
    before = [client.get(path).status_code for path in paths]
    year_in_phase(year, Phase.PUBLISHED)
    assert (before, [client.get(path).status_code for path in paths]) == ([403] * 6, [200] * 3 + [403] * 3)


def test_a_published_team_page_names_no_cadres_to_the_township(client_for: ClientFor) -> None:
    small_county(Phase.PUBLISHED)
    html = {who: client_for(who).get(f"{TEAMS}T01/").content.decode() for who in ("office", "township")}
    assert {who: "李娜" in page for who, page in html.items()} == {"office": True, "township": False}
