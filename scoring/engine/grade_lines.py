"""A line between two grades, and on which side of it a total falls (RULES G1, G2)."""

from decimal import Decimal
from fractions import Fraction

from assessment.numbers import number_text

from .arithmetic import least_points
from .findings import Reason, ReasonCode


class GradeLine:
    """So many points, made ready for many totals."""

    def __init__(self, points: Fraction, clause: str) -> None:
        """Take the exact points of the line and the clause that sets it."""
        self._least = least_points(points)
        self._text = number_text(points)
        self._clause = clause

    def reached_by(self, total: Decimal) -> bool:
        """Whether rounded points lie on the line or above it."""
        return total >= self._least

    def compared(self, total: Decimal) -> Reason:
        """The comparison as a reason."""
        code = ReasonCode.SCORE_REACHES if self.reached_by(total) else ReasonCode.SCORE_UNDER
        return Reason(code, self._clause, (("score", str(total)), ("line", self._text)))
