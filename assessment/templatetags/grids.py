"""Cells of grids, written without a template each: a page holds hundreds of them."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from assessment.grid import GridCell

register = template.Library()


@register.simple_tag
def grid_input(cell: GridCell) -> SafeString:
    """A table cell with its input, the hidden text it is shown with, and what is wrong with it."""
    return format_html(
        '<td{}><input name="{}" value="{}" data-stored="{}" aria-label="{}" autocomplete="off"{} />'
        '<input type="hidden" name="{}" value="{}" />{}</td>',
        _title(cell),
        cell.name,
        cell.text,
        cell.stored,
        cell.label,
        _invalid(cell),
        cell.loaded_name,
        cell.stored,
        _feedback(cell),
    )


@register.simple_tag
def grid_text(cell: GridCell) -> SafeString:
    """The same for reading only; a missing value is a dash."""
    return format_html('<td class="num"{}>{}</td>', _title(cell), cell.stored or "—")


def _title(cell: GridCell) -> str | SafeString:
    return format_html(' title="{}"', cell.note) if cell.note else ""


def _invalid(cell: GridCell) -> str | SafeString:
    if not cell.error:
        return ""
    return format_html(' class="is-invalid" aria-invalid="true" aria-errormessage="{}"', cell.error_id)


def _feedback(cell: GridCell) -> str | SafeString:
    return (
        format_html('<div class="invalid-feedback" id="{}">{}</div>', cell.error_id, cell.error) if cell.error else ""
    )
