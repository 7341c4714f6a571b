"""The grids of tallies: one row a subject and voter group, one column a count."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.counts import TallyCounts, counts_problems
from assessment.grid import GridCell, cell_post, note_text
from assessment.models import AssessmentYear, Tally
from assessment.numbers import parse_number
from assessment.scheme import CadreItem, Evaluation
from assessment.selectors.tally import cadre_tallies, graded_of, groups_of, team_tallies
from assessment.services.tally import TallyKey, counts_of
from assessment.wording import count_problem_text
from cadres.models import Township

GRADES = ("first", "second", "third", "fourth")
BOX = ("issued", "returned", "valid")
TEAM_WORDS = dict(zip(GRADES, ("好", "较好", "一般", "较差"), strict=True))
CADRE_WORDS = dict(zip(GRADES, ("优秀", "称职", "基本称职", "不称职"), strict=True))
LARGEST = 1_000_000
"""Ballots of one box; what is more is a slip of the finger."""


def box_labels() -> dict[str, str]:
    return {"issued": _("Issued"), "returned": _("Returned"), "valid": _("Valid")}


def grade_labels(words: Mapping[str, str]) -> dict[str, str]:
    return {**{name: _(word) for name, word in words.items()}, "abstain": _("弃权")}


@dataclass
class TallyRow:
    """One tally. `counts` is what the row means now, None when it is blank; valid only without errors."""

    key: TallyKey
    title: str
    hint: str
    cells: dict[str, GridCell]
    stored: TallyCounts | None
    counted: bool = True
    counts: TallyCounts | None = None

    @property
    def changed(self) -> bool:
        return any(cell.changed for cell in self.cells.values())

    @property
    def small(self) -> bool:
        return self.stored is not None and self.stored.is_small

    def read(self) -> None:
        """Understand the row; what is wrong is noted in its cells (RULES E5)."""
        numbers = {name: _number(cell) for name, cell in self.cells.items()}
        if all(not cell.text for cell in self.cells.values()) or any(cell.error for cell in self.cells.values()):
            return
        if all(numbers[name] is None for name in GRADES):
            self.cells["first"].error = _("the four grades are empty; clear the whole row to take the tally away")
            return
        self.counts = _counts(numbers)
        for name, problem in counts_problems(self.counts).items():
            self.cells[name].error = count_problem_text(problem)


def _number(cell: GridCell) -> int | None:
    """A whole number from 0 up, None when blank; else None and an error."""
    if not cell.text:
        return None
    try:
        value = parse_number(cell.text)
    except ValueError:
        value = None
    if value is None or value.denominator != 1 or not 0 <= value <= LARGEST:
        cell.error = cell.error or _("a whole number from 0 up is expected")
        return None
    return value.numerator


def _counts(numbers: Mapping[str, int | None]) -> TallyCounts:
    first, second, third, fourth = (numbers[name] or 0 for name in GRADES)
    return TallyCounts(
        grades=(first, second, third, fourth),
        abstain=numbers["abstain"] or 0,
        issued=numbers.get("issued"),
        returned=numbers.get("returned"),
        valid=numbers.get("valid"),
    )


@dataclass(frozen=True)
class TallySection:
    """One table of rows: an item's votes of one voter group."""

    title: str
    rows: list[TallyRow]
    counted: bool = True


@dataclass(frozen=True)
class TallyGrid:
    """What the page shows and what a save writes."""

    columns: dict[str, str]
    sections: list[TallySection]
    groups: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[TallyRow]:
        return [row for section in self.sections for row in section.rows]

    @property
    def errors(self) -> int:
        return sum(bool(cell.error) for row in self.rows for cell in row.cells.values())

    @property
    def small(self) -> bool:
        return any(row.small for row in self.rows)

    @property
    def tallies(self) -> dict[TallyKey, TallyCounts | None]:
        return {row.key: row.counts for row in self.rows if row.changed}

    @property
    def seen(self) -> dict[TallyKey, TallyCounts | None]:
        return {row.key: row.stored for row in self.rows if row.changed}


def team_grid(
    *,
    year: AssessmentYear,
    evaluation: Evaluation,
    added: Iterable[str] = (),
    posted: Mapping[str, str] | None = None,
) -> TallyGrid:
    """One evaluation of all teams: a section a voter group. Three queries, whatever the size."""
    stored = team_tallies(year, evaluation.code)
    groups = groups_of(evaluation, stored, added)
    townships = list(year.townships.all())
    columns = {**box_labels(), **grade_labels(TEAM_WORDS)}
    sections = [
        TallySection(
            group,
            [
                _row((township.code, evaluation.code, group), township.name, "", stored, columns, posted)
                for township in townships
            ],
            _is_counted(evaluation, group),
        )
        for group in groups
    ]
    return TallyGrid(columns, sections, groups)


def cadre_grid(
    *,
    year: AssessmentYear,
    township: Township,
    items: Iterable[CadreItem],
    posted: Mapping[str, str] | None = None,
) -> TallyGrid:
    """All items of a township's graded cadres: a section an item and voter group. Three queries."""
    entries = graded_of(year, township)
    stored = cadre_tallies(year, entries)
    columns = grade_labels(CADRE_WORDS)
    sections = [
        TallySection(
            " · ".join(filter(None, (f"{item.code} {_(item.name)}", group))),
            [
                _row(
                    (entry.cadre.number, item.code, group),
                    str(entry.cadre),
                    _(entry.posts_in_order[0].name),
                    stored,
                    columns,
                    posted,
                )
                for entry in entries
            ],
            _is_counted(item, group),
        )
        for item in items
        for group in groups_of(item, stored)
    ]
    return TallyGrid(columns, sections)


def _is_counted(item: Evaluation | CadreItem, group: str) -> bool:
    """Where the scheme weighs groups, it takes only these (RULES E3)."""
    return not item.groups or group in dict(item.groups)


def _row(
    key: TallyKey,
    title: str,
    hint: str,
    stored: Mapping[TallyKey, Tally],
    columns: Mapping[str, str],
    posted: Mapping[str, str] | None,
) -> TallyRow:
    tally = stored.get(key)
    note = note_text(str(tally.entered_by or ""), timezone.localtime(tally.entered_at)) if tally else ""
    cells = {name: cell_post(_cell(key, name, title, label, tally, note), posted) for name, label in columns.items()}
    row = TallyRow(key, title, hint, cells, counts_of(tally))
    if row.changed:
        row.read()
    return row


def _cell(key: TallyKey, name: str, title: str, label: str, tally: Tally | None, note: str) -> GridCell:
    count: Any = getattr(tally, name) if tally else None
    return GridCell(
        name="/".join((*key, name)),
        label=f"{title} {label}",
        stored="" if count is None else str(count),
        note=note,
    )
