from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.forms.record import ProseField
from assessment.models import AssessmentYear
from rewards.forms.following import text_field
from rewards.models import Bulletin
from rewards.selectors.bulletin import BulletinText, bulletin_text

SHOWN = ("shows_team_places", "shows_team_scores", "shows_team_grades", "shows_excellent")


class BulletinForm(forms.Form):
    """The words of a bulletin and what it shows of the results."""

    title = text_field(gettext_lazy("Title"), 120)
    document = text_field(gettext_lazy("Document number"), required=False)
    opening = ProseField(label=gettext_lazy("Opening words"), max_length=2000, rows=4, required=False)
    closing = ProseField(label=gettext_lazy("Closing words"), max_length=2000, rows=4, required=False)
    shows_team_places = forms.BooleanField(label=gettext_lazy("places of the teams"), required=False)
    shows_team_scores = forms.BooleanField(label=gettext_lazy("scores of the teams"), required=False)
    shows_team_grades = forms.BooleanField(label=gettext_lazy("decided grades of the teams"), required=False)
    shows_excellent = forms.BooleanField(label=gettext_lazy("cadres decided excellent"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not any(data.get(name) for name in SHOWN):
            self.add_error(None, _("Choose at least one thing that the bulletin shows."))
        return data

    def words(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in SHOWN]

    def choices(self) -> list[forms.BoundField]:
        return [self[name] for name in SHOWN]

    def text(self) -> BulletinText:
        """As far as it can be read; for a form that holds errors, what a preview can show."""
        if not self.is_bound:
            return BulletinText(**self.initial)
        return BulletinText(**{"title": "", **self.cleaned_data})


def bulletin_form(data: Any, *, year: AssessmentYear, latest: Bulletin | None) -> BulletinForm:
    """Begins with the words of the bulletin before, else with usual ones."""
    text = bulletin_text(latest) if latest else BulletinText(title=usual_title(year))
    form = BulletinForm(data, initial=vars(text))
    form.is_valid()
    return form


def usual_title(year: AssessmentYear) -> str:
    return _("Bulletin on the results of the annual assessment %(year)s") % {"year": year.number}
