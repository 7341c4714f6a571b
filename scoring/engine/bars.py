"""What bars a cadre from 优秀 (RULES G4)."""

from collections.abc import Iterator, Mapping

from .findings import Bar, BarCode, TeamGrade
from .inputs import CadreInput
from .results import TeamResult

_LOW_TEAM_GRADES = (TeamGrade.FAIR, TeamGrade.POOR)


def bars_of(cadre: CadreInput, teams: Mapping[str, TeamResult], grades: Mapping[str, TeamGrade]) -> tuple[Bar, ...]:
    """Every bar that is known; `grades` are the teams' decided grades, which stand before the suggested ones."""
    return tuple(_bars(cadre, teams.get(cadre.township), grades)) if cadre.graded else ()


def _bars(cadre: CadreInput, team: TeamResult | None, grades: Mapping[str, TeamGrade]) -> Iterator[Bar]:
    if team and cadre.principal:
        yield from _team_bars(team, grades.get(team.input.code, team.grade))
    elif team:
        vetoed = [code for code in team.input.vetoes if code in cadre.in_charge]
        if vetoed:
            yield Bar(BarCode.VETO_IN_CHARGE, "G4", _veto_values(team, vetoed))
    if cadre.disciplinary:
        yield Bar(BarCode.DISCIPLINARY, "G4", (("record", cadre.disciplinary),))


def _team_bars(team: TeamResult, grade: TeamGrade | None) -> Iterator[Bar]:
    if team.vetoed:
        yield Bar(BarCode.TEAM_VETO, "G4", _veto_values(team, list(team.input.vetoes)))
    if grade in _LOW_TEAM_GRADES:
        yield Bar(BarCode.TEAM_GRADE, "G4", (("team", team.input.code), ("grade", str(grade))))


def _veto_values(team: TeamResult, lines: list[str]) -> tuple[tuple[str, str], ...]:
    return ("team", team.input.code), ("lines", "、".join(lines))
