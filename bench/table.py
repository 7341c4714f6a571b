"""The printed table."""

from bench.measure import Row

_WIDTHS = (46, 36, 36, 8, 8, 8)
_TITLES = ("goal", "ours", "other side", "ratio", "must", "aim")


def heading() -> str:
    return f"{_padded(_TITLES)}\n{'-' * (sum(_WIDTHS) + 2 * len(_WIDTHS))}"


def line(row: Row) -> str:
    ratio = "–" if row.ratio is None else f"{row.ratio:.3g}"
    note = f"  ({row.note})" if row.note else ""
    return _padded((row.goal, row.ours, row.other, ratio, row.must, row.aim)) + note


def _padded(cells: tuple[str, ...]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True))
