"""What a letter holds, as plain values: the Word file and the page print the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True)
class Occasion:
    """What all letters of a year share. `appeals_until` is None before the results are published."""

    year: int
    county: str
    published: bool
    confirmed: bool
    appeal_days: int
    review_days: int
    appeals_until: date | None
    dated: date

    @property
    def sender(self) -> str:
        """Who signs: 中共平澜县委组织部."""
        return f"中共{self.county}委组织部" if self.county else "县委组织部"


@dataclass(frozen=True)
class Earlier:
    """The year before: what of it is known. An imported result has no rate (RULES P6)."""

    year: int
    score: Decimal | None = None
    rate: Fraction | None = None
    place: int | None = None
    ranked: int | None = None
    not_graded: bool = False


@dataclass(frozen=True)
class LetterLine:
    """A row of the table: points, full points, rate, the county's median and the distance from it, as texts."""

    name: str
    points: str
    out_of: str
    rate: str
    median: str
    difference: str
    is_total: bool = False


@dataclass(frozen=True)
class Section:
    """A numbered part: heading, paragraphs, and the table behind them in one of them."""

    heading: str
    paragraphs: tuple[str, ...]
    lines: tuple[LetterLine, ...] = ()


@dataclass(frozen=True)
class Letter:
    """`mark` says that it is a draft, empty once published; `file_name` is without an ending.

    `closing` is the last part: it keeps the signature on its page.
    """

    file_name: str
    mark: str
    title: str
    reference: str
    addressee: str
    opening: str
    sections: tuple[Section, ...]
    closing: Section
    sender: str
    dated: str
