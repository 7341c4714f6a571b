"""The charts of a comparison: places over the years, rates on a radar."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cadres.templatetags.labels import percent, points
from scoring.chart import Chart, ChartKind, Mark, Row, Tone, number
from scoring.compare.rings import Ring, RingCell
from scoring.compare.subjects import LinePoints, Subject
from scoring.years.charts import all_years, place_mark

FEWEST_AXES = 3
"""Fewer make no figure."""


def places_chart(ring: Ring, subjects: Sequence[Subject], name: str) -> Chart | None:
    """Places of those in the ring, earliest year first; one year makes no line."""
    years = {year.number: year.cells for year in ring.years if year.compares}
    if len(years) < 2:
        return None
    none = (RingCell(),) * len(subjects)
    return Chart(
        name=name,
        kind=ChartKind.PLACES,
        title=_("Places over the years"),
        series=tuple(subjects[at].label for at in ring.members),
        rows=tuple(
            Row(str(year), tuple(_place(years.get(year, none)[at]) for at in ring.members))
            for year in all_years([*years])
        ),
        corner=_("Year"),
        tones=tuple(Tone(str(at)) for at in ring.members),
        lead=_("The first place is at the top; a year that compares nobody leaves a gap."),
    )


def _place(cell: RingCell) -> Mark | None:
    return place_mark(cell.rank, cell.href, points(cell.total)) if cell.rank else None


def radar_chart(subjects: Sequence[Subject], year: int) -> Chart | None:
    """Rates of full points of those who have every axis: what is missing is never drawn as zero (RULES A3)."""
    axes = {at: _axes(subject, year) for at, subject in enumerate(subjects)}
    whole = {at: lines for at, lines in axes.items() if lines and all(line.rate is not None for line in lines)}
    shapes = next(iter(whole.values()), [])
    if len(shapes) < FEWEST_AXES or len(whole) < 2:
        return None
    return Chart(
        name="radar",
        kind=ChartKind.RADAR,
        title=_("Rates of full points"),
        series=tuple(subjects[at].label for at in whole),
        rows=tuple(
            Row(shape.name, tuple(_rate(lines[position]) for lines in whole.values()))
            for position, shape in enumerate(shapes)
        ),
        corner=_("Item"),
        top="1",
        tones=tuple(Tone(str(at)) for at in whole),
        lead=_("The further out, the more of its full points."),
    )


def _axes(subject: Subject, year: int) -> list[LinePoints]:
    held = subject.years.get(year)
    return [line for line in held.lines if line.is_axis and line.out_of] if held else []


def _rate(line: LinePoints) -> Mark:
    return Mark(number(line.rate or 0), percent(line.rate), line.href, points(line.points))
