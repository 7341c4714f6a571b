from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cadres.models import Cadre
from cadres.templatetags.labels import term
from rewards.models import CADRE_GRADES, PastResult
from rewards.services.past_result import PastResultRow

_DIGITS = {"inputmode": "decimal", "autocomplete": "off"}


class PastResultForm(forms.Form):
    """A year that was assessed outside the system. Score and place may be unknown."""

    year = forms.IntegerField(
        label=gettext_lazy("Year"), min_value=1980, max_value=2200, widget=forms.TextInput(attrs=_DIGITS)
    )
    grade = forms.ChoiceField(label=gettext_lazy("Grade"))
    score = forms.DecimalField(
        label=gettext_lazy("Score"),
        required=False,
        max_digits=7,
        decimal_places=2,
        min_value=Decimal(0),
        widget=forms.TextInput(attrs=_DIGITS),
    )
    rank_county = forms.IntegerField(
        label=gettext_lazy("Overall place"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs=_DIGITS),
    )
    ranked = forms.IntegerField(
        label=pgettext_lazy("place of how many", "Of how many"),
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs=_DIGITS),
    )

    def __init__(self, *args: Any, cadre: Cadre, stored: PastResult | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cadre, self.stored = cadre, stored
        for name in ("grade", "score", "rank_county", "ranked") if stored else ():
            self.fields[name].initial = getattr(stored, name)
        self.fields["grade"].choices = [("", "—"), *((grade, term(grade)) for grade in CADRE_GRADES)]  # type: ignore[attr-defined]
        if stored:
            del self.fields["year"]

    def clean_year(self) -> int:
        year = int(self.cleaned_data["year"])
        if self.cadre.past_results.filter(year=year).exists():
            raise forms.ValidationError(_("A result of %(year)s is on record: correct that one.") % {"year": year})
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, ranked = data.get("rank_county"), data.get("ranked")
        if place and ranked and place > ranked:
            self.add_error("rank_county", _("The place is beyond the number ranked."))
        return data

    def row(self) -> PastResultRow:
        data = self.cleaned_data
        return PastResultRow(
            number=self.cadre.number,
            year=self.stored.year if self.stored else data["year"],
            grade=data["grade"],
            score=data["score"],
            rank_county=data["rank_county"],
            ranked=data["ranked"],
        )
