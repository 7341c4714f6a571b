"""The small texts of the sheets, read exactly and written canonically: shares, money, choices, lists (WORKBOOK 1)."""

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from assessment.numbers import number_text, parse_number, share_text

from .problems import ProblemCode, TextError
from .types import Bands, Groups

LOW_GRADES = "后两档"
"""The mark of E2's override row: the third and fourth grade together."""

_ENTRIES = re.compile(r"[;；\n]")
_PIECES = re.compile(r"[;；,，\n]")
_NAMES = re.compile(r"[,，]")
_LIST = re.compile(r"[;；,，、\s]+")
_EQUALS = re.compile(r"[=＝]")
_COLON = re.compile(r"[:：]")
_CENTS = 100
MOST_WHOLE = 1000
"""No number of years, months or days is larger."""

_Choice = TypeVar("_Choice", bound=StrEnum)
_Value = TypeVar("_Value")


def number(text: str, *, low: Fraction | None = None, high: Fraction | None = None) -> Fraction:
    """A number within its limits; ``TextError`` EMPTY, NOT_A_NUMBER or OUT_OF_RANGE."""
    if not text.strip():
        raise TextError(ProblemCode.EMPTY)
    try:
        value = parse_number(text)
    except ValueError:
        raise TextError(ProblemCode.NOT_A_NUMBER, text=text.strip()) from None
    if (low is not None and value < low) or (high is not None and value > high):
        raise TextError(ProblemCode.OUT_OF_RANGE, value=text.strip(), low=_limit(low), high=_limit(high))
    return value


def _limit(value: Fraction | None) -> str:
    return "" if value is None else number_text(value)


def share(text: str) -> Fraction:
    """A number in 0…1, as 0.5, 50% or 1/2."""
    return number(text, low=Fraction(0), high=Fraction(1))


def points(text: str) -> Fraction:
    """A number from 0 up."""
    return number(text, low=Fraction(0))


def money(text: str) -> Fraction:
    """Yuan from 0 up, whole cents; ``TextError`` NOT_CENTS otherwise."""
    value = points(text)
    if (value * _CENTS).denominator != 1:
        raise TextError(ProblemCode.NOT_CENTS, value=text.strip())
    return value


def whole(text: str) -> int:
    """A whole number from 1 up; ``TextError`` NOT_WHOLE otherwise."""
    value = number(text, low=Fraction(1), high=Fraction(MOST_WHOLE))
    if value.denominator != 1:
        raise TextError(ProblemCode.NOT_WHOLE, value=text.strip())
    return int(value)


def choice(kind: type[_Choice], text: str) -> _Choice:
    """One of the words of a list; ``TextError`` EMPTY or NOT_A_CHOICE."""
    word = text.strip()
    if not word:
        raise TextError(ProblemCode.EMPTY)
    try:
        return kind(word)
    except ValueError:
        raise TextError(ProblemCode.NOT_A_CHOICE, text=word, choices="、".join(kind)) from None


def names(text: str) -> tuple[str, ...]:
    """A list of codes or names, in order, divided by ；, 、 or blanks."""
    return tuple(name for name in _LIST.split(text.strip()) if name)


def pairs(text: str, parse: Callable[[str], _Value], *, divider: re.Pattern[str] = _PIECES) -> dict[str, _Value]:
    """`name=value;name=value`; ``TextError`` BAD_PAIR or REPEATED, or what `parse` raises."""
    found: dict[str, _Value] = {}
    for piece in _filled(divider.split(text)):
        name, value = _two(piece, _EQUALS, "名称=值")
        if name in found:
            raise TextError(ProblemCode.REPEATED, name=name)
        found[name] = parse(value)
    return found


def pairs_text(entries: Iterable[tuple[str, Fraction]], divider: str = ";") -> str:
    """The canonical text of named numbers."""
    return divider.join(f"{name}={number_text(value)}" for name, value in entries)


def coefficients(text: str) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """E1: four numbers, the best grade's first; ``TextError`` WRONG_COUNT."""
    found = [number(piece) for piece in names(text)]
    if len(found) != 4:
        raise TextError(ProblemCode.WRONG_COUNT, count=str(len(found)), expected="4")
    return found[0], found[1], found[2], found[3]


def bands(text: str) -> Bands:
    """E2: `90%:100%;80%:95%;0:80%;后两档1/3:65%`; rows in any order, minimum shares all different."""
    rows: dict[Fraction, Fraction] = {}
    override = None
    for piece in _filled(_PIECES.split(text)):
        mark, rate = _two(piece, _COLON, "90%:100%")
        if mark.startswith(LOW_GRADES):
            if override is not None:
                raise TextError(ProblemCode.REPEATED, name=LOW_GRADES)
            override = share(mark.removeprefix(LOW_GRADES)), share(rate)
            continue
        minimum = share(mark)
        if minimum in rows:
            raise TextError(ProblemCode.REPEATED, name=mark)
        rows[minimum] = share(rate)
    if not rows:
        raise TextError(ProblemCode.EMPTY)
    return Bands(tuple(sorted(rows.items(), reverse=True)), override)


def bands_text(rule: Bands) -> str:
    """The canonical text of a band table, highest row first, the override last."""
    rows = [f"{share_text(minimum)}:{share_text(rate)}" for minimum, rate in rule.rows]
    if rule.low_override:
        low, rate = rule.low_override
        rows.append(f"{LOW_GRADES}{share_text(low)}:{share_text(rate)}")
    return ";".join(rows)


def weights(text: str) -> dict[str, Groups]:
    """E3: `民主测评:A=0.4,B=0.6；E2:…` by evaluation as written; ``TextError`` SUM_DIFFERS unless each sums to 1."""
    found: dict[str, Groups] = {}
    for entry in _filled(_ENTRIES.split(text)):
        name, listed = _two(entry, _COLON, "评价项:票别=权重,票别=权重")
        if name in found:
            raise TextError(ProblemCode.REPEATED, name=name)
        groups = tuple(pairs(listed, share, divider=_NAMES).items())
        total = sum((weight for _, weight in groups), Fraction(0))
        if total != 1:
            raise TextError(ProblemCode.SUM_DIFFERS, name=name, total=number_text(total), expected="1")
        found[name] = groups
    return found


def weights_text(found: Mapping[str, Groups]) -> str:
    """The canonical text of voter groups' weights."""
    return ";".join(f"{name}:{pairs_text(groups, ',')}" for name, groups in found.items())


def _filled(pieces: Iterable[str]) -> Iterable[str]:
    return (piece.strip() for piece in pieces if piece.strip())


def _two(piece: str, mark: re.Pattern[str], expected: str) -> tuple[str, str]:
    halves = [half.strip() for half in mark.split(piece, maxsplit=1)]
    if len(halves) != 2 or not all(halves):
        raise TextError(ProblemCode.BAD_PAIR, text=piece, expected=expected)
    return halves[0], halves[1]
