"""The line by line table of one year, and its radar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.compare.subjects import LinePoints, Subject
from scoring.compare.verdicts import difference
from scoring.marks import signed_points


@dataclass(frozen=True)
class LineCell:
    """A subject's points; None where the year holds none."""

    line: LinePoints | None
    is_best: bool


@dataclass(frozen=True)
class LineRow:
    """A line with a cell a subject; `difference` of the first two where there are only two."""

    code: str
    name: str
    out_of: Fraction
    is_sum: bool
    cells: tuple[LineCell, ...]
    difference: str


def line_rows(subjects: Sequence[Subject], year: int, compared: frozenset[str]) -> list[LineRow]:
    """`compared` are the keys of those whom one ranking holds: only among them one is best (RULES P4)."""
    columns = [subject.years[year].lines if year in subject.years else () for subject in subjects]
    shapes = next((lines for lines in columns if lines), ())
    marked = [subject.key in compared for subject in subjects]
    return [
        _row(shape, [lines[position] if lines else None for lines in columns], marked)
        for position, shape in enumerate(shapes)
    ]


def _row(shape: LinePoints, lines: Sequence[LinePoints | None], marked: Sequence[bool]) -> LineRow:
    best = frozenset(_best([line if mark else None for line, mark in zip(lines, marked, strict=True)]))
    cells = tuple(LineCell(line, number in best) for number, line in enumerate(lines))
    return LineRow(shape.code, shape.name, shape.out_of, shape.is_sum, cells, _difference(lines, marked))


def _best(lines: Sequence[LinePoints | None]) -> Iterator[int]:
    """Where the most points are; nobody is best where all have the same."""
    known = {number: line.points for number, line in enumerate(lines) if line and line.points is not None}
    if len(set(known.values())) > 1:
        most = max(known.values())
        yield from (number for number, points in known.items() if points == most)


def _difference(lines: Sequence[LinePoints | None], marked: Sequence[bool]) -> str:
    if len(lines) != 2 or not all(marked):
        return ""
    one, other = lines
    found = difference(one, other) if one and other else None
    return "" if found is None else signed_points(found)
