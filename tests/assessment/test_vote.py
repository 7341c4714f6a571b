"""The pages of a participant, as requests: code, ballot, receipt; what each refusal answers, and what it leaves."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from assessment.models import AssessmentYear, Ballot, Box, BoxState
from assessment.services.ballot import ballot_cast
from assessment.services.slip import code_text, digest_of, slip_make_void
from cadres.models import Account, AuditEntry
from tests.assessment.slips import ALL_BEST, ANONYMOUS_REFUSAL, CADRES, TEAM, opened, prepared, refusals
from tests.assessment.voting import voting_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(db: None) -> AssessmentYear:
    return voting_year()


@pytest.fixture
def box(hall: tuple[Box, list[str]]) -> Box:
    return hall[0]


def sent(client: Client, code: str, marks: dict[str, str] | None = None, **fields: str) -> Any:
    """A ballot as its page posts it."""
    return client.post("/vote/", {"ballot": "1", "code": code, **(ALL_BEST if marks is None else marks), **fields})


def test_the_first_page_asks_for_the_code_and_sets_no_cookie(client: Client) -> None:
    answer = client.get("/vote/")
    assert (answer.status_code, answer["Cache-Control"], answer.cookies.output()) == (200, "no-store", "")
    assert 'name="code"' in answer.content.decode()


def test_a_code_opens_the_ballot_with_every_question_on_abstention(client: Client, codes: list[str]) -> None:
    page = client.post("/vote/", {"code": code_text(codes[0])}).content.decode()
    assert re.findall(r'name="([^"]+)" value="0" checked', page) == [TEAM, *CADRES]
    assert (page.count("<fieldset"), page.count("<legend"), page.count('type="radio"')) == (6, 6, 30)
    assert f'name="code" value="{code_text(codes[0])}"' in page


def test_a_kept_page_holds_nobody_elses_code(client: Client, codes: list[str]) -> None:
    pages = [client.post("/vote/", {"code": code}).content.decode() for code in codes]
    assert [[code in page for code in codes] for page in pages] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_what_is_typed_as_a_code_is_shown_as_text(client: Client, codes: list[str]) -> None:
    for code in ("<i>2222", f"<i>{codes[0]}"[:40]):
        page = client.post("/vote/", {"code": code}).content.decode()
        assert ("<i>" in page, page.count('value="&lt;i&gt;')) == (False, 1)


def test_the_receipt_says_that_the_ballot_is_in_and_not_what_it_says(client: Client, codes: list[str]) -> None:
    answer = sent(client, codes[0], opinion="路修得快")
    page = answer.content.decode()
    assert (answer.status_code, Ballot.objects.get().marks) == (200, "111111")
    assert "message-done" in page
    assert [word in page for word in (codes[0], "路修得快", "优秀", "radio", "王伟")] == [False] * 5


@pytest.mark.usefixtures("english")
def test_the_receipt_of_a_rehearsal_does_not_say_that_it_counts(client: Client, codes: list[str]) -> None:
    real, rehearsal = (
        sent(client, codes[0]).content.decode(),
        sent(client, codes[1], rehearsal="1").content.decode(),
    )
    assert ("will be counted once" in real, "never counted" in real) == (True, False)
    assert ("will be counted once" in rehearsal, "never counted" in rehearsal) == (False, True)


def test_an_abstention_is_asked_about_once_with_the_choices_kept(client: Client, codes: list[str]) -> None:
    marks = {**ALL_BEST, TEAM: "3", CADRES[1]: "0"}
    page = sent(client, codes[0], marks, opinion="<路>").content.decode()
    assert Ballot.objects.count() == 0
    assert re.findall(r'<a href="#(q\d+)"', page) == ["q3"]
    assert re.findall(r'name="([^"]+)" value="(\d)" checked', page) == list(marks.items())
    assert "&lt;路&gt;</textarea>" in page
    assert 'name="asked"' in page
    sent(client, codes[0], marks, asked="1")
    assert Ballot.objects.get().marks == "310111"


def test_an_opinion_that_is_too_long_is_shown_again(client: Client, codes: list[str]) -> None:
    answer = sent(client, codes[0], opinion="意" * 1001)
    assert (answer.status_code, Ballot.objects.count()) == (400, 0)
    assert "意" * 1001 in answer.content.decode()


def refused_page(client: Client, code: str, **fields: str) -> tuple[int, bool]:
    """The status of what a code leads to, and whether the code is still in its field."""
    answer = client.post("/vote/", {"code": code, **fields})
    return answer.status_code, f'value="{code}"' in answer.content.decode()


def test_each_refusal_has_its_status_and_keeps_the_code(year: AssessmentYear, client: Client, office: Account) -> None:
    box, codes = opened(year)
    early = prepared(year, "T2", 1)[1][0]
    ballot_cast(code=codes[0], marks=ALL_BEST)
    slip_make_void(box=box, code=codes[1], by=office)
    assert refused_page(client, "2222") == (404, True)
    assert refused_page(client, codes[0]) == (409, True)
    assert refused_page(client, early) == (409, True)
    assert refused_page(client, codes[1]) == (410, True)
    assert refused_page(client, codes[2], ballot="1", **{TEAM: "7"}) == (400, True)
    Box.objects.filter(pk=box.pk).update(state=BoxState.CLOSED)
    assert refused_page(client, codes[2]) == (410, True)


def test_a_database_error_says_neither_in_nor_out(client: Client, codes: list[str], caplog: Any) -> None:
    def fail(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        raise DatabaseError(f"Failing row contains ({digest_of(codes[0])}, 111111)")

    with connection.execute_wrapper(fail):
        answer = sent(client, codes[0])
    assert (answer.status_code, "message-done" in answer.content.decode()) == (503, False)
    assert digest_of(codes[0]) not in caplog.text
    assert sent(client, codes[0]).status_code == 200


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_no_other_method(client: Client, method: str) -> None:
    assert getattr(client, method)("/vote/").status_code == 405


def test_the_page_for_the_meeting_is_public(client: Client) -> None:
    answer = client.get("/vote/privacy/")
    assert (answer.status_code, answer.cookies.output()) == (200, "")


def test_no_token_of_the_site_is_needed(codes: list[str]) -> None:
    assert sent(Client(enforce_csrf_checks=True), codes[0]).status_code == 200


def test_nobody_looks_who_has_signed_in_on_this_browser(
    codes: list[str], client_for: Callable[[str], Client], django_assert_num_queries: Any
) -> None:
    """Even an account that must change its password first. Statements: questions once; then slip alone."""
    clerk = client_for("office")
    Account.objects.update(must_change_password=True)
    clerk.post("/vote/", {"code": codes[1]})
    with django_assert_num_queries(0):
        clerk.get("/vote/")
    with django_assert_num_queries(1):
        clerk.post("/vote/", {"code": codes[0]})
    sent(clerk, codes[1])
    with django_assert_num_queries(5) as seen:  # three statements, and the test's savepoint around them
        answer = sent(clerk, codes[0])
    assert (answer.status_code, answer.cookies.output()) == (200, "")
    statements = [query["sql"].split()[0] for query in seen.captured_queries]
    assert statements == ["SAVEPOINT", "SELECT", "UPDATE", "INSERT", "RELEASE"]


def test_a_refused_attempt_leaves_neither_code_nor_digest_nor_choice(
    client: Client, codes: list[str], caplog: Any
) -> None:
    caplog.set_level(0)
    sent(client, codes[0])
    sent(client, codes[0], dict.fromkeys(ALL_BEST, "4"), opinion="再投一次")
    client.post("/vote/", {"code": codes[0]})
    left = caplog.text + "".join(str(entry) for entry in AuditEntry.objects.values())
    traces = (codes[0], code_text(codes[0]), digest_of(codes[0]), "444444", "再投一次")
    assert [trace for trace in traces if trace in left] == []
    assert refusals() == [ANONYMOUS_REFUSAL] * 2


def test_an_accepted_vote_leaves_no_log_line(client: Client, codes: list[str], caplog: Any) -> None:
    client.post("/vote/", {"code": codes[0]})
    caplog.clear()
    caplog.set_level("INFO")
    sent(client, codes[0])
    assert caplog.text == ""
