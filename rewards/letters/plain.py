"""Texts as they can stand in a Word file."""

import re
from typing import Any

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")


def plain(value: Any) -> Any:
    """Every text in it without control characters: they cannot stand in the file, and line ends are not meant."""
    match value:
        case str():
            return _CONTROL.sub(" ", value)
        case dict():
            return {name: plain(part) for name, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
    return value
