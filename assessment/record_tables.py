"""The columns of the lists of interviews, opinions and notes, and of the table of coverage."""

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessment.models import AssessmentYear, DailyNote, Interview, Interviewee, SolicitedOpinion
from assessment.presenters.interview import group_headings
from assessment.record_places import AnyRecord
from assessment.selectors.interview import GroupCoverage, TownshipCoverage
from cadres.models import Account

ONE_LINE = {"td": {"class": "text-nowrap"}}
PROSE = {"td": {"class": "wrap record-text"}}


class RecordTable(tables.Table):
    """`noun` names the addresses that correct and withdraw; `editable`: the year takes changes."""

    noun: str
    state = tables.Column(gettext_lazy("State"), accessor="withdrawn_reason", empty_values=())

    class Meta:
        attrs = {"class": "data-table record-table"}

    def __init__(self, *args: Any, by: Account, editable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.editable = by, editable

    def render_content(self, value: str) -> str:
        return render_to_string("assessment/record_content.html", {"text": value})

    def render_state(self, record: AnyRecord) -> str:
        context = {
            "record": record,
            "editable": self.editable,
            "own": record.recorded_by_id == self.by.pk,
            "correct": f"assessment:{self.noun}_correct",
            "withdraw": f"assessment:{self.noun}_withdraw",
        }
        return render_to_string("assessment/record_state.html", context)


class SubjectTable(RecordTable):
    """About a team or a cadre."""

    dated = tables.DateColumn(verbose_name=gettext_lazy("Date"), format="Y-m-d", attrs=ONE_LINE)
    subject = tables.Column(
        gettext_lazy("About"), accessor="pk", order_by=("place_order", "place_code", "cadre_number", "-dated")
    )
    content = tables.Column(gettext_lazy("What was said or seen"), orderable=False, attrs=PROSE)

    def render_subject(self, record: SolicitedOpinion | DailyNote) -> str | SafeString:
        if not record.cadre:
            return _("Team of %(township)s") % {"township": record.place}  # type: ignore[union-attr]
        place = record.place or _("not on the roster")  # type: ignore[union-attr]
        return format_html('{} <small class="history">{}</small>', record.cadre, place)


class OpinionTable(SubjectTable):
    noun = "opinion"
    source = tables.Column(pgettext_lazy("opinion", "Source"))
    direction = tables.Column(gettext_lazy("Direction"))
    given_by = tables.Column(gettext_lazy("Given by"))

    class Meta(RecordTable.Meta):
        sequence = ("dated", "subject", "source", "direction", "given_by", "content", "state")


class NoteTable(SubjectTable):
    noun = "note"
    occasion = tables.Column(gettext_lazy("Occasion"))

    class Meta(RecordTable.Meta):
        sequence = ("dated", "subject", "occasion", "content", "state")


class InterviewTable(RecordTable):
    noun = "interview"
    held_on = tables.DateColumn(verbose_name=gettext_lazy("Date"), format="Y-m-d", attrs=ONE_LINE)
    township = tables.Column(
        gettext_lazy("Township"), accessor="township__name", order_by=("township__order", "township__code", "-held_on")
    )
    group = tables.Column(gettext_lazy("Group"))
    person = tables.Column(gettext_lazy("Person"), order_by=("person", "cadre__number"))
    place = tables.Column(gettext_lazy("Place of the talk"))
    content = tables.Column(gettext_lazy("What was said"), orderable=False, attrs=PROSE)

    class Meta(RecordTable.Meta):
        sequence = ("held_on", "township", "group", "person", "place", "content", "state")

    def render_person(self, record: Interview) -> str:
        return str(record.cadre or record.person)


class GroupColumn(tables.Column):
    """One of the five groups, sorted by how much of it was talked to."""

    def __init__(self, group: Interviewee, heading: str) -> None:
        self.position = list(Interviewee).index(group)
        by = (f"groups__{self.position}__rank", "township__order")
        super().__init__(heading, accessor=f"groups__{self.position}", order_by=by)

    def render(self, value: GroupCoverage, record: TownshipCoverage, table: "CoverageTable") -> str:
        context = {
            "group": value,
            "township": record.township,
            "year": table.year,
            "named": table.named,
            "editable": table.editable,
        }
        return render_to_string("assessment/interview_cell.html", context)


class CoverageTable(tables.Table):
    """Townships × groups. `named`: who of the team is missing stands there; `editable`: talks can be recorded."""

    township = tables.Column(
        gettext_lazy("Township"), accessor="township__name", order_by=("township__order", "township__code")
    )

    class Meta:
        attrs = {"class": "data-table pin-first coverage-table"}

    def __init__(self, *args: Any, year: AssessmentYear, named: bool, editable: bool, **kwargs: Any) -> None:
        columns = [(group.value, GroupColumn(group, text)) for group, text in group_headings(year).items()]
        super().__init__(*args, extra_columns=columns, **kwargs)
        self.year, self.named, self.editable = year, named, editable

    def render_township(self, record: TownshipCoverage) -> str:
        context = {"row": record, "year": self.year, "editable": self.editable}
        return render_to_string("assessment/interview_township.html", context)
