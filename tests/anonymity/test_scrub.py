"""Free space is overwritten when a box is closed; where it cannot be, the box is closed all the same and waits."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.db.models import Model

from assessment.models import Ballot, Box, BoxState
from assessment.services import scrub
from assessment.services.scrub import boxes_scrub, boxes_waiting
from assessment.services.slip import digest_of
from cadres.models import Account
from tests.anonymity.dump import BALLOTS, SLIPS, file_bytes, id_bytes, rows_of
from tests.anonymity.meeting import Meeting, meeting_begin, meetings_held


@contextmanager
def reader(model: type[Model]) -> Iterator[None]:
    """Somebody else in the middle of reading these rows, from before the box is closed until this is left."""
    own = connections["default"]
    other: Any = type(own)({**own.settings_dict}, "default")
    with other.cursor() as cursor:
        cursor.execute("BEGIN" if own.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(str(model._default_manager.values("pk").query))
        cursor.fetchall()
        yield
        cursor.execute("ROLLBACK")
    other.close()


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for others in these tests."""
    monkeypatch.setattr(scrub, "PATIENCE", 50)


def left_of(meeting: Meeting) -> list[bytes]:
    """Digests of its slips and former keys of its ballots that are still in the files."""
    digests = [digest_of(code).encode() for codes in meeting.slips.values() for code in codes]
    files = file_bytes()
    return [secret for secret in (*digests, *(id_bytes(v.former) for v in meeting.voters)) if secret in files]


def test_closing_scrubs_and_says_when(meeting: Meeting) -> None:
    meeting.vote(at_most=3)
    meeting.close()
    assert meeting.box.scrubbed_at is not None
    assert list(boxes_waiting()) == []


def test_a_reader_of_the_ballots_hides_no_closing_and_the_next_scrub_does_it(
    meeting: Meeting, hurried: None, caplog: pytest.LogCaptureFixture
) -> None:
    """A copy being made holds the tables on PostgreSQL, the log on SQLite."""
    meeting.vote()
    with reader(Ballot), caplog.at_level(logging.WARNING):
        meeting.close()
        assert (meeting.box.state, meeting.box.scrubbed_at) == (BoxState.COUNTED, None)
        assert [record.name for record in caplog.records] == ["assessment.services.scrub"]
        with pytest.raises(CommandError):
            call_command("boxes_scrub")
        assert left_of(meeting) != []
    call_command("boxes_scrub")
    meeting.box.refresh_from_db()
    assert meeting.box.scrubbed_at is not None
    assert left_of(meeting) == []


def test_a_scrub_that_says_it_is_done_is_done_whoever_has_older_rows_in_sight(meeting: Meeting, hurried: None) -> None:
    """On PostgreSQL somebody reads something else since before the closing, and deleted rows are kept for them."""
    meeting.vote()
    with reader(Account):
        meeting.close()
        assert (meeting.box.scrubbed_at is None) == (connection.vendor == "sqlite")
        assert (left_of(meeting) == []) == (connection.vendor == "postgresql")
    assert boxes_scrub()
    assert left_of(meeting) == []


def test_closing_the_next_box_scrubs_for_those_that_wait(meeting: Meeting, hurried: None) -> None:
    meeting.vote(at_most=5)
    with reader(Ballot):
        meeting.close()
    other = meeting_begin("T2")
    other.close()
    assert [box.scrubbed_at is not None for box in Box.objects.order_by("pk")] == [True, True]


def test_a_scrub_in_vain_leaves_the_database_as_patient_as_before(meeting: Meeting, hurried: None) -> None:
    meeting.vote(at_most=2)
    before = patience()
    with reader(Ballot):
        meeting.close()
    assert patience() == before


def test_a_scrub_changes_no_row_of_other_boxes(database: str) -> None:
    """A box that is open goes on: its slips and ballots are all there, with their keys."""
    going_on = meeting_begin("T3")
    going_on.vote(at_most=20)
    before = {table: keys(table) for table in (SLIPS, BALLOTS)}
    meetings_held(["T4"])
    assert keys(SLIPS) == before[SLIPS]
    assert before[BALLOTS] < keys(BALLOTS)
    going_on.vote()
    going_on.close()
    going_on.box.refresh_from_db()
    assert sum(going_on.box.electorates.values_list("slips_used", flat=True)) == 40


def test_without_a_closed_box_nothing_is_rewritten(meeting: Meeting, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert boxes_scrub()


def keys(table: str) -> set[str]:
    return {str(row.get("digest", row.get("id"))) for row in rows_of(table)}


def patience() -> object:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout")
        return cursor.fetchone()
