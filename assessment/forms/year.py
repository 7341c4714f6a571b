from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models import Township

FIRST, LAST = 1980, 2200
"""The years that the database takes."""


class YearForm(forms.Form):
    """A new year: its number, and the year it starts from."""

    number = forms.IntegerField(label=_("Year"), min_value=FIRST, max_value=LAST)
    copy_from = forms.ModelChoiceField(
        label=_("Copy scheme and roster from"),
        queryset=AssessmentYear.objects.all(),
        required=False,
        empty_label=_("nothing: start with the default scheme and an empty roster"),
    )


class TownshipsForm(forms.Form):
    """Which townships take part."""

    townships = forms.ModelMultipleChoiceField(
        label=_("Townships taking part"),
        queryset=Township.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("At least one township takes part.")},
    )

    def __init__(self, data: Any, *, year: AssessmentYear) -> None:
        super().__init__(data, initial={"townships": year.townships.all()})
        known = Township.objects.filter(is_active=True) | Township.objects.filter(years=year)
        self.fields["townships"].queryset = known.distinct()  # type: ignore[attr-defined]
