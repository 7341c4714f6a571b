"""Changes of an import in the page's language."""

from django import template

from workbook.services.changes import change_text

register = template.Library()
register.filter("change_text", change_text)
