"""The pages of a comparison: choosing, sharing, who may see what (RULES P4)."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from assessment.models import Phase
from cadres.models import AuditEntry
from scoring.engine import YearInput
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.scoring.pages import CADRES, small_county, small_inputs, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

Queries = Callable[[int], Any]
PAGE = "/compare/cadres/"


@pytest.fixture
def two_years() -> None:
    """2024 closed, without 0006; 2025 still being collected, 0001 not graded in it."""
    inputs = small_inputs()
    first = YearInput(inputs.scheme, inputs.teams, CADRES[:5])
    second = YearInput(inputs.scheme, inputs.teams, (replace(CADRES[0], not_graded="6A"), *CADRES[1:]))
    county(first, number=2024)
    county(second, number=2025, phase=Phase.COLLECTING)


def shown(client_for: ClientFor, address: str, who: str = "office") -> str:
    answer = client_for(who).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def links(html: str, head: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]*)"', html) if unescape(href).startswith(head)]


@pytest.mark.usefixtures("two_years")
class TestChoosing:
    """By name or number, one by one, without script."""

    def test_homonyms_are_offered_with_number_township_and_post(self, client_for: ClientFor) -> None:
        html = shown(client_for, f"{PAGE}?q=王伟")
        assert "王伟 0001 · 乡镇T01 · Party secretary" in text_of(html)
        assert "王伟 0002 · 乡镇T01 · Deputy township head" in text_of(html)
        assert links(html, f"{PAGE}?n=") == [f"{PAGE}?n=0001", f"{PAGE}?n=0002"]

    def test_a_number_is_added_at_once_and_the_year_stays(self, client_for: ClientFor) -> None:
        answer = client_for("office").get(f"{PAGE}?n=0004&year=2024&q=0002")
        assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}?n=0004&n=0002&year=2024")

    def test_a_name_that_only_one_has_is_added_at_once(self, client_for: ClientFor) -> None:
        assert client_for("office").get(f"{PAGE}?q=张敏")["Location"] == f"{PAGE}?n=0004"

    def test_each_is_taken_away_by_a_link(self, client_for: ClientFor) -> None:
        html = shown(client_for, f"{PAGE}?n=0002&n=0004&year=2024")
        assert links(html, PAGE)[1:3] == [f"{PAGE}?n=0004&year=2024", f"{PAGE}?n=0002&year=2024"]

    def test_one_asked_for_twice_is_one(self, client_for: ClientFor) -> None:
        assert "Choose at least one more" in shown(client_for, f"{PAGE}?n=0002&n=0002")

    @pytest.mark.parametrize("query", ["q=9999", "n=9999", "n=9999&n=0002", "q=<b>"])
    def test_who_is_unknown_is_said_beside_the_field(self, query: str, client_for: ClientFor) -> None:
        html = shown(client_for, f"{PAGE}?{query}")
        assert "Nobody in the years that you may see has this name or number" in html
        assert "is-invalid" in html
        assert "<b>" not in html.replace("<body", "")

    def test_what_was_typed_is_kept(self, client_for: ClientFor) -> None:
        assert 'value="nobody at all"' in shown(client_for, f"{PAGE}?q=nobody+at+all")

    def test_who_is_chosen_already_is_said(self, client_for: ClientFor) -> None:
        assert "Already chosen: 0002" in shown(client_for, f"{PAGE}?n=0002&q=0002")

    def test_without_anybody_the_page_says_what_to_do(self, client_for: ClientFor) -> None:
        assert "Choose two to six cadres" in shown(client_for, PAGE)
        assert "Choose two to six teams" in shown(client_for, "/compare/teams/")

    def test_all_teams_are_offered(self, client_for: ClientFor) -> None:
        html = shown(client_for, "/compare/teams/?t=T02")
        offered = [f"/compare/teams/?t=T02&t={code}" for code in ("T01", "T03", "T04")]
        assert links(html, "/compare/teams/?t=T02&") == offered

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("?a=0002&b=0004", "?n=0002&n=0004"),
            ("?a=0002", "?n=0002"),
            ("", ""),
        ],
    )
    def test_links_shared_before_still_lead_there(self, old: str, new: str, client_for: ClientFor) -> None:
        assert client_for("office").get(f"/compare/{old}")["Location"] == f"{PAGE}{new}"


class TestSix:
    """Up to six."""

    SEVEN = "&".join(f"n=T1-{seat}" for seat in (1, 2, 3, 4, 5)) + "&n=T2-1&n=T2-2"

    def test_a_seventh_is_left_out_in_words(self, client_for: ClientFor) -> None:
        county(ladder(2))
        html = shown(client_for, f"{PAGE}?{self.SEVEN}")
        assert "Up to six are compared; left out: T2-2" in html
        assert html.count('class="compare-remove') == 6

    def test_a_seventh_is_not_searched_for(self, client_for: ClientFor) -> None:
        county(ladder(2))
        six = self.SEVEN.removesuffix("&n=T2-2")
        assert "Six are chosen: take one away first." in shown(client_for, f"{PAGE}?{six}&q=T2-2")

    @pytest.mark.parametrize("many", [2, 6])
    def test_queries_do_not_grow(self, many: int, client_for: ClientFor, django_assert_num_queries: Queries) -> None:
        county(ladder(2), phase=Phase.PUBLISHED)
        client, address = client_for("office"), f"{PAGE}?{'&'.join(self.SEVEN.split('&')[:many])}"
        client.get(address)
        with django_assert_num_queries(4):
            assert client.get(address).content.decode().count('class="compare-remove') == many

    @pytest.mark.parametrize("many", [2, 6])
    def test_queries_of_teams_do_not_grow(
        self, many: int, client_for: ClientFor, django_assert_num_queries: Queries
    ) -> None:
        county(ladder(6), phase=Phase.PUBLISHED)
        client = client_for("office")
        address = "/compare/teams/?" + "&".join(f"t=T{place}" for place in range(1, many + 1))
        client.get(address)
        with django_assert_num_queries(4):
            assert client.get(address).content.decode().count('class="compare-remove') == many


@pytest.mark.usefixtures("two_years")
class TestWhoSeesWhat:
    """The office always, leaders years that are closed."""

    def test_leaders_see_closed_years_only(self, client_for: ClientFor) -> None:
        html = shown(client_for, f"{PAGE}?n=0002&n=0004&year=2025", "leader")
        assert "/years/2024/results/cadres/0004/" in html
        assert "/years/2025/" not in html
        assert "Who stands higher in 2024" in html

    def test_leaders_do_not_find_who_is_on_a_later_roster_only(self, client_for: ClientFor) -> None:
        assert "0006 · 乡镇T04" in text_of(shown(client_for, f"{PAGE}?n=0006"))
        assert "Nobody in the years that you may see" in shown(client_for, f"{PAGE}?n=0006", "leader")
        assert "Nobody in the years that you may see" in shown(client_for, f"{PAGE}?q=陈静", "leader")

    @pytest.mark.parametrize("who", ["department", "township", "assessor", "auditor", "administrator"])
    @pytest.mark.parametrize("address", [f"{PAGE}?n=0002&n=0004", "/compare/teams/?t=T01&t=T02", "/compare/?a=0002"])
    def test_others_are_refused_and_it_is_recorded(self, who: str, address: str, client_for: ClientFor) -> None:
        client = client_for(who)
        before = AuditEntry.objects.count()
        assert client.get(address).status_code == 403
        assert AuditEntry.objects.count() == before + 1

    def test_nothing_is_posted(self, client_for: ClientFor) -> None:
        assert client_for("office").post(PAGE, {"n": "0002"}).status_code == 405


class TestPage:
    """What stands on it."""

    def test_suggested_grades_are_said_to_be(self, client_for: ClientFor) -> None:
        small_county()
        assert "Competent suggested" in text_of(shown(client_for, f"{PAGE}?n=0002&n=0004"))

    def test_decided_grades_are_not_called_suggested(self, client_for: ClientFor) -> None:
        county(ladder(2), phase=Phase.PUBLISHED)
        html = shown(client_for, f"{PAGE}?n=T1-3&n=T2-3", "leader")
        assert "Competent" in text_of(html)
        assert "suggested" not in html

    def test_places_ties_and_the_sentence(self, client_for: ClientFor) -> None:
        county(ladder(2))
        text = text_of(shown(client_for, f"{PAGE}?n=T1-4&n=T1-5"))
        assert "1 / 3 tied 1 王伟 (T1-4) 100.00 1 / 3 tied 2 王伟 (T1-5) 100.00" in text
        assert "王伟 (T1-4) and 王伟 (T1-5) share place 1 with 100.00 points each." in text

    def test_a_line_that_does_not_apply_is_named(self, client_for: ClientFor) -> None:
        small_county()
        assert "not applicable" in text_of(shown(client_for, "/compare/teams/?t=T01&t=T03"))

    def test_nobody_shared_is_said(self, client_for: ClientFor) -> None:
        small_county()
        text = text_of(shown(client_for, f"{PAGE}?n=0003&n=0004"))
        assert "No ranking of any year holds two of them: there is nothing to compare." in text
        assert "李娜 (not graded: 5A on probation)" in text


class TestWaysThere:
    """Tick boxes in the tables; links on the pages of one."""

    def test_boxes_of_a_ranking_send_numbers(self, client_for: ClientFor) -> None:
        small_county()
        html = shown(client_for, "/years/2025/results/rankings/county/")
        assert re.findall(r'form="compare-chosen" name="n" value="(\d+)" aria-label="([^"]*)"', html)[0] == (
            "0001",
            "Compare 王伟 0001",
        )
        assert html.count('form="compare-chosen"') == 6
        assert 'action="/compare/cadres/"' in html

    def test_boxes_of_the_teams_send_codes(self, client_for: ClientFor) -> None:
        small_county()
        html = shown(client_for, "/years/2025/results/teams/")
        assert re.findall(r'name="t" value="(\w+)"', html) == ["T01", "T02", "T03", "T04"]
        assert 'action="/compare/teams/"' in html

    def test_pages_of_one_lead_there(self, client_for: ClientFor) -> None:
        small_county()
        assert f"{PAGE}?n=0002&amp;year=2025" in shown(client_for, "/years/2025/results/cadres/0002/")
        assert "/compare/teams/?t=T01&amp;year=2025" in shown(client_for, "/years/2025/results/teams/T01/")
        assert f"{PAGE}?n=0002" in shown(client_for, "/cadres/0002/")
        assert "/compare/teams/?t=T01" in shown(client_for, "/townships/T01/years/")

    def test_a_township_is_not_led_there(self, client_for: ClientFor) -> None:
        small_county(phase=Phase.PUBLISHED)
        assert "/compare/" not in shown(client_for, "/years/2025/results/teams/T01/", "township")
        assert "/compare/" not in shown(client_for, "/townships/T01/years/", "township")
