"""Exact arithmetic on whole numbers where many fractions share a denominator (RULES A1); nothing is rounded here."""

from collections.abc import Hashable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import TypeVar

from assessment.numbers import hundredths

_Who = TypeVar("_Who", bound=Hashable)

ZERO = hundredths(0)
"""No points."""

Ratio = tuple[int, int]
"""A numerator over a positive denominator, not reduced: as exact as a ``Fraction``, at the cost of two integers."""


def blend(share: Ratio, one: Ratio, other: Ratio) -> Ratio:
    """share·one + (1 − share)·other."""
    part, whole = share
    return part * one[0] * other[1] + (whole - part) * other[0] * one[1], whole * one[1] * other[1]


def common_denominator(values: Iterable[Fraction]) -> int:
    """The least denominator over which all the values are whole."""
    return lcm(*(value.denominator for value in values))


def over(denominator: int, value: Fraction) -> int:
    """The numerator of a value over a denominator that its own divides."""
    return value.numerator * (denominator // value.denominator)


def whole_numbers(values: Mapping[_Who, Fraction]) -> dict[_Who, int]:
    """The values over their common denominator: the same order and the same ties, at the cost of integers."""
    denominator = common_denominator(values.values())
    return {who: over(denominator, value) for who, value in values.items()}


def least_points(line: Fraction) -> Decimal:
    """The least rounded points that reach a line: points are whole hundredths, the line may lie between two."""
    return hundredths(ceil(line * 100))


def total_points(parts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of rounded points (RULES A2); None as soon as one of them is not computable (A3)."""
    total = ZERO
    for part in parts:
        if part is None:
            return None
        total += part
    return total
