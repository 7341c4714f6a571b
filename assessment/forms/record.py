"""What the forms of interviews, solicited opinions and daily notes share."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear
from assessment.record_places import RecordSubject
from assessment.selectors.interview import townships_reached
from assessment.selectors.record import CADRE, TEAM, roster_reached, subject_of
from cadres.models import Account
from cadres.templatetags.labels import term

LONGEST = 5000


class ProseField(forms.CharField):
    """A text of several lines, each break one character as the browser counts it."""

    def __init__(self, *, max_length: int = LONGEST, rows: int = 8, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class DayField(forms.DateField):
    """A day that is not before the year and not in the future."""

    def __init__(self, *, year: AssessmentYear | None = None, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
        self.year = year

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise forms.ValidationError(_("The day lies in the future."))
        if value and self.year and value < date(self.year.number, 1, 1):
            raise forms.ValidationError(_("The day lies before the year %(year)s.") % {"year": self.year})


class SubjectField(forms.CharField):
    """A team or a cadre of the year. Offered is what the account may write of; the service refuses the rest."""

    year: AssessmentYear
    widget = forms.Select

    def offer(self, year: AssessmentYear, by: Account) -> None:
        self.year = year
        self.widget.choices = [("", "—"), *_subjects(year, by)]

    def clean(self, value: Any) -> RecordSubject:
        subject = subject_of(self.year, super().clean(value))
        if subject is None:
            raise forms.ValidationError(_("Choose a team or a cadre of the list."))
        return subject


class RecordForm(forms.Form):
    """About whom, on which day, what."""

    subject = SubjectField(label=gettext_lazy("About"))
    dated = DayField(label=gettext_lazy("Date"))
    content = ProseField(label=gettext_lazy("What was said or seen"))

    def __init__(self, *args: Any, year: AssessmentYear, by: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].offer(year, by)  # type: ignore[attr-defined]
        self.fields["dated"].year = year  # type: ignore[attr-defined]


def _subjects(year: AssessmentYear, by: Account) -> list[tuple[str, list[tuple[str, str]]]]:
    """A group of choices a township: its team first, then its people in post order. Two queries."""
    groups = {
        township.pk: (township.name, [(f"{TEAM}:{township.code}", _("Team of %(township)s") % {"township": township})])
        for township in townships_reached(year, by)
    }
    for entry in roster_reached(year, by):
        if entry.township_id in groups:
            groups[entry.township_id][1].append((f"{CADRE}:{entry.cadre.number}", f"{entry.cadre} {term(entry.post)}"))
    return list(groups.values())
