"""RULES A1, A2, WORKBOOK 1: numbers as people type them."""

from fractions import Fraction

import pytest

from assessment.numbers import (
    nearest,
    number_from_text,
    number_text,
    parse_number,
    percent_text,
    round_half_up,
    share_text,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        ("1/3", Fraction(1, 3)),
        (" 12 ", Fraction(12)),
        ("１２．５％", Fraction(1, 8)),
        ("－３", Fraction(-3)),
        ("−3", Fraction(-3)),
        ("+.5", Fraction(1, 2)),
        ("7.", Fraction(7)),
        ("1,234.5", Fraction(2469, 2)),
        ("1 234", Fraction(1234)),
        ("1，234", Fraction(1234)),
        ("2 / 3", Fraction(2, 3)),
        ("60 %", Fraction(3, 5)),
        ("0.10000000000000000001", Fraction(10**19 + 1, 10**20)),
    ],
)
def test_a_typed_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text", ["", " ", "abc", "5 3", "1,23", "1/0", "1e5", "--1", "5²", "٣", "1/2/3", "%", ".", "1" * 61, "=1+1", "NaN"]
)
def test_what_is_not_one_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|divides by zero"):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("53.3"), "53.3"),
        (Fraction(-2), "-2"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(0), "0"),
        (Fraction(1, 1000), "0.001"),
    ],
)
def test_one_canonical_text_that_reads_back(value: Fraction, text: str) -> None:
    assert number_text(value) == text
    assert parse_number(text) == number_from_text(text) == value


def test_shares_and_percents() -> None:
    assert [share_text(Fraction(share)) for share in ("0.6", "0.025", "2/3", "0", "1")] == [
        "60%",
        "2.5%",
        "2/3",
        "0",
        "100%",
    ]
    assert [percent_text(Fraction(share)) for share in ("0.02", "2/3", "0.12345")] == ["2%", "66.67%", "12.35%"]


def test_a2_half_up() -> None:
    assert [str(round_half_up(Fraction(text))) for text in ("1.005", "1.0049", "2", "-0.005", "-0.006")] == [
        "1.01",
        "1.00",
        "2.00",
        "0.00",
        "-0.01",
    ]
    assert [nearest(Fraction(text)) for text in ("1.5", "2.5", "2.49", "0")] == [2, 3, 2, 0]
