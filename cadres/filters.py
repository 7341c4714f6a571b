"""What lists can be narrowed by. Every filter stands in the address."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cadres.forms.fields import TermFilter
from cadres.models import (
    Account,
    AuditEntry,
    Cadre,
    Department,
    DisciplinaryRecord,
    DisciplineKind,
    Post,
    Role,
    Township,
)
from cadres.selectors.audit import entries_open, years_published
from cadres.selectors.cadre import appointments_on
from cadres.selectors.discipline import records_in_force
from cadres.wording import ACTIONS, PERMISSIONS

IN_USE = (("true", _("in use")), ("false", _("out of use")))


class SearchFilter(django_filters.CharFilter):
    """Rows that hold every word in one of the fields."""

    def __init__(self, *fields: str, **kwargs: Any) -> None:
        self.fields = fields
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(**{"label": _("Search"), "widget": widget, **kwargs})

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        for word in (value or "").split():
            qs = qs.filter(reduce(or_, (Q(**{f"{field}__icontains": word}) for field in self.fields)))
        return qs


class FlagFilter(django_filters.ChoiceFilter):
    """A yes or no with words of its own."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(**{self.field_name: value == "true"}) if value else qs


class CadreFilter(django_filters.FilterSet):
    q = SearchFilter("name", "number", label=_("Name or number"))
    township = django_filters.ModelChoiceFilter(
        label=_("Township"), queryset=Township.objects.all(), method="held_in", to_field_name="code"
    )
    post = TermFilter(label=_("Post"), queryset=Post.objects.all(), method="held_in", to_field_name="name")
    serving = django_filters.ChoiceFilter(
        label=_("In service"), choices=(("true", _("holds a post")), ("false", _("holds no post"))), method="is_serving"
    )

    class Meta:
        model = Cadre
        fields: list[str] = []

    def held_in(self, rows: QuerySet[Cadre], name: str, value: Township | Post) -> QuerySet[Cadre]:
        return rows.filter(Exists(_held().filter(**{name: value})))

    def is_serving(self, rows: QuerySet[Cadre], name: str, value: str) -> QuerySet[Cadre]:
        return rows.filter(Exists(_held()) if value == "true" else ~Exists(_held()))


class DisciplineFilter(django_filters.FilterSet):
    """Without a choice, what is in force today."""

    q = SearchFilter("cadre__name", "cadre__number", "document", label=_("Name, number or document"))
    kind = django_filters.ChoiceFilter(label=_("Kind of sanction"), choices=DisciplineKind.choices)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=(("all", _("all")), ("over", _("over")), ("revoked", _("revoked"))),
        empty_label=_("in force"),
        method="chosen",
    )

    class Meta:
        model = DisciplinaryRecord
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[DisciplinaryRecord]) -> QuerySet[DisciplinaryRecord]:
        found: QuerySet[DisciplinaryRecord] = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("state"):
            return found
        today = timezone.localdate()
        return found.filter(pk__in=records_in_force(first=today, last=today).values("pk"))

    def chosen(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "revoked":
            return rows.filter(revoked_at__isnull=False)
        return rows.filter(revoked_at=None, end__lt=timezone.localdate()) if value == "over" else rows


class AccountFilter(django_filters.FilterSet):
    q = SearchFilter("username", "name", "department__name", "township__name", label=_("Name or unit"))
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices)
    is_active = FlagFilter(label=_("State"), choices=(("true", _("enabled")), ("false", _("disabled"))))
    first_password = FlagFilter(
        label=_("Password"),
        field_name="must_change_password",
        choices=(("true", _("first password not replaced yet")), ("false", _("the holder's own"))),
    )

    class Meta:
        model = Account
        fields: list[str] = []


class TownshipFilter(django_filters.FilterSet):
    q = SearchFilter("code", "name", label=_("Code or name"))
    is_active = FlagFilter(label=_("State"), choices=IN_USE)

    class Meta:
        model = Township
        fields: list[str] = []


class DepartmentFilter(TownshipFilter):
    class Meta:
        model = Department
        fields: list[str] = []


class AuditFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Subject"), method="subject_holds", widget=forms.TextInput(attrs={"type": "search"})
    )
    actor = django_filters.CharFilter(label=_("Account"), field_name="actor_name", lookup_expr="icontains")
    action = django_filters.ChoiceFilter(label=_("Action"), choices=tuple(ACTIONS.items()))
    year = django_filters.NumberFilter(label=_("Year"))
    refused = FlagFilter(label=_("Outcome"), choices=(("true", _("refused")), ("false", _("done"))))
    since = django_filters.DateFilter(
        label=_("Since"), field_name="at", lookup_expr="date__gte", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def subject_holds(self, rows: QuerySet[AuditEntry], name: str, value: str) -> QuerySet[AuditEntry]:
        """What is held back cannot be searched for either; a refused permission is found by its code and its words."""
        named = Q(subject__icontains=value)
        for permission, words in PERMISSIONS.items():
            if value.lower() in str(words).lower():
                named |= Q(action="refused", subject__startswith=permission)
        return rows.filter(named, entries_open(years_published()))


def _held() -> QuerySet[Any]:
    """What a cadre of the outer query holds today."""
    return appointments_on(timezone.localdate()).filter(cadre=OuterRef("pk"))
