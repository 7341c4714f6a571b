"""The few classes and texts that result tables share. Points are decimals with 2 places already (RULES A2)."""

from decimal import Decimal

from cadres.templatetags.labels import DASH

MEDALS = 3


def points_text(points: Decimal | None) -> str:
    """Points as they stand, or a dash."""
    return DASH if points is None else str(points)


def place_css(place: int) -> str:
    """The first three places stand out."""
    return f"num place place-{place}" if place <= MEDALS else "num place"


def grade_css(position: int) -> str:
    """0 is the best grade."""
    return f"grade grade-{position + 1}"
