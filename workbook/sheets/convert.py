"""From a cell as it stands to the value its column asks for. Each converter raises CellRefused."""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from assessment.numbers import LONGEST_NUMBER, number_text, parse_number
from cadres.codes import code_addressable, code_refusal
from workbook.reading import Cell, Kind

from .problems import CellRefused

Convert = Callable[[Cell], Any]

DIGITS_KEPT = 15
"""What Excel keeps, and shows, of a number."""
LARGEST_COUNT = 2_147_483_647

_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:[T ]00:00(?::00)?)?")
_BLANKS = re.compile(r"\s+")
_WHOLE = re.compile(r"-?[0-9]{1,15}")


def key_of(text: str) -> str:
    """What two texts that mean the same have in common: no blanks, no full-width forms."""
    return text if text.isalnum() and text.isascii() else _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def text_of(longest: int) -> Convert:
    """A text as typed, without blanks around; a number stands for its digits."""

    def convert(cell: Cell) -> str:
        return _limited(_words(cell).strip(), longest)

    return convert


def code_of(longest: int) -> Convert:
    """A code: a text whose leading zeros survive, and that a page's address can carry."""

    def convert(cell: Cell) -> str:
        code = _limited(key_of(_words(cell)), longest)
        if not code_addressable(code):
            raise CellRefused(_("“%(text)s” is no code") % {"text": shown(code)}, code_refusal())
        return code

    return convert


def word_of(*choices: str) -> Convert:
    """One of the words of a list."""

    def convert(cell: Cell) -> str:
        word = key_of(_words(cell))
        found = next((choice for choice in choices if key_of(choice).upper() == word.upper()), None)
        if found is None:
            raise CellRefused(_("“%(text)s” is not known") % {"text": shown(word)}, listing(choices))
        return found

    return convert


def number_of(cell: Cell) -> Fraction:
    """An exact number; as text also with blanks, full-width digits, a % sign."""
    kind, text = cell
    if kind is Kind.NUMBER:
        return exact_number(text)
    if kind is not Kind.TEXT:
        raise refused(cell, _("a number"))
    try:
        number = parse_number(text.strip())
    except ValueError:
        raise CellRefused(_("“%(text)s” is not a number") % {"text": shown(text)}, _("a number")) from None
    return _writable(number)


def count_of(cell: Cell) -> int:
    """A whole number from 0 up."""
    kind, text = cell
    if kind is Kind.NUMBER and text.isdecimal() and len(text) < 10:
        return int(text)
    number = number_of(cell)
    if number < 0:
        raise CellRefused(_("%(number)s is negative") % {"number": number_text(number)}, _("a whole number from 0 up"))
    if number.denominator != 1 or number > LARGEST_COUNT:
        raise CellRefused(
            _("%(number)s is not a count") % {"number": number_text(number)}, _("a whole number from 0 up")
        )
    return int(number)


def date_of(cell: Cell) -> date:
    """A date cell, or 2025-06-30, 2025.6.30, 2025/6/30, 2025年6月30日 as text."""
    kind, text = cell
    if kind not in (Kind.DATE, Kind.TEXT):
        raise refused(cell, _("a date such as 2025-06-30"))
    words = unicodedata.normalize("NFKC", text).strip()
    match = (
        _DATE.match(words) if kind is Kind.DATE else _DATE.fullmatch(_BLANKS.sub("", words)) or _DATE.fullmatch(words)
    )
    try:
        return date(*map(int, match.groups())) if match else _no_date(text)
    except ValueError:
        return _no_date(text)


def exact_number(raw: str) -> Fraction:
    """A stored number as Excel shows it: 15 digits. Raises CellRefused where it holds more, and so is damaged."""
    if _WHOLE.fullmatch(raw):
        return Fraction(int(raw))
    try:
        value = float(raw)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise CellRefused(_("“%(text)s” is not a number") % {"text": shown(raw)}, _("a number"))
    if abs(value) >= 10**DIGITS_KEPT:
        raise CellRefused(
            _("a number of more than 15 digits was damaged by the spreadsheet program"), _("the digits as text")
        )
    return _writable(Fraction(Decimal(f"{value:.{DIGITS_KEPT}g}")))


def refused(cell: Cell, expected: str) -> CellRefused:
    """Why a cell of this kind does not hold what is expected."""
    kind, text = cell
    whats = {
        Kind.ERROR: _("the cell holds the error %(text)s"),
        Kind.UNCOMPUTED: _("the cell holds a formula without a stored result"),
        Kind.BOOLEAN: _("the cell holds the truth value %(text)s"),
        Kind.DATE: _("the cell holds the date %(text)s"),
        Kind.NUMBER: _("the cell holds the number %(text)s"),
        Kind.TEXT: _("the cell holds the text “%(text)s”"),
    }
    return CellRefused(whats[kind] % {"text": shown(text.removesuffix("T00:00:00"))}, expected)


def listing(words: tuple[str, ...] | list[str], most: int = 20) -> str:
    """Words as a list, a long one cut."""
    listed = "、".join(words[:most])
    return (
        listed if len(words) <= most else _("%(words)s … (%(count)d in all)") % {"words": listed, "count": len(words)}
    )


def shown(text: str) -> str:
    """A text for a message: one line, not too long."""
    line = _BLANKS.sub(" ", text).strip()
    return line if len(line) <= 40 else f"{line[:40]}…"


def _words(cell: Cell) -> str:
    kind, text = cell
    if kind is Kind.TEXT:
        return text
    if kind is Kind.NUMBER:
        return number_text(exact_number(text))
    raise refused(cell, _("a text"))


def _limited(text: str, longest: int) -> str:
    if len(text) > longest:
        raise CellRefused(
            _("the text has %(count)d characters") % {"count": len(text)},
            _("at most %(count)d characters") % {"count": longest},
        )
    return text


def _writable(number: Fraction) -> Fraction:
    """Only numbers whose text can be stored."""
    if number.denominator.bit_length() > 200 or abs(number) >= 10**30 or len(number_text(number)) > LONGEST_NUMBER:
        raise CellRefused(_("the number is too large or too finely divided"), _("a number of up to 15 digits"))
    return number


def _no_date(text: str) -> date:
    raise CellRefused(_("“%(text)s” is not a date") % {"text": shown(text)}, _("a date such as 2025-06-30"))
