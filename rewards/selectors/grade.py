"""Grades in force: what the committee decided, else what the score suggests (RULES 4)."""

from dataclasses import dataclass, field

from assessment.models import AssessmentYear
from rewards.models import GradeDecision
from scoring.engine import TeamGrade, YearResult


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
        grades = (*self.teams.values(), *self.cadres.values())
        return all(grade.decision for grade in grades if grade.suggested)


def decisions_latest(year: AssessmentYear) -> Decisions:
    """One query."""
    decisions = Decisions()
    for decision in year.grade_decisions.select_related("township", "cadre").order_by("number"):
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
    decisions = decisions_latest(year)
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


def _text(grade: str | None) -> str | None:
    return None if grade is None else str(grade)
