"""One cell as it stands in a file, and where it stands."""

from enum import StrEnum
from functools import cache


class Kind(StrEnum):
    """What a cell holds. Its text is the number as stored, the date in ISO form, or the error's own word."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"  # a formula whose result was never stored


Cell = tuple[Kind, str]

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


@cache
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """A → 1, AA → 27; 0 where the text is no column of a sheet."""
    number = 0
    for letter in letters[:4]:
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= LAST_COLUMN else 0


def address(column: int, row: int) -> str:
    """(4, 17) → D17."""
    return f"{column_letters(column)}{row}"
