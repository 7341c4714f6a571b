"""These tests read the pages' words in English."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation


@pytest.fixture
def client(client: Client) -> Iterator[Client]:
    """A browser that has chosen English; lazy texts are read in it too."""
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield client
