from django import template

from rewards.presenters.measure_detail import CasePage, case_page
from rewards.selectors.measure import MeasureCase

register = template.Library()


@register.filter
def measure_page(case: MeasureCase) -> CasePage:
    """A case in words, for lists that other pages include."""
    return case_page(case)
