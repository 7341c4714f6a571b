"""The one place function of the whole system (RULES 1.1, P5, B1): 1, 2, 2, 4."""

from collections.abc import Hashable, Mapping
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

_Who = TypeVar("_Who", bound=Hashable)


class Rank(NamedTuple):
    """A competition place among `ranked`, shared by `tied` (1 = alone) (RULES P5, P6)."""

    place: int
    tied: int
    ranked: int

    @property
    def is_tied(self) -> bool:
        """Whether somebody shares the place."""
        return self.tied > 1


def competition_places(keys: Mapping[_Who, Any], *, higher_first: bool = True) -> dict[_Who, Rank]:
    """Standard competition places: equal keys share a place, the next place skips as many. Best first in the answer.

    Keys of one call are comparable with each other: numbers, or tuples of numbers where a chain parts ties.
    """
    ordered = sorted(keys, key=keys.__getitem__, reverse=higher_first)
    places: dict[_Who, Rank] = {}
    for _, group in groupby(ordered, key=keys.__getitem__):
        sharing = list(group)
        rank = Rank(place=len(places) + 1, tied=len(sharing), ranked=len(ordered))
        for who in sharing:
            places[who] = rank
    return places
