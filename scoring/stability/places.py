"""Competition places of many replicates at once (RULES P5): 1, 2, 2, 4 in every row."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Places = NDArray[np.int32]


def places(keys: Whole) -> Places:
    """The place of every subject (column) in every replicate (row); the higher key first."""
    order = np.argsort(-keys, axis=1, kind="stable")
    ordered = np.take_along_axis(keys, order, axis=1)
    first = np.ones(keys.shape, dtype=bool)
    first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    positions = np.arange(1, keys.shape[1] + 1)
    found = np.empty(keys.shape, dtype=np.int32)
    np.put_along_axis(found, order, np.maximum.accumulate(np.where(first, positions, 0), axis=1), axis=1)
    return found


def chained(totals: Whole, chain: Sequence[Whole]) -> Whole:
    """Keys by the totals, ties parted by the points of the chain one after the other."""
    keys = totals
    for points in chain:
        above = points - points.min() + 1
        keys = above - places(keys) * (above.max() + 1)
    return keys


def interval(found: Places) -> Places:
    """The 5th and the 95th percentile of each subject's places: 2 × subjects."""
    return np.percentile(found, (5, 95), axis=0, method="inverted_cdf").astype(np.int32)
