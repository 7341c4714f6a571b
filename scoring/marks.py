"""The few classes and texts that result tables share. Points are decimals with 2 places already (RULES A2)."""

from decimal import Decimal
from fractions import Fraction

from cadres.templatetags.labels import DASH
from cadres.templatetags.labels import points as points_shown
from scoring.tables import Cell

MEDALS = 3
NONE: Cell = (DASH, "", "", "num missing")


def points_text(points: Decimal | None) -> str:
    """Points as they stand, or a dash."""
    return DASH if points is None else str(points)


def signed_points(difference: Decimal | Fraction) -> str:
    """“+3.10”, “−0.75”, “0.00”."""
    text = points_shown(difference).removeprefix("-")
    if not text.strip("0."):
        return text
    return f"+{text}" if difference > 0 else f"−{text}"


def shift_text(places: int) -> str:
    """“▲ 2” for places risen, “▼ 1” for places fallen; blank where nobody moved."""
    return f"{'▲' if places > 0 else '▼'} {abs(places)}" if places else ""


def place_css(place: int) -> str:
    """The first three places stand out."""
    return f"num place place-{place}" if place <= MEDALS else "num place"


def grade_css(position: int) -> str:
    """0 is the best grade."""
    return f"grade grade-{position + 1}"


def total_cell(points: Decimal | None) -> Cell:
    """A total, or a dash."""
    return NONE if points is None else (str(points), "", "", "num total-cell")


def rate_cell(points: Decimal | None, out_of: Fraction) -> Cell:
    """Points as a percent of full points, two decimals, half up: as the filter `percent`, in whole numbers."""
    if points is None or not out_of:
        return NONE
    scaled = int(points * 100) * 100 * out_of.denominator
    hundredths = (2 * scaled + out_of.numerator) // (2 * out_of.numerator)
    return f"{hundredths // 100}.{hundredths % 100:02}%", "", "", "num"
