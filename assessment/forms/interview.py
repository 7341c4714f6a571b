from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.forms.record import DayField, ProseField
from assessment.models import AssessmentYear, Interview, Interviewee
from assessment.selectors.interview import TownshipCoverage
from assessment.services.interview import InterviewRow, TargetKey
from cadres.models import Cadre, Township

COUNTED = tuple(group for group in Interviewee if group != Interviewee.MEMBER)
"""The groups whose number the office enters; the team's members are those of the roster."""


class MemberField(forms.ModelChoiceField):
    """A member of the team; the list says with whom a talk is on record."""

    talked_to: frozenset[int] = frozenset()

    def label_from_instance(self, obj: Any) -> str:
        return _("%(cadre)s · talked to") % {"cadre": obj} if obj.pk in self.talked_to else str(obj)


class InterviewForm(forms.Form):
    """One talk: group, person, day, place, what was said (RULES Y5)."""

    group = forms.ChoiceField(label=gettext_lazy("Group"), choices=Interviewee.choices, widget=forms.RadioSelect)
    cadre = MemberField(
        label=gettext_lazy("Member of the team"),
        queryset=Cadre.objects.none(),
        to_field_name="number",
        required=False,
        empty_label="—",
    )
    person = forms.CharField(
        label=gettext_lazy("Name of the person"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Of two people of one name add what tells them apart: the unit, the village."),
    )
    held_on = DayField(label=gettext_lazy("Date"))
    place = forms.CharField(label=gettext_lazy("Place of the talk"), max_length=60, required=False)
    content = ProseField(label=gettext_lazy("What was said"), required=False)

    def __init__(self, *args: Any, year: AssessmentYear, township: Township, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = year.interviews.filter(township=township, group=Interviewee.MEMBER, withdrawn_reason="")
        members = Cadre.objects.filter(roster_entries__year=year, roster_entries__township=township)
        self.fields["cadre"].queryset = members.order_by("roster_entries__post__order", "number")  # type: ignore[attr-defined]
        self.fields["cadre"].talked_to = frozenset(held.values_list("cadre", flat=True))  # type: ignore[attr-defined]
        self.fields["held_on"].year = year  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        group = data.get("group")
        if group == Interviewee.MEMBER and not data.get("cadre") and "cadre" not in self.errors:
            self.add_error("cadre", _("Choose a member of the leadership team."))
        if group and group != Interviewee.MEMBER and not data.get("person") and "person" not in self.errors:
            self.add_error("person", _("Name the person."))
        return data

    def row(self) -> InterviewRow:
        data = self.cleaned_data
        return InterviewRow(
            group=Interviewee(data["group"]),
            held_on=data["held_on"],
            cadre=data["cadre"],
            person=data["person"],
            place=data["place"],
            content=data["content"],
        )


def interview_form(data: Any, *, interview: Interview) -> InterviewForm:
    """The form of a stored talk."""
    initial = {name: getattr(interview, name) for name in ("group", "held_on", "place", "content")}
    who = {"cadre": interview.cadre.number} if interview.cadre else {"person": interview.person}
    return InterviewForm(data, year=interview.year, township=interview.township, initial={**initial, **who})


class PeopleForm(forms.Form):
    """How many there are of each group: a number field for every township and counted group."""

    def __init__(self, *args: Any, coverage: Iterable[TownshipCoverage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coverage = list(coverage)
        self.keys: dict[str, TargetKey] = {}
        for row in self.coverage:
            for group in row.groups:
                if group.group in COUNTED:
                    self._add(row.township, group.group, group.people)

    def _add(self, township: Township, group: Interviewee, people: int | None) -> None:
        name = f"{township.code}/{group.value}"
        self.keys[name] = (township.code, group.value)
        label = f"{township} {group.label}"
        stored = "" if people is None else str(people)
        attrs = {"inputmode": "numeric", "size": 5, "aria-label": label, "autocomplete": "off", "data-stored": stored}
        self.fields[name] = forms.IntegerField(
            label=label,
            min_value=0,
            max_value=99_999,
            required=False,
            initial=people,
            widget=forms.TextInput(attrs=attrs),
        )

    def rows(self) -> list[tuple[TownshipCoverage, list[forms.BoundField]]]:
        """Township by township, as the table shows them."""
        return [(row, [self[f"{row.township.code}/{group.value}"] for group in COUNTED]) for row in self.coverage]

    def people(self) -> dict[TargetKey, int | None]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}
