from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class EntriesField(forms.Field):
    """The ticked entries, as numbers."""

    widget = forms.SelectMultiple
    default_error_messages = {"required": _("No entry was chosen."), "invalid": _("An entry is not on record.")}

    def to_python(self, value: Any) -> list[int]:
        try:
            return sorted({int(text) for text in value or ()})
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from None


class ChoiceForm(forms.Form):
    """Confirm the ticked entries, or return them with a reason."""

    CONFIRM, RETURN = "confirm", "return"

    entry = EntriesField()
    action = forms.ChoiceField(choices=((CONFIRM, _("Confirm")), (RETURN, _("Return"))))
    reason = forms.CharField(label=_("Reason of the return"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("action") == self.RETURN and not cleaned.get("reason"):
            self.add_error("reason", _("A return needs a reason."))
        return cleaned

    @property
    def ticked(self) -> set[str]:
        """What was ticked, on a page shown again."""
        return set(self.data.getlist("entry")) if hasattr(self.data, "getlist") else set()
