from django import forms
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """Why: required, kept in the audit trail."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class BackForm(ReasonForm):
    """One step back from the phase that the page shows: sent twice, it is not two steps."""

    phase = forms.CharField(widget=forms.HiddenInput, required=False)
