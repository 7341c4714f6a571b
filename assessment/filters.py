from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear, NotGraded, RosterEntry
from cadres.forms.fields import TermFilter
from cadres.models import Post, Township

GRADED = "graded"
NOT_GRADED = "not-graded"
STATES = ((GRADED, _("graded")), (NOT_GRADED, _("not graded")), *NotGraded.choices)


class RosterFilter(django_filters.FilterSet):
    """Search and filters of a roster; kept in the address."""

    q = django_filters.CharFilter(label=_("Number or name"), method="search")
    township = django_filters.ModelChoiceFilter(label=_("Township"), queryset=Township.objects.none())
    post = TermFilter(label=_("Post"), queryset=Post.objects.none(), method="of_post")
    state = django_filters.ChoiceFilter(label=_("Graded"), choices=STATES, method="in_state")

    class Meta:
        model = RosterEntry
        fields: list[str] = []

    def __init__(self, *args: Any, year: AssessmentYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["township"].queryset = year.townships.all()
        self.filters["post"].queryset = Post.objects.filter(is_active=True)
        self.form.fields["q"].widget = forms.TextInput(attrs={"type": "search"})

    def search(self, queryset: QuerySet[RosterEntry], _name: str, text: str) -> QuerySet[RosterEntry]:
        words = text.strip()
        return queryset.filter(Q(cadre__number__icontains=words) | Q(cadre__name__icontains=words))

    def of_post(self, queryset: QuerySet[RosterEntry], _name: str, post: Post) -> QuerySet[RosterEntry]:
        return queryset.filter(Q(post=post) | Q(second_post=post))

    def in_state(self, queryset: QuerySet[RosterEntry], _name: str, state: str) -> QuerySet[RosterEntry]:
        if state == GRADED:
            return queryset.filter(not_graded="")
        return queryset.exclude(not_graded="") if state == NOT_GRADED else queryset.filter(not_graded=state)
