"""The geometry of charts, as plain numbers for SVG attributes: no style attribute, no script, prints sharply.

Every chart stands beside a table with the same numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

ABOVE, BELOW = -12, 26
"""How far from a dot its words stand."""


@dataclass(frozen=True)
class Point:
    """A dot of a line: where it is, what it says."""

    x: int
    y: int
    text: str
    anchor: str = "middle"
    shift: int = ABOVE


@dataclass(frozen=True)
class Series:
    """One line of a line chart; `path` joins the points that follow each other without a gap."""

    label: str
    number: int
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        """The `points` attribute of a polyline."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


Places = dict[int, tuple[int, int]]
"""Year → place, number ranked."""


@dataclass(frozen=True)
class LineChart:
    """Places over years: the first place is at the top, the last at the bottom, whatever the number ranked (P6)."""

    years: tuple[Point, ...]
    series: tuple[Series, ...]


LEFT, RIGHT, TOP, BOTTOM = 90, 550, 40, 180
"""The drawing's frame in a box of 640 × 240."""


def place_lines(years: Sequence[int], lines: Sequence[tuple[str, Places]]) -> LineChart:
    """`lines`: label and {year: (place, ranked)}; a year without a place leaves a gap in the dots."""
    ordered = sorted(years)
    columns = {year: _column(position, len(ordered)) for position, year in enumerate(ordered)}
    series = []
    for number, (label, places) in enumerate(lines, start=1):
        others = [other for at, (_label, other) in enumerate(lines, start=1) if at != number]
        held = [year for year in ordered if year in places]
        dots = (_point(columns[year], places[year], _is_lower(year, places, others, number)) for year in held)
        series.append(Series(label, number, tuple(dots)))
    return LineChart(tuple(Point(columns[year], BOTTOM + 50, str(year)) for year in ordered), tuple(series))


def _is_lower(year: int, places: Places, others: Sequence[Places], number: int) -> bool:
    """Whether the words go below the dot: another line's dot lies above it, or on it and comes first."""
    own = _height(*places[year])
    heights = [_height(*other[year]) for other in others if year in other]
    return any(height < own or (height == own and number > 1) for height in heights)


def _point(x: int, place: tuple[int, int], lower: bool) -> Point:
    return Point(x, _height(*place), "{} / {}".format(*place), shift=BELOW if lower else ABOVE)


def _column(position: int, count: int) -> int:
    return (LEFT + RIGHT) // 2 if count == 1 else LEFT + (RIGHT - LEFT) * position // (count - 1)


def _height(place: int, ranked: int) -> int:
    return TOP if ranked == 1 else TOP + (BOTTOM - TOP) * (place - 1) // (ranked - 1)


@dataclass(frozen=True)
class Radar:
    """Rates of several subjects on the same axes, as polygons around the middle of a box of 440 × 300."""

    axes: tuple[Point, ...]
    rings: tuple[str, ...]
    polygons: tuple[tuple[int, str], ...]


MIDDLE_X, MIDDLE_Y, RADIUS, LABEL_DROP = 220, 145, 105, 5


def radar(labels: Sequence[str], subjects: Sequence[Sequence[Fraction]]) -> Radar | None:
    """`subjects`: one rate of full points an axis. Fewer than three axes make no figure."""
    if len(labels) < 3:
        return None
    count = len(labels)
    axes = tuple(_axis(position, count, label) for position, label in enumerate(labels))
    rings = tuple(_polygon([Fraction(ring, 4)] * count) for ring in range(1, 5))
    return Radar(axes, rings, tuple((number, _polygon(rates)) for number, rates in enumerate(subjects, start=1)))


def _axis(position: int, count: int, label: str) -> Point:
    """The label stands outside of the figure, and grows away from it."""
    x, y = _spoke(position, count, Fraction(10, 9))
    anchor = "middle" if x == MIDDLE_X else "end" if x < MIDDLE_X else "start"
    return Point(x, y + LABEL_DROP, label, anchor)


def _polygon(rates: Sequence[Fraction]) -> str:
    corners = (_spoke(position, len(rates), rate) for position, rate in enumerate(rates))
    return " ".join(f"{x},{y}" for x, y in corners)


def _spoke(position: int, count: int, rate: Fraction) -> tuple[int, int]:
    angle = 2 * pi * position / count - pi / 2
    return round(MIDDLE_X + RADIUS * float(rate) * cos(angle)), round(MIDDLE_Y + RADIUS * float(rate) * sin(angle))
