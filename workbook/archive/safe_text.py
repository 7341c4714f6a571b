"""Text from users on its way into a cell: never a formula, never a character that a workbook cannot hold."""

import re

FORMULA_SIGNS = frozenset("=+-@\t\r\n")
"""A text that begins with one of these is marked as text, so that editing the cell does not make it a formula."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_PICTURES_FROM = 0x2400
_DELETE_PICTURE = "\u2421"
_REPLACEMENT = "\ufffd"
_LAST_CONTROL = 0x1F


def safe_text(text: str) -> str:
    """The text with each control character as its picture: U+0007 becomes ␇."""
    return _UNFIT.sub(_picture, text) if _UNFIT.search(text) else text


def looks_like_formula(text: str) -> bool:
    return text[:1] in FORMULA_SIGNS


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code <= _LAST_CONTROL:
        return chr(_PICTURES_FROM + code)
    return _DELETE_PICTURE if code == 0x7F else _REPLACEMENT
