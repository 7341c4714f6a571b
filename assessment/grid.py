"""Grids of text cells: what is stored, what was typed over it, and whether someone else was faster.

Each input carries, hidden, the text that it was shown with. What a reader did not touch is never written; what he
changed is compared with what is stored by then.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.counts import LARGEST
from assessment.numbers import parse_number

LOADED = "~"
"""Put after an input's name: the name of the hidden text it was shown with."""


@dataclass
class GridCell:
    """One input. `typed` and `loaded` are None on a page that was just opened."""

    name: str
    label: str
    stored: str = ""
    note: str = ""
    typed: str | None = None
    loaded: str | None = None
    error: str = ""

    @property
    def changed(self) -> bool:
        return self.typed is not None and self.typed != (self.loaded or "")

    @property
    def text(self) -> str:
        """What the input shows: what was typed, else what is stored by now."""
        return self.typed if self.changed and self.typed is not None else self.stored

    @property
    def overtaken(self) -> bool:
        """Changed here, and by someone else to something else."""
        return self.changed and self.stored not in (self.loaded or "", self.typed)

    @property
    def loaded_name(self) -> str:
        return self.name + LOADED

    @property
    def error_id(self) -> str:
        return f"error-{self.name}"


def cell_post(cell: GridCell, posted: Mapping[str, str] | None) -> GridCell:
    """Take in what was typed; a cell that someone else changed meanwhile says so and shows both."""
    if posted is None or cell.name not in posted:
        return cell
    cell.typed = posted[cell.name].strip()
    cell.loaded = posted.get(cell.loaded_name, "").strip()
    if cell.overtaken:
        cell.error = overtaken_text(cell)
    return cell


def cell_count(cell: GridCell) -> int | None:
    """A whole number from 0 up, None when blank; else None, and an error in the cell."""
    if not cell.text:
        return None
    try:
        value = parse_number(cell.text)
    except ValueError:
        value = None
    if value is None or value.denominator != 1 or not 0 <= value <= LARGEST:
        cell.error = cell.error or _("a whole number from 0 up is expected")
        return None
    return value.numerator


def overtaken_text(cell: GridCell) -> str:
    """Both values, and how to decide."""
    stored = cell.stored or _("nothing")
    by = f" ({cell.note})" if cell.note else ""
    return _("Changed meanwhile to “%(stored)s”%(by)s. Save again to put yours in its place.") % {
        "stored": stored,
        "by": by,
    }


def note_text(name: str | None, moment: object) -> str:
    """Who entered a cell, and when."""
    return _("%(who)s, %(when)s") % {"who": name or _("command line"), "when": f"{moment:%Y-%m-%d %H:%M}"}
