from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear, NotGraded, RosterEntry, ScoredLine
from assessment.services.roster import RosterRow
from cadres.codes import code_validate
from cadres.forms.fields import TermChoiceField, TermMultipleChoiceField
from cadres.models import Cadre, Post, Township

AS_POST, PRINCIPAL, DEPUTY = "", "principal", "deputy"
KINDS = (
    (AS_POST, gettext_lazy("as the post says")),
    (PRINCIPAL, gettext_lazy("principal")),
    (DEPUTY, gettext_lazy("deputy")),
)


class PostsForm(forms.Form):
    """A post and, for few, a second one."""

    post = TermChoiceField(label=gettext_lazy("Post"), queryset=Post.objects.none())
    second_post = TermChoiceField(
        label=gettext_lazy("Second post"),
        queryset=Post.objects.none(),
        required=False,
        empty_label="—",
        help_text=gettext_lazy("Who holds two posts is scored once, in the one that comes first in the list."),
    )

    def __init__(self, *args: Any, year: AssessmentYear, held: tuple[Post | None, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        posts = Post.objects.filter(is_active=True) | Post.objects.filter(pk__in=[post.pk for post in held if post])
        for name in ("post", "second_post"):
            self.fields[name].queryset = posts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("post") and data.get("post") == data.get("second_post"):
            self.add_error("second_post", _("The second post is another one than the first."))
        return data


class EntryForm(PostsForm):
    """An entry of the roster, the person and the township given."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, required=False)
    in_charge = TermMultipleChoiceField(
        label=gettext_lazy("Lines in charge"),
        queryset=ScoredLine.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("A deputy's work result counts them; a principal's counts the whole team."),
    )
    not_graded = forms.ChoiceField(
        label=gettext_lazy("Not graded"),
        required=False,
        choices=(("", gettext_lazy("graded")), *NotGraded.choices),
        help_text=gettext_lazy("Listed with the reason; no score, no rank, outside the quotas."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_charge"].queryset = self.year.lines.all()  # type: ignore[attr-defined]

    def row(self, *, number: str, name: str, township: Township) -> RosterRow:
        data = self.cleaned_data
        return RosterRow(
            number=number,
            name=name,
            township=township.code,
            post=data["post"].name,
            is_principal={PRINCIPAL: True, DEPUTY: False}.get(data["kind"]),
            in_charge=tuple(line.code for line in data["in_charge"]),
            not_graded=data["not_graded"],
            second_post=data["second_post"].name if data["second_post"] else "",
        )


def entry_form(data: Any, *, entry: RosterEntry) -> EntryForm:
    """The form of a stored entry."""
    scored = entry.posts_in_order[0]
    kind = AS_POST if entry.is_principal == scored.is_principal else PRINCIPAL if entry.is_principal else DEPUTY
    initial = {
        "post": entry.post_id,
        "second_post": entry.second_post_id,
        "kind": kind,
        "in_charge": [line.pk for line in entry.in_charge.all()],
        "not_graded": entry.not_graded,
    }
    return EntryForm(data, year=entry.year, held=(entry.post, entry.second_post), initial=initial)


class EntryAddForm(EntryForm):
    """One more cadre: known by number, or new."""

    number = forms.CharField(label=gettext_lazy("Personnel number"), max_length=20, validators=[code_validate])
    name = forms.CharField(
        label=gettext_lazy("Full name"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("May stay blank for someone who is known by the number already."),
    )
    township = forms.ModelChoiceField(label=gettext_lazy("Township"), queryset=Township.objects.none())
    field_order = ("number", "name", "township", "post", "second_post", "kind", "in_charge", "not_graded")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = self.year.townships.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        number, name = data.get("number", ""), data.get("name", "")
        known = Cadre.objects.filter(number=number).first()
        if self.year.roster.filter(cadre__number=number).exists():
            self.add_error("number", _("%(cadre)s is on the roster already.") % {"cadre": known})
        elif known and name and name != known.name:
            words = _("The number belongs to %(cadre)s. Leave the name blank if that is the person.")
            self.add_error("name", words % {"cadre": known})
        elif number and not known and not name:
            self.add_error("name", _("The number is new: a name is needed."))
        if known and not name:
            data["name"] = known.name
        return data

    def new_row(self) -> RosterRow:
        data = self.cleaned_data
        return self.row(number=data["number"], name=data["name"], township=data["township"])


class TransferForm(PostsForm):
    """Where to, as what, from which day."""

    township = forms.ModelChoiceField(label=gettext_lazy("To township"), queryset=Township.objects.none())
    on = forms.DateField(label=gettext_lazy("From the day"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("township", "post", "second_post", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = self.year.townships.all()  # type: ignore[attr-defined]

    @property
    def posts(self) -> tuple[Post, ...]:
        data = self.cleaned_data
        return (data["post"], data["second_post"]) if data["second_post"] else (data["post"],)


class VacancyForm(forms.Form):
    """A principal post without a holder, and why."""

    township = forms.ModelChoiceField(label=gettext_lazy("Township"), queryset=Township.objects.none())
    post = TermChoiceField(label=gettext_lazy("Post"), queryset=Post.objects.none())
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["township"].queryset = year.townships.all()  # type: ignore[attr-defined]
        self.fields["post"].queryset = Post.objects.filter(is_principal=True, is_active=True)  # type: ignore[attr-defined]
