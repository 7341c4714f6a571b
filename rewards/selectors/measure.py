"""What U2 and U3 propose, joined with what was decided and done about it: one case a proposal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessment.models import AssessmentYear
from cadres.models import Account, Cadre, Township
from cadres.permissions import allows
from rewards.deadlines import months_after, year_end
from rewards.models import Measure
from rewards.rules import AnnualGrade, InterruptedPair, MeasureKind, Proposal, interrupted_pairs, propose_measures
from rewards.selectors.grade import grades_in_force
from rewards.selectors.history import History, annual_grades, cadre_histories
from rewards.selectors.measure_course import MeasureCourse, MeasureState, course_of, measures_stored
from scoring.engine import TeamGrade, YearResult
from scoring.results import current_result

CLAUSE_OF_PAIRS = "U2"


@dataclass(frozen=True)
class MeasureKey:
    """Whom a measure is about (`code`: a township's code or a personnel number) and which of its kinds it is."""

    of_team: bool
    code: str
    kind: MeasureKind


@dataclass(frozen=True)
class EvidenceYear:
    """A year it rests on. `grade` '' where there is none; then `not_graded` may hold the register's code.

    `suggested_only`: nobody has decided the grade.
    """

    year: int
    grade: str
    suggested_only: bool = False
    not_graded: str = ""


@dataclass(frozen=True)
class MeasureSubject:
    """Whom it is about as the year knows them: `township` and `post` are blank for who is not on its roster."""

    of_team: bool
    code: str
    name: str
    township: str = ""
    township_name: str = ""
    post: str = ""


@dataclass(frozen=True)
class MeasureCase:
    """One proposal with its course. `proposed`: the rules propose it on the grades in force; `pair` where two years of
    不称职 are interrupted and the committee says what they are. Neither: grades have changed since it was decided.

    `evidence` holds the years between a pair too; `deadline` is the one in force, else the one proposed, which a
    decision without one does not take away; pages show `due`.
    """

    year: AssessmentYear
    key: MeasureKey
    subject: MeasureSubject
    clause: str
    years: tuple[int, ...]
    evidence: tuple[EvidenceYear, ...]
    proposed: bool
    pair: InterruptedPair | None
    deadline: date | None
    measure: Measure | None
    course: MeasureCourse
    state: MeasureState

    @property
    def stale(self) -> bool:
        """Decided on, and no longer what the rules say: other grades, or other years."""
        if self.measure is None:
            return False
        return not (self.proposed or self.pair) or tuple(self.measure.evidence) != self.years

    @property
    def due(self) -> date | None:
        """The deadline that counts: what is proposed stands until a decision sets another, or none."""
        return self.course.deadline if self.course.decision else self.deadline

    @property
    def listed(self) -> bool:
        """Whether it counts among the proposals of `measures --json`: the rules', and pairs that were taken up."""
        return self.proposed or (self.pair is not None and self.course.taken is not None)

    @property
    def awaits_decision(self) -> bool:
        return self.course.decision is None


def measure_cases(year: AssessmentYear, *, today: date | None = None) -> list[MeasureCase]:
    """Of one year: teams first, then cadres, as the results have them."""
    return measure_cases_of([year], today=today)


def measure_cases_of(years: Sequence[AssessmentYear], *, today: date | None = None) -> list[MeasureCase]:
    """Of these years. Seven queries, and three more for every year and every earlier one."""
    if not years:
        return []
    day = today or timezone.localdate()
    history = cadre_histories(until=max(year.number for year in years))
    stored: dict[int, list[Measure]] = defaultdict(list)
    for measure in measures_stored().filter(year__in=years):
        stored[measure.year_id].append(measure)
    return [case for year in years for case in YearCases(year, history, stored[year.pk], day).all()]


def measure_case(year: AssessmentYear, key: MeasureKey) -> MeasureCase | None:
    """The one of that key; None where the rules propose no such thing and nothing was decided."""
    return next((case for case in measure_cases(year) if case.key == key), None)


def measures_of(cadre: Cadre, *, by: Account | None) -> list[MeasureCase]:
    """A cadre's measures of all years that `by` may read, the latest year first."""
    return _of_subject(of_team=False, code=cadre.number, by=by)


def measures_of_team(township: Township, *, by: Account | None) -> list[MeasureCase]:
    """The same of a township's team."""
    return _of_subject(of_team=True, code=township.code, by=by)


def years_readable(by: Account | None) -> list[AssessmentYear]:
    """The closed years whose measures `by` may read, the latest first."""
    years = AssessmentYear.objects.order_by("-number")
    return [year for year in years if year.is_closed and allows(by, "rewards.view_measures", year)]


def _of_subject(*, of_team: bool, code: str, by: Account | None) -> list[MeasureCase]:
    cases = measure_cases_of(years_readable(by))
    return [case for case in cases if (case.key.of_team, case.key.code) == (of_team, code)]


class YearCases:
    """The cases of one year; grades, proposals and names are looked up once."""

    def __init__(self, year: AssessmentYear, history: History, stored: Iterable[Measure], today: date) -> None:
        self._year, self._today = year, today
        self._result = current_result(year)
        self._grades = grades_in_force(year=year, result=self._result)
        self._known = known_grades(year, self._result, history)
        self._suggested = {
            (number, entry.annual.year) for number, years in history.items() for entry in years if entry.suggested_only
        }
        self._stored = {measure_key(measure): measure for measure in stored}
        self._subjects = dict(_subjects(self._result))
        self._position = {subject: position for position, subject in enumerate(self._subjects)}

    def all(self) -> list[MeasureCase]:
        found = {MeasureKey(p.of_team, p.subject, p.kind): self._proposed(p) for p in self._proposals()}
        for pair in self._pairs():
            found.setdefault(MeasureKey(False, pair.subject, MeasureKind.ORGANISATIONAL), self._pair(pair))
        for key, measure in self._stored.items():
            if key not in found:
                found[key] = self._case(key, measure.clause, tuple(measure.evidence))
        return sorted(found.values(), key=self._order)

    def _proposals(self) -> tuple[Proposal, ...]:
        teams = {code: TeamGrade(grade.grade) if grade.grade else None for code, grade in self._grades.teams.items()}
        months = self._result.scheme.follow_up.rectification_months
        return propose_measures(year=self._year.number, teams=teams, cadres=self._known, months=months)

    def _pairs(self) -> tuple[InterruptedPair, ...]:
        earliest = min((entry.year for known in self._known.values() for entry in known), default=self._year.number)
        return interrupted_pairs(year=self._year.number, cadres=self._known, earliest=earliest)

    def _proposed(self, proposal: Proposal) -> MeasureCase:
        key = MeasureKey(proposal.of_team, proposal.subject, proposal.kind)
        due = months_after(year_end(self._year.number), proposal.months) if proposal.months is not None else None
        return self._case(key, proposal.clause, proposal.years, proposed=True, deadline=due)

    def _pair(self, pair: InterruptedPair) -> MeasureCase:
        key = MeasureKey(False, pair.subject, MeasureKind.ORGANISATIONAL)
        return self._case(key, CLAUSE_OF_PAIRS, pair.years, pair=pair)

    def _case(
        self,
        key: MeasureKey,
        clause: str,
        years: tuple[int, ...],
        *,
        proposed: bool = False,
        pair: InterruptedPair | None = None,
        deadline: date | None = None,
    ) -> MeasureCase:
        measure = self._stored.get(key)
        course = course_of(measure) if measure else MeasureCourse()
        state = course.state(self._today)
        return MeasureCase(
            year=self._year,
            key=key,
            subject=self._subject(key, measure),
            clause=clause,
            years=years,
            evidence=tuple(self._evidence(key, years)),
            proposed=proposed,
            pair=pair,
            deadline=course.deadline or deadline,
            measure=measure,
            course=course,
            state=MeasureState.FOR_DECISION if pair and state == MeasureState.PROPOSED else state,
        )

    def _subject(self, key: MeasureKey, measure: Measure | None) -> MeasureSubject:
        found = self._subjects.get((key.of_team, key.code))
        return found or MeasureSubject(key.of_team, key.code, measure.subject.name if measure else key.code)

    def _evidence(self, key: MeasureKey, years: tuple[int, ...]) -> Iterator[EvidenceYear]:
        """Every year from the first to the last, so that what lies between a pair is seen."""
        if key.of_team:
            grade = self._grades.teams.get(key.code)
            for year in years:
                yield EvidenceYear(
                    year, (grade.grade or "") if grade else "", bool(grade and grade.stands_by_suggestion)
                )
            return
        known = {entry.year: entry for entry in self._known.get(key.code, ())}
        for year in range(years[0], years[-1] + 1):
            entry = known.get(year, AnnualGrade(year, None))
            suggested = (key.code, year) in self._suggested
            yield EvidenceYear(year, str(entry.grade or ""), suggested, entry.not_graded)

    def _order(self, case: MeasureCase) -> tuple[int, str, int]:
        place = self._position.get((case.key.of_team, case.key.code), len(self._position))
        return place, case.key.code, list(MeasureKind).index(case.key.kind)


def measure_key(measure: Measure) -> MeasureKey:
    return MeasureKey(measure.township_id is not None, measure.code, MeasureKind(measure.kind))


def known_grades(year: AssessmentYear, result: YearResult, history: History) -> Mapping[str, list[AnnualGrade]]:
    """What the rules look at: the years up to this one of everyone on its roster."""
    numbers = [cadre.input.number for cadre in result.cadres]
    until = {
        number: [entry for entry in history.get(number, ()) if entry.annual.year <= year.number] for number in numbers
    }
    return annual_grades(until, numbers)


def _subjects(result: YearResult) -> Iterator[tuple[tuple[bool, str], MeasureSubject]]:
    names = {team.input.code: team.input.name for team in result.teams}
    for code, name in names.items():
        yield (True, code), MeasureSubject(True, code, name, code, name)
    for cadre in result.cadres:
        person = cadre.input
        place = names.get(person.township, person.township)
        yield (
            (False, person.number),
            MeasureSubject(False, person.number, person.name, person.township, place, person.post),
        )
