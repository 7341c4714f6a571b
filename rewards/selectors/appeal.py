"""Appeals of a year and of a person, and the days that they have (RULES Y8)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from assessment.models import AssessmentYear
from assessment.selectors.year import published_on, scheme_current
from cadres.models import Cadre, Township
from rewards.models import Appeal
from rewards.models.subject import about


@dataclass(frozen=True)
class AppealDays:
    """The days in which a year's result can be contested, and how many there are to decide."""

    first: date
    last: date
    to_decide: int

    def due(self, received_on: date) -> date:
        return received_on + timedelta(days=self.to_decide)


def appeal_days(year: AssessmentYear) -> AppealDays | None:
    """None unless the year is published."""
    first = published_on(year)
    if first is None:
        return None
    terms = scheme_current(year).follow_up
    return AppealDays(first, first + timedelta(days=terms.appeal_days), terms.review_days)


def appeals_until(year: AssessmentYear) -> date | None:
    """The last day on which a review can be asked for, None unless the year is published."""
    days = appeal_days(year)
    return days.last if days else None


def appeals_of(year: AssessmentYear) -> QuerySet[Appeal]:
    """All of a year, the open ones first as they are due, then those decided, the latest first."""
    found = Appeal.objects.filter(year=year).select_related("year", "township", "cadre", "decision", "entered_by")
    return found.order_by(F("decision__decided_on").desc(nulls_first=True), "due_on", "id")


def appeals_about(subject: Township | Cadre) -> list[Appeal]:
    """Of a team or a cadre, in all years, the latest first. One query."""
    found = Appeal.objects.filter(**about(subject)).select_related("year", "township", "cadre", "decision")
    return list(found.order_by("-year__number", "-received_on", "-id"))


def appeals_open(year: AssessmentYear) -> QuerySet[Appeal]:
    """Those not decided yet: they keep the year from being archived."""
    return (
        Appeal.objects.filter(year=year, decision=None).select_related("year", "township", "cadre").order_by("due_on")
    )


def days_left(appeal: Appeal) -> int:
    """Until it must be decided; negative where it is overdue."""
    return (appeal.due_on - timezone.localdate()).days
