"""The power goes in the middle of the meeting, three times: every ballot with a receipt is counted once, none twice."""

from collections import Counter

import pytest

from assessment.models import Ballot, BoxState, Slip, SlipState, Tally
from assessment.questions import MARKS
from tests.anonymity.meeting import Meeting
from tests.hall.server import Server
from tests.hall.voters import Hall, Voter, voters_of


def test_every_receipt_is_counted_once_whenever_the_server_is_killed(meetings: list[Meeting], server: Server) -> None:
    voters = voters_of(meetings)
    everybody = [voter for of_box in voters.values() for voter in of_box]
    hall = Hall(server, everybody)
    hall.begin()
    for receipts in (10, 40, 70):
        hall.wait_for_receipts(receipts)
        server.kill()
        server.start()
    hall.wait()
    assert hall.other_answers == []
    assert hall.interrupted > 0
    in_the_box = Counter(Ballot.objects.values_list("marks", flat=True))
    assert in_the_box == hall.receipts + Counter(hall.told_used) == Counter(voter.marks for voter in everybody)
    assert Slip.objects.exclude(state=SlipState.USED).count() == 0
    for meeting in meetings:
        meeting.close()
        assert meeting.box.state == BoxState.COUNTED
        assert tallied(meeting) == wanted(meeting, voters[meeting.box.pk])


def tallied(meeting: Meeting) -> dict[str, tuple[int, ...]]:
    """Question → four grades and abstentions, all voter groups together."""
    found: dict[str, tuple[int, ...]] = {}
    for tally in Tally.objects.filter(box=meeting.box).select_related("cadre", "township"):
        subject = tally.cadre.number if tally.cadre else tally.township.code if tally.township else ""
        key = f"{tally.evaluation}:{subject}"
        counts = (*tally.grades, tally.abstain)
        found[key] = tuple(map(sum, zip(counts, found.get(key, (0,) * len(counts)), strict=True)))
    return found


def wanted(meeting: Meeting, voters: list[Voter]) -> dict[str, tuple[int, ...]]:
    """The same from what people wanted."""
    columns = zip(*(voter.marks for voter in voters), strict=True)
    counts = [tuple(column.count(mark) for mark in MARKS) for column in columns]
    return {question.key: count for question, count in zip(meeting.box.asked, counts, strict=True)}


@pytest.mark.parametrize("at_once", [20])
def test_of_twenty_posts_of_one_slip_at_the_same_moment_exactly_one_counts(
    meetings: list[Meeting], server: Server, at_once: int
) -> None:
    voter = voters_of(meetings)[meetings[0].box.pk][0]
    hall = Hall(server, [voter] * at_once)
    hall.begin()
    hall.wait()
    assert (hall.receipts.total(), len(hall.told_used), hall.other_answers) == (1, at_once - 1, [])
    assert list(Ballot.objects.values_list("marks", flat=True)) == [voter.marks]
