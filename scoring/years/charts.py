"""Charts over years. A year without a result between others leaves a gap that is seen."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from cadres.templatetags.labels import percent, points
from scoring.chart import Chart, ChartKind, Mark, Row, number
from scoring.engine import Rank
from scoring.years.grid import Cell, Grid, GridRow

HUNDRED = "100"


def all_years(years: Sequence[int]) -> list[int]:
    """From the first to the last, those between them included."""
    return list(range(min(years), max(years) + 1)) if years else []


def place_mark(rank: Rank, href: str, note: str = "") -> Mark:
    """“3 / 24”, ties said."""
    tied = f" {_('tied')}" if rank.is_tied else ""
    return Mark(str(rank.place), f"{rank.place} / {rank.ranked}{tied}", href, note)


def place_chart(name: str, title: str, places: Mapping[int, tuple[Rank, Mark]], years: Sequence[int]) -> Chart | None:
    """One line of places; the scale ends with the largest number ranked. None where no year has a place."""
    if not places:
        return None
    rows = tuple(Row(str(year), (places[year][1] if year in places else None,)) for year in all_years(years))
    last = max(rank.ranked for rank, _mark in places.values())
    return Chart(name, ChartKind.PLACES, title, (_("Place"),), rows, corner=_("Year"), top=str(last))


def rate_chart(name: str, title: str, grid: Grid, rows: Sequence[GridRow]) -> Chart | None:
    """A bar a year of each of the grid's rows, by rates: full points may change from year to year."""
    if not rows:
        return None
    marks = zip(*(map(_rate_mark, row.cells) for row in rows), strict=True)
    by_year = dict(zip(grid.years, marks, strict=True))
    none: tuple[Mark | None, ...] = (None,) * len(rows)
    return Chart(
        name,
        ChartKind.BARS,
        title,
        tuple(row.key.label for row in rows),
        tuple(Row(str(year), by_year.get(year, none)) for year in all_years(grid.years)),
        corner=_("Year"),
        top=HUNDRED,
    )


def _rate_mark(cell: Cell | None) -> Mark | None:
    if cell is None or cell.rate is None:
        return None
    note = f"{points(cell.points)} / {number_text(cell.out_of)}"
    return Mark(number(cell.rate * 100), percent(cell.rate), cell.href, note)
