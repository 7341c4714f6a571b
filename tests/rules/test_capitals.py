"""Money in Chinese capitals: the official examples of 支付结算办法, and the shapes of zero."""

import itertools
from decimal import Decimal

import pytest

from rewards.rules import capital_amount

AMOUNTS = [
    ("0", "零元整"),
    ("0.05", "伍分"),
    ("0.50", "伍角整"),
    ("0.55", "伍角伍分"),
    ("1", "壹元整"),
    ("10", "壹拾元整"),
    ("15", "壹拾伍元整"),
    ("101", "壹佰零壹元整"),
    ("110", "壹佰壹拾元整"),
    ("1001", "壹仟零壹元整"),
    ("1010", "壹仟零壹拾元整"),
    ("1409.50", "壹仟肆佰零玖元伍角整"),
    ("6007.14", "陆仟零柒元壹角肆分"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
    ("325.04", "叁佰贰拾伍元零肆分"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
    ("107000.53", "壹拾万柒仟元伍角叁分"),
    ("4285.71", "肆仟贰佰捌拾伍元柒角壹分"),
    ("10000", "壹万元整"),
    ("10001", "壹万零壹元整"),
    ("10010", "壹万零壹拾元整"),
    ("10100", "壹万零壹佰元整"),
    ("50000", "伍万元整"),
    ("100000", "壹拾万元整"),
    ("250000", "贰拾伍万元整"),
    ("249999.96", "贰拾肆万玖仟玖佰玖拾玖元玖角陆分"),
    ("1000500", "壹佰万零伍佰元整"),
    ("10000000", "壹仟万元整"),
    ("100000001", "壹亿零壹元整"),
    ("100050000", "壹亿零伍万元整"),
    ("100000000", "壹亿元整"),
    ("1200000000.01", "壹拾贰亿元零壹分"),
    ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
]


@pytest.mark.parametrize(("yuan", "words"), AMOUNTS)
def test_amount(yuan: str, words: str) -> None:
    assert capital_amount(Decimal(yuan)) == words


@pytest.mark.parametrize("yuan", ["-0.01", "0.001", "1000000000000"])
def test_no_amount(yuan: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        capital_amount(Decimal(yuan))


VALUES = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
TIMES = {"拾": 10, "佰": 100, "仟": 1000}


def _cents(words: str) -> int:
    """Reads capitals back, by another way than they are written."""
    whole, _yuan, rest = words.rpartition("元")
    total = group = digit = 0
    for sign in whole:
        if sign in VALUES:
            digit = VALUES[sign]
        elif sign in TIMES:
            group, digit = group + digit * TIMES[sign], 0
        elif sign == "亿":
            total, group, digit = (total + group + digit) * 10**8, 0, 0
        else:
            total, group, digit = total + (group + digit) * 10**4, 0, 0
    cents = (total + group + digit) * 100
    return cents + sum(
        VALUES[sign] * {"角": 10, "分": 1}[unit] for sign, unit in itertools.pairwise(rest) if unit in "角分"
    )


def test_every_amount_reads_back() -> None:
    amounts = [*range(12_000), *(7**power for power in range(5, 17)), *range(9_999_990, 10_000_110), 10_050_070_009]
    assert [_cents(capital_amount(Decimal(cents) / 100)) for cents in amounts] == amounts
