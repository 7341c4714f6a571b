"""What counts from the day a year's results were published (RULES Y8)."""

from datetime import date, timedelta

from assessment.models import AssessmentYear
from assessment.selectors.year import published_on, scheme_current


def appeals_until(year: AssessmentYear) -> date | None:
    """The last day on which a review can be asked for, None while the year is not published."""
    published = published_on(year)
    return published + timedelta(days=scheme_current(year).follow_up.appeal_days) if published else None
