"""Finished pages: never an old one, never another's; unchanged ones cost a fixed handful of queries."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.messages.constants import INFO
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from assessment.models import AssessmentYear, Phase
from assessment.services.value import values_save
from assessment.services.year import year_step_back
from cadres.access import require_of
from cadres.services.account import account_set_password, account_update
from scoring.finished import FRAGMENTS, PAGES, Shelf, build_stamp, pages_forget
from scoring.middleware import ADMISSIONS, SECONDS
from tests.conftest import ClientFor, account_of
from tests.county import county
from tests.oracle.read_golden import year_input
from tests.scoring.pages import column, small_county

COUNTY = "/years/2025/results/rankings/county/"
TEAMS = "/years/2025/results/teams/"
E1 = "/years/2025/results/teams/T01/E1/"

Queries = Callable[..., Any]


def seen_twice(client: Client, url: str) -> Any:
    """The page at a second visit: the first hands out the CSRF cookie that the second is kept under."""
    client.get(url)
    return client.get(url)


def waiting_message(text: str) -> str:
    """The cookie of a message that the next page shows."""
    storage = CookieStorage(RequestFactory().get("/"))
    return storage._encode([Message(INFO, text)])  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestPage:
    def test_a_change_through_a_service_is_seen_at_once(self, client_for: ClientFor) -> None:
        year = small_county(Phase.COLLECTING)
        client = client_for("office")
        before = column(seen_twice(client, TEAMS).content.decode(), 1)
        values_save(year=year, cells={("T04", line.code): Fraction(99) for line in year.lines.all()}, by=None)
        after = column(client.get(TEAMS).content.decode(), 1)
        assert (before[0], after[0]) == ("乡镇T01", "乡镇T04")

    def test_unchanged_is_304_and_changed_is_sent(self, client_for: ClientFor) -> None:
        year = small_county(Phase.COLLECTING)
        client = client_for("office")
        tag = seen_twice(client, COUNTY)["ETag"]
        unchanged = client.get(COUNTY, headers={"if-none-match": tag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        values_save(year=year, cells={("T04", "K1"): Fraction(99)}, by=None)
        assert client.get(COUNTY, headers={"if-none-match": tag}).status_code == 200

    def test_a_browser_has_to_ask_each_time_and_nobody_between_keeps_it(self, client_for: ClientFor) -> None:
        small_county()
        assert seen_twice(client_for("office"), COUNTY)["Cache-Control"] == "private, no-cache"

    def test_another_account_never_gets_this_ones_page(self, client_for: ClientFor) -> None:
        small_county()
        office, leader = client_for("office"), client_for("leader")
        tag = seen_twice(office, E1)["ETag"]
        assert 'class="num apart"' in office.get(E1).content.decode()
        answer = leader.get(E1, headers={"if-none-match": tag})
        assert answer.status_code == 200
        assert 'class="num apart"' not in answer.content.decode()
        assert 'class="num apart"' not in seen_twice(leader, E1).content.decode()

    def test_two_accounts_in_one_browser(self, client_for: ClientFor) -> None:
        """The CSRF cookie may outlive a sign-in: the account is part of the key."""
        small_county()
        client = client_for("office")
        tag = seen_twice(client, E1)["ETag"]
        leader = account_of("leader")
        client.force_login(leader, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get(E1, headers={"if-none-match": tag})
        assert (answer.status_code, 'class="num apart"' in answer.content.decode()) == (200, False)

    def test_rights_lost_close_the_page_though_the_browser_has_it(self, client_for: ClientFor) -> None:
        year = small_county()
        leader = client_for("leader")
        tag = seen_twice(leader, COUNTY)["ETag"]
        year_step_back(year=year, reason="数据有误", by=None)
        assert leader.get(COUNTY, headers={"if-none-match": tag}).status_code == 403

    def test_language_and_name_are_part_of_the_page(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("office")
        chinese = seen_twice(client, COUNTY)["ETag"]
        client.cookies["django_language"] = "en"
        english = client.get(COUNTY)["ETag"]
        account_update(account=account_of("office"), name="New Name", is_active=True, by=None)
        renamed = client.get(COUNTY)
        assert len({chinese, english, renamed["ETag"]}) == 3
        assert "New Name" in renamed.content.decode()

    def test_a_message_is_shown_once_and_never_kept(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("office")
        seen_twice(client, COUNTY)
        client.cookies["messages"] = waiting_message("saved just now")
        pages = [client.get(COUNTY).content.decode() for _ in range(2)]
        assert ["saved just now" in page for page in pages] == [True, False]

    def test_only_reading_is_allowed(self, client_for: ClientFor) -> None:
        small_county()
        assert client_for("office").post(COUNTY).status_code == 405


def admitted(client: Client, url: str) -> Any:
    """The page when the short way to it is open: rendered at the second visit, kept for this browser at the third."""
    seen_twice(client, url)
    return client.get(url)


@pytest.mark.django_db
class TestShortWay:
    """A browser that was let in a moment ago gets an unchanged page for one query, and nothing that it may not see."""

    def test_one_query_and_the_same_page(self, client_for: ClientFor, django_assert_num_queries: Queries) -> None:
        small_county()
        client = client_for("office")
        long = admitted(client, COUNTY)
        with django_assert_num_queries(1):
            short = client.get(COUNTY)
        assert (short.content, dict(short.headers)) == (long.content, dict(long.headers))

    def test_304_for_a_browser_that_has_it(self, client_for: ClientFor, django_assert_num_queries: Queries) -> None:
        small_county()
        client = client_for("office")
        tag = admitted(client, COUNTY)["ETag"]
        with django_assert_num_queries(1):
            assert client.get(COUNTY, headers={"if-none-match": tag}).status_code == 304

    def test_a_change_closes_it(self, client_for: ClientFor) -> None:
        year = small_county(Phase.COLLECTING)
        client = client_for("office")
        before = admitted(client, COUNTY).content
        values_save(year=year, cells={("T04", "K1"): Fraction(99)}, by=None)
        assert client.get(COUNTY).content != before

    def test_signing_out_closes_it_even_for_who_kept_the_cookie(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        admitted(client, COUNTY)
        session = client.cookies["sessionid"].value
        client.post("/sign-out/")
        client.cookies["sessionid"] = session
        assert client.get(COUNTY).status_code == 302

    def test_a_closed_account_is_out_at_once(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        admitted(client, COUNTY)
        leader = account_of("leader")
        account_update(account=leader, name=leader.name, is_active=False, by=None)
        assert client.get(COUNTY).status_code == 302

    def test_an_account_closed_while_its_page_is_made_is_out_at_the_next_request(
        self, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        small_county()
        client = client_for("leader")
        client.get(COUNTY)

        def let_in_and_close(*parts: Any) -> None:
            require_of(*parts)  # session and account have been looked up by then
            account_update(account=account_of("leader"), name="leader", is_active=False, by=None)

        with monkeypatch.context() as patch:
            patch.setattr("scoring.access.require_of", let_in_and_close)
            assert client.get(COUNTY).status_code == 200
        assert client.get(COUNTY).status_code == 302

    def test_a_new_password_ends_it(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        admitted(client, COUNTY)
        account_set_password(account=account_of("leader"), password="Another-River-8", by=None)
        assert client.get(COUNTY).status_code == 302

    def test_rights_lost_with_the_phase_close_it(self, client_for: ClientFor) -> None:
        year = small_county()
        client = client_for("leader")
        admitted(client, COUNTY)
        year_step_back(year=year, reason="数据有误", by=None)
        assert client.get(COUNTY).status_code == 403

    @pytest.mark.parametrize(("seconds", "answer"), [(SECONDS - 1, 200), (SECONDS + 1, 302)])
    def test_a_session_deleted_by_hand_is_out_after_a_minute(
        self, seconds: int, answer: int, client_for: ClientFor
    ) -> None:
        small_county()
        client = client_for("leader")
        with time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False) as clock:
            admitted(client, COUNTY)
            Session.objects.all().delete()
            clock.shift(seconds)
            assert client.get(COUNTY).status_code == answer

    def test_asking_often_does_not_prolong_the_minute(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        with time_machine.travel(datetime(2026, 1, 5, 9, tzinfo=UTC), tick=False) as clock:
            admitted(client, COUNTY)
            Session.objects.all().delete()
            clock.shift(SECONDS - 1)
            client.get(COUNTY)
            clock.shift(2)
            assert client.get(COUNTY).status_code == 302

    def test_the_other_language_is_another_page(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("leader")
        pages = [admitted(client, COUNTY).content]
        client.post("/i18n/setlang/", {"language": "en"})
        pages += [client.get(COUNTY).content, admitted(client, COUNTY).content]
        assert [re.findall(rb'<html lang="([^"]+)"', page) for page in pages] == [[b"zh-hans"], [b"en"], [b"en"]]

    def test_each_browser_gets_the_csrf_token_of_its_own_session(self, client_for: ClientFor) -> None:
        """The same account in two browsers: what either page sends is accepted from it."""
        small_county()
        browsers = [client_for("leader"), client_for("leader")]
        pages = [admitted(browser, COUNTY).content.decode() for browser in browsers]
        for browser, page in zip(browsers, pages, strict=True):
            browser.handler.enforce_csrf_checks = True
            (token,) = re.findall(r'"X-CSRFToken": "(\w+)"', page)
            assert browser.post("/sign-out/", headers={"x-csrftoken": token}).status_code == 302

    def test_other_cookies_are_another_browser(self, client_for: ClientFor) -> None:
        small_county()
        office, leader = client_for("office"), client_for("leader")
        admitted(office, E1)
        leader.cookies["csrftoken"] = office.cookies["csrftoken"].value
        assert 'class="num apart"' not in admitted(leader, E1).content.decode()

    def test_nothing_is_written_past_it(self, client_for: ClientFor) -> None:
        small_county()
        client = client_for("office")
        admitted(client, COUNTY)
        assert client.post(COUNTY).status_code == 405


@pytest.mark.django_db
class TestQueries:
    """Session, account, revision: three, for four townships as for sixteen."""

    @pytest.fixture(params=["small", "golden"])
    def year(self, request: pytest.FixtureRequest) -> AssessmentYear:
        """A county of few rows, or of many."""
        return small_county() if request.param == "small" else county(year_input("county-default"))

    @pytest.mark.parametrize(
        "path", ["", "teams/", "missing/", *(f"rankings/{r}/" for r in ("township", "post", "county"))]
    )
    def test_unchanged(
        self, path: str, year: AssessmentYear, client_for: ClientFor, django_assert_num_queries: Queries
    ) -> None:
        client = client_for("office")
        url = f"/years/2025/results/{path}"
        seen_twice(client, url)
        with django_assert_num_queries(3):
            client.get(url)

    def test_computed_and_rendered_anew(
        self, year: AssessmentYear, client_for: ClientFor, django_assert_num_queries: Queries
    ) -> None:
        """Three, the year, its inputs, the disciplinary records, and the grades decided for teams."""
        client = client_for("office")
        with django_assert_num_queries(15):
            client.get(COUNTY)

    def test_a_derivation_reads_who_entered_what(
        self, year: AssessmentYear, client_for: ClientFor, django_assert_num_queries: Queries
    ) -> None:
        client = client_for("office")
        code = year.townships.all()[0].code
        client.get(f"{TEAMS}{code}/")
        with django_assert_num_queries(6):
            client.get(f"{TEAMS}{code}/derivation/")


@pytest.mark.django_db
def test_under_debug_nothing_is_kept(client_for: ClientFor, settings: Any) -> None:
    small_county()
    pages_forget()
    ADMISSIONS.clear()
    settings.DEBUG = True
    client = client_for("office")
    page = admitted(client, COUNTY)
    assert ("ETag" in page, len(PAGES), len(FRAGMENTS), len(ADMISSIONS)) == (False, 0, 0, 0)


@pytest.mark.parametrize("name", ["templates/page.html", "locale/django.mo", "config/settings.py"])
def test_another_version_of_the_program_has_other_pages(name: str, tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    before = build_stamp.__wrapped__()
    (tmp_path / name).parent.mkdir()
    (tmp_path / name).write_text("new")
    assert build_stamp.__wrapped__() != before


def test_a_shelf_drops_what_was_used_longest_ago() -> None:
    shelf: Shelf[bytes] = Shelf(10)
    for key in "abc":
        shelf.put(key, b"1234")
        shelf.get("a")
    assert [shelf.get(key) for key in "abc"] == [b"1234", None, b"1234"]


def test_a_shelf_replaces_what_stands_under_a_key() -> None:
    shelf: Shelf[bytes] = Shelf(10)
    for content in (b"123456", b"1234567", b"12345678"):
        shelf.put("a", content)
    shelf.put("b", b"12")
    assert (shelf.get("a"), shelf.get("b")) == (b"12345678", b"12")
