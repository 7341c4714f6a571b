"""The grid in which one voter group's paper ballots are keyed: the ballots, then five counts a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from assessment.counts import PaperBallots, paper_problems
from assessment.grid import GridCell, cell_count, cell_post
from assessment.models import PaperCount
from assessment.presenters.tally import CADRE_WORDS, GRADES, TEAM_WORDS, VOTES
from assessment.questions import Counts, Question, Subject
from assessment.wording import count_problem_text
from cadres.errors import Refused


@dataclass(frozen=True)
class Problem:
    """One thing to mend and where, for the list above the grid."""

    text: str
    href: str


@dataclass
class KeyingRow:
    """One question. `error` is what is wrong with the row as a whole; `differs`: two people keyed it differently."""

    question: Question
    cells: dict[str, GridCell]
    error: str = ""
    differs: bool = False

    @property
    def anchor(self) -> str:
        return f"row-{self.question.key}"


@dataclass
class KeyingGrid:
    """`ballots_read` is None and `counts` are without a row where these cannot be understood."""

    ballots: dict[str, GridCell]
    rows: list[KeyingRow]
    ballots_read: PaperBallots | None = None
    counts: dict[str, Counts] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """“好 / 优秀”: the grades of teams and cadres share a column where both are voted on."""
        subjects = {row.question.subject for row in self.rows}
        teams = subjects & {Subject.TEAM, Subject.DEPARTMENT}
        words = [w for w, used in ((TEAM_WORDS, teams), (CADRE_WORDS, Subject.CADRE in subjects)) if used]
        return [*(" / ".join(_(w[name]) for w in words) for name in GRADES), _("弃权")]

    @property
    def problems(self) -> list[Problem]:
        cells = [*self.ballots.values(), *(cell for row in self.rows for cell in row.cells.values())]
        found = [Problem(f"{cell.label}: {cell.error}", f"#{cell.error_id}") for cell in cells if cell.error]
        return found + [
            Problem(f"{row.question.name}: {row.error}", f"#{row.anchor}") for row in self.rows if row.error
        ]

    @property
    def is_void_box(self) -> bool:
        """More ballots returned than issued: the box is void (RULES E5)."""
        ballots = self.ballots_read
        return ballots is not None and ballots.returned > ballots.issued

    def read(self, *, complete: bool) -> None:
        """Understand what was typed and note what is wrong, all of it. `complete`: a blank is not 0."""
        numbers = {name: _number(cell, required=complete or name != "void") for name, cell in self.ballots.items()}
        issued, returned, void = numbers["issued"], numbers["returned"], numbers["void"]
        if issued is not None and returned is not None and void is not None:
            self.ballots_read = PaperBallots(issued, returned, void)
        for row in self.rows:
            first, second, third, fourth, abstain = (_number(row.cells[name], required=complete) for name in VOTES)
            if not (first is None or second is None or third is None or fourth is None or abstain is None):
                self.counts[row.question.key] = (first, second, third, fourth, abstain)
        if self.ballots_read:
            problems = paper_problems(self.ballots_read, self.counts)
            self.mark({key: count_problem_text(problem) for key, problem in problems.items()})

    def refuse(self, refusal: Refused) -> list[str]:
        """Put what a service said where it belongs; give back what belongs to no cell."""
        if not hasattr(refusal, "error_dict"):
            return refusal.messages
        self.mark({key: " ".join(texts) for key, texts in refusal.message_dict.items()})
        return []

    def mark(self, errors: Mapping[str, str]) -> None:
        for name, cell in self.ballots.items():
            cell.error = cell.error or errors.get(name, "")
        for row in self.rows:
            row.error = row.error or errors.get(row.question.key, "")


def keying_grid(
    questions: Sequence[Question], *, agreed: Mapping[str, str] | None = None, posted: Mapping[str, str] | None = None
) -> KeyingGrid:
    """Blank, or for a third person `agreed`: the texts of the cells in which two people agree."""
    labels = {"issued": _("Issued"), "returned": _("Returned"), "void": _("Void")}
    stored = agreed or {}
    ballots = {name: cell_post(GridCell(name, label, stored.get(name, "")), posted) for name, label in labels.items()}
    rows = [_row(question, stored, posted) for question in questions]
    if agreed is not None:
        for row in rows:
            row.differs = any(cell.name not in stored for cell in row.cells.values())
    return KeyingGrid(ballots, rows)


def texts_of(count: PaperCount) -> dict[str, str]:
    """Cell name → text of one keying."""
    texts = {"issued": str(count.issued), "returned": str(count.returned), "void": str(count.void)}
    for key, numbers in count.counts.items():
        texts |= {f"{key}/{name}": str(number) for name, number in zip(VOTES, numbers, strict=True)}
    return texts


def texts_agreed(one: PaperCount, other: PaperCount) -> dict[str, str]:
    """Cell name → text, of the cells that two people keyed alike."""
    first, second = texts_of(one), texts_of(other)
    return {name: text for name, text in first.items() if second.get(name) == text}


def _row(question: Question, stored: Mapping[str, str], posted: Mapping[str, str] | None) -> KeyingRow:
    words = CADRE_WORDS if question.subject == Subject.CADRE else TEAM_WORDS
    labels = {**{name: _(word) for name, word in words.items()}, "abstain": _("弃权")}
    cells = {}
    for name in VOTES:
        place = f"{question.key}/{name}"
        cell = GridCell(place, f"{question.name} {labels[name]}", stored.get(place, ""))
        cells[name] = cell_post(cell, posted)
    return KeyingRow(question, cells)


def _number(cell: GridCell, *, required: bool) -> int | None:
    number = cell_count(cell)
    if number is not None or cell.error:
        return number
    if required:
        cell.error = _("a number is needed here")
        return None
    return 0
