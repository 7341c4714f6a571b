from typing import Any, TypedDict

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear, Ground, SheetKind
from assessment.questions import Question, Subject
from assessment.selectors.recusal import CADRE, DEPARTMENT, TOWNSHIP, Barred
from assessment.selectors.roster import graded_entries
from assessment.selectors.sheet import accounts_asked
from assessment.sheets import Section
from cadres.models import Account, Department
from cadres.templatetags.labels import term

Choices = list[tuple[str, str]]


class Grounds(TypedDict):
    """Whom an account does not rate, and why, as the services name it."""

    subject: Barred
    ground: str
    note: str


class RecusalForm(forms.Form):
    """Whom one does not rate, and why (RULES Y3)."""

    subject = forms.ChoiceField(label=gettext_lazy("Whom not to rate"))
    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=Ground.choices)
    note = forms.CharField(label=gettext_lazy("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, subjects: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = [("", "—"), *subjects]  # type: ignore[attr-defined]

    def grounds(self) -> Grounds:
        unit, _colon, code = self.cleaned_data["subject"].partition(":")
        return {
            "subject": Barred(unit, code),
            "ground": self.cleaned_data["ground"],
            "note": self.cleaned_data["note"],
        }


class RecusalRecordForm(RecusalForm):
    """The same, recorded by the office for an account."""

    account = forms.ModelChoiceField(label=gettext_lazy("Account"), queryset=Account.objects.none())
    field_order = ("account", "subject", "ground", "note")

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, subjects=subjects_of_year(year), **kwargs)
        accounts = Account.objects.none()
        for kind in SheetKind:
            accounts |= Account.objects.filter(pk__in=accounts_asked(year, kind).values("pk"))
        self.fields["account"].queryset = accounts.order_by("role", "name")  # type: ignore[attr-defined]


def subjects_of_sheet(sections: tuple[Section, ...]) -> list[tuple[str, Any]]:
    """Whom this sheet asks about: townships with their cadres, or townships alone, or departments."""
    if sections and sections[0].questions[0].subject == Subject.DEPARTMENT:
        return [(f"{DEPARTMENT}:{section.code}", section.name) for section in sections]
    if sections and not sections[0].code:
        return [(f"{TOWNSHIP}:{question.code}", question.name) for question in sections[0].questions]
    return [(section.name, _choices_of(section)) for section in sections]


def _choices_of(section: Section) -> Choices:
    whole = (f"{TOWNSHIP}:{section.code}", _("%(township)s: team and all its cadres") % {"township": section.name})
    return [whole, *(_choice(q, section.name) for q in section.questions if q.subject == Subject.CADRE)]


def _choice(question: Question, place: str) -> tuple[str, str]:
    return f"{CADRE}:{question.code}", f"{question.name} {term(question.post)} · {place}"


def subjects_of_year(year: AssessmentYear) -> list[tuple[str, Any]]:
    townships = [(f"{TOWNSHIP}:{unit.code}", unit.name) for unit in year.townships.all()]
    entries = graded_entries(year)
    cadres = [(f"{CADRE}:{e.cadre.number}", f"{e.cadre.name} {e.cadre.number} · {e.township.name}") for e in entries]
    departments = [(f"{DEPARTMENT}:{d.code}", d.name) for d in Department.objects.filter(is_active=True)]
    return [(_("Townships"), townships), (_("Cadres"), cadres), (_("Departments"), departments)]
