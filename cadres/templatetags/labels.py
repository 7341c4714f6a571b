"""How pages show words that are data, and numbers that are exact."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

register = template.Library()

DASH = "—"
Number = Decimal | Fraction | int | None


@register.filter
def term(word: object) -> str:
    """A data word in the page's language; a word the catalogue does not hold, a county's own, stays as it is."""
    text = "" if word is None else str(word)
    return gettext(text) if text else ""


@register.filter
def listed(names: Iterable[object]) -> str:
    """Names one after the other, with the comma of the language."""
    return pgettext("between names", ", ").join(map(str, names))


@register.filter
def points(value: Number) -> str:
    """Two decimals, half up (RULES A2): 9.5 → 9.50; nothing → a dash."""
    return DASH if value is None else f"{_rounded(value, 2):f}"


@register.filter
def yuan(value: Number) -> str:
    """Two decimals with thousands: 50000 → 50,000.00."""
    return DASH if value is None else f"{_rounded(value, 2):,f}"


@register.filter
def percent(value: Number) -> str:
    """A rate or share to two decimals of a percent, for display only (RULES A2): 2/3 → 66.67%."""
    return DASH if value is None else f"{_rounded(Fraction(value) * 100, 2):f}%"


@register.simple_tag
def place(number: int | None, of: int | None, tied: bool = False) -> SafeString:
    """“3 / 24”, with a mark and its word where the place is shared (RULES P5, P6)."""
    if number is None:
        return format_html("{}", DASH)
    mark = format_html(' <span class="tie">{}</span>', gettext("tied")) if tied else ""
    return format_html('<span class="place">{} / {}{}</span>', number, of, mark)


@register.simple_tag
def clause(*numbers: str) -> SafeString:
    """The clauses of RULES that something rests on, set apart from the text: “clause G1, G3”."""
    words = gettext("clause %(clause)s") % {"clause": ", ".join(numbers)}
    return format_html('<span class="clause">{}</span>', words)


def _rounded(value: Decimal | Fraction | int, places: int) -> Decimal:
    """Half up, away from zero, whatever the length of the fraction."""
    doubled = Fraction(value) * 10**places * 2
    nearest = (abs(doubled.numerator) + doubled.denominator) // (2 * doubled.denominator)
    return Decimal(nearest if doubled >= 0 else -nearest).scaleb(-places)
