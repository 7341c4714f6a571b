"""A table for a terminal, where a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Sequence

GAP = "  "


def plain_table(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Title, header and rows; nothing is shown as a dash."""
    table = [tuple(header), *(tuple(_text(cell) for cell in row) for row in rows)]
    widths = [max(_width(row[column]) for row in table) for column in range(len(header))]
    return "\n".join([title, *(_line(row, widths) for row in table)])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
    return GAP.join(cells).rstrip()


def _text(cell: object) -> str:
    return "—" if cell is None or cell == "" else str(cell)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
