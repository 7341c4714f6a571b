"""What a page says after a step or a save."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadres.errors import Refused
from cadres.services.upsert import Changes

NAMED = 6
"""Rows named in the message; the rest are counted."""


def tried(request: HttpRequest, step: Callable[[], object], done: str) -> bool:
    """Whether the service took the step; `done` is said where it did, else why it did not."""
    try:
        step()
    except Refused as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, done)
    return True


def say_saved(request: HttpRequest, changes: Changes) -> None:
    """How many rows were added and changed, and the first of them by name."""
    rows = [change.subject for change in (*changes.added, *changes.changed, *changes.removed)]
    if not rows:
        messages.info(request, _("Nothing was changed."))
        return
    text = ngettext("Saved %(count)d entry: %(named)s", "Saved %(count)d entries: %(named)s", len(rows))
    say_named(request, text, rows)


def say_named(request: HttpRequest, text: str, rows: list[str]) -> None:
    """`text` with the `count` of the rows, and the first of them `named`."""
    named = "、".join(rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
    messages.success(request, text % {"count": len(rows), "named": named})


def say_unsaved(request: HttpRequest, errors: int) -> None:
    """Nothing is lost, nothing was written."""
    text = ngettext(
        "Nothing was saved yet: %(count)d cell needs attention.",
        "Nothing was saved yet: %(count)d cells need attention.",
        errors,
    )
    messages.error(request, text % {"count": errors})
