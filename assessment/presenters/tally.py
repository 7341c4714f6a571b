"""The grids of tallies: one row a subject and voter group, one column a count."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP, TallyCounts, TallyKey, counts_problems
from assessment.grid import LOADED, GridCell, cell_count, cell_post, note_text
from assessment.models import AssessmentYear, RosterEntry, Tally
from assessment.questions import Subject
from assessment.scheme import CadreItem, Evaluation
from assessment.selectors.counted import Counted, counted_of, tally_counts
from assessment.selectors.tally import cadre_tallies, graded_of, groups_of, team_tallies
from assessment.voters import has_categories
from assessment.wording import count_problem_text
from cadres.models import Township

GRADES = ("first", "second", "third", "fourth")
VOTES = (*GRADES, "abstain")
TEAM_WORDS = dict(zip(GRADES, ("好", "较好", "一般", "较差"), strict=True))
CADRE_WORDS = dict(zip(GRADES, ("优秀", "称职", "基本称职", "不称职"), strict=True))


def box_labels() -> dict[str, str]:
    return {"issued": _("Issued"), "returned": _("Returned"), "valid": _("Valid")}


def grade_labels(words: Mapping[str, str]) -> dict[str, str]:
    return {**{name: _(word) for name, word in words.items()}, "abstain": _("弃权")}


@dataclass
class TallyRow:
    """One tally. `counts` is what the row means now, None when it is blank; valid only without errors.

    `source` says what it is counted from: such a row is only read. `hidden`: its votes are shown to nobody. `error` is
    what is wrong with the row as a whole.
    """

    key: TallyKey
    title: str
    hint: str
    cells: dict[str, GridCell]
    stored: TallyCounts | None
    counted: bool = True
    counts: TallyCounts | None = None
    source: str = ""
    hidden: bool = False
    error: str = ""

    @property
    def hidden_text(self) -> str:
        """Why a row has no votes to show."""
        return _("fewer than 5: not shown") if self.small else _("not shown: a small group could be worked out from it")

    @property
    def changed(self) -> bool:
        return any(cell.changed for cell in self.cells.values())

    @property
    def small(self) -> bool:
        return self.stored is not None and self.stored.is_small

    def read(self) -> None:
        """Understand the row; what is wrong is noted in its cells (RULES E5)."""
        numbers = {name: cell_count(cell) for name, cell in self.cells.items()}
        if all(not cell.text for cell in self.cells.values()) or any(cell.error for cell in self.cells.values()):
            return
        if all(numbers[name] is None for name in GRADES):
            self.cells["first"].error = _("the four grades are empty; clear the whole row to take the tally away")
            return
        self.counts = _counts(numbers)
        for name, problem in counts_problems(self.counts).items():
            self.cells[name].error = count_problem_text(problem)


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
class TallySum:
    """A subject's saved counts over all voter groups; blank where a group did not record one."""

    title: str
    hint: str
    counts: list[str]


@dataclass(frozen=True)
class TallySection:
    """One table of rows: an item's votes of one voter group, or the sums over its groups."""

    title: str
    rows: list[TallyRow] = field(default_factory=list)
    counted: bool = True
    sums: list[TallySum] = field(default_factory=list)


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
        cells = sum(bool(cell.error) for row in self.rows for cell in row.cells.values())
        return cells + sum(bool(row.error) for row in self.rows)

    @property
    def small(self) -> bool:
        return any(row.small and not row.source for row in self.rows)

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
    """One evaluation of all teams: a section a voter group. A fixed number of queries, whatever the size."""
    stored = team_tallies(year, evaluation.code)
    groups = groups_of(evaluation, stored, added)
    townships = list(year.townships.all())
    counted = counted_of(year, Subject.TEAM)
    columns = {**box_labels(), **grade_labels(TEAM_WORDS)}
    sections = [
        TallySection(
            _joined("", group),
            [
                _row((township.code, evaluation.code, group), township.name, "", stored, columns, posted, counted)
                for township in townships
            ],
            _is_counted(evaluation, group),
        )
        for group in groups
    ]
    return TallyGrid(columns, [*sections, *_sum_section(evaluation, sections, "")], groups)


