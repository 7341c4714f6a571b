"""Keeping a what-if as a draft, naming it, choosing drafts to compare."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from assessment.scheme import Scheme
from scoring.forms.what_if import query_of, variation_of
from scoring.models import SchemeDraft
from scoring.variation import Variation

LONGEST_QUERY = 8000


class DraftForm(forms.Form):
    """A draft's name and note."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("For example “Step 3 %”."))
    note = forms.CharField(
        label=_("Note"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why it is considered, who asked for it."),
    )


class VariationForm(forms.Form):
    """The query of a what-if, carried along unseen."""

    query = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme

    def clean(self) -> dict[str, Any] | None:
        """Said above the form: nobody sees what stands beside a hidden field."""
        if len(self["query"].value() or "") > LONGEST_QUERY:
            raise forms.ValidationError(_("The what-if is too long to be kept. Change fewer things at once."))
        return super().clean()

    @property
    def variation(self) -> Variation:
        """What it changes in the scheme; whatever is unknown falls away."""
        text = self["query"].value() or ""
        return variation_of(QueryDict(text[:LONGEST_QUERY]), self.scheme)


class DraftNewForm(VariationForm, DraftForm):
    """Both at once."""

    field_order = ("name", "note", "query")


class AdoptForm(forms.Form):
    """What the page showed (`Adoption.seen`)."""

    seen = forms.CharField(widget=forms.HiddenInput)


def chosen_drafts(query: QueryDict, drafts: list[SchemeDraft], most: int) -> list[SchemeDraft]:
    """Those that the address names (`d`), in its order, each once, so many at most."""
    by_number = {str(draft.pk): draft for draft in drafts}
    return [by_number[text] for text in dict.fromkeys(query.getlist("d")) if text in by_number][:most]


def draft_query(draft: SchemeDraft) -> str:
    """The what-if page's query of this draft."""
    return query_of(draft.variation)
