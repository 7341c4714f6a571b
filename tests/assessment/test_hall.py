"""A hall that votes at once: many threads, each with a connection of its own, in a database of their own."""

from collections import Counter
from collections.abc import Callable, Sequence
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from assessment.errors import SlipUnknown, VoteRefused
from assessment.models import AssessmentYear, Ballot, Box, BoxState, FreeOpinion, Slip, SlipState, Tally
from assessment.services.ballot import Vote, ballot_cast, votes_commit
from assessment.services.box_closing import box_close
from assessment.services.group_commit import GroupCommit
from assessment.services.slip import digest_of
from cadres.models import AuditEntry
from tests.assessment.slips import ALL_BEST, opened
from tests.assessment.voting import voting_year
from tests.conftest import account_of
from tests.database import database, template_database

__all__ = ["database", "template_database"]


@pytest.fixture
def year(database: str) -> AssessmentYear:
    """A county that votes in real files, every vote committed."""
    return voting_year()


def at_once(tasks: Sequence[Callable[[], object]]) -> list[object]:
    """What each returned or raised; they start together."""
    gate = Barrier(len(tasks))
    results: list[object] = [None] * len(tasks)

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = tasks[place]()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def voter(code: str, mark: str = "1", opinion: str = "") -> Callable[[], object]:
    return lambda: ballot_cast(code=code, marks=dict.fromkeys(ALL_BEST, mark), opinion=opinion)


def kinds(results: Sequence[object]) -> dict[str, int]:
    """How many receipts (None), and how many of each refusal."""
    return dict(Counter("receipt" if result is None else type(result).__name__ for result in results))


def test_of_twenty_posts_of_one_slip_one_counts(year: AssessmentYear) -> None:
    _box, codes = opened(year, slips=1)
    results = at_once([voter(codes[0], str(place % 4 + 1)) for place in range(20)])
    assert kinds(results) == {"receipt": 1, "SlipUsed": 19}
    assert Ballot.objects.get().marks == str(results.index(None) % 4 + 1) * 6
    refused = AuditEntry.objects.filter(action="vote_refused").values_list("actor_name", "subject", "details")
    assert list(refused) == [("anonymous", "T1镇", {})] * 19


def test_fifty_slips_at_once_are_fifty_ballots(year: AssessmentYear) -> None:
    _box, codes = opened(year, slips=50)
    results = at_once([voter(code, str(place % 5), f"意见{place}") for place, code in enumerate(codes)])
    assert kinds(results) == {"receipt": 50}
    assert Counter(Ballot.objects.values_list("marks", flat=True)) == {str(mark) * 6: 10 for mark in range(5)}
    assert set(FreeOpinion.objects.values_list("text", flat=True)) == {f"意见{place}" for place in range(50)}
    assert Slip.objects.filter(state=SlipState.USED).count() == 50


def test_closing_while_all_vote_counts_every_receipt(year: AssessmentYear) -> None:
    box, codes = opened(year, slips=30)
    office = account_of("office")
    late = Barrier(2)  # the closing begins when one of the voters does

    def close() -> None:
        late.wait()
        box_close(box=Box.objects.get(pk=box.pk), by=office)

    def one_voter() -> None:
        late.wait()
        ballot_cast(code=codes[10], marks=ALL_BEST, opinion="意见")

    tasks = [voter(code, opinion="意见") for code in codes]
    tasks[10] = one_voter
    *results, closed = at_once([*tasks, close])
    receipts = results.count(None)
    assert closed is None
    assert {type(result) for result in results} <= {type(None), SlipUnknown} | set(VoteRefused.__subclasses__())
    box.refresh_from_db()
    assert box.state == BoxState.COUNTED
    assert Ballot.objects.count() == receipts == FreeOpinion.objects.count()
    team = Tally.objects.get(evaluation="E1", township__code="T1")
    assert (team.valid, team.first) == (receipts, receipts)


