"""Choices whose names are data words, shown in the page's language."""

from typing import Any

import django_filters
from django import forms

from cadres.templatetags.labels import term


class TermChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return term(obj)


class TermMultipleChoiceField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return term(obj)


class TermFilterField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return term(obj)


class TermFilter(django_filters.ModelChoiceFilter):
    field_class = TermFilterField
