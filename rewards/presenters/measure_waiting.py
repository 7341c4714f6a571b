"""What of a year's measures waits for the office, as lines of its home page."""

from django.urls import reverse
from django.utils.translation import ngettext

from assessment.addresses import year_url
from assessment.models import AssessmentYear
from cadres.home import HomeLine
from cadres.models import Account, Role
from rewards.selectors.measure_due import reminder_counts


def measures_waiting(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """Nothing is said about none."""
    if by.role != Role.OFFICE:
        return []
    counts, due = reminder_counts(year), reverse("rewards:measures_due")
    lines = (
        (
            ngettext("%(count)d measure is overdue", "%(count)d measures are overdue", counts.overdue),
            counts.overdue,
            due,
        ),
        (
            ngettext(
                "%(count)d measure is due within 30 days", "%(count)d measures are due within 30 days", counts.due
            ),
            counts.due,
            due,
        ),
        (
            ngettext(
                "%(count)d proposed measure is to be decided",
                "%(count)d proposed measures are to be decided",
                counts.for_decision,
            ),
            counts.for_decision,
            year_url("rewards:measures", year),
        ),
        (
            ngettext("%(count)d talk is to be held", "%(count)d talks are to be held", counts.for_talk),
            counts.for_talk,
            due,
        ),
    )
    return [HomeLine(text % {"count": count}, url, waiting=True) for text, count, url in lines if count]
