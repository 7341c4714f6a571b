"""The board: a word and a sign for every source of every township, where it is mended, and whom to call."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import AssessmentYear, BoxState, Phase
from assessment.presenters.board_cells import Cell, Column, columns_of, department_box, signs
from assessment.selectors.board import Board, RoundState, board_of
from cadres.models import Account, Department, Township

REFRESH_SECONDS = 30


@dataclass(frozen=True)
class Contact:
    """Somebody to call."""

    name: str
    phone: str


@dataclass(frozen=True)
class BoardRow:
    """A township: the name of each source and its cell."""

    township: Township
    cells: tuple[tuple[str, Cell], ...]
    contacts: tuple[Contact, ...]

    @property
    def is_done(self) -> bool:
        return all(cell.is_done for _source, cell in self.cells)


@dataclass
class Debtor:
    """Who has not done a part: an account, or a department without one."""

    name: str
    contacts: list[Contact]
    cells: list[Cell] = field(default_factory=list)


@dataclass(frozen=True)
class DebtorGroup:
    title: str
    debtors: tuple[Debtor, ...]


def board_page(year: AssessmentYear, *, only_missing: bool) -> dict[str, object]:
    """What the page shows; `only_missing` leaves out the townships that have everything."""
    board = board_of(year)
    columns = columns_of(board)
    rows = [_row(board, township, columns) for township in board.townships]
    groups = (
        DebtorGroup(_("Departments"), tuple(_departments(board))),
        DebtorGroup(_("County leaders"), tuple(_raters(board, board.rounds["leader"]))),
        DebtorGroup(_("Assessment teams"), tuple(_raters(board, board.rounds["assessor"]))),
    )
    return {
        "year": year,
        "only_missing": only_missing,
        "columns": columns,
        "rows": [row for row in rows if not (only_missing and row.is_done)],
        "done": sum(row.is_done for row in rows),
        "of": len(rows),
        "groups": [group for group in groups if group.debtors],
        "collecting": year.phase == Phase.COLLECTING,
        "refresh": REFRESH_SECONDS,
        "signs": signs(),
    }


def _row(board: Board, township: Township, columns: tuple[Column, ...]) -> BoardRow:
    contacts = [_contact(account, row_of=township.name) for account in board.accounts_of(township)]
    if team := board.team_of(township):
        head = next((member.account for member in team.members.all() if member.is_head), None)
        contacts.append(_team_contact(team.name, team.contact, team.phone, head))
    cells = tuple((column.label, column.cell(board, township)) for column in columns)
    return BoardRow(township, cells, tuple(contacts))


def _contact(account: Account, *, row_of: str) -> Contact:
    """An account that is called as its unit needs no name in the unit's own row, unless the name is all there is."""
    return Contact("" if account.phone and account.name == row_of else account.name, account.phone)


def _team_contact(name: str, contact: str, phone: str, head: Account | None) -> Contact:
    person = contact or (head.name if head else "")
    named = person if person.startswith(name) else f"{name} {person}".strip()
    return Contact(named, phone or (head.phone if head else ""))


def _departments(board: Board) -> Iterator[Debtor]:
    """Those who still owe values, a sheet, or the end of their own box."""
    debtors: dict[int | None, Debtor] = {}

    def debtor(department: Department | None) -> Debtor:
        key = department.pk if department else None
        return debtors.setdefault(key, _department_debtor(board, department))

    departments = {line.code: line.department for line in board.lines}
    owed = Counter(line for _township, line in board.values_missing)
    back = Counter(line for _township, line in board.returned)
    for department in dict.fromkeys(departments.values()):
        own = [code for code, answering in departments.items() if answering == department]
        if missing := sum(owed[code] for code in own):
            text = _("%(count)d values missing") % {"count": missing}
            debtor(department).cells.append(Cell("missing", text, year_url("assessment:values", board.year)))
        if returned := sum(back[code] for code in own):
            text = _("%(count)d values returned") % {"count": returned}
            debtor(department).cells.append(Cell("problem", text, year_url("assessment:values", board.year)))
    for row in board.rounds["department"].waited_for:
        debtor(row.account.department).cells.append(_sheet_cell(board, row.state))
    for box in board.boxes:
        if box.department and box.state not in (BoxState.COUNTED, BoxState.VOID):
            debtor(box.department).cells.append(department_box(board, box))
    yield from debtors.values()


def _department_debtor(board: Board, department: Department | None) -> Debtor:
    if department is None:
        cell = Cell("problem", _("lines without a department"), year_url("assessment:scheme", board.year))
        return Debtor("—", [], [cell])
    accounts = [account for account in board.accounts if account.department_id == department.pk]
    found = Debtor(department.name, [_contact(account, row_of=department.name) for account in accounts])
    if not accounts:
        found.cells.append(Cell("problem", _("no account"), ""))
    return found


def _raters(board: Board, state: RoundState) -> Iterator[Debtor]:
    for row in state.waited_for:
        name = " ".join(filter(None, (row.team, row.account.name)))
        yield Debtor(name, [Contact("", row.account.phone)], [_sheet_cell(board, row.state)])


def _sheet_cell(board: Board, state: str) -> Cell:
    words = {"": _("sheet not begun"), "draft": _("sheet in draft"), "returned": _("sheet returned")}
    url = year_url("assessment:sheets", board.year)
    return Cell("problem" if state == "returned" else "missing", words[state], url)
