"""Totals and places under shaken ballots and shaken weights."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from scoring.engine import CadreResult, ShareDerivation, TeamResult

from .places import Places, chained, places
from .votes import VoteLine, Whole

Subject = TeamResult | CadreResult

SPREAD = 0.1
"""How far the points of a line vary to either side."""

_PART = 1000
"""Replicates that are in memory with all their lines, so that a large county does not fill it."""

_BATCH = 64
"""Lines that draw from one generator: whatever the number of threads, a seed gives the same replicates."""


@dataclass(frozen=True)
class Field:
    """Those who are ranked together, as arrays. `points` are hundredths (subjects × lines) in the engine's order of
    lines; `votes` each subject's lines by votes, by column; `chain` the columns that part ties, in order."""

    points: Whole
    votes: Sequence[Mapping[int, VoteLine]]
    chain: tuple[int, ...]

    def places_of(self, points: Whole) -> Places:
        """Places by the sum of the lines (replicates × subjects × lines)."""
        return places(chained(points.sum(axis=2), [points[:, :, column] for column in self.chain]))


def field_of(subjects: Sequence[Subject], tie_break: Sequence[str]) -> Field:
    """The arrays of subjects that all have a total."""
    codes = [line.code for line in subjects[0].lines]
    votes = [
        {
            at: VoteLine(line.derivation)
            for at, line in enumerate(subject.lines)
            if isinstance(line.derivation, ShareDerivation)
        }
        for subject in subjects
    ]
    points = [[int((line.points or 0) * 100) for line in subject.lines] for subject in subjects]
    chain = tuple(codes.index(code) for code in tie_break if code in codes)
    return Field(np.array(points, dtype=np.int64), votes, chain)


def places_resampled(field: Field, replicates: int, seed: np.random.SeedSequence) -> Places:
    """Places (replicates × subjects) when every group draws its ballots anew from its own (bootstrap by group)."""
    parts = _parts(replicates)
    with ThreadPoolExecutor() as pool:
        drawn = [_resampled(field, part, own, pool) for part, own in zip(parts, seed.spawn(len(parts)), strict=True)]
    return np.concatenate(drawn)


def _resampled(field: Field, replicates: int, seed: np.random.SeedSequence, pool: ThreadPoolExecutor) -> Places:
    points = np.repeat(field.points[:, :, np.newaxis], replicates, axis=2)  # the draws of a line side by side
    cells = [(row, at, line) for row, lines in enumerate(field.votes) for at, line in lines.items()]
    batches = [cells[start : start + _BATCH] for start in range(0, len(cells), _BATCH)]

    def draw(batch: Sequence[tuple[int, int, VoteLine]], own: np.random.SeedSequence) -> None:
        random = np.random.default_rng(own)
        for row, at, line in batch:
            points[row, at] = line.resampled(random, replicates)

    list(pool.map(draw, batches, seed.spawn(len(batches))))
    return field.places_of(points.transpose(2, 0, 1))


def places_reweighted(field: Field, replicates: int, seed: np.random.SeedSequence) -> Places:
    """Places when the full points of each line vary by up to ±10 %, for all subjects alike; rates stay."""
    random = np.random.default_rng(seed)
    return np.concatenate([field.places_of(_scaled(field.points, random, part)) for part in _parts(replicates)])


def _scaled(points: Whole, random: np.random.Generator, replicates: int) -> Whole:
    factors = random.uniform(1 - SPREAD, 1 + SPREAD, (replicates, 1, points.shape[1]))
    return np.rint(points * factors).astype(np.int64)


def _parts(replicates: int) -> list[int]:
    return [min(_PART, replicates - start) for start in range(0, replicates, _PART)]
