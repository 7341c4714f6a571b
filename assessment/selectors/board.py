"""What the board is made of: every source of every township, without a total or a vote."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.cells import CellKey
from assessment.models import (
    AssessmentTeam,
    AssessmentYear,
    Box,
    BoxState,
    EntryState,
    ScoredLine,
    SheetKind,
    SheetRound,
    SheetState,
)
from assessment.questions import Subject
from assessment.scheme import Scheme
from assessment.selectors.completeness import Completeness, year_missing
from assessment.selectors.interview import TownshipCoverage, coverage_of
from assessment.selectors.paper import PaperState, paper_of
from assessment.selectors.sheet import RoundQuestions, RoundRow, round_questions, round_rows
from assessment.selectors.team import teams_of
from assessment.selectors.value_entry import entries_latest
from assessment.selectors.year import scheme_current
from cadres.models import Account, Role, Township


@dataclass(frozen=True)
class RoundState:
    """A round of sheets, who is asked in it, and about which townships; `round` None has not begun."""

    kind: SheetKind
    round: SheetRound | None
    rows: tuple[RoundRow, ...]
    reach: Mapping[int, frozenset[str]]

    def asked_about(self, township: str) -> list[RoundRow]:
        """Whoever is asked about a township; of accounts that speak with one voice the one that has spoken."""
        return [row for row in self.rows if not row.colleague and township in self.reach[row.account.pk]]

    def of_township(self, township: Township) -> list[RoundRow]:
        """The sheets that the township itself fills in."""
        return [row for row in self.rows if row.account.township_id == township.pk and not row.colleague]

    @property
    def waited_for(self) -> list[RoundRow]:
        return [row for row in self.rows if row.waited_for] if self.round and self.round.is_open else []


@dataclass(frozen=True)
class Board:
    """One year's state, read in a fixed number of queries."""

    year: AssessmentYear
    scheme: Scheme
    townships: tuple[Township, ...]
    lines: tuple[ScoredLine, ...]
    teams: tuple[AssessmentTeam, ...]
    missing: Completeness
    pending: frozenset[CellKey]
    returned: frozenset[CellKey]
    boxes: tuple[Box, ...]
    paper: Mapping[int, list[PaperState]]
    rounds: Mapping[str, RoundState]
    coverage: Mapping[int, TownshipCoverage]
    accounts: tuple[Account, ...]
    township_of: Mapping[str, str]

    @cached_property
    def values_missing(self) -> frozenset[CellKey]:
        """Neither a value nor an entry that awaits confirmation."""
        return self.missing.values - self.pending

    @cached_property
    def untallied(self) -> frozenset[tuple[str, str]]:
        """(township code, evaluation or item code) that still lacks votes, of the team or of one of its cadres."""
        teams = {(township, code) for township, code, _group in self.missing.team_tallies}
        cadres = {(self.township_of[number], code) for number, code, _group in self.missing.cadre_tallies}
        return frozenset(teams | cadres)

    def counts(self, cells: Iterable[tuple[str, str]]) -> Counter[str]:
        """How many by township."""
        return Counter(township for township, _line in cells)

    def boxes_of(self, township: Township) -> list[Box]:
        return [box for box in self.boxes if box.township_id == township.pk]

    def accounts_of(self, unit: Township) -> list[Account]:
        return [account for account in self.accounts if account.township_id == unit.pk]

    def team_of(self, township: Township) -> AssessmentTeam | None:
        return next((team for team in self.teams if township in team.townships.all()), None)


def board_of(year: AssessmentYear) -> Board:
    """Everything at once; the number of queries grows with no county."""
    scheme = scheme_current(year)
    townships = tuple(year.townships.all())
    lines = year.lines.select_related("department")
    latest = entries_latest(year.lines.all())
    boxes = tuple(year.boxes.filter(is_rehearsal=False).select_related("township", "department"))
    return Board(
        year=year,
        scheme=scheme,
        townships=townships,
        lines=tuple(lines),
        teams=tuple(teams_of(year)),
        missing=year_missing(year=year, scheme=scheme),
        pending=frozenset(key for key, entry in latest.items() if entry.state == EntryState.PENDING),
        returned=frozenset(key for key, entry in latest.items() if entry.state == EntryState.RETURNED),
        boxes=boxes,
        paper=paper_of([box for box in boxes if box.state == BoxState.CLOSED]),
        rounds=rounds_of(year, scheme),
        coverage={found.township.pk: found for found in coverage_of(year, townships)},
        accounts=tuple(Account.objects.filter(is_active=True, role__in=(Role.DEPARTMENT, Role.TOWNSHIP))),
        township_of=dict(year.roster.values_list("cadre__number", "township__code")),
    )


def rounds_of(year: AssessmentYear, scheme: Scheme) -> dict[str, RoundState]:
    """Every kind of sheet; of rounds that have not begun nothing more is asked."""
    rounds = {found.kind: found for found in year.sheet_rounds.all()}
    for found in rounds.values():
        found.year = year
    return {kind: _round_state(year, scheme, kind, rounds.get(kind)) for kind in SheetKind}


def _round_state(year: AssessmentYear, scheme: Scheme, kind: SheetKind, found: SheetRound | None) -> RoundState:
    if found is None:
        return RoundState(kind, None, (), {})
    questions = round_questions(year, kind, scheme=scheme)
    rows = tuple(row for row in round_rows(found, questions) if row.questions or row.state == SheetState.SIGNED)
    return RoundState(kind, found, rows, {row.account.pk: _reach(questions, row) for row in rows})


def _reach(questions: RoundQuestions, row: RoundRow) -> frozenset[str]:
    """The codes of the townships that a sheet is about."""
    sections = questions.asked_of(row.account.pk)
    teams = {q.code for section in sections for q in section.questions if q.subject == Subject.TEAM}
    return frozenset(teams | {section.code for section in sections if section.code})
