from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.forms.record import RecordForm
from assessment.models import Direction, SolicitedOpinion, Source
from assessment.selectors.record import subject_token
from assessment.services.opinion import OpinionRow
from cadres.models import Account

EMPTY = (("", "—"),)


class OpinionForm(RecordForm):
    """征求意见: who was asked, from which side, of whom, what (RULES Y6)."""

    source = forms.ChoiceField(label=pgettext_lazy("opinion", "Source"), choices=(*EMPTY, *Source.choices))
    direction = forms.ChoiceField(label=_("Direction"), choices=(*EMPTY, *Direction.choices))
    given_by = forms.CharField(
        label=_("Given by"),
        max_length=60,
        required=False,
        help_text=_("May stay blank. Leaders never see it; the office does."),
    )
    field_order = ("subject", "source", "direction", "given_by", "dated", "content")

    def row(self) -> OpinionRow:
        data = self.cleaned_data
        return OpinionRow(
            subject=data["subject"],
            source=Source(data["source"]),
            direction=Direction(data["direction"]),
            dated=data["dated"],
            content=data["content"],
            given_by=data["given_by"],
        )


def opinion_form(data: Any, *, opinion: SolicitedOpinion, by: Account) -> OpinionForm:
    """The form of a stored opinion."""
    names = ("source", "direction", "given_by", "dated", "content")
    initial = {"subject": subject_token(opinion), **{name: getattr(opinion, name) for name in names}}
    return OpinionForm(data, year=opinion.year, by=by, initial=initial)
