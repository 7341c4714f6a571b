"""One measure as its pages show it, and the lists that other pages include."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from cadres.templatetags.labels import term
from rewards.models import MeasureDecision, MeasureReview, MeasureTalk
from rewards.presenters.measure import (
    CADRE,
    SLUGS,
    TEAM,
    clause_text,
    evidence_text,
    kind_text,
    measure_url,
    pair_text,
    remark_text,
    state_badge,
    subject_text,
    subject_url,
    taken_text,
)
from rewards.selectors.measure import MeasureCase


@dataclass(frozen=True)
class CasePage:
    """A case in words; `decisions`, `talks`, `reviews` with the latest first."""

    case: MeasureCase
    subject: str
    place: str
    subject_url: str
    url: str
    scope: str
    slug: str
    kind: str
    clause: str
    evidence: tuple[str, ...]
    pair: str
    remark: str
    badge: SafeString
    taken: str
    decisions: tuple[MeasureDecision, ...]
    talks: tuple[MeasureTalk, ...]
    reviews: tuple[MeasureReview, ...]

    @property
    def deadline(self) -> date | None:
        return self.case.due


def case_page(case: MeasureCase) -> CasePage:
    subject, course = case.subject, case.course
    return CasePage(
        case=case,
        subject=subject_text(subject),
        place="" if subject.of_team else " · ".join(filter(None, (subject.township_name, term(subject.post)))),
        subject_url=subject_url(case),
        url=measure_url("rewards:measure", case.year, case.key),
        scope=TEAM if case.key.of_team else CADRE,
        slug=SLUGS[case.key.kind],
        kind=kind_text(case.key.kind),
        clause=clause_text(case),
        evidence=tuple(map(evidence_text, case.evidence)),
        pair=pair_text(case.pair) if case.pair else "",
        remark=remark_text(case),
        badge=state_badge(case),
        taken=taken_text(case),
        decisions=course.decisions[::-1],
        talks=course.talks[::-1],
        reviews=course.reviews[::-1],
    )
