"""The list of who has been told."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, ngettext

from assessment.models import AssessmentYear
from rewards.selectors.feedback import FeedbackCount, FeedbackRow


class FeedbackTable(tables.Table):
    """One row a team or cadre. `editable`: records can be added and withdrawn."""

    subject = tables.Column(gettext_lazy("Team or cadre"), accessor="subject__name", order_by=("subject__order",))
    township = tables.Column(gettext_lazy("Township"), accessor="subject__township_name", order_by=("subject__order",))
    told = tables.Column(
        gettext_lazy("Told"), accessor="latest", order_by=("latest", "subject__order"), empty_values=()
    )

    class Meta:
        attrs = {"class": "data-table follow-table"}
        sequence = ("township", "subject", "told")

    def __init__(self, *args: Any, year: AssessmentYear, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.editable = year, editable

    def render_subject(self, record: FeedbackRow) -> str:
        return render_to_string("rewards/follow_subject.html", {"who": record.subject})

    def render_told(self, record: FeedbackRow) -> str:
        context = {"row": record, "year": self.year, "editable": self.editable}
        return render_to_string("rewards/feedback_cell.html", context)


def count_text(count: FeedbackCount) -> str:
    """“12 of 20 teams, 150 of 198 cadres have been told.”"""
    text = ngettext(
        "%(teams)s of %(all_teams)s teams and %(cadres)s of %(all_cadres)s cadre have been told their results.",
        "%(teams)s of %(all_teams)s teams and %(cadres)s of %(all_cadres)s cadres have been told their results.",
        count.all_cadres,
    )
    return text % vars(count)
