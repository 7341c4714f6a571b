"""How a quota is filled from the top (RULES G3)."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import groupby

from assessment.numbers import nearest

from .findings import Reason, ReasonCode
from .places import Rank
from .results import QuotaLine


def quota_line(share: Fraction, base: int, eligible: Mapping[str, Rank]) -> QuotaLine:
    """Fill `share` × `base` places (half up) by rank among the eligible; stop at a tie across the line.

    Of the tied none is inside, nor anybody below them; who is not eligible uses up no place.
    """
    places = nearest(share * base)
    inside: list[str] = []
    ordered = sorted(eligible, key=lambda who: eligible[who].place)
    for rank, group in groupby(ordered, key=lambda who: eligible[who].place):
        sharing = list(group)
        left = places - len(inside)
        if len(sharing) > left:
            tied = len(sharing) if left else 0
            return QuotaLine(share, base, places, frozenset(inside), tied, rank if tied else None)
        inside += sharing
    return QuotaLine(share, base, places, frozenset(inside))


def quota_reason(line: QuotaLine, who: str, rank: Rank, clause: str) -> Reason:
    """Inside, outside, or in a tie across the line."""
    values = (("rank", str(rank.place)), ("places", str(line.places)))
    if who in line.inside:
        return Reason(ReasonCode.INSIDE_QUOTA, clause, values)
    if rank.place == line.tie_rank:
        return Reason(ReasonCode.TIE_ACROSS_QUOTA, "G3", (*values, ("tied", str(line.tie_of))))
    return Reason(ReasonCode.OUTSIDE_QUOTA, clause, values)
