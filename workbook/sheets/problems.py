"""What is wrong with a workbook, cell by cell."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_LISTED = 2_000


@dataclass(frozen=True)
class Problem:
    """`sheet` is empty where the whole file is meant, `cell` (A1, or A1:B2) where the whole sheet is."""

    sheet: str
    cell: str
    what: str
    expected: str = ""

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet

    @property
    def text(self) -> str:
        """What is wrong and what is expected, in one sentence."""
        if not self.expected:
            return self.what
        return _("%(what)s; expected: %(expected)s") % {"what": self.what, "expected": self.expected}

    def __str__(self) -> str:
        return f"{self.place}: {self.text}" if self.place else self.text


@dataclass
class Problems:
    """All problems of a workbook; beyond MOST_LISTED they are only counted."""

    listed: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        self.count += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.add(problem)

    def sort(self, sheets: Iterable[str]) -> None:
        """As they stand in the workbook: sheet by sheet in its order, row by row, from the left."""
        order = {name: position for position, name in enumerate(sheets)}
        self.listed.sort(key=lambda problem: (order.get(problem.sheet, -1), *_position(problem.cell)))

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.listed)

    def lines(self) -> list[str]:
        """One line each, and one that says how many more there are."""
        lines = [str(problem) for problem in self.listed]
        return [*lines, _("… and %(count)d more") % {"count": self.more}] if self.more else lines


def _position(cell: str) -> tuple[int, int, str]:
    """Row, width of the column's letters, letters."""
    first = cell.partition(":")[0]
    column = first.rstrip("0123456789")
    return int(first[len(column) :] or 0), len(column), column


class CellRefused(ValueError):
    """A cell does not hold what its column asks for."""

    def __init__(self, what: str, expected: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.expected = expected
