"""What the lists of interviews, opinions and notes can be narrowed by; kept in the address."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.models import AssessmentYear, DailyNote, Direction, Interview, Interviewee, Occasion, SolicitedOpinion
from assessment.models import Source as OpinionSource
from cadres.filters import SearchFilter
from cadres.models import Township

IN_FORCE, WITHDRAWN = "in-force", "withdrawn"


class RecordFilter(django_filters.FilterSet):
    """By township and by state; `place` is the township of the record itself or of its cadre."""

    township = django_filters.ModelChoiceFilter(
        label=_("Township"), queryset=Township.objects.none(), to_field_name="code", method="in_township"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=((IN_FORCE, _("in force")), (WITHDRAWN, _("withdrawn"))), method="in_state"
    )

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["township"].queryset = year.townships.all()
        self.form.order_fields(["q"])

    def in_township(self, rows: QuerySet[Any], _name: str, township: Township) -> QuerySet[Any]:
        return rows.filter(place_code=township.code)

    def in_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(withdrawn_reason="") if state == IN_FORCE else rows.exclude(withdrawn_reason="")


class OpinionFilter(RecordFilter):
    q = SearchFilter("content", "given_by", "cadre__name", "cadre__number", "place", label=_("Text, name or number"))
    source = django_filters.ChoiceFilter(label=pgettext_lazy("opinion", "Source"), choices=OpinionSource.choices)
    direction = django_filters.ChoiceFilter(label=_("Direction"), choices=Direction.choices)

    class Meta:
        model = SolicitedOpinion
        fields: list[str] = []


class NoteFilter(RecordFilter):
    q = SearchFilter("content", "cadre__name", "cadre__number", "place", label=_("Text, name or number"))
    occasion = django_filters.ChoiceFilter(label=_("Occasion"), choices=Occasion.choices)

    class Meta:
        model = DailyNote
        fields: list[str] = []


class InterviewFilter(RecordFilter):
    q = SearchFilter("content", "person", "cadre__name", "cadre__number", label=_("Text, name or number"))
    group = django_filters.ChoiceFilter(label=_("Group"), choices=Interviewee.choices)

    class Meta:
        model = Interview
        fields: list[str] = []

    def in_township(self, rows: QuerySet[Any], _name: str, township: Township) -> QuerySet[Any]:
        return rows.filter(township=township)
