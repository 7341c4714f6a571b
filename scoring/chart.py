"""Charts as values: what is drawn and what stands in the table beside it are the same marks.

`templates/scoring/chart.html` shows one, `static/js/chart.js` draws it with ECharts. Numbers are texts, as the
machine-readable record and every other page print them; a drawing shows them and computes nothing but positions.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any


class ChartKind(StrEnum):
    """How the marks of rows and series are laid out."""

    STACK = "stack"  # a bar per row, its marks one after the other
    HEAT = "heat"  # a cell per row and series, coloured by `level`
    COLUMNS = "columns"  # a column per row at its `at`, with guides across
    BARS = "bars"  # per row a bar per series
    PLACES = "places"  # a line per series over the rows; place 1 at the top
    RADAR = "radar"  # an axis per row, an outline per series
    RANGES = "ranges"  # per row a dot within its `low` to `high`; place 1 at the left


@dataclass(frozen=True)
class Mark:
    """One number: `value` is what is drawn, `text` what is read, `note` what else its tooltip says, `href` leads to its
    derivation. `level` is the rate 0…1 that colours a cell; `low` and `high` are the ends of a range."""

    value: str
    text: str
    href: str = ""
    note: str = ""
    level: float | None = None
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Row:
    """The marks of one row, one a series, None where there is none; `end` stands behind them (a total), `at` is the
    place of a column on its scale."""

    label: str
    marks: tuple[Mark | None, ...]
    href: str = ""
    end: str = ""
    at: str = ""


@dataclass(frozen=True)
class Tone:
    """The colour of a series where its meaning gives it one: `hue` names it, `pale` 0…1 lightens it."""

    hue: str
    pale: float = 0


GOOD, SOUND, DOUBTFUL, BAD, OPEN = (Tone(hue) for hue in ("green", "blue", "amber", "red", "grey"))
"""The four grades from the best to the worst, as the words beside them are coloured (site.css); what is still open."""


@dataclass(frozen=True)
class Guide:
    """A line across the drawing at a value: a quota line, a threshold."""

    label: str
    at: str


@dataclass(frozen=True)
class Chart:
    """A drawing with its table. `name` is unique on the page; `corner` heads the rows, `end` what stands behind them;
    `top` is the end of the scale where it is not the largest mark's; `lead` says in a sentence what is seen; `tones`
    are the colours of the series, one each, where they mean something."""

    name: str
    kind: ChartKind
    title: str
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    corner: str = ""
    end: str = ""
    top: str = ""
    guides: tuple[Guide, ...] = ()
    lead: str = ""
    tones: tuple[Tone, ...] = ()

    @property
    def drawing(self) -> dict[str, Any]:
        """What the script needs, as plain JSON."""
        return {
            "kind": str(self.kind),
            "series": list(self.series),
            "rows": [_row(row) for row in self.rows],
            "top": self.top,
            "guides": [vars(guide) for guide in self.guides],
            "tones": [vars(tone) for tone in self.tones],
        }


def number(value: Decimal | Fraction | int) -> str:
    """A value as the script reads it: a decimal text, exact where the value is a decimal or whole."""
    return f"{float(value):.6g}" if isinstance(value, Fraction) else str(value)


def marks_of(marks: Iterable[Mark | None]) -> list[dict[str, Any] | None]:
    """The marks as plain JSON, without what is empty."""
    return [
        None if mark is None else {key: value for key, value in vars(mark).items() if value not in ("", None)}
        for mark in marks
    ]


def _row(row: Row) -> dict[str, Any]:
    return {"label": row.label, "href": row.href, "end": row.end, "at": row.at, "marks": marks_of(row.marks)}
