"""A share of votes as a page may show it: never one that tells what every single voter did.

Near its ends a share speaks of each voter: all of them marked “excellent”, all but one did. So the ends stand for a
stretch that holds more than one possible count, and what lies between is rounded.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP
from assessment.numbers import nearest

WHOLE = Fraction(1)
TEN_PERCENT = Fraction(1, 10)
FEW = SMALL_GROUP - 1
"""So many on one side of a share are never told apart."""
ENDS = Fraction(1, 20)
"""What somebody gave, a share or a mean of rates, is told between 5 % and 95 %."""


@dataclass(frozen=True)
class ShownShare:
    """The share lies between `lower` and `upper`: an end of the scale, ten percent, or one number that is told."""

    lower: Fraction
    upper: Fraction
    digits: int = 0

    @property
    def told(self) -> bool:
        return self.lower == self.upper

    @property
    def value(self) -> Fraction:
        """What it is compared by: of a stretch at an end the number that all in it reach."""
        return self.lower or self.upper

    @property
    def text(self) -> str:
        """In percent, as many decimals in every row."""
        lower, upper = (f"{hundredfold(end, self.digits)}%" for end in (self.lower, self.upper))
        if self.told:
            return lower
        if self.upper == WHOLE:
            return _("%(share)s or more") % {"share": lower}
        return f"{lower} – {upper}" if self.lower else _("%(share)s or less") % {"share": upper}


def hundredfold(share: Fraction, digits: int) -> Decimal:
    """A share or a difference of shares in percentage points, with so many decimals."""
    return Decimal(nearest(share * 100 * 10**digits)).scaleb(-digits)


def share_shown(
    share: Fraction, votes: int, *, apart: int = 1, ends: Fraction = Fraction(0), digits: int = 0
) -> ShownShare | None:
    """The share of `votes`, rounded to percents; None where so few voted that nothing can be told.

    An end reaches over `apart` votes at least, and over `ends`, a share.
    """
    if margin := _margin(votes, apart, ends, Fraction(1, 100 * 10**digits)):
        return _end(share, margin, digits) or share_told(share, digits)
    return None


def share_banded(share: Fraction, votes: int) -> ShownShare | None:
    """The ten percent that the share lies in: for shares of ballots, which several tables add up in several ways."""
    if margin := _margin(votes, FEW, TEN_PERCENT, TEN_PERCENT):
        lower = floor(share / TEN_PERCENT) * TEN_PERCENT
        return _end(share, margin, 0) or ShownShare(lower, lower + TEN_PERCENT)
    return None


def share_told(share: Fraction, digits: int = 0) -> ShownShare:
    """Rounded, whoever stands behind it: of what can be worked out from points, which are no secret."""
    rounded = Fraction(hundredfold(share, digits)) / 100
    return ShownShare(rounded, rounded, digits)


def _margin(votes: int, apart: int, ends: Fraction, step: Fraction) -> Fraction | None:
    if votes < SMALL_GROUP:
        return None
    margin = ceil(max(ends, Fraction(apart, votes)) / step) * step
    return margin if 2 * margin < WHOLE else None


def _end(share: Fraction, margin: Fraction, digits: int) -> ShownShare | None:
    if share <= margin:
        return ShownShare(Fraction(0), margin, digits)
    return ShownShare(WHOLE - margin, WHOLE, digits) if share >= WHOLE - margin else None
