from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_TYPED = {"autocomplete": "off", "spellcheck": "false"}


class CertificateCheckForm(forms.Form):
    """What the paper bears; anything that a person may type for it is understood."""

    number = forms.CharField(
        label=pgettext_lazy("document", "Number"),
        max_length=60,
        help_text=_("As printed, or its two numbers: 2026-3."),
        widget=forms.TextInput(attrs=_TYPED),
    )
    code = forms.CharField(
        label=_("Check code"),
        max_length=60,
        help_text=_("Four groups of four signs; capitals and hyphens do not matter."),
        widget=forms.TextInput(attrs={**_TYPED, "autocapitalize": "characters"}),
    )
