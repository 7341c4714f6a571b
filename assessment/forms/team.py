from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from assessment.models import AssessmentTeam, AssessmentYear, TeamMember
from assessment.selectors.team import assessors_of
from assessment.services.team import MemberRow, TeamRow
from cadres.models import Account, Cadre, Township


class AssessorFields(NamedTuple):
    """One assessor's row of the form."""

    account: Account
    team: AssessmentTeam | None
    member: forms.BoundField
    head: forms.boundfield.BoundWidget
    cadre: forms.BoundField


class TeamTownshipsField(forms.ModelMultipleChoiceField):
    """Townships, with the team that has one already."""

    taken: dict[int, AssessmentTeam]

    def label_from_instance(self, obj: Any) -> str:
        other = self.taken.get(obj.pk)
        return _("%(township)s (%(team)s)") % {"township": obj, "team": other} if other else str(obj)


class TeamForm(forms.Form):
    """A team: its townships, and for each assessor whether he is a member, leads, and who he is in the register."""

    name = forms.CharField(label=pgettext_lazy("unit", "Name"), max_length=40)
    contact = forms.CharField(label=gettext_lazy("Contact"), max_length=40, required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=30, required=False)
    townships = TeamTownshipsField(
        Township.objects.none(), label=gettext_lazy("Townships"), required=False, widget=forms.CheckboxSelectMultiple
    )
    head = forms.ChoiceField(label=gettext_lazy("Head"), required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any, *, year: AssessmentYear, team: AssessmentTeam | None = None) -> None:
        self.members = list(team.members.select_related("cadre")) if team else []
        super().__init__(data, initial=_initial(team, self.members))
        self.assessors = assessors_of(year)
        own = team.pk if team else 0
        others = year.teams.exclude(pk=own).prefetch_related("townships")
        self.fields["townships"].queryset = year.townships.all()  # type: ignore[attr-defined]
        self.fields["townships"].taken = {  # type: ignore[attr-defined]
            unit.pk: other for other in others for unit in other.townships.all()
        }
        self.fields["head"].choices = [(str(a.pk), a.name) for a in self.assessors]  # type: ignore[attr-defined]
        elsewhere = TeamMember.objects.filter(year=year, team__in=others).select_related("team")
        self.elsewhere = {member.account_id: member.team for member in elsewhere}
        for account in self.assessors:
            self.fields[f"member_{account.pk}"] = forms.BooleanField(required=False, label=account.name)
            self.fields[f"cadre_{account.pk}"] = forms.CharField(
                required=False, max_length=20, label=_("Personnel number of %(name)s") % {"name": account.name}
            )

    def rows(self) -> Iterator[AssessorFields]:
        """One a row of the table of assessors."""
        for account, head in zip(self.assessors, self["head"], strict=True):
            team = self.elsewhere.get(account.pk)
            yield AssessorFields(account, team, self[f"member_{account.pk}"], head, self[f"cadre_{account.pk}"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        numbers = {account.pk: data.get(f"cadre_{account.pk}", "") for account in self._chosen(data)}
        known = set(Cadre.objects.filter(number__in=numbers.values()).values_list("number", flat=True))
        for pk, number in numbers.items():
            if number and number not in known:
                self.add_error(f"cadre_{pk}", _("No cadre has this number."))
        return data

    def row(self) -> TeamRow:
        data = self.cleaned_data
        return TeamRow(
            name=data["name"],
            contact=data["contact"],
            phone=data["phone"],
            townships=tuple(unit.code for unit in data["townships"]),
            members=tuple(
                MemberRow(account.username, data["head"] == str(account.pk), data[f"cadre_{account.pk}"])
                for account in self._chosen(data)
            ),
        )

    def _chosen(self, data: dict[str, Any]) -> list[Account]:
        """The members; who is named as the head is one."""
        return [a for a in self.assessors if data.get(f"member_{a.pk}") or data.get("head") == str(a.pk)]


def _initial(team: AssessmentTeam | None, members: list[TeamMember]) -> dict[str, Any]:
    if team is None:
        return {}
    fields: dict[str, Any] = {"name": team.name, "contact": team.contact, "phone": team.phone}
    fields["townships"] = team.townships.all()
    for member in members:
        fields[f"member_{member.account_id}"] = True
        fields[f"cadre_{member.account_id}"] = member.cadre.number if member.cadre else ""
        if member.is_head:
            fields["head"] = str(member.account_id)
    return fields
