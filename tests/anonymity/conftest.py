"""Meetings are played in a database of their own: scrubbing rewrites files, and attackers read them."""

import pytest

from tests.anonymity.meeting import Meeting, meeting_begin
from tests.database import database, template_database

__all__ = ["database", "template_database"]


@pytest.fixture
def meeting(database: str) -> Meeting:
    """T1's meeting, slips handed out, nobody has voted."""
    return meeting_begin("T1")
