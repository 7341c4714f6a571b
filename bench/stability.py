"""Stability: 2,000 replicates of a county (25 teams, 300 cadres) ÷ a bare resampling of the same ballots by NumPy.

Ours: `stability_of` of a result in memory: ballots drawn anew by group, lines scored and rounded, everybody ranked, the
same under varied weights, the fewest ballots between neighbours and across the quota lines. The other side: one call
of `multinomial` on one array of all counts, the draws alone; nothing is scored, rounded or ranked, on one core.
"""

import numpy as np

from bench.county import county, county_store
from bench.measure import Row, Size, alternate, milliseconds
from scoring.engine import ShareDerivation, YearResult
from scoring.results import current_result
from scoring.stability import stability_of

REPLICATES = 2000


def run(size: Size) -> list[Row]:
    result = current_result(county_store(county(size.townships)))
    counts = counts_of(result)
    pairs = alternate(lambda: shaken(result), lambda: drawn(counts), pairs=size.pairs)
    ours, bare = milliseconds("draw, score, rank, flips", pairs.ours), milliseconds("NumPy draws", pairs.other)
    goal = f"stability, {REPLICATES} replicates of {len(counts)} tallies"
    return [Row(goal, ours, bare, pairs.ours_to_other, "–", "–")]


def counts_of(result: YearResult) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Votes by grade of every group about every ranked subject."""
    lines = [line for team in result.teams for line in team.lines]
    lines += [line for cadre in result.cadres for line in cadre.lines]
    groups = [
        group for line in lines if isinstance(line.derivation, ShareDerivation) for group in line.derivation.groups
    ]
    return np.array([group.counts.grades for group in groups])


def shaken(result: YearResult) -> object:
    return stability_of(result, replicates=REPLICATES, seed=1)


def drawn(counts: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> object:
    votes = counts.sum(axis=1)
    return np.random.default_rng(1).multinomial(votes, counts / votes[:, None], size=(REPLICATES, len(counts)))
