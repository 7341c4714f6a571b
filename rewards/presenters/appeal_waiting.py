"""Appeals that wait for the office, as lines of its home page (RULES Y8)."""

from django.utils import timezone
from django.utils.translation import ngettext

from assessment.addresses import year_url
from assessment.models import AssessmentYear, Phase
from cadres.home import HomeLine
from cadres.models import Account
from cadres.permissions import allows
from rewards.selectors.appeal import appeals_open


def appeals_waiting(year: AssessmentYear, by: Account) -> list[HomeLine]:
    """How many are open and by when the next is due, how many are overdue. One query, while the year is published."""
    if year.phase != Phase.PUBLISHED or not allows(by, "rewards.change_appeals", year):
        return []
    due = [appeal.due_on for appeal in appeals_open(year)]
    overdue = sum(day < timezone.localdate() for day in due)
    url = year_url("rewards:appeals", year)
    lines = []
    if overdue:
        text = ngettext("%(count)d appeal is overdue", "%(count)d appeals are overdue", overdue)
        lines.append(HomeLine(text % {"count": overdue}, url, waiting=True))
    if left := due[overdue:]:
        text = ngettext(
            "%(count)d appeal is to be decided, the next by %(day)s",
            "%(count)d appeals are to be decided, the next by %(day)s",
            len(left),
        )
        lines.append(HomeLine(text % {"count": len(left), "day": f"{left[0]:%Y-%m-%d}"}, url, waiting=True))
    return lines
