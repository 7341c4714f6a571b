"""Counts of paper ballots: what is keyed, where two keyings differ, what is agreed upon."""

from assessment.models import Electorate, Hand, PaperCount


def paper_round(electorate: Electorate) -> list[PaperCount]:
    """The keyings of the latest round, the first keyed first; empty before anything is keyed."""
    counts = list(electorate.paper_counts.order_by("round", "hand"))
    return [count for count in counts if count.round == counts[-1].round]


def paper_accepted(electorate: Electorate) -> PaperCount | None:
    """What two people keyed alike, or a third decided; None while it is open."""
    keyed = {count.hand: count for count in paper_round(electorate)}
    if Hand.DECIDING in keyed:
        return keyed[Hand.DECIDING]
    first, second = keyed.get(Hand.FIRST), keyed.get(Hand.SECOND)
    return first if first and second and same(first, second) else None


def same(one: PaperCount, other: PaperCount) -> bool:
    """Every number alike."""
    return _numbers(one) == _numbers(other)


def _numbers(count: PaperCount) -> tuple[object, ...]:
    return count.issued, count.returned, count.void, count.counts
