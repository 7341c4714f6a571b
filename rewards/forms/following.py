"""Fields that the forms of follow-up share: several teams and cadres at once, a day, a reason."""

from collections.abc import Collection
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rewards.selectors.followed import Followed, Token


class SubjectsField(forms.MultipleChoiceField):
    """Teams and cadres of a year, ticked in a table of their township."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"required": gettext_lazy("Tick at least one team or cadre.")}


class SubjectsForm(forms.Form):
    """A form about several subjects; `offered` are those that can be ticked."""

    subjects = SubjectsField(label=gettext_lazy("For whom"))

    def __init__(self, *args: Any, offered: Collection[Followed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["subjects"].choices = [(who.token, subject_label(who)) for who in offered]  # type: ignore[attr-defined]

    @property
    def ticked(self) -> frozenset[Token]:
        return frozenset(self["subjects"].value() or ())

    def townships(self) -> list[tuple[str, list[Followed]]]:
        """Name of a township with its team and cadres."""
        return [(name, list(found)) for name, found in groupby(self.offered, lambda who: who.township_name)]

    def said(self) -> dict[str, Any]:
        """What was entered beside whom it is about."""
        return {name: value for name, value in self.cleaned_data.items() if name != "subjects"}


def subject_label(who: Followed) -> str:
    return _("Team of %(township)s") % {"township": who.name} if who.of_team else str(who)


def text_field(label: Any, length: int = 80, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **options)


class WithdrawForm(forms.Form):
    """Why a record is taken back."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
