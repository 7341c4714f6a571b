"""Receiving an appeal, reading a contested input again, deciding (RULES Y8)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.cells import Cell, cell_parse
from assessment.counts import LARGEST
from assessment.presenters.tally import CADRE_WORDS, TEAM_WORDS, VOTES, grade_labels
from assessment.questions import Counts
from cadres.templatetags.labels import term
from rewards.models import Appeal, AppealOutcome
from rewards.presenters.appeal import InputSection
from rewards.selectors.appeal import AppealDays
from rewards.selectors.appeal_item import InputKind, ItemState
from rewards.selectors.followed import token_of
from rewards.services.appeal_decision import DecisionTerms
from rewards.services.appeal_grade import grades_of
from scoring.engine import YearResult


class DayInput(forms.DateInput):
    """A day in the browser's own calendar."""

    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(format="%Y-%m-%d", attrs=attrs)


class SubjectForm(forms.Form):
    """Whose result is contested: a team, or a graded cadre, of the published result."""

    subject = forms.ChoiceField(label=gettext_lazy("Whose result is contested"))

    def __init__(self, *args: Any, result: YearResult, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(team.input.name, _subjects(result, team.input.code)) for team in result.teams]
        self.fields["subject"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]


def _subjects(result: YearResult, code: str) -> list[tuple[str, str]]:
    team = (token_of(code, of_team=True), _("Team of %(township)s") % {"township": result.team(code).input.name})
    cadres = [
        (
            token_of(cadre.input.number, of_team=False),
            f"{cadre.input.name}（{cadre.input.number}） {term(cadre.input.post)}",
        )
        for cadre in result.cadres_of(code)
        if cadre.graded
    ]
    return [team, *cadres]


class AppealForm(forms.Form):
    """Who asks for the review, when, why, and what is contested."""

    applicant = forms.CharField(label=gettext_lazy("Applicant"), max_length=40)
    received_on = forms.DateField(label=gettext_lazy("Received on"), widget=DayInput())
    grounds = forms.CharField(label=gettext_lazy("Grounds"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    contested = forms.MultipleChoiceField(
        label=gettext_lazy("What is contested"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, sections: Sequence[InputSection], days: AppealDays | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sections = sections
        choices = [(choice.key, choice.label) for section in sections for choice in section.choices]
        self.fields["contested"].choices = choices  # type: ignore[attr-defined]
        if days:
            limits = {"min": days.first.isoformat(), "max": days.last.isoformat()}
            self.fields["received_on"].widget.attrs.update(limits)

    @property
    def ticked(self) -> list[str]:
        return list(self["contested"].value() or [])


class ReadingForm(forms.Form):
    """What one person reads in the source; it never holds what is stored, or what another has read."""

    def __init__(self, *args: Any, state: ItemState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of_value = state.source.kind is InputKind.VALUE
        if self.of_value:
            self.fields["value"] = forms.CharField(
                label=_("Value"),
                max_length=60,
                help_text=_("A number as the source has it, or “%(word)s”.") % {"word": _("不适用")},
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "decimal"}),
            )
            return
        words = CADRE_WORDS if state.source.kind is InputKind.CADRE_VOTES else TEAM_WORDS
        for name, label in grade_labels(words).items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=LARGEST,
                widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            )

    def clean_value(self) -> Cell:
        try:
            return cell_parse(self.cleaned_data["value"])
        except ValueError:
            raise forms.ValidationError(_("a number or “%(word)s” is expected") % {"word": _("不适用")}) from None

    def read(self) -> dict[str, Cell | Counts]:
        """As the service takes it."""
        if self.of_value:
            return {"value": self.cleaned_data["value"]}
        first, second, third, fourth, abstain = (self.cleaned_data[name] for name in VOTES)
        return {"votes": (first, second, third, fourth, abstain)}


class DecisionForm(forms.Form):
    """How the review ends. `seen` is what of the consequences the page shows."""

    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Outcome"),
        choices=AppealOutcome.choices,
        coerce=AppealOutcome,
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(
        label=gettext_lazy("Findings"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=DayInput())
    document = forms.CharField(label=gettext_lazy("Document"), max_length=80, required=False)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    grade_reason = forms.CharField(
        label=gettext_lazy("Reason of the new grade"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Only where the committee decides another grade after the correction."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, appeal: Appeal, grade: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stays = _("%(grade)s, as decided") % {"grade": term(grade)}
        others = [(other, term(other)) for other in grades_of(appeal) if other != grade]
        self.fields["grade"].choices = [("", stays), *others]  # type: ignore[attr-defined]

    def show(self, seen: str) -> None:
        """What the page shows by now is what the next answer confirms."""
        self.initial["seen"] = seen
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": seen}  # type: ignore[attr-defined]  # a QueryDict

    @property
    def chosen_grade(self) -> str:
        """The grade whose consequences the page shows: one of those offered, else blank."""
        asked = str(self.data.get("grade", ""))
        offered = [value for value, _label in self.fields["grade"].choices]  # type: ignore[attr-defined]
        return asked if asked in offered and self.data.get("outcome") == AppealOutcome.CORRECTED else ""

    def terms(self) -> DecisionTerms:
        return DecisionTerms(**self.cleaned_data)


def outcome_proposed(*, settled: bool, changed: bool) -> str:
    """What the readings lead to; blank while one is open."""
    if not settled:
        return ""
    return AppealOutcome.CORRECTED if changed else AppealOutcome.UPHELD


def today_if_within(days: AppealDays | None, today: date) -> date | None:
    """What the form starts with: today while appeals can be received, else nothing."""
    return today if days and days.first <= today <= days.last else None
