"""How far the collection has come, source by source: who runs nothing sees how many, never whose and never a vote."""

from collections import Counter
from dataclasses import dataclass

from assessment.models import SheetState
from assessment.presenters.board_cells import Column, columns_of
from assessment.selectors.board import Board, RoundState


@dataclass(frozen=True)
class Progress:
    """A source: so many parts are done, under way (entered, and waiting for the office), or still missing.

    What calls for somebody is missing, too. Drafts of sheets are nobody's business: a sheet is signed or missing.
    """

    label: str
    done: int
    under_way: int
    missing: int

    @property
    def of(self) -> int:
        """All its parts."""
        return self.done + self.under_way + self.missing


def progress_of(board: Board) -> list[Progress]:
    """The board's sources in its order. Values count one by one, the sheets of an open round one an account, all else
    by township."""
    return [_source(board, column) for column in columns_of(board)]


def _source(board: Board, column: Column) -> Progress:
    state = board.rounds[column.sheets] if column.sheets else None
    if column.values:
        return _values(board, column.label)
    if state and state.round and state.round.is_open:
        return _sheets(state, column.label)
    return _townships(board, column)


def _values(board: Board, label: str) -> Progress:
    """An entry that waits for the second person is under way, one that was returned is missing (RULES Y3)."""
    lacking = board.missing.values
    waiting = lacking & board.pending
    asked = len(board.townships) * len(board.scheme.lines)
    return Progress(label, asked - len(lacking), len(waiting), len(lacking) - len(waiting))


def _sheets(state: RoundState, label: str) -> Progress:
    asked = [row for row in state.rows if not row.colleague]
    signed = sum(row.state == SheetState.SIGNED for row in asked)
    return Progress(label, signed, 0, len(asked) - signed)


def _townships(board: Board, column: Column) -> Progress:
    states = Counter(column.cell(board, township).state for township in board.townships)
    return Progress(
        column.label, states["done"], states["waiting"], len(board.townships) - states["done"] - states["waiting"]
    )
