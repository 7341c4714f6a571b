"""Measures of the demo county's closed years: accepted, changed, reviewed, due, to be decided."""

from dataclasses import dataclass
from datetime import date

from assessment.models import AssessmentYear
from cadres.models import Account
from rewards.models import Measure, MeasureOutcome, Taken, Verdict
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureKey
from rewards.services.measure import Resolution, measure_decide
from rewards.services.measure_course import ReviewRow, TalkRow, measure_review_record, measure_talk_record
from workbook.demo.people import number

COMMITTEE = "中共平岚县委常委会"


@dataclass(frozen=True)
class Course:
    """One measure from its decision on. `talk`: whom the talk was held by, and what was said."""

    code: str
    kind: MeasureKind
    decided_on: date
    taken: Taken | None = None
    reason: str = ""
    deadline: date | None = None
    talk: tuple[date, str, str] | None = None
    reviews: tuple[ReviewRow, ...] = ()

    @property
    def of_team(self) -> bool:
        return self.code.startswith("T")


COURSES: dict[int, tuple[Course, ...]] = {
    2023: (
        Course(
            number(151),
            MeasureKind.YELLOW_CARD,
            date(2024, 2, 8),
            talk=(
                date(2024, 2, 20),
                "县委常委、组织部部长",
                "指出违规发放津补贴问题的性质，本人表示接受处理，限期清退。",
            ),
        ),
    ),
    2024: (
        Course(
            number(19),
            MeasureKind.YELLOW_CARD,
            date(2025, 1, 27),
            talk=(date(2025, 2, 12), "县委常委、组织部部长", "逐项反馈测评和实绩情况，要求半年内扭转工作被动局面。"),
        ),
        Course(
            number(122),
            MeasureKind.ADMONITION,
            date(2025, 1, 27),
            talk=(
                date(2025, 2, 13),
                "县委组织部副部长",
                "就分管工作排位靠后、群众评价偏低进行诫勉。",
            ),
        ),
        Course(
            number(122),
            MeasureKind.RECTIFICATION,
            date(2025, 1, 27),
            reviews=(ReviewRow(date(2025, 7, 28), MeasureOutcome.MET, "分管工作半年排位进入前十，整改到位。"),),
        ),
    ),
    2025: (
        Course(
            "T14",
            MeasureKind.COLLECTIVE_TALK,
            date(2026, 2, 9),
            talk=(date(2026, 2, 11), "县委书记", "指出项目建设、信访工作两项短板，要求一月内报整改方案。"),
        ),
        Course(
            "T14",
            MeasureKind.RECTIFICATION,
            date(2026, 2, 9),
            reviews=(
                ReviewRow(date(2026, 8, 10), MeasureOutcome.EXTENDED, "信访积案化解未达序时进度。", date(2026, 12, 15)),
            ),
        ),
        Course("T19", MeasureKind.COLLECTIVE_TALK, date(2026, 2, 9)),
        Course(
            number(88),
            MeasureKind.ADMONITION,
            date(2026, 2, 9),
            taken=Taken.POST_CHANGE,
            reason="身体原因不宜继续分管一线工作，调整职务",
        ),
        Course(number(88), MeasureKind.RECTIFICATION, date(2026, 2, 9), deadline=date(2026, 9, 30)),
        Course(
            number(19),
            MeasureKind.YELLOW_CARD,
            date(2026, 2, 9),
            talk=(date(2026, 2, 13), "县委副书记", "连续两年不称职，通报县委拟按规定研究组织处理。"),
        ),
    ),
}
"""By year; what is not here waits for a decision."""


def measures_build(year: AssessmentYear, *, by: Account | None) -> None:
    for course in COURSES[year.number]:
        measure = _decided(year, course, by=by)
        if course.talk:
            day, talker, content = course.talk
            row = TalkRow(day, "县委组织部谈话室", talker, "县委组织部干部科科长", content)
            measure_talk_record(measure=measure, row=row, by=by)
        for review in course.reviews:
            measure_review_record(measure=measure, row=review, by=by)


def _decided(year: AssessmentYear, course: Course, *, by: Account | None) -> Measure:
    resolution = Resolution(
        verdict=Verdict.CHANGED if course.taken else Verdict.ACCEPTED,
        decided_by=COMMITTEE,
        decided_on=course.decided_on,
        taken=course.taken,
        document=f"平委常纪〔{course.decided_on.year}〕4号",
        deadline=course.deadline,
        reason=course.reason,
    )
    key = MeasureKey(course.of_team, course.code, course.kind)
    return measure_decide(year=year, key=key, resolution=resolution, by=by).measure
