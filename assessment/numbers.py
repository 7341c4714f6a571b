"""Numbers as people type them, and exact numbers as people read them (RULES A1, A2; WORKBOOK 1).

Between an entered text and a rounded line every number is a ``Fraction``; nothing here touches a binary float.
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

LONGEST_NUMBER = 60
"""Characters; a longer text is refused, so no entry can ask for unbounded arithmetic."""

_HUNDRED = 100
_COUNTS_KEPT = 1 << 15
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，／％＋－−　\u00a0", "0123456789.,/%+--  ")
_DECIMAL = r"(?:[0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(?:\.[0-9]*)?|\.[0-9]+"
_NUMBER = re.compile(rf"([+-]?) ?({_DECIMAL})(?: ?/ ?({_DECIMAL}))? ?(%?)")


def parse_number(text: str) -> Fraction:
    """The exact number a text means: ``0.5``, ``50%``, ``1/3``, ``1,234.5``, full-width signs, spaces around.

    Raises ``ValueError`` where the text is not one number (or divides by zero).
    """
    match = _NUMBER.fullmatch(text.translate(_FULL_WIDTH).strip()) if len(text) <= LONGEST_NUMBER else None
    if match is None:
        raise ValueError(f"not a number: {text!r}")
    sign, upper, lower, percent = match.groups()
    divisor = _plain(lower) if lower else Fraction(1)
    if not divisor:
        raise ValueError(f"divides by zero: {text!r}")
    value = _plain(upper) / divisor / (_HUNDRED if percent else 1)
    return -value if sign == "-" else value


def _plain(digits: str) -> Fraction:
    """A decimal without sign; thousands marks are dropped."""
    return _decimal(digits.replace(",", "").replace(" ", ""))


def _decimal(digits: str) -> Fraction:
    whole, _, decimals = digits.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def number_from_text(text: str) -> Fraction:
    """The number of a canonical text, as `number_text` wrote it; several times faster than reading what people type."""
    upper, _, lower = text.partition("/")
    return Fraction(int(upper), int(lower)) if lower else _decimal(upper)


def number_text(value: Fraction) -> str:
    """The one canonical text of a number: ``53.3`` or ``-2`` where decimals end, else ``1/3``."""
    digits = _decimal_digits(value.denominator)
    if digits is None:
        return f"{value.numerator}/{value.denominator}"
    scaled = abs(value.numerator) * 10**digits // value.denominator
    sign = "-" if value < 0 else ""
    if not digits:
        return f"{sign}{scaled}"
    whole, rest = divmod(scaled, 10**digits)
    return f"{sign}{whole}.{rest:0{digits}d}"


def _decimal_digits(denominator: int) -> int | None:
    """How many decimals write 1/denominator exactly; None where they never end."""
    counts = []
    for prime in (2, 5):
        count = 0
        while denominator % prime == 0:
            denominator //= prime
            count += 1
        counts.append(count)
    return max(counts) if denominator == 1 else None


def share_text(value: Fraction) -> str:
    """A share as parameters print it, exact: ``60%``, ``2.5%``, ``0``, or ``2/3`` where a percent would not end."""
    percent = number_text(value * _HUNDRED)
    return number_text(value) if "/" in percent or not value else f"{percent}%"


def percent_text(value: Fraction) -> str:
    """A share for display only, at most 2 decimals of a percent (RULES A2): ``2%``, ``66.67%``."""
    return f"{number_text(Fraction(round_half_up(value * _HUNDRED)))}%"


def round_half_up(value: Fraction) -> Decimal:
    """A scored line rounded once, half up, to 2 decimals (RULES A2)."""
    return round_ratio(value.numerator, value.denominator)


def round_ratio(numerator: int, denominator: int) -> Decimal:
    """The same from a ratio of whole numbers, which need not be reduced; the denominator is positive."""
    return hundredths((2 * _HUNDRED * numerator + denominator) // (2 * denominator))


def nearest(value: Fraction) -> int:
    """The nearest whole number, halves up (quotas, RULES G1 and G2)."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@lru_cache(_COUNTS_KEPT)
def hundredths(count: int) -> Decimal:
    """So many hundredths (points, or cents of a yuan) as a decimal with 2 places."""
    return Decimal(count).scaleb(-2)
