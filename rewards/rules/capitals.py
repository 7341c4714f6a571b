"""Money in Chinese capitals, as banks and finance offices take it (大写金额)."""

from collections.abc import Iterator
from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_CENTS = 100
LIMIT = Decimal(10) ** 12


def capital_amount(yuan: Decimal) -> str:
    """12345.60 → 壹万贰仟叁佰肆拾伍元陆角整. To the cent, 0 ≤ yuan < 10¹²; ``ValueError`` for anything else."""
    cents = yuan * _CENTS
    if not 0 <= yuan < LIMIT or cents != int(cents):
        raise ValueError(f"{yuan} is no amount in whole cents from 0 up to {LIMIT}")
    whole, rest = divmod(int(cents), _CENTS)
    if not whole and not rest:
        return "零元整"
    return (f"{_whole(whole)}元" if whole else "") + _parts(*divmod(rest, 10), after_yuan=bool(whole))


def _parts(tenths: int, hundredths: int, *, after_yuan: bool) -> str:
    """角 and 分: 整 closes what ends before 分, 零 stands for 角 that are missing between 元 and 分."""
    if not hundredths:
        return f"{_DIGITS[tenths]}角整" if tenths else "整"
    missing = _DIGITS[0] if after_yuan else ""
    return (f"{_DIGITS[tenths]}角" if tenths else missing) + f"{_DIGITS[hundredths]}分"


def _whole(number: int) -> str:
    """Groups of four digits; one 零 for any run of zeros between two digits that are not."""
    text = ""
    for position in reversed(range(len(_GROUPS))):
        group = number // 10 ** (4 * position) % 10_000
        if group:
            needs_zero = bool(text) and (text.endswith(_DIGITS[0]) or group < 1000)
            text = text.rstrip(_DIGITS[0]) + (_DIGITS[0] if needs_zero else "")
            text += "".join(_group(group)) + _GROUPS[position]
        elif text:
            text = text.rstrip(_DIGITS[0]) + _DIGITS[0]
    return text.rstrip(_DIGITS[0])


def _group(group: int) -> Iterator[str]:
    """Up to four digits with their units, the first one never 零."""
    skipped = False
    for place in reversed(range(len(_UNITS))):
        digit = group // 10**place % 10
        if digit:
            yield (_DIGITS[0] if skipped else "") + _DIGITS[digit] + _UNITS[place]
        skipped = not digit and (skipped or group // 10 ** (place + 1) > 0)
