"""What the rules propose for low grades; the county committee decides (RULES U2, U3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scoring.engine import CadreGrade, TeamGrade

from .years import AnnualGrade

LOW_TEAM_GRADES = (TeamGrade.FAIR, TeamGrade.POOR)


class MeasureKind(StrEnum):
    """The kinds of proposals, by the names of `measures --json`."""

    ADMONITION = "诫勉"
    YELLOW_CARD = "黄牌警告"
    ORGANISATIONAL = "组织处理建议"
    COLLECTIVE_TALK = "集体谈话"
    RECTIFICATION = "限期改进"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal: for a team (`subject` is a township code) or a cadre (a personnel number).

    `years` ascend; `months` are those a rectification leaves to mend, None for every other kind.
    """

    subject: str
    of_team: bool
    kind: MeasureKind
    clause: str
    years: tuple[int, ...]
    months: int | None = None


@dataclass(frozen=True, slots=True)
class InterruptedPair:
    """Two years of 不称职 with nothing but years without a grade between them: the committee says whether they count as
    consecutive. `between` maps each such year to the register's code, '' where nothing is known."""

    subject: str
    years: tuple[int, int]
    between: tuple[tuple[int, str], ...]


def propose_measures(
    *,
    year: int,
    teams: Mapping[str, TeamGrade | None],
    cadres: Mapping[str, Iterable[AnnualGrade]],
    months: int,
) -> tuple[Proposal, ...]:
    """Everything U2 and U3 propose after `year`: teams in the order given, then cadres."""
    of_teams = (proposal for code, grade in teams.items() for proposal in _for_team(code, grade, year, months))
    of_cadres = (proposal for number, known in cadres.items() for proposal in _for_cadre(number, known, year, months))
    return (*of_teams, *of_cadres)


def _for_team(code: str, grade: TeamGrade | None, year: int, months: int) -> Iterator[Proposal]:
    if grade in LOW_TEAM_GRADES:
        yield Proposal(code, True, MeasureKind.COLLECTIVE_TALK, "U3", (year,))
        yield Proposal(code, True, MeasureKind.RECTIFICATION, "U3", (year,), months)


def _for_cadre(number: str, known: Iterable[AnnualGrade], year: int, months: int) -> Iterator[Proposal]:
    grades = {entry.year: entry.grade for entry in known}
    if grades.get(year) is CadreGrade.BASIC:
        yield Proposal(number, False, MeasureKind.ADMONITION, "U2", (year,))
        yield Proposal(number, False, MeasureKind.RECTIFICATION, "U2", (year,), months)
    if grades.get(year) is CadreGrade.INCOMPETENT:
        yield Proposal(number, False, MeasureKind.YELLOW_CARD, "U2", (year,))
        if grades.get(year - 1) is CadreGrade.INCOMPETENT:
            yield Proposal(number, False, MeasureKind.ORGANISATIONAL, "U2", (year - 1, year))


def interrupted_pairs(
    *, year: int, cadres: Mapping[str, Iterable[AnnualGrade]], earliest: int
) -> tuple[InterruptedPair, ...]:
    """The cadres whose 不称职 of `year` follows an earlier one across years without a grade, back to `earliest`."""
    by_year = {number: {entry.year: entry for entry in known} for number, known in cadres.items()}
    found = (_interrupted(number, known, year, earliest) for number, known in by_year.items())
    return tuple(pair for pair in found if pair)


def _interrupted(number: str, known: Mapping[int, AnnualGrade], year: int, earliest: int) -> InterruptedPair | None:
    if year not in known or known[year].grade is not CadreGrade.INCOMPETENT:
        return None
    between: list[tuple[int, str]] = []
    for earlier in range(year - 1, earliest - 1, -1):
        entry = known.get(earlier)
        if entry and entry.grade is CadreGrade.INCOMPETENT:
            return InterruptedPair(number, (earlier, year), tuple(reversed(between))) if between else None
        if entry and entry.grade:
            return None
        between.append((earlier, entry.not_graded if entry else ""))
    return None
