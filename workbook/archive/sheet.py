"""What a sheet of the archive is: declared columns, rows of values, lines below the table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Generic, TypeVar

Value = str | int | Decimal | datetime | None
"""A number stays a number; None is an empty cell."""

R = TypeVar("R")


class Kind(Enum):
    """How a column's cells look; the value is the number format."""

    TEXT = "@"
    LONG_TEXT = "@ "
    COUNT = "0"
    POINTS = "0.00"
    YUAN = "#,##0.00"
    MOMENT = "yyyy-mm-dd hh:mm"

    @property
    def number_format(self) -> str:
        return self.value.strip()

    @property
    def is_text(self) -> bool:
        return self in (Kind.TEXT, Kind.LONG_TEXT)


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its title, how to get the value from a row, its width in characters."""

    title: str
    value: Callable[[R], Value]
    kind: Kind = Kind.TEXT
    width: int = 12


@dataclass(frozen=True)
class Sheet(Generic[R]):
    """One sheet. `notes` stand below the table, a blank row apart, each in cells from the left."""

    title: str
    columns: Sequence[Column[R]]
    rows: Iterable[R]
    notes: Sequence[Sequence[Value]] = field(default_factory=tuple)
