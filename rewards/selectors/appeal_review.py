"""What a review comes to: the result with the readings in place beside the one in force, and everything that follows
from the difference, before anybody confirms it (RULES Y8)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from assessment.models import AssessmentYear
from rewards.models import Appeal
from rewards.models.subject import OfSubject
from rewards.rules.differences import SplitDifferences, split_differences
from rewards.selectors.appeal_item import Content, ContestedInput, ItemState, input_content, inputs_replaced, items_read
from rewards.selectors.bonus import YearBonus, confirmation_agrees, confirmation_latest, year_bonus
from rewards.selectors.grade import GradeInForce, Grades
from scoring.differences import Kind, Matter, Outcome, SubjectDifferences, differences
from scoring.engine import TeamGrade, YearResult, score_year
from scoring.models import ResultVersion
from scoring.selectors.version import content_digest, version_outcome
from scoring.services.version import DecidedGrades


@dataclass(frozen=True)
class Departure:
    """A team or cadre whose decided grade is another than what is suggested from now on."""

    kind: Kind
    code: str
    name: str
    grade: str
    suggested: str


@dataclass(frozen=True)
class Consequences:
    """All that differs between two results of a year; `bonus` None where one of them has none."""

    before: Outcome
    after: Outcome
    changes: tuple[SubjectDifferences, ...]
    departures: tuple[Departure, ...]
    bonus: SplitDifferences | None

    def of(self, subject: OfSubject) -> SubjectDifferences | None:
        """What changes of the subject itself."""
        return next((found for found in self.changes if _is_of(found, subject)), None)

    def others(self, subject: OfSubject) -> list[SubjectDifferences]:
        return [found for found in self.changes if not _is_of(found, subject)]


@dataclass(frozen=True)
class Review:
    """An appeal under review. `before` is the result that it looks at; `changed` are the inputs whose source says
    something else than that rests on; `consequences` None until every input is settled and while something is missing.

    `seen` is a digest of all that a page shows of the consequences: only what was seen can be confirmed.
    """

    appeal: Appeal
    version: ResultVersion
    before: Outcome
    states: tuple[ItemState, ...]
    changed: tuple[ItemState, ...]
    consequences: Consequences | None
    grades: DecidedGrades

    @property
    def settled(self) -> bool:
        return all(state.settled for state in self.states)

    @property
    def seen(self) -> str:
        consequences = self.consequences
        shown = [] if consequences is None else [list(map(repr, consequences.changes)), repr(consequences.bonus)]
        changed = [(state.source.key, repr(state.content)) for state in self.changed]
        return content_digest([self.version.pk, changed, shown])


def version_looked_at(appeal: Appeal) -> ResultVersion:
    """What the decision was taken on; until then the latest, which is in force while the year is published."""
    decision = getattr(appeal, "decision", None)
    version: ResultVersion = decision.before if decision else appeal.year.result_versions.latest("number")
    return version


def review_of(appeal: Appeal, *, grade: str = "") -> Review:
    """As it stands now; `grade` is one to be decided anew for the subject, blank: the decided grade stays.

    Of a decided appeal: as it stood when it was decided, on the version that it looked at.
    """
    decision = getattr(appeal, "decision", None)
    version = version_looked_at(appeal)
    before = version_outcome(version)
    states = tuple(items_read(appeal, before.result))
    contents = {state.source: state.content for state in states if state.content is not None}
    changed = tuple(state for state in states if state.source in _differing(before.result, contents))
    grades = _with_grade(DecidedGrades(before.team_grades, before.cadre_grades), appeal, grade)
    review = Review(appeal, version, before, states, changed, None, grades)
    if decision:
        after = version_outcome(decision.after) if decision.after else None
    else:
        after = _outcome_reviewed(review, before.result, contents)
    return replace(review, consequences=consequences_of(appeal.year, before, after) if after else None)


def _outcome_reviewed(review: Review, before: YearResult, contents: Mapping[ContestedInput, Content]) -> Outcome | None:
    """None while an input is not settled, or where the readings leave something missing (RULES A3)."""
    if not review.settled:
        return None
    result = result_reviewed(before, contents, review.grades)
    return Outcome(result, review.grades.teams, review.grades.cadres) if result.computable else None


def result_reviewed(
    result: YearResult, contents: Mapping[ContestedInput, Content], grades: DecidedGrades
) -> YearResult:
    """The result computed anew from its own inputs with these in the place of theirs; nothing else of what was
    entered since moves it."""
    decided = {code: TeamGrade(grade) for code, grade in grades.teams.items()}
    return score_year(inputs_replaced(result, contents), decided)


def consequences_of(year: AssessmentYear, before: Outcome, after: Outcome) -> Consequences:
    """Six queries for the bonus."""
    old, new = (bonus_of(year, outcome).split for outcome in (before, after))
    changes = differences(before, after)
    return Consequences(
        before,
        after,
        changes,
        tuple(_departures(after, changes)),
        split_differences(old, new) if old and new else None,
    )


def bonus_of(year: AssessmentYear, outcome: Outcome) -> YearBonus:
    """The bonus that goes with a result and its grades."""
    grades = Grades(
        {code: GradeInForce(grade) for code, grade in outcome.team_grades.items()},
        {
            cadre.input.number: GradeInForce(outcome.cadre_grades.get(cadre.input.number))
            for cadre in outcome.result.cadres
        },
    )
    return year_bonus(year=year, result=outcome.result, grades=grades)


def bonus_disagrees(year: AssessmentYear) -> bool:
    """Whether a confirmed bonus is no longer what the result and the grades in force come to."""
    confirmation = confirmation_latest(year)
    return confirmation is not None and not confirmation_agrees(confirmation, year_bonus(year=year))


def _differing(result: YearResult, contents: Mapping[ContestedInput, Content]) -> set[ContestedInput]:
    return {source for source, content in contents.items() if content != input_content(result, source)}


def _with_grade(grades: DecidedGrades, subject: OfSubject, grade: str) -> DecidedGrades:
    if not grade:
        return grades
    if subject.township:
        return DecidedGrades({**grades.teams, subject.code: grade}, grades.cadres)
    return DecidedGrades(grades.teams, {**grades.cadres, subject.code: grade})


def _departures(after: Outcome, changes: Iterable[SubjectDifferences]) -> Iterator[Departure]:
    """Where the suggestion moved away from what is decided."""
    moved = [change for change in changes if change.change_of(Matter.SUGGESTED) or change.change_of(Matter.GRADE)]
    for change in moved:
        grade, suggested = _grades_of(after, change)
        if grade and suggested and grade != suggested:
            yield Departure(change.kind, change.code, change.name, grade, suggested)


def _grades_of(outcome: Outcome, subject: SubjectDifferences) -> tuple[str | None, str | None]:
    """Decided and suggested."""
    if subject.kind is Kind.TEAM:
        return outcome.team_grades.get(subject.code), outcome.result.team(subject.code).grade
    return outcome.cadre_grades.get(subject.code), outcome.result.cadre(subject.code).grade


def _is_of(found: SubjectDifferences, subject: OfSubject) -> bool:
    return found.code == subject.code and (found.kind is Kind.TEAM) == (subject.township is not None)
