from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cadres.templatetags.labels import term
from rewards.names import Names, names_resolved
from rewards.services.promotion import MOST

WHO = "who:"
"""Fields that ask which of several people of one name is meant."""


@dataclass(frozen=True)
class Choice:
    """One person of the list to tick; `text` is what a search looks through."""

    number: str
    name: str
    township: str
    post: str
    ticked: bool

    @property
    def text(self) -> str:
        return f"{self.number} {self.name} {self.township} {self.post}"


class PromotionForm(forms.Form):
    """A shortlist: names or numbers as they are pasted, people ticked in the list, and which of one name is meant."""

    purpose = forms.CharField(
        label=gettext_lazy("What the check is for"),
        max_length=120,
        help_text=gettext_lazy("Such as the meeting or the posts it prepares; it heads the printed sheet."),
    )
    names = forms.CharField(
        label=gettext_lazy("Names or personnel numbers"),
        max_length=6000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One on a line, or separated by commas or blanks; pasted from a document as they are."),
    )
    picked = forms.MultipleChoiceField(label=gettext_lazy("From the list"), required=False)

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["picked"].choices = [(cadre.number, cadre.name) for cadre in people]  # type: ignore[attr-defined]
        typed = self.data.get("names", "") if self.is_bound else ""
        self.resolved: Names = names_resolved(typed[:6000], {cadre.number: cadre.name for cadre in people})
        for name, numbers in self.resolved.homonyms.items():
            self.fields[f"{WHO}{name}"] = self._question(name, numbers)

    def clean_names(self) -> str:
        text = str(self.cleaned_data["names"])
        if unknown := self.resolved.unknown:
            raise forms.ValidationError(
                _("Nobody is called, or has the number: %(names)s.") % {"names": "、".join(unknown)}
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not 0 < len(self.numbers()) <= MOST:
            self.add_error("names", _("Between 1 and %(most)s people are checked at once.") % {"most": MOST})
        return data

    def numbers(self) -> list[str]:
        """Of everybody meant: first as typed, then as ticked, nobody twice."""
        data = self.cleaned_data
        typed = [data.get(f"{WHO}{name}", "") if name else number for number, name in self.resolved.meant]
        return list(dict.fromkeys([*typed, *data.get("picked", [])]))

    def questions(self) -> list[forms.BoundField]:
        """Which of several people is meant."""
        return [self[name] for name in self.fields if name.startswith(WHO)]

    def choices(self) -> Iterator[Choice]:
        """The list to tick."""
        ticked = set(self["picked"].value() or ())
        for cadre in self.people:
            yield Choice(cadre.number, cadre.name, *where(cadre), cadre.number in ticked)

    def _question(self, name: str, numbers: tuple[str, ...]) -> forms.ChoiceField:
        told = {cadre.number: " · ".join(filter(None, (*where(cadre), cadre.number))) for cadre in self.people}
        return forms.ChoiceField(
            label=_("Which %(name)s is meant?") % {"name": name},
            choices=[(number, told[number]) for number in numbers],
            widget=forms.RadioSelect,
            error_messages={"required": _("Several people have this name: choose one.")},
        )


def where(cadre: Any) -> tuple[str, str]:
    """Township and posts held today; empty for who holds none."""
    if not cadre.held:
        return "", ""
    return cadre.held[0].township.name, " / ".join(term(one.post) for one in cadre.held)


class EmptyForm(forms.Form):
    """A question with nothing to fill in: a service's refusal stands in it."""
