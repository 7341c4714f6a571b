"""The cells of the board, source by source."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from assessment.addresses import year_url
from assessment.models import Box, BoxState, SheetKind, SheetState
from assessment.selectors.board import Board, RoundState
from assessment.selectors.box import democratic
from assessment.selectors.paper import PaperState, PaperStep
from assessment.sheets import evaluation_codes
from cadres.models import Township

ICONS = {
    "done": "check-lg",
    "waiting": "hourglass-split",
    "missing": "circle",
    "problem": "exclamation-triangle",
}


def signs() -> list[tuple[str, str]]:
    """Each sign with its word, for the legend."""
    words = {"done": _("done"), "waiting": _("under way"), "missing": _("missing"), "problem": _("problem")}
    return [(icon, words[state]) for state, icon in ICONS.items()]


@dataclass(frozen=True)
class Cell:
    """`state`: done, waiting (under way, or on the office), missing, problem; in words and with a sign."""

    state: str
    text: str
    url: str

    @property
    def icon(self) -> str:
        return ICONS[self.state]

    @property
    def is_done(self) -> bool:
        return self.state == "done"


@dataclass(frozen=True)
class Column:
    """One source; `sheets` is the kind of sheet that brings it, `values` says that it is the targets' values."""

    label: str
    cell: Callable[[Board, Township], Cell]
    sheets: SheetKind | None = None
    values: bool = False


def columns_of(board: Board) -> tuple[Column, ...]:
    """The sources that the year's scheme asks for, and the interviews."""
    has_box = democratic(board.scheme.evaluations) or democratic(board.scheme.cadre_items)
    sheets = (
        (SheetKind.DEPARTMENT, _("Departments' sheets")),
        (SheetKind.LEADER, _("Leaders' sheets")),
        (SheetKind.ASSESSOR, _("Assessors' sheets")),
    )
    return (
        Column(_("Values"), _values, values=True),
        *([Column(_("Ballot box"), _box)] if has_box else []),
        *(Column(label, _sheets(kind), kind) for kind, label in sheets if evaluation_codes(board.scheme, kind)),
        Column(_("Rates departments"), _own_sheet),
        Column(_("Interviews"), _interviews),
    )


def _values(board: Board, township: Township) -> Cell:
    code = township.code
    missing, pending, returned = (
        board.counts(cells)[code] for cells in (board.values_missing, board.pending, board.returned)
    )
    words = [
        text % {"count": count}
        for count, text in (
            (missing, _("%(count)d missing")),
            (returned, _("%(count)d returned")),
            (pending, _("%(count)d to confirm")),
        )
        if count
    ]
    state = "problem" if returned else "missing" if missing else "waiting" if pending else "done"
    page = "assessment:values_confirm" if state == "waiting" else "assessment:values"
    return Cell(state, " · ".join(words) or _("complete"), year_url(page, board.year))


def _box(board: Board, township: Township) -> Cell:
    boxes = board.boxes_of(township)
    live = next((box for box in boxes if box.state != BoxState.VOID), None)
    if live:
        return _live_box(board, live)
    url = year_url("assessment:boxes", board.year)
    entries = (democratic(board.scheme.evaluations), democratic(board.scheme.cadre_items))
    codes = {entry.code for entry in entries if entry}
    if not any((township.code, code) in board.untallied for code in codes):
        return Cell("done", _("entered by hand"), year_url("assessment:tallies", board.year))
    return Cell("problem", _("void, a new one is needed"), url) if boxes else Cell("missing", _("no box yet"), url)


def _live_box(board: Board, box: Box) -> Cell:
    url = year_url("assessment:box", board.year, box=box.pk)
    match box.state:
        case BoxState.PREPARED:
            return Cell("missing", _("prepared"), url)
        case BoxState.OPEN:
            return Cell("waiting", str(box.get_state_display()), url)
        case BoxState.COUNTED:
            return Cell("done", _("counted"), url)
    return _closed_box(board.paper.get(box.pk, []), year_url("assessment:paper", board.year, box=box.pk), url)


def department_box(board: Board, box: Box) -> Cell:
    """Of a department that is rated by a meeting of its own; it has no column, so the cell says what it is about."""
    cell = _live_box(board, box)
    return replace(cell, text=_("ballot box: %(state)s") % {"state": cell.text})


def _closed_box(groups: list[PaperState], paper_url: str, url: str) -> Cell:
    """Closed, and not counted yet: what its paper ballots still need."""
    steps = [group.step for group in groups]
    if PaperStep.DIFFERS in steps:
        return Cell("problem", _("two keyings differ"), paper_url)
    if left := sum(step != PaperStep.AGREED for step in steps):
        text = _("paper to key: %(left)d of %(groups)d groups")
        return Cell("missing", text % {"left": left, "groups": len(steps)}, paper_url)
    return Cell("waiting", _("to be counted"), url)


def _sheets(kind: SheetKind) -> Callable[[Board, Township], Cell]:
    def cell(board: Board, township: Township) -> Cell:
        codes = evaluation_codes(board.scheme, kind)
        if not any((township.code, code) in board.untallied for code in codes):
            return Cell("done", _("counted"), year_url("assessment:tallies", board.year))
        return _round_cell(board.rounds[kind], township, year_url("assessment:sheets", board.year))

    return cell


def _round_cell(state: RoundState, township: Township, url: str) -> Cell:
    if state.round is None:
        return Cell("missing", _("not begun"), url)
    if not state.round.is_open:
        return Cell("problem", _("closed without a vote for all"), url)
    asked = state.asked_about(township.code)
    signed = sum(row.state == SheetState.SIGNED for row in asked)
    words = _("%(signed)d of %(asked)d signed") % {"signed": signed, "asked": len(asked)}
    if not asked:
        return Cell("problem", _("nobody is asked"), url)
    return Cell("waiting" if signed == len(asked) else "missing", words, url)


def _own_sheet(board: Board, township: Township) -> Cell:
    """What the township says about departments."""
    state = board.rounds[SheetKind.TOWNSHIP]
    url = year_url("assessment:sheets", board.year)
    if state.round is None:
        return Cell("missing", _("not begun"), url)
    own = state.of_township(township)
    states = {row.state for row in own}
    if not own:
        return Cell("problem", _("no account"), url)
    if SheetState.SIGNED in states:
        return Cell("done", _("signed"), url)
    if SheetState.RETURNED in states:
        return Cell("problem", _("returned"), url)
    return Cell("missing", _("in draft") if SheetState.DRAFT in states else _("not begun"), url)


def _interviews(board: Board, township: Township) -> Cell:
    found = board.coverage[township.pk]
    url = year_url("assessment:interviews", board.year)
    if any(group.exceeds for group in found.groups):
        return Cell("problem", _("more talks than people"), url)
    if found.met:
        return Cell("done", _("enough"), url)
    if short := sum(group.short for group in found.groups):
        return Cell("missing", _("%(count)d to be held") % {"count": short}, url)
    return Cell("missing", _("people not entered"), url)
