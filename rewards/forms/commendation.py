from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.forms.record import DayField
from assessment.models import AssessmentYear
from rewards.forms.following import SubjectsForm, text_field
from rewards.models import CommendationKind
from rewards.selectors.commendation import CommendationRow
from rewards.services.commendation import CommendationGiven

IN_FORCE, WITHDRAWN = "in-force", "withdrawn"


class CommendationForm(SubjectsForm):
    """One decision for one or many (RULES U5)."""

    kind = forms.TypedChoiceField(
        label=pgettext_lazy("commendation", "Kind"), choices=CommendationKind.choices, coerce=CommendationKind
    )
    title = text_field(pgettext_lazy("honour", "Title"), required=False, help_text=_("Of an honorary title."))
    decided_by = text_field(_("Deciding body"))
    decided_on = DayField(label=_("Decided on"))
    document = text_field(_("Document"))
    remarks = text_field(
        _("Remarks"), 300, required=False, help_text=_("Required for those not graded excellent or outstanding.")
    )

    field_order = ("kind", "title", "decided_by", "decided_on", "document", "remarks", "subjects")

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].year = year  # type: ignore[attr-defined]

    def given(self) -> CommendationGiven:
        return CommendationGiven(**self.said())


class CommendationFilter(forms.Form):
    """What the list is narrowed by; kept in the address."""

    q = forms.CharField(
        label=_("Name, number or document"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("commendation", "Kind"), required=False, choices=(("", "—"), *CommendationKind.choices)
    )
    township = forms.ChoiceField(label=_("Township"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=(("", "—"), (IN_FORCE, _("in force")), (WITHDRAWN, _("withdrawn"))),
    )

    def __init__(self, data: Any, *, rows: list[CommendationRow]) -> None:
        super().__init__(data)
        self.rows = rows
        towns = dict.fromkeys((row.subject.township, row.subject.township_name) for row in rows if row.subject)
        self.fields["township"].choices = [("", "—"), *towns]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, str]:
        """What the address asks for; what it cannot mean is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def found(self) -> list[CommendationRow]:
        asked = self.asked()
        return [row for row in self.rows if _fits(row, asked)]


def _fits(row: CommendationRow, asked: dict[str, str]) -> bool:
    record = row.record
    text = f"{row.name} {record.code} {record.document} {record.title}".lower()
    return (
        all(word in text for word in asked.get("q", "").lower().split())
        and asked.get("kind", record.kind) == record.kind
        and ("township" not in asked or (row.subject is not None and row.subject.township == asked["township"]))
        and ("state" not in asked or record.stands == (asked["state"] == IN_FORCE))
    )
