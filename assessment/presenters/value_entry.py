"""Entries of target values: those that await confirmation, line by line; and all that ever stood on one line."""

from dataclasses import dataclass, field

from assessment.cells import CellKey, cell_text
from assessment.models import AssessmentYear, EntryState, Evidence, LineValue, ScoredLine, ValueEntry
from assessment.presenters.value import cell_standing_text
from assessment.selectors.evidence import evidence_counts, evidence_of
from assessment.selectors.value import values_of
from assessment.selectors.value_entry import entries_of, entries_pending
from assessment.services.value import cell_of
from cadres.models import Account, Township


@dataclass(frozen=True)
class EntryRow:
    """An entry as pages show it: `text` as entered, `in_force` what it would replace."""

    entry: ValueEntry
    text: str
    in_force: str = ""
    own: bool = False
    evidence: int = 0


@dataclass(frozen=True)
class EntryGroup:
    """What waits on one line, and the files of the whole line."""

    line: ScoredLine
    evidence: int
    rows: list[EntryRow] = field(default_factory=list)

    @property
    def open(self) -> int:
        """How many rows the reader may confirm."""
        return sum(not row.own for row in self.rows)


def entry_groups(*, year: AssessmentYear, by: Account, department: str = "") -> list[EntryGroup]:
    """All that awaits confirmation, in the order of the scheme. Three queries, whatever the size."""
    in_force, files = values_of(year.lines.all()), evidence_counts(year)
    groups: dict[str, EntryGroup] = {}
    for entry in entries_pending(year, department=department):
        code = entry.line.code
        group = groups.setdefault(code, EntryGroup(entry.line, files["", code]))
        group.rows.append(_waiting_row(entry, in_force, by, files[entry.township.code, code]))
    return list(groups.values())


def _waiting_row(entry: ValueEntry, in_force: dict[CellKey, LineValue], by: Account, evidence: int) -> EntryRow:
    value = in_force.get((entry.township.code, entry.line.code))
    return EntryRow(entry, entry_text(entry), cell_standing_text(value), entry.entered_by_id == by.pk, evidence)


def entry_text(entry: ValueEntry) -> str:
    """What was entered; a dash where the value is to be taken away."""
    return cell_text(cell_of(entry)) or "—"


@dataclass(frozen=True)
class LineHistory:
    """One township of a line: the value in force and every entry, the latest first."""

    township: Township
    value: LineValue | None
    in_force: str
    entries: list[EntryRow]


@dataclass(frozen=True)
class LinePage:
    """A line's values with all their entries, and its files."""

    line: ScoredLine
    histories: list[LineHistory]
    files: list[Evidence]


def line_page(*, line: ScoredLine, by: Account, township: str = "") -> LinePage:
    """Of all townships, or of the one with this code. Four queries, whatever the size."""
    values = values_of(ScoredLine.objects.filter(pk=line.pk))
    entries: dict[int, list[EntryRow]] = {}
    for entry in entries_of(line):
        own = entry.entered_by_id == by.pk and entry.state == EntryState.PENDING
        entries.setdefault(entry.township_id, []).append(EntryRow(entry, entry_text(entry), own=own))
    taking_part = line.year.townships.all()
    histories = [
        _history(unit, values.get((unit.code, line.code)), entries.get(unit.pk, []))
        for unit in (taking_part.filter(code=township) if township else taking_part)
    ]
    return LinePage(line, histories, list(evidence_of(line)))


def _history(township: Township, value: LineValue | None, entries: list[EntryRow]) -> LineHistory:
    return LineHistory(township, value, cell_standing_text(value), entries)
