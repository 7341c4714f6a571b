"""Voting with a slip: one slip, one ballot; what is refused; what a vote leaves behind (RULES Y4)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client

from assessment.errors import BallotUnfit, BoxEnded, BoxNotOpen, SlipUnknown, SlipUsed, SlipVoid
from assessment.models import AssessmentYear, Ballot, Box, BoxState, FreeOpinion, Phase, Slip, SlipState, Tally
from assessment.services.ballot import ballot_cast
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.closing import box_close
from assessment.services.slip import code_text, digest_of, slip_make_void, slips_draw
from cadres.models import Account, AuditEntry, Township
from tests.conftest import account_of
from tests.county import county, ladder, year_in_phase

pytestmark = pytest.mark.django_db

GROUP = "机关工作人员"
TEAM, *CADRES = "E1:T1", "C1:T1-1", "C1:T1-2", "C1:T1-3", "C1:T1-4", "C1:T1-5"
ALL_BEST = {TEAM: "1", **dict.fromkeys(CADRES, "1")}


def year_collecting() -> AssessmentYear:
    """Two townships with five cadres each; no votes of the democratic evaluation yet."""
    made = county(ladder(2), phase=Phase.COLLECTING)
    Tally.objects.filter(evaluation__in=("E1", "C1")).delete()
    return year_in_phase(made, Phase.COLLECTING)


def prepared(year: AssessmentYear, township: str, slips: int = 3) -> tuple[Box, list[str]]:
    """A box of this township with so many slips drawn, and their codes."""
    office, unit = account_of("office"), Township.objects.get(code=township)
    groups = [ElectorateRow(GROUP, slips, slips)]
    box = box_create(year=year, unit=unit, on_paper=False, online=True, electorates=groups, by=office)
    return box, slips_draw(box=box, numbers={GROUP: slips}, by=office)[GROUP]


def opened(year: AssessmentYear, township: str = "T1", slips: int = 3) -> tuple[Box, list[str]]:
    box, codes = prepared(year, township, slips)
    box_open(box=box, by=account_of("office"))
    return box, codes


@pytest.fixture
def year(db: None) -> AssessmentYear:
    return year_collecting()


@pytest.fixture
def hall(year: AssessmentYear) -> tuple[Box, list[str]]:
    """T1's box, open, and its three codes."""
    return opened(year)


@pytest.fixture
def codes(hall: tuple[Box, list[str]]) -> list[str]:
    return hall[1]


@pytest.fixture
def box(hall: tuple[Box, list[str]]) -> Box:
    return hall[0]


def sent(client: Client, code: str, marks: dict[str, str] | None = None, **fields: str) -> Any:
    """A ballot as its page posts it."""
    return client.post("/vote/", {"ballot": "1", "code": code, **(ALL_BEST if marks is None else marks), **fields})


def refusals() -> list[tuple[str, str, dict[str, Any]]]:
    """What the audit trail holds of them."""
    found = AuditEntry.objects.filter(action="vote_refused", refused=True)
    return list(found.values_list("actor_name", "subject", "details"))


ANONYMOUS_REFUSAL: tuple[str, str, dict[str, Any]] = ("anonymous", "T1镇", {})


# --- one slip, one ballot


def test_a_ballot_holds_one_mark_a_question_in_the_order_of_the_box(codes: list[str]) -> None:
    ballot_cast(code=codes[0], marks={CADRES[4]: "4", TEAM: "1", CADRES[0]: "2"})
    assert list(Ballot.objects.values_list("marks", flat=True)) == ["120004"]
    assert Slip.objects.get(state=SlipState.USED).digest == digest_of(codes[0])


def test_a_code_may_be_typed_with_hyphens_in_small_letters(codes: list[str]) -> None:
    ballot_cast(code=f" {code_text(codes[0]).lower()} ", marks=ALL_BEST)
    assert Ballot.objects.get().marks == "111111"


def test_the_opinion_stands_apart_with_its_lines(box: Box, codes: list[str]) -> None:
    ballot_cast(code=codes[0], marks=ALL_BEST, opinion=" 书记作风好\r\n\0修路\x07快 ")
    assert list(FreeOpinion.objects.values_list("box", "text")) == [(box.pk, "书记作风好\n修路快")]
    assert {field.name for field in FreeOpinion._meta.get_fields()} == {"id", "box", "text"}


def test_a_blank_opinion_leaves_nothing(codes: list[str]) -> None:
    ballot_cast(code=codes[0], marks=ALL_BEST, opinion=" \r\n ")
    assert FreeOpinion.objects.count() == 0


def test_a_cast_vote_leaves_no_audit_entry(codes: list[str]) -> None:
    before = AuditEntry.objects.count()
    ballot_cast(code=codes[0], marks=ALL_BEST)
    assert AuditEntry.objects.count() == before


# --- what is refused


