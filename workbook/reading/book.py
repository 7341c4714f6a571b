"""A whole workbook."""

from collections.abc import Callable
from dataclasses import dataclass

from .package import Package
from .parts import MOST_TEXTS, read_date_styles, read_directory, read_shared_texts
from .sheet import Shared, Sheet, read_sheet


@dataclass(frozen=True)
class Book:
    """The sheets that were asked for, by name, in the workbook's order; the names of the others.

    `size` in bytes is what all parts unpack to, also those of the other sheets.
    """

    sheets: dict[str, Sheet]
    others: tuple[str, ...]
    size: int


def read_book(data: bytes, *, wanted: Callable[[str], bool]) -> Book:
    """Read the wanted sheets of an .xlsx file. Raises FileRefused, and nothing else, for whatever `data` is."""
    package = Package(data)
    directory = read_directory(package)
    texts = read_shared_texts(package)
    shared = Shared(texts, read_date_styles(package), directory.from_1904)
    sheets: dict[str, Sheet] = {}
    others: list[str] = []
    room = MOST_TEXTS
    for name, part in directory.sheets:
        if not wanted(name) or name in sheets:
            others.append(name)
            continue
        sheets[name] = read_sheet(package, part, name=name, shared=shared, room=room)
        room -= sum(map(len, sheets[name].rows.values()))
    return Book(sheets, tuple(others), package.size)
