"""Words of histories, promotion checks and certificates."""

from django import template

from rewards.presenters.history import place_text
from scoring.wording import not_graded_text

register = template.Library()

register.filter("not_graded", not_graded_text)
register.filter("history_place", place_text)
