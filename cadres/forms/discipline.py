from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.forms.cadre import DayField
from cadres.models import DisciplineKind
from cadres.services.discipline import DisciplineRow


class DisciplineForm(forms.Form):
    """A sanction with its document and dates (RULES G4)."""

    kind = forms.ChoiceField(label=_("Kind of sanction"), choices=[("", "—"), *DisciplineKind.choices])
    document = forms.CharField(label=_("Document"), max_length=80, help_text=_("Its number, as in the decision."))
    decided_by = forms.CharField(label=_("Deciding body"), max_length=80)
    start = DayField(label=_("In force from"))
    end = DayField(label=_("In force until"), required=False, help_text=_("Empty: it is not known yet."))
    remarks = forms.CharField(
        label=_("Remarks"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("end") and data.get("start") and data["end"] < data["start"]:
            self.add_error("end", _("It ends before it begins."))
        return data

    def row(self) -> DisciplineRow:
        return DisciplineRow(**self.cleaned_data)


class DisciplineRevokeForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
