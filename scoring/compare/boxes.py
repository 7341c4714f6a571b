"""Tick boxes beside the places of a result table: “Compare chosen” leads from them to the comparison."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from scoring.tables import Cell, Column, typed

T = TypeVar("T")

FORM = "compare-chosen"
"""The form that the boxes belong to: it stands above the table (templates/scoring/compare_bar.html)."""


def with_boxes(
    columns: list[Column[T]], parameter: str, key: Callable[[T], str], name: Callable[[T], str]
) -> list[Column[T]]:
    """The same columns, the first with a box that sends `key` as `parameter`."""
    first, words = columns[0], _("Compare %(name)s")
    head = f'<input type="checkbox" class="form-check-input choose d-print-none" form="{FORM}" name="{parameter}"'

    def cell(subject: T) -> Cell:
        text, href, mark, css = first.cell(subject)
        label = typed(words % {"name": f"{name(subject)} {key(subject)}"})
        return f'{head} value="{typed(key(subject))}" aria-label="{label}">{text}', href, mark, css

    return [replace(first, cell=cell), *columns[1:]]
