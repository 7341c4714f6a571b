"""Paper of a box: where each voter group stands and who may do what next; keyings side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from assessment.models import Box, BoxState, Hand, PaperCount
from assessment.presenters.keying import texts_of
from assessment.presenters.tally import VOTES
from assessment.questions import Question
from assessment.selectors.paper import PaperState, PaperStep, accepted
from assessment.voters import group_text
from cadres.models import Account


@dataclass(frozen=True)
class PaperGroup:
    """One voter group as this account sees it."""

    box: Box
    state: PaperState
    by: Account

    @property
    def name(self) -> str:
        return group_text(self.state.electorate.category)

    @property
    def step(self) -> PaperStep:
        return self.state.step

    @property
    def closed(self) -> bool:
        """Whether keying goes on."""
        return self.box.state == BoxState.CLOSED

    @property
    def mine(self) -> bool:
        return self.state.keyed_by(self.by)

    @property
    def may_key(self) -> bool:
        return self.closed and not self.mine and self.step in (PaperStep.FIRST, PaperStep.SECOND)

    @property
    def may_decide(self) -> bool:
        return self.closed and not self.mine and self.step is PaperStep.DIFFERS

    @property
    def may_rekey(self) -> bool:
        return self.closed and self.step in (PaperStep.DIFFERS, PaperStep.AGREED)

    @property
    def has_history(self) -> bool:
        return bool(self.state.open_rounds)

    @property
    def text(self) -> str:
        """Where it stands, in words."""
        match self.step:
            case PaperStep.FIRST:
                return _("not keyed yet")
            case PaperStep.SECOND:
                return _("keyed once")
            case PaperStep.DIFFERS:
                return _("the two keyings differ")
            case PaperStep.AGREED:
                return pgettext("paper ballots", "decided") if len(self.state.keyed) > 2 else _("agreed")

    @property
    def kind(self) -> str:
        """The look of its badge."""
        looks = {PaperStep.DIFFERS: "problem", PaperStep.SECOND: "warning", PaperStep.AGREED: "done"}
        return looks.get(self.step, "none")

    @property
    def next(self) -> str:
        """Who is next, said kindly to whoever is not."""
        if not self.closed:
            return ""
        match self.step:
            case PaperStep.FIRST:
                return _("The first person keys the sheets of this group.")
            case PaperStep.SECOND if self.mine:
                return _(
                    "You have done your part: another person keys the same sheets now, without seeing your numbers."
                )
            case PaperStep.SECOND:
                return _("A second person keys the same sheets, without seeing the first numbers.")
            case PaperStep.DIFFERS if self.mine:
                return _("You have keyed these sheets: a third person decides, or both of you key again.")
            case PaperStep.DIFFERS:
                return _("A third person looks at the sheets and decides, or both key again.")
            case PaperStep.AGREED:
                return ""


def paper_groups(box: Box, states: Sequence[PaperState], by: Account) -> list[PaperGroup]:
    return [PaperGroup(box, state, by) for state in states]


@dataclass(frozen=True)
class ComparedCell:
    text: str
    differs: bool


@dataclass(frozen=True)
class ComparedLine:
    """What one person keyed in a row."""

    count: PaperCount
    cells: tuple[ComparedCell, ...]


@dataclass(frozen=True)
class ComparedRow:
    """One row of the grid as everyone keyed it."""

    title: str
    hint: str
    lines: tuple[ComparedLine, ...]

    @property
    def differs(self) -> bool:
        return any(cell.differs for line in self.lines for cell in line.cells)


@dataclass(frozen=True)
class Comparison:
    """A round's keyings side by side; `holds` is the one that counts, if any."""

    number: int
    keyed: Sequence[PaperCount]
    ballots: ComparedRow
    rows: list[ComparedRow]
    holds: PaperCount | None

    @property
    def cells_differing(self) -> int:
        """Cells in which the first two differ."""
        rows = (self.ballots, *self.rows)
        return sum(cell.differs for row in rows for cell in row.lines[0].cells)

    @property
    def differing(self) -> list[ComparedRow]:
        return [row for row in self.rows if row.differs]


def comparison(number: int, keyed: Sequence[PaperCount], questions: Sequence[Question]) -> Comparison:
    """For rounds that two people have keyed."""
    ballots = _row(_("Ballots"), "", ("issued", "returned", "void"), keyed)
    rows = [
        _row(question.name, _(question.post) if question.post else "", _places(question), keyed)
        for question in questions
    ]
    return Comparison(number, keyed, ballots, rows, accepted(list(keyed)))


def _places(question: Question) -> tuple[str, ...]:
    return tuple(f"{question.key}/{name}" for name in VOTES)


def _row(title: str, hint: str, places: Sequence[str], keyed: Sequence[PaperCount]) -> ComparedRow:
    """A cell differs where the first and the second keying do; a third decides between them."""
    texts = {count.pk: texts_of(count) for count in keyed}
    first, second = (texts[count.pk] for count in keyed[: Hand.SECOND])
    lines = (
        ComparedLine(
            count, tuple(ComparedCell(texts[count.pk][place], first[place] != second[place]) for place in places)
        )
        for count in keyed
    )
    return ComparedRow(title, hint, tuple(lines))
