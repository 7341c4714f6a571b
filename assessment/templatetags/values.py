"""Cells of the grid of target values: what is typed, what is in force, and what the last entry's state is."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.presenters.value import WAITING, ValueCell
from assessment.templatetags.grids import grid_input, grid_text

register = template.Library()

_ICONS = {WAITING: "hourglass-split"}
_RETURNED = "arrow-return-left"


@register.simple_tag
def value_input(cell: ValueCell) -> SafeString:
    """A table cell with its input, and below it that the value waits or was returned."""
    written = grid_input(cell)
    return SafeString(written.removesuffix("</td>") + _mark(cell) + "</td>") if cell.sign else written


@register.simple_tag
def value_text(cell: ValueCell) -> SafeString:
    """The same for reading only."""
    return SafeString(grid_text(cell).removesuffix("</td>") + _mark(cell) + "</td>")


def _mark(cell: ValueCell) -> SafeString | str:
    if not cell.sign:
        return ""
    icon = _ICONS.get(cell.sign, _RETURNED)
    return format_html(
        '<small class="value-mark value-{}"><i class="bi bi-{}" aria-hidden="true"></i> {}</small>',
        cell.sign,
        icon,
        cell.mark,
    )
