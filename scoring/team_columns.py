"""The columns of the table of teams: place, total, grade, sums, every line and evaluation, veto."""

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from assessment.numbers import number_text
from assessment.scheme import Evaluation, Line
from cadres.templatetags.labels import term
from scoring.addresses import SubjectAddresses
from scoring.engine import TeamGrade, TeamResult, YearResult
from scoring.marks import NONE, grade_css, place_css, points_text
from scoring.score_columns import rate_column, sum_column, total_column
from scoring.tables import Cell, Column, Filter, typed

VETOED = "vetoed"


class TeamColumns:
    """Columns of a year's teams, in the page's language."""

    def __init__(self, result: YearResult, year: int) -> None:
        """For one year's result."""
        self._result = result
        self._addresses = SubjectAddresses("team", year)
        self.label = _("Scores of the teams")

    def all(self) -> list[Column[TeamResult]]:
        """What a team came to, which stays in sight; the sums it comes from; then every line and evaluation."""
        targets = len(self._result.scheme.lines)
        positions = range(targets + len(self._result.scheme.evaluations))
        lines = [self._line(position) for position in positions]
        blocks = [self._block(position) for position in range(len(self._result.scheme.blocks))]
        sums = [self._targets(), self._evaluations(), rate_column()]
        return [*self._outcome(), *sums, *lines[:targets], *blocks, *lines[targets:], self.veto()]

    def _outcome(self) -> list[Column[TeamResult]]:
        return [self.place(), self.name(), self.total(), self.grade()]

    def place(self) -> Column[TeamResult]:
        """“3 / 24”, ties marked (RULES P5, P6)."""
        tied = _("tied")

        def cell(team: TeamResult) -> Cell:
            rank = team.standing
            if rank is None:
                return NONE
            return f"{rank.place} / {rank.ranked}", "", tied if rank.is_tied else "", place_css(rank.place)

        return Column("place", _("Place"), lambda team: team.rank, cell, number=True)

    def name(self) -> Column[TeamResult]:
        """The township, a link to the team's page."""
        page = self._addresses.page
        order = {team.input.code: position for position, team in enumerate(self._result.teams)}
        return Column(
            "name",
            _("Township"),
            lambda team: order[team.input.code],
            lambda team: (typed(team.input.name), page(team.input.code), "", "name"),
        )

    def _line(self, position: int) -> Column[TeamResult]:
        entries: tuple[Line | Evaluation, ...] = (*self._result.scheme.lines, *self._result.scheme.evaluations)
        entry = entries[position]
        address = self._addresses.line

        def cell(team: TeamResult) -> Cell:
            line = team.lines[position]
            css = _heat(line.points, entry.points)
            return points_text(line.points), address(team.input.code, entry.code), "", css

        title = number_text(entry.points)
        return Column(
            entry.code,
            term(entry.name),
            lambda team: team.lines[position].points,
            cell,
            number=True,
            largest_first=True,
            title=title,
        )

    def _block(self, position: int) -> Column[TeamResult]:
        code, full = self._result.scheme.blocks[position]
        label = _("Sum %(block)s") % {"block": term(code)}
        return sum_column(f"block-{position + 1}", label, lambda team: team.blocks[position].points, full)

    def _targets(self) -> Column[TeamResult]:
        full = self._result.scheme.target_points
        return sum_column("targets", _("Targets"), lambda team: team.target_points, full)

    def _evaluations(self) -> Column[TeamResult]:
        full = self._result.scheme.evaluation_points
        return sum_column("evaluations", _("Evaluations"), lambda team: team.evaluation_points, full)

    def total(self) -> Column[TeamResult]:
        """The 150 points of the default scheme."""
        return total_column(self._result.scheme.team_points)

    def grade(self) -> Column[TeamResult]:
        """The suggested grade."""
        cells: dict[TeamGrade, Cell] = {grade: (term(grade), "", "", grade_css(n)) for n, grade in enumerate(TeamGrade)}
        order = {grade: n for n, grade in enumerate(TeamGrade)}
        missing: Cell = (_("not computable"), "", "", "missing")
        return Column(
            "grade",
            _("Suggested grade"),
            lambda team: order[team.grade] if team.grade else None,
            lambda team: cells[team.grade] if team.grade else missing,
        )

    def veto(self) -> Column[TeamResult]:
        """一票否决 in force (RULES G5)."""
        names = {line.code: term(line.name) for line in self._result.scheme.lines}

        def cell(team: TeamResult) -> Cell:
            codes = team.input.vetoes
            return typed("、".join(names.get(code, code) for code in codes)), "", "", "veto" if codes else ""

        return Column("veto", _("Veto"), lambda team: len(team.input.vetoes) or None, cell, largest_first=True)

    def filters(self) -> list[Filter[TeamResult]]:
        """By suggested grade, and by veto."""
        grades = tuple((str(grade), term(grade)) for grade in TeamGrade)
        vetoes = ((VETOED, _("with a veto")), ("none", _("without")))
        return [
            Filter("grade", _("Suggested grade"), lambda team: str(team.grade or ""), grades),
            Filter("veto", _("Veto"), lambda team: VETOED if team.vetoed else "none", vetoes),
        ]


def in_order(result: YearResult) -> list[TeamResult]:
    """Teams by place; who has none comes last, in the county's order."""
    return sorted(result.teams, key=lambda team: (team.rank is None, team.rank or 0))


def heat_step(points: Decimal | None, full: Fraction) -> int | None:
    """Ten steps of colour by the rate of full points: 0 … 9."""
    if points is None or not full:
        return None
    return min(max(int(Fraction(points) / full * 10), 0), 9)


def _heat(points: Decimal | None, full: Fraction) -> str:
    step = heat_step(points, full)
    return "num missing" if step is None else f"num heat heat-{step}"
