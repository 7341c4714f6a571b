from django import forms
from django.utils.translation import gettext_lazy as _

from rewards.letters.kinds import LetterKind


class LetterBatchForm(forms.Form):
    """Which letters to write at once."""

    kind = forms.TypedChoiceField(
        label=_("Which letters"),
        choices=LetterKind.choices,
        coerce=LetterKind,
        initial=LetterKind.ALL,
        widget=forms.RadioSelect,
    )
