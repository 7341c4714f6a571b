"""What the quality of a year's collection is measured from: sums of ballots and signed sheets of a closed year."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.models import AssessmentYear, Box, BoxState, Sheet, SheetKind, SheetState
from assessment.selectors.marks import BoxMarks, marks_counted_of
from assessment.selectors.recusal import TOWNSHIP, Barred, barred_by_account
from scoring.quality.leniency import Marks
from scoring.quality.uniform import Uniform, ballots_apart, uniform_of


@dataclass(frozen=True)
class BallotsKept:
    """Whole ballots by box and by voter group; `mixed` boxes took paper as well, of which there are sums alone."""

    by_box: Mapping[str, Uniform]
    by_group: Mapping[str, Uniform]
    mixed: tuple[str, ...]


def ballots_kept(year: AssessmentYear) -> BallotsKept:
    """Of townships' counted boxes; departments' ballots ask a single question. Two queries."""
    found = year.boxes.filter(is_rehearsal=False, state=BoxState.COUNTED, online=True, township__isnull=False)
    boxes = {box.pk: box for box in found.select_related("township")}
    by_box: dict[str, Uniform] = defaultdict(Uniform)
    by_group: dict[str, Uniform] = defaultdict(Uniform)
    for marks in marks_counted_of(year):
        if box := boxes.get(marks.box):
            uniform = _uniform(box, marks)
            by_box[str(box.unit)] += uniform
            by_group[marks.group] += uniform
    names = [str(box.unit) for box in boxes.values() if str(box.unit) in by_box]
    mixed = tuple(str(box.unit) for box in boxes.values() if box.on_paper)
    return BallotsKept({name: by_box[name] for name in names}, dict(by_group), mixed)


def _uniform(box: Box, marks: BoxMarks) -> Uniform:
    return uniform_of(ballots_apart(marks.joined, len(box.asked)))


@dataclass(frozen=True)
class SignedSheets:
    """Sheets that were counted: how many of each kind are uniform; department → township code → mark."""

    uniform: Mapping[SheetKind, Uniform]
    departments: Mapping[str, Marks]


def signed_sheets(year: AssessmentYear) -> SignedSheets:
    """Of rounds that are closed. Four queries; one where nothing was signed."""
    if not year.is_closed:
        return SignedSheets({}, {})
    closed = Sheet.objects.filter(round__year=year, round__closed_at__isnull=False, state=SheetState.SIGNED)
    sheets = list(closed.select_related("round", "account__department").order_by("account__department__order"))
    barred = barred_by_account(year) if sheets else {}
    marks = defaultdict(list)
    for sheet in sheets:
        marks[SheetKind(sheet.round.kind)].append(list(sheet.marks.values()))
    return SignedSheets(
        {kind: uniform_of(several) for kind, several in marks.items()},
        {
            sheet.account.department.name: _by_township(sheet, barred)
            for sheet in sheets
            if sheet.round.kind == SheetKind.DEPARTMENT and sheet.account.department
        },
    )


def _by_township(sheet: Sheet, barred: Mapping[int, frozenset[Barred]]) -> dict[str, str]:
    """A recusal recorded after the signature takes its mark away, here as in the count."""
    excluded = barred.get(sheet.account_id, frozenset())
    marks = {key.partition(":")[2]: mark for key, mark in sheet.marks.items()}
    return {code: mark for code, mark in marks.items() if Barred(TOWNSHIP, code) not in excluded}


def townships_of_teams(year: AssessmentYear) -> dict[str, list[str]]:
    """Assessment team → codes of its townships. Two queries."""
    teams = year.teams.prefetch_related("townships")
    return {team.name: [township.code for township in team.townships.all()] for team in teams}