def cadre_grid(
    *,
    year: AssessmentYear,
    township: Township,
    items: Iterable[CadreItem],
    added: Iterable[str] = (),
    posted: Mapping[str, str] | None = None,
) -> TallyGrid:
    """All items of a township's graded cadres: a section an item and voter group; `added` groups are shown where the
    source has categories. A fixed number of queries."""
    graded = graded_of(year, township)
    stored = cadre_tallies(year, graded)
    counted = counted_of(year, Subject.CADRE)
    columns = grade_labels(CADRE_WORDS)
    grid = TallyGrid(columns, [])
    for item in items:
        groups = groups_of(item, stored, added if has_categories(item) else ())
        title = f"{item.code} {_(item.name)}"
        sections = [
            TallySection(
                _joined(title, group),
                [
                    _cadre_row(entry, (entry.cadre.number, item.code, group), stored, columns, posted, counted)
                    for entry in graded
                ],
                _is_counted(item, group),
            )
            for group in groups
        ]
        grid.sections.extend([*sections, *_sum_section(item, sections, title)])
        grid.groups.extend(groups if has_categories(item) else ())
    return grid


def _cadre_row(
    entry: RosterEntry,
    key: TallyKey,
    stored: Mapping[TallyKey, Tally],
    columns: Mapping[str, str],
    posted: Mapping[str, str] | None,
    counted: Counted,
) -> TallyRow:
    return _row(key, str(entry.cadre), _(entry.posts_in_order[0].name), stored, columns, posted, counted)


def _joined(title: str, group: str) -> str:
    return " · ".join(filter(None, (title, group and _(group))))


def _sum_section(item: Evaluation | CadreItem, sections: list[TallySection], title: str) -> list[TallySection]:
    """What is counted where groups are added up (RULES E3): nothing for one group, nor for weighted ones."""
    if item.groups or len(sections) < 2:
        return []
    sums = [_sum(rows) for rows in zip(*(section.rows for section in sections), strict=True)]
    return [TallySection(_joined(title, _("all groups together, as saved")), sums=sums)]


def _sum(rows: Sequence[TallyRow]) -> TallySum:
    """Over what is saved, hidden rows included; of groups that are all hidden and few together no votes are told."""
    saved = [row.stored for row in rows if row.stored is not None]
    few = all(row.hidden for row in rows if row.stored) and sum(sum(counts.grades) for counts in saved) < SMALL_GROUP
    names = (name for name in rows[0].cells)
    counts = ["" if few and name in VOTES else _added_up([counts.fields()[name] for counts in saved]) for name in names]
    return TallySum(rows[0].title, rows[0].hint, counts)


def _added_up(numbers: list[int | None]) -> str:
    known = [number for number in numbers if number is not None]
    return str(sum(known)) if known and len(known) == len(numbers) else ""


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
    counted: Counted,
) -> TallyRow:
    tally = stored.get(key)
    source, hidden = counted.source(key[0], key[1]), key in counted.hidden
    note = note_text(str(tally.entered_by or ""), timezone.localtime(tally.entered_at)) if tally else ""
    cells = {
        name: _cell(key, name, title, label, None if hidden and name in VOTES else tally, note)
        for name, label in columns.items()
    }
    row = TallyRow(key, title, hint, cells, tally_counts(tally) if tally else None, source=source, hidden=hidden)
    if source:
        row.error = _typed_over(row, posted)
        return row
    for cell in cells.values():
        cell_post(cell, posted)
    if row.changed:
        row.read()
    return row


def _typed_over(row: TallyRow, posted: Mapping[str, str] | None) -> str:
    """Something was typed into a row that can only be read, on a page that is older than the box."""
    names = [cell.name for cell in row.cells.values() if posted and cell.name in posted]
    if posted is None or all(posted[name].strip() == posted.get(name + LOADED, "").strip() for name in names):
        return ""
    return _("What was typed here is not saved.")


def _cell(key: TallyKey, name: str, title: str, label: str, tally: Tally | None, note: str) -> GridCell:
    count: Any = getattr(tally, name) if tally else None
    return GridCell(
        name="/".join((*key, name)),
        label=f"{title} {label}",
        stored="" if count is None else str(count),
        note=note,
    )
