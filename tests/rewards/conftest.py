from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_english(settings: object) -> Iterator[None]:
    """Pages and services speak English: for cases that read words."""
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]
    with translation.override("en"):
        yield
