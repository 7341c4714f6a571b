from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadres.codes import code_validate
from cadres.forms.fields import TermChoiceField
from cadres.models import Cadre, Post, Township


class CadreCreateForm(forms.ModelForm):
    number = forms.RegexField(
        r"^[\w.-]+$",
        label=_("Personnel number"),
        max_length=20,
        help_text=_("Tells people of the same name apart; it cannot be changed later."),
        validators=[code_validate],
        error_messages={"invalid": _("Only letters, digits and . - _ are possible.")},
    )

    class Meta:
        model = Cadre
        fields = ["number", "name"]


class CadreForm(forms.ModelForm):
    class Meta:
        model = Cadre
        fields = ["name"]


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class CadreMoveForm(forms.Form):
    """Where a cadre serves from a day on."""

    township = forms.ModelChoiceField(Township.objects.filter(is_active=True), label=_("Township"), empty_label="—")
    post = TermChoiceField(Post.objects.filter(is_active=True), label=_("Post"), empty_label="—")
    second_post = TermChoiceField(
        Post.objects.filter(is_active=True),
        label=_("Second post"),
        required=False,
        empty_label="—",
        help_text=_("For one person in two posts; scored once, in the post that comes first in the list."),
    )
    on = DayField(label=_("From"), help_text=_("The posts held until then end the day before."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("post") and data.get("post") == data.get("second_post"):
            self.add_error("second_post", _("The second post is the first one again."))
        return data

    def posts(self) -> tuple[Post, ...]:
        """The one or two posts chosen."""
        chosen = (self.cleaned_data["post"], self.cleaned_data["second_post"])
        return tuple(post for post in chosen if post)


class CadreLeaveForm(forms.Form):
    last = DayField(label=_("Last day in the post"))


class AppointmentForm(forms.Form):
    """A correction of the days of an appointment; the workbook only tells the year."""

    start = DayField(label=_("From"))
    end = DayField(label=_("Until"), required=False, help_text=_("Empty: still held."))
