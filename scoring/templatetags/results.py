"""Exact numbers of a scheme on result pages."""

from fractions import Fraction

from django import template
from django.utils.safestring import SafeString

from assessment.numbers import number_text
from cadres.templatetags.labels import place
from scoring.engine import Rank

register = template.Library()


@register.filter
def number(value: Fraction | int | None) -> str:
    """Full points and the like as they were written: 12, 2.5, 1/3."""
    return "" if value is None else number_text(Fraction(value))


@register.filter
def rank(value: Rank | None) -> SafeString:
    """“3 / 24” with ties marked, or a dash (RULES P5, P6)."""
    return place(value.place, value.ranked, value.is_tied) if value else place(None, None)
