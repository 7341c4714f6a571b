"""集体谈话: the talks of a year, and what a county leader has at hand for one of them (RULES U3, U4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from assessment.models import AssessmentYear, Veto
from assessment.selectors.veto import vetoes_of
from cadres.models import Account
from rewards.letters.values import Earlier
from rewards.models import FeedbackRecord
from rewards.rules import MeasureKind
from rewards.rules.measures import LOW_TEAM_GRADES
from rewards.selectors.earlier import result_before, team_before
from rewards.selectors.feedback import talks_held
from rewards.selectors.followed import token_of
from rewards.selectors.grade import GradeInForce, Grades, grades_in_force
from rewards.selectors.measure import MeasureCase, measure_cases
from scoring.beside import Beside, beside_team
from scoring.engine import TeamResult, YearResult
from scoring.results import current_result


@dataclass(frozen=True)
class TalkRow:
    """A team and the collective talks held with it, the latest first."""

    team: TeamResult
    grade: GradeInForce
    held: tuple[FeedbackRecord, ...]

    @property
    def low(self) -> bool:
        return is_low(self.grade)

    @property
    def latest(self) -> str:
        """What lists sort by; teams without a talk stand first."""
        return self.held[0].given_on.isoformat() if self.held else ""

    @property
    def place(self) -> int:
        """What lists sort by; teams without a place stand last."""
        return self.team.rank or 1_000_000

    @property
    def order(self) -> tuple[int, str]:
        return self.team.input.order, self.team.input.code


@dataclass(frozen=True)
class TalkMatter:
    """Everything the sheet of one team is made of; of opinions what the account may see (None: nothing)."""

    year: AssessmentYear
    county: str
    result: YearResult
    team: TeamResult
    grades: Grades
    earlier: Earlier | None
    vetoes: tuple[Veto, ...]
    measures: tuple[MeasureCase, ...]
    beside: Beside | None

    @property
    def grade(self) -> GradeInForce:
        return self.grades.teams[self.team.input.code]

    @property
    def rectify_until(self) -> date | None:
        """The deadline of the team's rectification, decided or proposed (RULES U3)."""
        found = (case.deadline for case in self.measures if _is_rectification(case))
        return next(found, None)


def is_low(grade: GradeInForce) -> bool:
    """U3: 实绩一般 and 较差 are talked to by county leaders, and mend within a deadline."""
    return any(grade.grade == low for low in LOW_TEAM_GRADES)


def talk_rows(year: AssessmentYear) -> list[TalkRow]:
    """Every team as the townships are listed. Two queries beside the result."""
    result, held = current_result(year), talks_held(year)
    grades = grades_in_force(year=year, result=result).teams
    rows = (
        TalkRow(team, grades[team.input.code], tuple(held.get(token_of(team.input.code, of_team=True), ())))
        for team in result.teams
    )
    return sorted(rows, key=lambda row: row.order)


def talk_matter(*, year: AssessmentYear, code: str, by: Account) -> TalkMatter:
    """Raises KeyError where the year has no such team."""
    result = current_result(year)
    team = result.team(code)
    in_force = vetoes_of(year).filter(township__code=code, revoked_at=None)
    return TalkMatter(
        year=year,
        county=settings.COUNTY_NAME,
        result=result,
        team=team,
        grades=grades_in_force(year=year, result=result),
        earlier=team_before(result_before(year), year=year.number - 1, code=code),
        vetoes=tuple(in_force.order_by("decided_on", "id")),
        measures=tuple(_of_team(measure_cases(year), code)),
        beside=beside_team(year=year, code=code, by=by),
    )


def _of_team(cases: Iterable[MeasureCase], code: str) -> Iterable[MeasureCase]:
    """Of the team, then of its members."""
    return (case for case in cases if case.subject.township == code)


def _is_rectification(case: MeasureCase) -> bool:
    return case.key.of_team and case.key.kind == MeasureKind.RECTIFICATION
