"""What a sheet's page sends: the answers that were changed, and what the page had before them."""

import json
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

PREFIX = "m-"
"""Before a question's key in the names of the page's inputs."""

Marks = dict[str, str]


def changes_sent(data: QueryDict) -> tuple[Marks, Marks]:
    """(changes, seen) as the script sends them. Raises BadRequest for what no page of ours sends."""
    return _marks(data.get("changes")), _marks(data.get("seen"))


def changes_filled_in(data: QueryDict) -> tuple[Marks, Marks]:
    """The same from the plain form: every answer that differs from what the page came with."""
    seen = _marks(data.get("seen"))
    filled = {name.removeprefix(PREFIX): str(data[name]) for name in data if name.startswith(PREFIX)}
    return {key: mark for key, mark in filled.items() if seen.get(key, "") != mark}, seen


def _marks(text: Any) -> Marks:
    try:
        marks = json.loads(text or "{}")
    except ValueError as damaged:
        raise BadRequest("no marks") from damaged
    if not isinstance(marks, dict) or not all(isinstance(mark, str) for mark in marks.values()):
        raise BadRequest("no marks")
    return marks
