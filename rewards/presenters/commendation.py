"""The list of commendations."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from rewards.selectors.commendation import CommendationRow

WRAP = {"td": {"class": "wrap"}}


class CommendationTable(tables.Table):
    """One row a record. `editable`: records can be withdrawn; grades are shown from closed on."""

    subject = tables.Column(
        gettext_lazy("Team or cadre"), accessor="name", order_by=("order", "record__decided_on"), empty_values=()
    )
    township = tables.Column(
        gettext_lazy("Township"),
        accessor="subject__township_name",
        order_by=("order", "record__decided_on"),
        default="—",
    )
    grade = tables.Column(gettext_lazy("Grade"), accessor="subject__grade__grade", orderable=False, default="—")
    kind = tables.Column(
        pgettext_lazy("commendation", "Kind"), accessor="record__get_kind_display", order_by=("record__kind", "order")
    )
    decided_by = tables.Column(gettext_lazy("Deciding body"), accessor="record__decided_by", attrs=WRAP)
    decided_on = tables.DateColumn(
        verbose_name=gettext_lazy("Decided on"), accessor="record__decided_on", format="Y-m-d"
    )
    document = tables.Column(gettext_lazy("Document"), accessor="record__document", attrs=WRAP)
    remarks = tables.Column(gettext_lazy("Remarks"), accessor="record__remarks", attrs=WRAP, orderable=False)
    state = tables.Column(gettext_lazy("State"), accessor="record__stands", empty_values=())

    class Meta:
        attrs = {"class": "data-table follow-table"}

    def __init__(self, *args: Any, year: AssessmentYear, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year, self.editable = year, editable

    def render_subject(self, record: CommendationRow) -> str:
        return render_to_string("rewards/commendation_subject.html", {"row": record})

    def render_grade(self, record: CommendationRow) -> str:
        if not self.year.is_closed or record.subject is None or not record.subject.grade.grade:
            return "—"
        grade = term(record.subject.grade.grade)
        return grade if record.subject.grade.decision else _("%(grade)s (suggested)") % {"grade": grade}

    def render_kind(self, value: str, record: CommendationRow) -> str:
        return f"{value} · {record.record.title}" if record.record.title else value

    def render_state(self, record: CommendationRow) -> str:
        context = {"record": record.record, "year": self.year, "editable": self.editable, "name": record.name}
        return render_to_string("rewards/commendation_state.html", context)
