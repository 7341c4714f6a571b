"""Casting a ballot: one slip, one ballot; what is refused; what a vote leaves behind (RULES Y4)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from assessment.errors import BallotUnfit, BoxEnded, BoxNotOpen, SlipUnknown, SlipUsed, SlipVoid
from assessment.models import AssessmentYear, Ballot, Box, BoxState, FreeOpinion, Slip, SlipState
from assessment.services.ballot import ballot_cast
from assessment.services.box import box_open
from assessment.services.box_closing import box_close
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
