"""Codes and personnel numbers: text that a page's address can carry."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Control characters, and others that nobody sees."""


def code_addressable(code: str) -> bool:
    """Whether the pages of what bears the code can be reached: no “/”, nothing unseen, not dots alone."""
    return "/" not in code and bool(code.strip(".")) and not any(unicodedata.category(c) in _UNSEEN for c in code)


def code_validate(code: str) -> None:
    """For forms."""
    if not code_addressable(code):
        raise ValidationError(code_refusal())


def code_refusal() -> str:
    return _("A code cannot hold “/” or control characters, nor dots alone.")
