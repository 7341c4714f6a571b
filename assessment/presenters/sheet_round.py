"""How far the rounds of sheets have come; what closing one would leave out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear, SheetKind, SheetRound, SheetState
from assessment.questions import Question
from assessment.scheme import Scheme
from assessment.selectors.sheet import RoundRow, round_questions, round_rows, subjects_unrated
from assessment.selectors.year import scheme_current
from assessment.sheets import SERVICE_QUESTIONS, evaluations_of
from cadres.templatetags.labels import term

STATE_WORDS = {
    "": gettext_lazy("not begun"),
    SheetState.DRAFT: gettext_lazy("draft"),
    SheetState.SIGNED: gettext_lazy("signed"),
    SheetState.RETURNED: gettext_lazy("returned"),
}
STATE_SIGNS = {
    "": ("state-none", "bi-circle"),
    SheetState.DRAFT: ("state-warning", "bi-pencil"),
    SheetState.SIGNED: ("state-done", "bi-check-lg"),
    SheetState.RETURNED: ("state-problem", "bi-arrow-return-left"),
}


@dataclass(frozen=True)
class RoundLine:
    """One kind of sheets in the list of rounds; `round` None: not opened."""

    kind: SheetKind
    fills: str
    round: SheetRound | None
    asked: int
    signed: int

    @property
    def left(self) -> int:
        return self.asked - self.signed


@dataclass(frozen=True)
class AccountLine:
    """One account in a round, in words."""

    row: RoundRow
    word: str
    style: str
    icon: str
    unit: str

    @property
    def readable(self) -> bool:
        return bool(self.row.sheet and self.row.sheet.signed_at)


def round_lines(year: AssessmentYear) -> list[RoundLine]:
    """All four kinds."""
    scheme, rounds = scheme_current(year), {found.kind: found for found in year.sheet_rounds.all()}
    return [_round_line(year, kind, scheme, rounds.get(kind)) for kind in SheetKind]


def fills_words(scheme: Scheme, kind: str) -> str:
    """The evaluations a kind fills: “县级领导评价、领导评价”."""
    if kind == SheetKind.TOWNSHIP:
        return "、".join(term(name) for _code, name in SERVICE_QUESTIONS)
    return "、".join(f"{entry.code} {term(entry.name)}" for entry in evaluations_of(scheme, kind))


def _round_line(year: AssessmentYear, kind: SheetKind, scheme: Scheme, found: SheetRound | None) -> RoundLine:
    rows: list[RoundRow] = []
    if found:
        found.year = year
        rows = round_rows(found, round_questions(year, kind, scheme=scheme))
    signed = sum(1 for row in rows if row.state == SheetState.SIGNED)
    return RoundLine(kind, fills_words(scheme, kind), found, signed + sum(row.waited_for for row in rows), signed)


def account_lines(rows: list[RoundRow]) -> list[AccountLine]:
    """Those waited for first."""
    ordered = sorted(rows, key=lambda row: (not row.waited_for, row.team))
    return [_account_line(row) for row in ordered]


def _account_line(row: RoundRow) -> AccountLine:
    account = row.account
    word = _("a colleague of the unit has signed") if row.colleague else str(STATE_WORDS[row.state])
    style, icon = ("state-none", "bi-check") if row.colleague else STATE_SIGNS[row.state]
    unit = row.team or str(account.department or account.township or "")
    return AccountLine(row, word, style, icon, unit)


@dataclass(frozen=True)
class Closing:
    """What closing a round leaves out: who has not signed, and who would get no votes at all (RULES A3)."""

    waited_for: list[RoundRow]
    unrated: list[str]
    signed: int


def closing_of(sheet_round: SheetRound) -> Closing:
    questions = round_questions(sheet_round.year, sheet_round.kind)
    rows = round_rows(sheet_round, questions)
    names = dict.fromkeys(_subject_words(q) for q in subjects_unrated(sheet_round, questions))
    signed = sum(1 for row in rows if row.state == SheetState.SIGNED)
    return Closing([row for row in rows if row.waited_for], list(names), signed)


def _subject_words(question: Question) -> str:
    return f"{question.name}（{question.code}）" if question.post else question.name
