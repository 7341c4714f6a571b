"""The three rankings (RULES P1 to P3, P5, P6): whom, in which order, as the golden county has it."""

from typing import Any

import pytest
from django.utils.translation import override

from assessment.models import AssessmentYear
from scoring.engine import YearResult, score_year
from scoring.listing import Source, ranking_listing
from scoring.rankings import COUNTY, POST, RANKINGS, TOWNSHIP, Ranking
from scoring.sight import Sight
from tests.conftest import ClientFor
from tests.oracle.read_golden import expected, year_input
from tests.scoring.pages import column, rows, small_county

PLACE, NAME, NUMBER = 0, 1, 2
LIST = "/years/2025/results/rankings/{}/"


@pytest.fixture(scope="module")
def golden() -> YearResult:
    """The default golden county, scored."""
    return score_year(year_input("county-default"))


def table_of(ranking: Ranking, result: YearResult, **query: str) -> list[list[str]]:
    """The rows of a ranking's page, in English."""
    source = Source(AssessmentYear(pk=1, number=2025), "of a test", Sight(counts=True))
    with override("en"):
        return rows(ranking_listing(ranking, result, query, source).html)


def answers(key: str) -> dict[str, Any]:
    """Personnel number → the golden place."""
    return {cadre["id"]: cadre[key] for cadre in expected("county-default")["cadres"]}


@pytest.mark.parametrize(
    ("ranking", "key"), [(TOWNSHIP, "rank_township"), (POST, "rank_post"), (COUNTY, "rank_county")], ids=str
)
def test_p1_p2_p3_places_are_the_golden_ones(ranking: Ranking, key: str, golden: YearResult) -> None:
    golden_places = answers(key)
    shown = {row[NUMBER]: row[PLACE].split(" / ")[0] for row in table_of(ranking, golden)}
    assert shown == {number: str(golden_places[number] or "—") for number in shown}


def test_p1_holds_deputies_p2_and_p3_everybody(golden: YearResult) -> None:
    cadres = expected("county-default")["cadres"]
    deputies = sum(1 for cadre in cadres if not cadre["principal"])
    sizes = {code: len(ranking.subjects(golden)) for code, ranking in RANKINGS.items()}
    assert sizes == {"township": deputies, "post": len(cadres), "county": len(cadres)}


def test_p3_stands_in_order_with_those_not_graded_last(golden: YearResult) -> None:
    places = [row[PLACE] for row in table_of(COUNTY, golden)]
    graded = [int(place.split(" / ")[0]) for place in places if place != "—"]
    assert graded == sorted(graded)
    assert places == [place for place in places if place != "—"] + ["—"] * (len(places) - len(graded))


@pytest.mark.django_db
class TestPage:
    def test_c3_a_cadre_not_graded_is_listed_with_the_reason(self, client_for: ClientFor) -> None:
        small_county()
        found = rows(client_for("office").get(LIST.format("county"), {"q": "0003"}).content.decode())
        assert (found[0][PLACE], found[0][-1]) == ("—", "5A 试用期")

    def test_p5_ties_are_marked(self, client_for: ClientFor) -> None:
        small_county()
        marked = column(client_for("office").get(LIST.format("county")).content.decode(), PLACE)
        assert marked == ["1 / 5 并列", "1 / 5 并列", "3 / 5", "4 / 5", "5 / 5", "—"]

    @pytest.mark.parametrize(
        ("query", "numbers"),
        [
            ({"q": "王伟"}, ["0001", "0002"]),
            ({"q": "0004"}, ["0004"]),
            ({"township": "T04"}, ["0005", "0006"]),
            ({"post": "党委书记"}, ["0001", "0005"]),
            ({"grade": "not-graded"}, ["0003"]),
            ({"township": "T01", "post": "党委书记"}, ["0001"]),
            ({"sort": "-number"}, ["0006", "0005", "0004", "0003", "0002", "0001"]),
            ({"sort": "C1", "township": "T04"}, ["0006", "0005"]),
            ({"sort": "nonsense", "township": "nowhere", "q": "张敏"}, ["0004"]),
            ({"q": "nobody at all"}, []),
        ],
    )
    def test_search_filter_and_sort_stand_in_the_address(
        self, query: dict[str, str], numbers: list[str], client_for: ClientFor
    ) -> None:
        small_county()
        html = client_for("office").get(LIST.format("county"), query).content.decode()
        assert (column(html, NUMBER) if numbers else []) == numbers
        assert ("result-table" in html) == bool(numbers)

    def test_sorting_keeps_search_and_filters(self, client_for: ClientFor) -> None:
        small_county()
        html = client_for("office").get(LIST.format("county"), {"q": "王", "township": "T01"}).content.decode()
        assert 'href="?q=%E7%8E%8B&amp;township=T01&amp;sort=-total"' in html

    def test_p1_stands_under_the_names_of_the_townships(self, client_for: ClientFor) -> None:
        small_county()
        html = client_for("office").get(LIST.format("township")).content.decode()
        headings = [part.split("<")[0].strip() for part in html.split('scope="rowgroup">')[1:]]
        assert headings == ["乡镇T01", "乡镇T02", "乡镇T04"]

    def test_a_name_that_is_html_is_only_text(self, client_for: ClientFor) -> None:
        year = small_county()
        cadre = year.roster.get(cadre__number="0004").cadre
        cadre.name = "<b>&\"'"
        cadre.save()
        html = client_for("office").get(LIST.format("county")).content.decode()
        assert "&lt;b&gt;&amp;&quot;&#x27;</a>" in html
        assert "<b>&" not in html

    def test_an_unknown_ranking_is_not_found(self, client_for: ClientFor) -> None:
        small_county()
        assert client_for("office").get(LIST.format("other")).status_code == 404