def test_a_used_slip_is_refused_and_its_first_ballot_stays(codes: list[str]) -> None:
    ballot_cast(code=codes[0], marks=ALL_BEST)
    with pytest.raises(SlipUsed):
        ballot_cast(code=codes[0], marks=dict.fromkeys(ALL_BEST, "4"), opinion="再投一次")
    assert Ballot.objects.get().marks == "111111"
    assert FreeOpinion.objects.count() == 0
    assert refusals() == [ANONYMOUS_REFUSAL]


def test_a_void_slip_is_refused(box: Box, codes: list[str], office: Account) -> None:
    slip_make_void(box=box, code=codes[0], by=office)
    with pytest.raises(SlipVoid):
        ballot_cast(code=codes[0], marks=ALL_BEST)
    assert (Ballot.objects.count(), refusals()) == (0, [ANONYMOUS_REFUSAL])


def test_before_the_box_is_open_the_slip_is_refused_and_kept(year: AssessmentYear, office: Account) -> None:
    box, codes = prepared(year, "T1")
    with pytest.raises(BoxNotOpen):
        ballot_cast(code=codes[0], marks=ALL_BEST)
    assert refusals() == []
    box_open(box=box, by=office)
    ballot_cast(code=codes[0], marks=ALL_BEST)
    assert Ballot.objects.count() == 1


def test_after_the_closing_no_code_is_known(box: Box, codes: list[str], office: Account) -> None:
    box_close(box=box, by=office)
    with pytest.raises(SlipUnknown):
        ballot_cast(code=codes[0], marks=ALL_BEST)
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize("state", [BoxState.CLOSED, BoxState.COUNTED])
def test_a_slip_that_outlived_its_box_is_refused(box: Box, codes: list[str], state: BoxState) -> None:
    Box.objects.filter(pk=box.pk).update(state=state)
    with pytest.raises(BoxEnded):
        ballot_cast(code=codes[0], marks=ALL_BEST)
    assert (Ballot.objects.count(), refusals()) == (0, [ANONYMOUS_REFUSAL])


def test_an_unknown_code_is_not_recorded(codes: list[str]) -> None:
    with pytest.raises(SlipUnknown):
        ballot_cast(code="2222-2222-2222", marks=ALL_BEST)
    assert refusals() == []


@pytest.mark.parametrize(
    "marks",
    [
        {TEAM: "7"},
        {TEAM: ""},
        {TEAM: "11"},
        {TEAM: "1\0"},
        {TEAM: "１"},
        {"E1:T2": "1"},
        {**ALL_BEST, "C1:T2-1": "1"},
    ],
)
def test_forged_marks_store_nothing_and_leave_the_slip_unused(codes: list[str], marks: dict[str, str]) -> None:
    with pytest.raises(BallotUnfit):
        ballot_cast(code=codes[0], marks=marks)
    assert (Ballot.objects.count(), Slip.objects.filter(state=SlipState.USED).count()) == (0, 0)


def test_a_slip_of_another_box_votes_in_its_own(year: AssessmentYear, codes: list[str]) -> None:
    _other, theirs = opened(year, "T2", 1)
    with pytest.raises(BallotUnfit):
        ballot_cast(code=theirs[0], marks=ALL_BEST)
    ballot_cast(code=theirs[0], marks={"E1:T2": "3"})
    assert list(Ballot.objects.values_list("electorate__box__township__code", "marks")) == [("T2", "300000")]


def test_an_opinion_over_1000_characters_is_refused_with_its_ballot(codes: list[str]) -> None:
    with pytest.raises(BallotUnfit):
        ballot_cast(code=codes[0], marks=ALL_BEST, opinion="意" * 1001)
    ballot_cast(code=codes[0], marks=ALL_BEST, opinion="意\r\n" * 500)
    assert len(FreeOpinion.objects.get().text) == 999


def test_a_cleared_rehearsal_asks_anew(year: AssessmentYear, office: Account) -> None:
    """What a process remembers of a box is of one opening."""
    box, codes = opened(year)
    ballot_cast(code=codes[0], marks=ALL_BEST)
    Box.objects.filter(pk=box.pk).update(state=BoxState.PREPARED)
    year.roster.filter(cadre__number="T1-5").delete()
    box.refresh_from_db()
    box_open(box=box, by=office)
    ballot_cast(code=codes[1], marks={TEAM: "2"})
    assert sorted(Ballot.objects.values_list("marks", flat=True)) == ["111111", "20000"]


def test_a_database_error_reaches_the_voter_and_the_hall_goes_on(codes: list[str]) -> None:
    def fail(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith("INSERT"):
            raise DatabaseError("disk full")
        return execute(sql, *rest)

    with connection.execute_wrapper(fail), pytest.raises(DatabaseError):
        ballot_cast(code=codes[0], marks=ALL_BEST)
    assert (Ballot.objects.count(), Slip.objects.filter(state=SlipState.USED).count()) == (0, 0)
    ballot_cast(code=codes[0], marks=ALL_BEST)
    assert Ballot.objects.count() == 1


# --- the pages


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


# --- what a vote costs, and what it leaves


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