def test_a_vote_that_holds_its_slip_is_in_before_the_box_closes(year: AssessmentYear) -> None:
    """The closing waits for the slip, and the vote, whose opinion refers to the box, does not wait for the closing."""
    box, codes = opened(year, slips=2)
    office, held, closing = account_of("office"), Event(), Event()

    def halfway(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "INSERT" in sql and "freeopinion" in sql:
            held.set()
            # On SQLite the closing cannot even begin.
            assert connection.vendor == "sqlite" or closing.wait(10)
        return execute(sql, *rest)

    def at_the_slips(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if "assessment_slip" in sql:
            closing.set()
        return execute(sql, *rest)

    def cast() -> None:
        with connection.execute_wrapper(halfway):
            ballot_cast(code=codes[0], marks=ALL_BEST, opinion="意见")

    def close() -> None:
        assert held.wait(10)
        with connection.execute_wrapper(at_the_slips):
            box_close(box=Box.objects.get(pk=box.pk), by=office)

    assert at_once([cast, close]) == [None, None]
    assert Tally.objects.get(evaluation="E1", township__code="T1").first == 1


def test_one_bad_slip_fails_alone_in_its_group(year: AssessmentYear) -> None:
    _box, codes = opened(year, slips=3)
    votes = [Vote(digest_of(code), ALL_BEST, "") for code in (codes[0], "2222", codes[1], codes[0])]
    outcomes = votes_commit(votes)
    assert [type(outcome).__name__ for outcome in outcomes] == ["NoneType", "SlipUnknown", "NoneType", "SlipUsed"]
    assert Ballot.objects.count() == 2


def test_a_group_takes_three_statements_however_many_vote(year: AssessmentYear, django_assert_num_queries: Any) -> None:
    _box, codes = opened(year, slips=12)
    votes = [Vote(digest_of(code), ALL_BEST, "") for code in codes]
    votes_commit(votes[:1])
    with django_assert_num_queries(5):  # with BEGIN and COMMIT
        votes_commit(votes[1:])
    assert Ballot.objects.count() == 12


# --- the group commit by itself


def test_who_comes_alone_is_committed_alone() -> None:
    slow = Slow()
    slow.go.set()
    meeting = GroupCommit(slow)
    meeting.hand_in("a")
    meeting.hand_in("b")
    assert slow.groups == [["a"], ["b"]]


class Slow:
    """A commit that lasts until it is let go, and what it was given."""

    def __init__(self, outcome: Callable[[str], BaseException | None] = lambda item: None) -> None:
        self.groups: list[list[str]] = []
        self.begun, self.go = Event(), Event()
        self.outcome = outcome

    def __call__(self, group: Sequence[str]) -> list[BaseException | None]:
        self.groups.append(list(group))
        self.begun.set()
        assert self.go.wait(10)
        return [self.outcome(item) for item in group]


def waited_for(slow: Slow, meeting: GroupCommit[str], others: Sequence[str]) -> list[object]:
    """One begins; the others come while it commits; then it is let go."""
    results: dict[str, object] = {}

    def run(item: str) -> None:
        try:
            meeting.hand_in(item)
            results[item] = None
        except Exception as error:
            results[item] = error

    threads = [Thread(target=run, args=(item,)) for item in ("first", *others)]
    threads[0].start()
    assert slow.begun.wait(10)
    for thread in threads[1:]:
        thread.start()
    while len(meeting._waiting) < len(others):
        threads[1].join(0.001)
    assert results == {}
    slow.go.set()
    for thread in threads:
        thread.join()
    return [results[item] for item in ("first", *others)]


def test_who_comes_while_another_commits_shares_the_next_transaction() -> None:
    slow = Slow()
    assert waited_for(slow, GroupCommit(slow), ["a", "b", "c"]) == [None] * 4
    assert [sorted(group) for group in slow.groups] == [["first"], ["a", "b", "c"]]


def test_each_gets_its_own_outcome() -> None:
    slow = Slow(lambda item: SlipUnknown() if item == "b" else None)
    results = waited_for(slow, GroupCommit(slow), ["a", "b", "c"])
    assert [type(result) for result in results] == [type(None), type(None), SlipUnknown, type(None)]


def test_an_error_of_the_commit_reaches_its_whole_group_and_nobody_else() -> None:
    def fail(item: str) -> None:
        if item == "b":
            raise DatabaseError("disk full")

    slow = Slow(fail)
    meeting = GroupCommit(slow)
    results = waited_for(slow, meeting, ["a", "b", "c"])
    assert [type(result) for result in results] == [type(None), DatabaseError, DatabaseError, DatabaseError]
    meeting.hand_in("later")
    assert slow.groups[-1] == ["later"]
