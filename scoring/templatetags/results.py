"""Exact numbers of a scheme on result pages."""

from fractions import Fraction

from django import template

from assessment.numbers import number_text

register = template.Library()


@register.filter
def number(value: Fraction | int | None) -> str:
    """Full points and the like as they were written: 12, 2.5, 1/3."""
    return "" if value is None else number_text(Fraction(value))
