"""Meetings are played in a database of their own: scrubbing rewrites files, and attackers read them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.anonymity.meeting import Meeting, meeting_begin
from tests.database import own_database


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which everything is committed; gone after the test."""
    with django_db_blocker.unblock(), own_database(tmp_path) as url:
        yield url


@pytest.fixture
def meeting(database: str) -> Meeting:
    """T1's meeting, slips handed out, nobody has voted."""
    return meeting_begin("T1")
