"""One row of the pages of decisions: score, place, suggestion with reasons, bars, what is decided, what was typed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from assessment.grid import GridCell, note_text
from assessment.models import AssessmentYear
from cadres.models import DisciplinaryRecord
from cadres.templatetags.labels import term
from rewards.models import CADRE_GRADES, TEAM_GRADES
from rewards.selectors.grade import GradeInForce, Grades, Records
from rewards.services.grade import in_tie
from scoring.addresses import SubjectAddresses
from scoring.engine import Bar, BarCode, CadreResult, Rank, Reason, TeamResult, YearResult
from scoring.wording import Finding, bar_text, entry_name, reason_text


@dataclass
class GradeRow:
    """A team, `code` its township's, or a cadre, `code` the personnel number. `position` counts from the best place.

    `bars` keep from the highest grade; of a team they are the vetoes (RULES G4, G5).
    """

    code: str
    name: str
    href: str
    history_href: str
    choices: tuple[str, ...]
    total: Decimal | None
    rank: Rank | None
    stands: GradeInForce
    reasons: tuple[Finding, ...]
    bars: tuple[Finding, ...]
    tied: bool
    grade: GridCell
    reason: GridCell
    township: str = ""
    township_code: str = ""
    township_order: int = 0
    post: str = ""
    position: int = 0

    @property
    def details(self) -> str:
        """What parts homonyms."""
        return " · ".join(filter(None, (self.code, self.township, term(self.post))))

    @property
    def search_text(self) -> str:
        return f"{self.name} {self.details}"

    @property
    def changed(self) -> bool:
        return self.grade.changed or self.reason.changed

    @property
    def moved(self) -> str:
        """What was suggested when it was decided, where that was something else; a dash where nothing was."""
        decision = self.stands.decision
        if decision is None or decision.suggested == (self.stands.suggested or ""):
            return ""
        return term(decision.suggested) or "—"

    @property
    def states(self) -> tuple[str, ...]:
        """Which of the states that the page can be narrowed to the row is in."""
        held = {
            "undecided": self.stands.stands_by_suggestion,
            "departs": self.stands.departs,
            "unreasoned": self.stands.lacks_reason,
            "moved": bool(self.moved),
            "tied": self.tied,
            "barred": bool(self.bars),
        }
        return tuple(state for state, holds in held.items() if holds)


def team_grade_rows(*, year: AssessmentYear, result: YearResult, grades: Grades, shares: bool) -> list[GradeRow]:
    """All teams, the best first; who has no place comes last."""
    make = _RowMaker("team", year, result, shares)
    return _by_place([make.of_team(team, grades.teams[team.input.code]) for team in result.teams])


def cadre_grade_rows(
    *, year: AssessmentYear, result: YearResult, grades: Grades, records: Records, shares: bool
) -> list[GradeRow]:
    """All graded cadres (RULES C3), the best first; who has no place comes last."""
    make = _RowMaker("cadre", year, result, shares)
    rows = [
        make.of_cadre(cadre, grades.cadres[cadre.input.number], records.get(cadre.input.number, ()))
        for cadre in result.cadres
        if cadre.graded
    ]
    return _by_place(rows)


def _by_place(rows: list[GradeRow]) -> list[GradeRow]:
    ordered = sorted(rows, key=lambda row: (row.rank is None, row.rank.place if row.rank else 0))
    for position, row in enumerate(ordered):
        row.position = position
    return ordered


class _RowMaker:
    """Makes the rows of one year; addresses and names are looked up once."""

    def __init__(self, kind: str, year: AssessmentYear, result: YearResult, shares: bool) -> None:
        self._result = result
        self._shares = shares
        self._page = SubjectAddresses(kind, year.number).page
        self._history = history_address(kind, year)
        self._teams = {team.input.code: (team.input.name, place) for place, team in enumerate(result.teams)}

    def of_team(self, team: TeamResult, stands: GradeInForce) -> GradeRow:
        vetoes = [Finding(_("Veto: %(line)s") % {"line": self._line(code)}, "G5") for code in team.input.vetoes]
        return self._row(team.input.code, team.input.name, TEAM_GRADES, team, team.standing, stands, tuple(vetoes))

    def of_cadre(self, cadre: CadreResult, stands: GradeInForce, records: Sequence[DisciplinaryRecord]) -> GradeRow:
        bars = tuple(finding for bar in cadre.bars for finding in self._bar(bar, records))
        row = self._row(cadre.input.number, cadre.input.name, CADRE_GRADES, cadre, cadre.in_county, stands, bars)
        row.township_code = cadre.input.township
        row.township, row.township_order = self._teams.get(cadre.input.township, (cadre.input.township, 0))
        row.post = cadre.input.post
        return row

    def _row(
        self,
        code: str,
        name: str,
        choices: tuple[str, ...],
        scored: TeamResult | CadreResult,
        rank: Rank | None,
        stands: GradeInForce,
        bars: tuple[Finding, ...],
    ) -> GradeRow:
        grade, reason = _cells(code, name, stands)
        return GradeRow(
            code=code,
            name=name,
            href=self._page(code),
            history_href=self._history(code),
            choices=choices,
            total=scored.total,
            rank=rank,
            stands=stands,
            reasons=tuple(map(self._reason, scored.reasons)),
            bars=bars,
            tied=in_tie(scored.reasons),
            grade=grade,
            reason=reason,
        )

    def _reason(self, reason: Reason) -> Finding:
        return Finding(reason_text(reason, self._result.scheme, shares=self._shares), reason.clause)

    def _bar(self, bar: Bar, records: Sequence[DisciplinaryRecord]) -> list[Finding]:
        """A disciplinary bar names every record with its document and days, as far as they still stand."""
        if bar.code == BarCode.DISCIPLINARY and records:
            return [Finding(record_text(record), bar.clause) for record in records]
        return [Finding(bar_text(bar, self._result.scheme), bar.clause)]

    def _line(self, code: str) -> str:
        return entry_name(self._result.scheme, code)


def _cells(code: str, name: str, stands: GradeInForce) -> tuple[GridCell, GridCell]:
    """The inputs of the grade and of its reason, with who entered what is stored."""
    decision, note = stands.decision, decision_note(stands)
    grade, reason = (decision.grade, decision.reason) if decision else ("", "")
    return (
        GridCell(f"grade-{code}", _("Decided grade of %(name)s") % {"name": name}, grade, note),
        GridCell(f"reason-{code}", _("Reason for %(name)s") % {"name": name}, reason, note),
    )


def decision_note(stands: GradeInForce) -> str:
    """Who entered the decision in force, and when; empty where there is none."""
    decision = stands.decision
    if decision is None:
        return ""
    return note_text(decision.decided_by.name if decision.decided_by else None, localtime(decision.decided_at))


def record_text(record: DisciplinaryRecord) -> str:
    """“Disciplinary record: demerit, 县纪〔2025〕3号, 2025-03-01 to 2026-02-28”."""
    text = (
        _("Disciplinary record: %(kind)s, %(document)s, in force from %(start)s to %(end)s")
        if record.end
        else _("Disciplinary record: %(kind)s, %(document)s, in force since %(start)s")
    )
    return text % {
        "kind": record.get_kind_display(),
        "document": record.document,
        "start": date_format(record.start, "Y-m-d"),
        "end": date_format(record.end, "Y-m-d") if record.end else "",
    }


def history_address(kind: str, year: AssessmentYear) -> Callable[[str], str]:
    """The page with every decision on a team ("team") or cadre ("cadre"), by its code or number."""
    part = "code" if kind == "team" else "number"
    address = reverse(f"rewards:{kind}_grade_history", kwargs={"year": year.number, part: "SUBJECT"})
    head, _subject, tail = address.partition("SUBJECT")
    return lambda code: f"{head}{quote(code, safe='')}{tail}"
