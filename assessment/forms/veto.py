from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear, ScoredLine, Veto
from assessment.scheme import BlockCode
from assessment.selectors.year import scheme_current
from assessment.services.veto import VetoRow
from cadres.forms.fields import TermChoiceField
from cadres.models import Township


class VetoForm(forms.Form):
    """A recorded decision: target, township, fact, deciding body, date, document (RULES G5)."""

    township = forms.ModelChoiceField(label=_("Township"), queryset=Township.objects.none())
    line = TermChoiceField(label=_("Veto target"), queryset=ScoredLine.objects.none())
    fact = forms.CharField(label=_("Fact"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    decided_by = forms.CharField(label=_("Deciding body"), max_length=100)
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
    document = forms.CharField(label=_("Document"), max_length=100, required=False)

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [line.code for line in scheme_current(year).lines_of(BlockCode.VETO)]
        lines = year.lines.filter(code__in=codes) | year.lines.filter(vetoes__isnull=False)
        self.fields["township"].queryset = year.townships.all()  # type: ignore[attr-defined]
        self.fields["line"].queryset = lines.distinct()  # type: ignore[attr-defined]

    def clean_decided_on(self) -> date:
        decided_on: date = self.cleaned_data["decided_on"]
        if decided_on > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        return decided_on

    def row(self) -> VetoRow:
        data = self.cleaned_data
        return VetoRow(
            township=data["township"].code,
            line=data["line"].code,
            fact=data["fact"],
            decided_by=data["decided_by"],
            decided_on=data["decided_on"],
            document=data["document"],
        )


class VetoCorrectionForm(VetoForm):
    """The same, and why it is corrected."""

    reason = forms.CharField(label=_("Reason for the correction"), max_length=200)


def correction_form(data: Any, *, veto: Veto) -> VetoCorrectionForm:
    names = ("fact", "decided_by", "decided_on", "document")
    initial = {"township": veto.township_id, "line": veto.line_id, **{name: getattr(veto, name) for name in names}}
    return VetoCorrectionForm(data, year=veto.line.year, initial=initial)
