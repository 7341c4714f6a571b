"""Words and numbers as pages show them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from cadres.templatetags.labels import percent, place, points, term, yuan


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("9.5"), "9.50"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 200), "-0.01"),
        (Fraction(2, 3), "0.67"),
        (0, "0.00"),
        (Decimal("1000"), "1000.00"),
        (None, "—"),
    ],
)
def test_points_have_two_decimals_half_up(value: Decimal | Fraction | int | None, text: str) -> None:
    """RULES A2."""
    assert points(value) == text


def test_yuan_has_thousands() -> None:
    assert yuan(Decimal("250000")) == "250,000.00"


def test_percent_is_a_rate_of_100() -> None:
    assert (percent(Fraction(2, 3)), percent(Fraction(1)), percent(None)) == ("66.67%", "100.00%", "—")


def test_place_marks_a_tie_with_a_word() -> None:
    """RULES P5, P6: “3 / 24”, ties shown as ties."""
    with translation.override("en"):
        assert place(3, 24) == '<span class="place">3 / 24</span>'
        assert place(3, 24, True) == '<span class="place">3 / 24 <span class="tie">tied</span></span>'
        assert place(None, 24) == "—"


def test_term_leaves_a_countys_own_word_as_it_is() -> None:
    with translation.override("en"):
        assert (term("绩效办专用词"), term(""), term(None)) == ("绩效办专用词", "", "")
