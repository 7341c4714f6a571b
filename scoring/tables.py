"""Wide result tables: declared columns, the state (search, filters, sort) in the address, rows ready to print.

A cell is a plain tuple, for a table of 300 × 14 is printed in milliseconds only where nothing is looked up a cell.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.utils.functional import Promise

T = TypeVar("T")
Words = str | Promise


Cell = tuple[str, str, str, str]
"""What stands in a cell: text, a link, a mark beside the text (a tie), classes. All four are printed as they are:
a text that somebody typed goes through `typed` first."""


def typed(text: str) -> str:
    """A text that somebody typed, fit to stand in a cell."""
    return escape(text)


@dataclass(frozen=True)
class Column(Generic[T]):
    """`key` is what is sorted by, None goes last; `cell` is what is shown.

    `number` aligns it right; `largest_first` is the order at the first click on its head: points, not places.
    """

    code: str
    label: Words
    key: Callable[[T], Any]
    cell: Callable[[T], Cell]
    number: bool = False
    largest_first: bool = False
    title: Words = ""


@dataclass(frozen=True)
class Filter(Generic[T]):
    """A drop-down: keeps the subjects whose `value` is the one chosen."""

    code: str
    label: Words
    value: Callable[[T], str]
    choices: tuple[tuple[str, str], ...]


ON = "1"
"""What an address says of a switch that is on."""


@dataclass(frozen=True)
class TableState:
    """What an address asks for; what it asks wrongly is left out. `switches` are what is shown besides."""

    search: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    switches: tuple[str, ...] = ()

    @property
    def column(self) -> str:
        """The column sorted by; empty is the table's own order."""
        return self.sort.removeprefix("-")

    @property
    def backwards(self) -> bool:
        """Whether the largest comes first."""
        return self.sort.startswith("-")

    def address(self, **changes: str) -> str:
        """The query of the same state with something changed; never empty, so that links stay on the page."""
        switched = dict.fromkeys(self.switches, ON)
        wanted = {"q": self.search, **self.chosen, "sort": self.sort, **switched} | changes
        return "?" + urlencode({name: value for name, value in wanted.items() if value})


@dataclass(frozen=True)
class Header:
    """A column's head: `sorted` is what aria-sort says, `href` sorts by it, and the other way at the second click."""

    label: str
    title: str
    href: str
    sorted: str
    number: bool


@dataclass(frozen=True)
class Section:
    """Rows under one heading; the heading is empty where the table has no groups."""

    heading: str
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Choice:
    """One entry of a drop-down."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True)
class FilterField:
    """A drop-down as shown."""

    code: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Table:
    """A table as shown: `shown` of `total` subjects are left by search and filters."""

    headers: tuple[Header, ...]
    sections: tuple[Section, ...]
    shown: int
    total: int


def state_of(
    query: Mapping[str, str], columns: Sequence[Column[T]], filters: Sequence[Filter[T]], default: str = ""
) -> TableState:
    """The state an address asks for, as far as the table has such columns and choices."""
    chosen = {f.code: query.get(f.code, "") for f in filters if query.get(f.code, "") in dict(f.choices)}
    sort = query.get("sort", "")
    known = sort.removeprefix("-") in {column.code for column in columns}
    return TableState(query.get("q", "").strip()[:60], chosen, sort if known else default)


def table(
    subjects: Sequence[T],
    columns: Sequence[Column[T]],
    filters: Sequence[Filter[T]],
    state: TableState,
    *,
    text: Callable[[T], str],
    group: Callable[[T], str] | None = None,
) -> Table:
    """The table of the state. `text` is what is searched; `group` heads sections while the table's order stands."""
    left = list(subjects)
    if state.search or state.chosen:
        left = [subject for subject in subjects if _is_wanted(subject, filters, state, text)]
    ordered = _sorted(left, columns, state)
    heading = group if group and not state.sort else lambda _subject: ""
    return Table(
        headers=tuple(_header(column, state) for column in columns),
        sections=tuple(_sections(ordered, columns, heading)),
        shown=len(left),
        total=len(subjects),
    )


def filter_fields(filters: Sequence[Filter[T]], state: TableState) -> tuple[FilterField, ...]:
    """The drop-downs with what is chosen."""
    return tuple(
        FilterField(
            f.code,
            str(f.label),
            tuple(Choice(value, label, value == state.chosen.get(f.code)) for value, label in f.choices),
        )
        for f in filters
    )


def _is_wanted(subject: T, filters: Sequence[Filter[T]], state: TableState, text: Callable[[T], str]) -> bool:
    if state.search and state.search.casefold() not in text(subject).casefold():
        return False
    return all(f.value(subject) == state.chosen[f.code] for f in filters if f.code in state.chosen)


def _sorted(subjects: list[T], columns: Sequence[Column[T]], state: TableState) -> list[T]:
    """Stable, so that equals keep the table's order; who has nothing to be sorted by comes last either way."""
    column = next((column for column in columns if column.code == state.column), None)
    if column is None:
        return subjects
    with_key = [subject for subject in subjects if column.key(subject) is not None]
    without = [subject for subject in subjects if column.key(subject) is None]
    return sorted(with_key, key=column.key, reverse=state.backwards) + without


def _header(column: Column[Any], state: TableState) -> Header:
    here = state.column == column.code
    backwards = not state.backwards if here else column.largest_first
    return Header(
        label=str(column.label),
        title=str(column.title),
        href=state.address(sort=f"-{column.code}" if backwards else column.code),
        sorted=("descending" if state.backwards else "ascending") if here else "",
        number=column.number,
    )


def _sections(subjects: Iterable[T], columns: Sequence[Column[T]], heading: Callable[[T], str]) -> Iterable[Section]:
    rows: list[list[Cell]] = []
    current = ""
    cells = [column.cell for column in columns]
    for subject in subjects:
        if rows and heading(subject) != current:
            yield Section(current, rows)
            rows = []
        current = heading(subject)
        rows.append([cell(subject) for cell in cells])
    if rows:
        yield Section(current, rows)
