"""What of the measures of all years somebody has to act on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from cadres.models import Account
from rewards.selectors.measure import MeasureCase, measure_cases_of, years_readable
from rewards.selectors.measure_course import MeasureState, course_of, measures_stored


@dataclass(frozen=True)
class Reminders:
    """Each case stands where it presses most; a case that waits for a talk may be due beside."""

    overdue: tuple[MeasureCase, ...] = ()
    due: tuple[MeasureCase, ...] = ()
    for_decision: tuple[MeasureCase, ...] = ()
    for_talk: tuple[MeasureCase, ...] = ()

    @property
    def empty(self) -> bool:
        return not (self.overdue or self.due or self.for_decision or self.for_talk)


@dataclass(frozen=True)
class ReminderCounts:
    """How many of each, for a home page."""

    overdue: int
    due: int
    for_decision: int
    for_talk: int


def reminders(by: Account | None, *, today: date | None = None) -> Reminders:
    """Of every closed year, the most pressing first."""
    cases = measure_cases_of(years_readable(by), today=today)
    return Reminders(
        overdue=_by_deadline(cases, lambda case: case.state == MeasureState.OVERDUE),
        due=_by_deadline(cases, lambda case: case.state == MeasureState.DUE),
        for_decision=tuple(case for case in cases if case.awaits_decision),
        for_talk=tuple(case for case in cases if case.course.awaits_talk),
    )


def reminder_counts(year: AssessmentYear, *, today: date | None = None) -> ReminderCounts:
    """Four queries while the grades of the year are open: what is proposed on grades that nobody has confirmed waits
    for nobody yet."""
    day = today or timezone.localdate()
    courses = [course_of(measure) for measure in measures_stored().filter(year=year)]
    states = [course.state(day) for course in courses]
    proposed = 0
    if Phase(year.phase).position >= Phase.CONFIRMED.position:
        proposed = sum(case.awaits_decision for case in measure_cases_of([year], today=day))
    return ReminderCounts(
        overdue=states.count(MeasureState.OVERDUE),
        due=states.count(MeasureState.DUE),
        for_decision=proposed,
        for_talk=sum(course.awaits_talk for course in courses),
    )


def _by_deadline(cases: Sequence[MeasureCase], wanted: Callable[[MeasureCase], bool]) -> tuple[MeasureCase, ...]:
    return tuple(sorted(filter(wanted, cases), key=lambda case: case.due or date.max))
