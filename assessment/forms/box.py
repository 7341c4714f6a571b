"""What a clerk types about a ballot box: way of voting, meeting, voter groups, slips."""

from collections.abc import Iterable
from typing import Any, TypedDict, cast

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear, Box, Electorate
from assessment.services.box import ElectorateRow, Meeting
from assessment.voters import group_text
from cadres.models import Department, Township

LARGEST = 10_000
"""Voters of one group; what is more is a slip of the finger."""

AT_ONCE = 1000
"""Slips of one printed page: drawing their QR codes takes some seconds."""

PER_PAGE = (("16", _("16 a page")), ("8", _("8 a page, larger")))


class Ways(TypedDict):
    """How votes are taken, as the services name it."""

    on_paper: bool
    online: bool


class WayForm(forms.Form):
    """On paper, online, or both at the same meeting."""

    PAPER, ONLINE, BOTH = "paper", "online", "both"
    way = forms.ChoiceField(
        label=_("Way of voting"),
        choices=(
            (PAPER, _("on paper")),
            (ONLINE, _("online, with slips")),
            (BOTH, _("both: paper and slips add up to one tally")),
        ),
        initial=PAPER,
        widget=forms.RadioSelect,
    )

    def ways(self) -> Ways:
        way = self.cleaned_data["way"]
        return {"on_paper": way != self.ONLINE, "online": way != self.PAPER}


class BoxForm(WayForm):
    """One box more: for a township or a department, or a rehearsal."""

    unit = forms.ChoiceField(label=_("Township or department"))
    is_rehearsal = forms.BooleanField(
        label=_("Rehearsal: to try it out; it is never counted and can be cleared"), required=False
    )
    field_order = ("unit", "way", "is_rehearsal")

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.townships = {f"t-{unit.code}": unit for unit in year.townships.all()}
        self.departments = {f"d-{unit.code}": unit for unit in Department.objects.filter(is_active=True)}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (_("Townships"), [(key, str(unit)) for key, unit in self.townships.items()]),
            (_("Departments"), [(key, str(unit)) for key, unit in self.departments.items()]),
        ]

    def chosen(self) -> Township | Department:
        """Whose meeting it is."""
        units: dict[str, Any] = {**self.townships, **self.departments}
        found: Township | Department = units[self.cleaned_data["unit"]]
        return found


class MeetingForm(WayForm):
    """Way of voting, place and officers of a prepared box."""

    place = forms.CharField(label=_("Meeting place"), max_length=100, required=False)
    chair = forms.CharField(label=_("Chair (主持人)"), max_length=40, required=False)
    scrutineers = forms.CharField(label=_("Scrutineers (监票人)"), max_length=100, required=False)
    tellers = forms.CharField(label=_("Tellers (计票人)"), max_length=100, required=False)

    def meeting(self) -> Meeting:
        return Meeting(**{name: self.cleaned_data[name] for name in ("place", "chair", "scrutineers", "tellers")})


def meeting_form(data: Any, *, box: Box) -> MeetingForm:
    way = WayForm.BOTH if box.online and box.on_paper else WayForm.ONLINE if box.online else WayForm.PAPER
    names = ("place", "chair", "scrutineers", "tellers")
    return MeetingForm(data, initial={"way": way, **{name: getattr(box, name) for name in names}})


class ElectorateForm(forms.Form):
    """One voter group: who, how many entitled (应到), how many present (实到)."""

    category = forms.CharField(label=_("Voter group"), max_length=40, required=False)
    entitled = forms.IntegerField(label=_("Entitled"), min_value=0, max_value=LARGEST, required=False)
    present = forms.IntegerField(label=_("Present"), min_value=0, max_value=LARGEST, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        entitled, present = data.get("entitled"), data.get("present")
        if present is not None and "entitled" in data and present > (entitled or 0):
            self.add_error("present", _t("More are present than are entitled."))
        return data

    @property
    def is_blank(self) -> bool:
        return not any(value not in (None, "", 0) for value in self.cleaned_data.values())


class ElectorateRows(forms.BaseFormSet):
    """The groups of a box, each named once; a row that is emptied takes its group away."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.rows()
        names = [row.category for row in rows]
        for form in self.forms:
            name = form.cleaned_data.get("category", "")
            if not form.is_blank and not name and len(rows) > 1:
                form.add_error("category", _t("Name the voter group."))
            if name and names.count(name) > 1:
                form.add_error("category", _t("This voter group stands here twice."))
        if not rows:
            raise forms.ValidationError(_t("At least one voter group is needed."))

    def rows(self) -> list[ElectorateRow]:
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.is_blank]
        return [ElectorateRow(row.get("category", ""), row.get("entitled") or 0, row.get("present")) for row in kept]


def electorate_rows(data: Any, *, box: Box, weighted: bool) -> ElectorateRows:
    """The stored groups and two blank rows; where the scheme weighs groups, its names alone."""
    groups = [
        {"category": group.category, "entitled": group.entitled or None, "present": group.present}
        for group in box.electorates.all()
    ]
    factory = forms.formset_factory(ElectorateForm, formset=ElectorateRows, extra=0 if weighted else 2, max_num=40)
    rows = factory(data, initial=groups, prefix="groups")
    for form in rows.forms:
        form.fields["category"].disabled = weighted
    return cast(ElectorateRows, rows)


class GroupsForm(forms.Form):
    """One whole number a voter group."""

    def __init__(self, data: Any, *, groups: Iterable[Electorate], initial: dict[str, int]) -> None:
        super().__init__(data)
        self.groups = list(groups)
        for place, group in enumerate(self.groups):
            self.fields[f"group-{place}"] = forms.IntegerField(
                label=group_text(group.category),
                min_value=0,
                max_value=LARGEST,
                required=False,
                initial=initial.get(group.category, 0),
            )

    def numbers(self) -> dict[str, int]:
        """Voter group → the number; blank is 0."""
        return {group.category: self.cleaned_data[f"group-{at}"] or 0 for at, group in enumerate(self.groups)}


class PresentForm(GroupsForm):
    """How many of each group are present (实到) by now; each number is asked for, for a blank is not nobody."""

    def __init__(self, data: Any, *, groups: Iterable[Electorate]) -> None:
        voting = [group for group in groups if group.entitled]
        super().__init__(data, groups=voting, initial={group.category: group.present or 0 for group in voting})
        for group, field in zip(self.groups, self.fields.values(), strict=True):
            field.required = True
            field.help_text = _t("of %(entitled)s entitled") % {"entitled": group.entitled}


class SlipsForm(GroupsForm):
    """How many slips to draw for each group, and how they are printed."""

    def __init__(self, data: Any, *, groups: Iterable[Electorate], initial: dict[str, int]) -> None:
        super().__init__(data, groups=groups, initial=initial)
        drawn = sum(group.slips_drawn for group in self.groups)
        self.fields["per_page"] = forms.ChoiceField(label=_("On one sheet (A4)"), choices=PER_PAGE, initial="16")
        self.fields["drawn_before"] = forms.IntegerField(widget=forms.HiddenInput, initial=drawn)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not 0 < sum(self.numbers().values()) <= AT_ONCE:
            raise forms.ValidationError(_t("Draw between 1 and %(most)s slips at once.") % {"most": AT_ONCE})
        return data


class SlipVoidForm(forms.Form):
    """The code of a slip that was spoilt or lost."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
