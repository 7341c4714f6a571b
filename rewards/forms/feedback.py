from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.forms.record import DayField
from assessment.models import AssessmentYear
from rewards.forms.following import SubjectsForm, text_field
from rewards.models import FeedbackWay
from rewards.selectors.feedback import FeedbackRow
from rewards.services.feedback import FeedbackGiven

NOT_YET, TOLD = "not-yet", "told"


class FeedbackForm(SubjectsForm):
    """One occasion at which some or all were told (RULES U4). Before the results are published: collective talks."""

    way = forms.TypedChoiceField(label=_("How"), choices=FeedbackWay.choices, coerce=FeedbackWay)
    given_on = DayField(label=_("Date"))
    given_by = text_field(pgettext_lazy("feedback", "Given by"), 40)
    received_by = text_field(
        _("Received by"), 40, required=False, help_text=_("Blank: the team or the cadre, in person.")
    )
    place = text_field(_("Place of the feedback"), required=False)
    remarks = forms.CharField(
        label=_("Remarks"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    field_order = ("way", "given_on", "given_by", "received_by", "place", "remarks", "subjects")

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["given_on"].year = year  # type: ignore[attr-defined]
        if not year.is_published:
            talk = FeedbackWay.COLLECTIVE_TALK
            self.fields["way"].choices = [(talk.value, talk.label)]  # type: ignore[attr-defined]
            self.fields["way"].help_text = _("Other ways once the results are published.")

    def given(self) -> FeedbackGiven:
        return FeedbackGiven(**self.said())


class FeedbackFilter(forms.Form):
    """What the list is narrowed by; kept in the address."""

    q = forms.CharField(label=_("Name or number"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        label=_("Teams or cadres"),
        required=False,
        choices=(("", "—"), ("team", _("teams")), ("cadre", _("cadres"))),
    )
    township = forms.ChoiceField(label=_("Township"), required=False)
    way = forms.ChoiceField(label=_("How"), required=False, choices=(("", "—"), *FeedbackWay.choices))
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=(("", "—"), (NOT_YET, _("not yet told")), (TOLD, _("told"))),
    )

    def __init__(self, data: Any, *, rows: list[FeedbackRow]) -> None:
        super().__init__(data)
        self.rows = rows
        towns = dict.fromkeys((row.subject.township, row.subject.township_name) for row in rows)
        self.fields["township"].choices = [("", "—"), *towns]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What the address asks for; what it cannot mean is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def found(self) -> list[FeedbackRow]:
        asked = self.asked()
        return [row for row in self.rows if _fits(row, asked)]


def _fits(row: FeedbackRow, asked: dict[str, str]) -> bool:
    who = row.subject
    text = f"{who.name} {who.code} {who.township_name}".lower()
    return (
        all(word in text for word in asked.get("q", "").lower().split())
        and ("kind" not in asked or who.of_team == (asked["kind"] == "team"))
        and asked.get("township", who.township) == who.township
        and ("way" not in asked or asked["way"] in row.ways)
        and ("state" not in asked or row.told == (asked["state"] == TOLD))
    )


PRESETS = ("teams", "cadres", "teams-not-yet", "cadres-not-yet")
"""Who can be ticked from the start: `?who=…`; a single one by `?subject=team:T01`."""


def preselected(rows: list[FeedbackRow], query: Any) -> list[str]:
    """The tokens that are ticked when the page is opened."""
    who, one = query.get("who", ""), query.getlist("subject")
    if who not in PRESETS:
        return [row.subject.token for row in rows if row.subject.token in one]
    of_team, not_yet = who.startswith("teams"), who.endswith("not-yet")
    return [row.subject.token for row in rows if row.subject.of_team == of_team and not (not_yet and row.told)]
