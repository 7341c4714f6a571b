from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.forms.record import DayField, ProseField
from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from rewards.deadlines import months_after
from rewards.forms.following import text_field
from rewards.models import MeasureOutcome, Taken, Verdict
from rewards.rules import MeasureKind
from rewards.selectors.followed import token_of
from rewards.selectors.measure import MeasureCase, MeasureKey
from rewards.selectors.measure_choice import taken_choices
from rewards.services.measure import Resolution
from rewards.services.measure_course import ReviewRow, TalkRow

LONGEST_REASON, LONGEST_CONTENT, LONGEST_REMARKS = 300, 4000, 2000

VERDICTS = (
    (Verdict.ACCEPTED, gettext_lazy("accept: as proposed")),
    (Verdict.CHANGED, gettext_lazy("change: take another measure")),
    (Verdict.DECLINED, gettext_lazy("decline: take none")),
)


def _day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


class ResolutionForm(forms.Form):
    """Body, day, document, deadline: what every decision on measures has."""

    decided_by = text_field(gettext_lazy("Deciding body"))
    decided_on = DayField(label=gettext_lazy("Decided on"))
    document = text_field(gettext_lazy("Document"), required=False)
    deadline = _day(gettext_lazy("Deadline"), required=False)

    def __init__(self, *args: Any, year: AssessmentYear, kind: MeasureKind, months: int, **kwargs: Any) -> None:
        today = timezone.localdate()
        first = {"decided_on": today}
        if kind == MeasureKind.RECTIFICATION:
            first["deadline"] = months_after(today, months)
        super().__init__(*args, **{**kwargs, "initial": {**first, **kwargs.get("initial", {})}})
        self.fields["decided_on"].year = year  # type: ignore[attr-defined]
        if "deadline" in first:
            self.fields["deadline"].widget.attrs["data-months"] = str(months)
        self.fields["deadline"].help_text = _(
            "Of a rectification, left empty: %(months)d months after the day of the decision."
        ) % {"months": months}

    def resolution(self) -> Resolution:
        """Accepting; `MeasureDecisionForm` asks for more."""
        data = self.cleaned_data
        names = ("decided_by", "decided_on", "document", "deadline")
        return Resolution(verdict=Verdict.ACCEPTED, **{name: data[name] for name in names})


class MeasureDecisionForm(ResolutionForm):
    """Accept, change or decline one proposal."""

    verdict = forms.TypedChoiceField(
        label=gettext_lazy("Decision"), choices=VERDICTS, coerce=Verdict, widget=forms.RadioSelect
    )
    taken = forms.TypedChoiceField(label=gettext_lazy("Measure taken"), coerce=Taken, empty_value=None, required=False)
    reason = text_field(
        gettext_lazy("Reason"),
        LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Needed where the decision departs from the proposal."),
    )

    field_order = ("verdict", "taken", "decided_by", "decided_on", "document", "deadline", "reason")

    def __init__(self, *args: Any, case: MeasureCase, months: int, **kwargs: Any) -> None:
        super().__init__(*args, year=case.year, kind=case.key.kind, months=months, **kwargs)
        groups = [(label, _choices(case, verdict)) for verdict, label in VERDICTS[:2]]
        self.fields["taken"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    def resolution(self) -> Resolution:
        return Resolution(**self.cleaned_data)


class MeasuresAcceptForm(ResolutionForm):
    """Accept several proposals of a kind with one document."""

    subjects = forms.MultipleChoiceField(label=gettext_lazy("Whom it concerns"), widget=forms.CheckboxSelectMultiple)

    field_order = ("subjects", "decided_by", "decided_on", "document", "deadline")

    def __init__(
        self, *args: Any, year: AssessmentYear, kind: MeasureKind, months: int, cases: Sequence[MeasureCase], **kw: Any
    ) -> None:
        self.keys = {token_of(case.key.code, of_team=case.key.of_team): case.key for case in cases}
        super().__init__(*args, year=year, kind=kind, months=months, initial={"subjects": list(self.keys)}, **kw)
        labels = zip(self.keys, map(_label, cases), strict=True)
        self.fields["subjects"].choices = list(labels)  # type: ignore[attr-defined]

    def chosen(self) -> list[MeasureKey]:
        return [self.keys[token] for token in self.cleaned_data["subjects"]]


class MeasureTalkForm(forms.Form):
    """谈话记录: who talked with the subject, when, where, what was said."""

    held_on = DayField(label=gettext_lazy("Date"))
    place = text_field(gettext_lazy("Place of the talk"))
    talker = text_field(gettext_lazy("Talker"), 40)
    recorder = text_field(gettext_lazy("Recorder"), 40)
    content = ProseField(label=gettext_lazy("What was said"))

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"held_on": timezone.localdate()}, **kwargs})
        self.fields["held_on"].year = year  # type: ignore[attr-defined]
        _limit(self.fields["content"], LONGEST_CONTENT)

    def row(self) -> TalkRow:
        return TalkRow(**self.cleaned_data)


class MeasureReviewForm(forms.Form):
    """到期评估: mended, extended, or not mended."""

    held_on = DayField(label=gettext_lazy("Reviewed on"))
    outcome = forms.TypedChoiceField(
        label=gettext_lazy("Outcome"), choices=MeasureOutcome.choices, coerce=MeasureOutcome, widget=forms.RadioSelect
    )
    deadline = _day(gettext_lazy("New deadline"), required=False, help_text=gettext_lazy("Only where it is extended."))
    remarks = ProseField(label=gettext_lazy("What was found"))

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"held_on": timezone.localdate()}, **kwargs})
        self.fields["held_on"].year = year  # type: ignore[attr-defined]
        _limit(self.fields["remarks"], LONGEST_REMARKS)

    def row(self) -> ReviewRow:
        return ReviewRow(**self.cleaned_data)


def _choices(case: MeasureCase, verdict: Verdict) -> list[tuple[str, str]]:
    fitting = taken_choices(kind=case.key.kind, of_team=case.key.of_team, verdict=verdict)
    return [(str(taken), str(taken.label)) for taken in fitting]


def _label(case: MeasureCase) -> str:
    subject = case.subject
    if subject.of_team:
        return subject.name
    return " · ".join(filter(None, (f"{subject.name} {subject.code}", subject.township_name, term(subject.post))))


def _limit(field: forms.Field, length: int) -> None:
    """The browser and the form stop where the table does."""
    field.max_length = length  # type: ignore[attr-defined]
    field.validators.append(MaxLengthValidator(length))
    field.widget.attrs["maxlength"] = str(length)
