from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment.forms.record import RecordForm
from assessment.models import DailyNote, Occasion
from assessment.selectors.record import subject_token
from assessment.services.note import NoteRow
from cadres.models import Account


class NoteForm(RecordForm):
    """平时考核: on which occasion, of whom, what (RULES Y7)."""

    occasion = forms.ChoiceField(label=_("Occasion"), choices=(("", "—"), *Occasion.choices))
    field_order = ("subject", "occasion", "dated", "content")

    def row(self) -> NoteRow:
        data = self.cleaned_data
        return NoteRow(data["subject"], Occasion(data["occasion"]), data["dated"], data["content"])


def note_form(data: Any, *, note: DailyNote, by: Account) -> NoteForm:
    """The form of a stored note."""
    names = ("occasion", "dated", "content")
    initial = {"subject": subject_token(note), **{name: getattr(note, name) for name in names}}
    return NoteForm(data, year=note.year, by=by, initial=initial)
