"""Grades in force: what the committee decided, else what the score suggests (RULES 4)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from assessment.models import AssessmentYear
from cadres.models import DisciplinaryRecord
from cadres.selectors.discipline import records_in_force
from rewards.models import GradeDecision
from scoring.engine import CadreResult, TeamGrade, YearResult, score_year
from scoring.inputs import discipline_days, year_input


@dataclass(frozen=True)
class GradeInForce:
    """`decision` None: the suggestion stands. Both are kept; `grade` is None where there is neither."""

    suggested: str | None
    decision: GradeDecision | None = None

    @property
    def grade(self) -> str | None:
        return self.decision.grade if self.decision else self.suggested

    @property
    def decided(self) -> str | None:
        return self.decision.grade if self.decision else None

    @property
    def stands_by_suggestion(self) -> bool:
        """A grade that counts though nobody has decided it."""
        return self.decision is None and self.suggested is not None

    @property
    def departs(self) -> bool:
        """Whether another grade was decided than the data suggests by now."""
        return self.decision is not None and self.suggested not in (None, self.decision.grade)

    @property
    def lacks_reason(self) -> bool:
        """Departs without one: the suggestion moved after the decision, else it would have been refused."""
        return self.departs and self.decision is not None and not self.decision.reason.strip()

    @property
    def number(self) -> int:
        """Of the decision in force; 0 before the first."""
        return self.decision.number if self.decision else 0


@dataclass(frozen=True)
class Decisions:
    """The latest decision of each team by township code, of each cadre by personnel number."""

    teams: dict[str, GradeDecision] = field(default_factory=dict)
    cadres: dict[str, GradeDecision] = field(default_factory=dict)


@dataclass(frozen=True)
class Grades:
    """Every team's and cadre's grade in force, keyed as `Decisions`."""

    teams: dict[str, GradeInForce]
    cadres: dict[str, GradeInForce]

    @property
    def any_decided(self) -> bool:
        return any(grade.decision for grade in (*self.teams.values(), *self.cadres.values()))

    @property
    def all_decided(self) -> bool:
        """Whether every suggestion was decided on; those without one (not graded) need no decision."""
        return not (undecided(self.teams) or undecided(self.cadres))


def grades_open(year: AssessmentYear) -> bool:
    """Whether the pages take decisions: results stand and are not confirmed. A workbook may bring them earlier."""
    return year.is_closed and not year.is_confirmed


def undecided(grades: dict[str, GradeInForce]) -> int:
    """How many suggestions nobody has decided on."""
    return sum(grade.stands_by_suggestion for grade in grades.values())


def unreasoned(grades: dict[str, GradeInForce]) -> list[str]:
    """Codes or numbers of decided grades that depart by now without a reason (RULES 4)."""
    return [code for code, grade in grades.items() if grade.lacks_reason]


def decisions_latest(year: AssessmentYear) -> Decisions:
    """One query."""
    decisions = Decisions()
    for decision in year.grade_decisions.select_related("township", "cadre", "decided_by").order_by("number"):
        if decision.township:
            decisions.teams[decision.township.code] = decision
        elif decision.cadre:
            decisions.cadres[decision.cadre.number] = decision
    return decisions


def decided_team_grades(year: AssessmentYear) -> dict[str, TeamGrade]:
    """What bars principals in place of the suggestions (RULES G4)."""
    return {code: TeamGrade(decision.grade) for code, decision in decisions_latest(year).teams.items()}


def grades_in_force(*, year: AssessmentYear, result: YearResult) -> Grades:
    """One query; `result` is the year's."""
    return _grades(result, decisions_latest(year))


def grades_suggested(result: YearResult) -> Grades:
    """As though nobody had decided anything."""
    return _grades(result, Decisions())


def _grades(result: YearResult, decisions: Decisions) -> Grades:
    return Grades(
        teams={
            team.input.code: GradeInForce(_text(team.grade), decisions.teams.get(team.input.code))
            for team in result.teams
        },
        cadres={
            cadre.input.number: GradeInForce(_text(cadre.grade), decisions.cadres.get(cadre.input.number))
            for cadre in result.cadres
        },
    )


def decisions_of_team(year: AssessmentYear, code: str) -> QuerySet[GradeDecision]:
    """Every decision on the team, the latest first."""
    return _history(year).filter(township__code=code)


def decisions_of_cadre(year: AssessmentYear, number: str) -> QuerySet[GradeDecision]:
    """Every decision on the cadre, the latest first."""
    return _history(year).filter(cadre__number=number)


def _history(year: AssessmentYear) -> QuerySet[GradeDecision]:
    return year.grade_decisions.select_related("decided_by").order_by("-number")


@dataclass(frozen=True)
class Moved:
    """A cadre to whom something else is suggested than `before`."""

    cadre: CadreResult
    before: str | None

    @property
    def after(self) -> str | None:
        return _text(self.cadre.grade)


def suggestions_moved(*, before: YearResult, after: YearResult) -> list[Moved]:
    """Cadres whose suggestion differs between two results of the same roster."""
    earlier = {cadre.input.number: cadre.grade for cadre in before.cadres}
    return [
        Moved(cadre, _text(earlier.get(cadre.input.number)))
        for cadre in after.cadres
        if cadre.grade != earlier.get(cadre.input.number)
    ]


def moved_by_team_grades(*, year: AssessmentYear, result: YearResult, grades: Grades) -> list[Moved]:
    """Cadres whose suggestion follows from a decided team grade that departs from the suggested one (RULES G4).

    Computed anew where there is such a team, in the queries of `year_input`; a confirmed year is no longer asked.
    """
    if year.is_confirmed or not any(grade.departs for grade in grades.teams.values()):
        return []
    return suggestions_moved(before=score_year(year_input(year)), after=result)


Records = dict[str, list[DisciplinaryRecord]]


def disciplinary_records(*, year: AssessmentYear, result: YearResult) -> Records:
    """What is in force for the year as its scheme understands it, by personnel number (RULES G4). One query."""
    first, last = discipline_days(year, result.scheme.follow_up.discipline)
    found: Records = defaultdict(list)
    records: Iterable[DisciplinaryRecord] = records_in_force(first=first, last=last).select_related("cadre")
    for record in records:
        found[record.cadre.number].append(record)
    return found


def _text(grade: str | None) -> str | None:
    return None if grade is None else str(grade)
