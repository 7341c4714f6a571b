"""A hall has a server process, and a database of its own which that can open."""

from collections.abc import Iterator

import pytest

from tests.anonymity.meeting import Meeting, meeting_begin
from tests.database import database, template_database
from tests.hall.server import Server

__all__ = ["database", "template_database"]


@pytest.fixture
def meetings(database: str) -> list[Meeting]:
    """Three boxes with 40 slips each, open."""
    return [meeting_begin(code) for code in ("T1", "T2", "T3")]


@pytest.fixture
def server(meetings: list[Meeting], database: str) -> Iterator[Server]:
    """Serving, until the test is over."""
    made = Server(database)
    made.start()
    yield made
    made.kill()
