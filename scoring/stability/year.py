"""The stability of a year: every ranked team, and every ranked cadre in the county's ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.engine import QuotaLine, Rank, YearResult

from .flips import ClosestFlips, Exchanges, Flip, fewest
from .places import Places, interval
from .replicates import Subject, field_of, places_resampled, places_reweighted

MOST_REPLICATES = 50_000
"""More would take minutes and gigabytes, and no interval would be another."""


class Interval(NamedTuple):
    """The 5th and the 95th percentile place."""

    low: int
    high: int


@dataclass(frozen=True)
class SubjectStability:
    """One team (`code` a township's) or cadre (`code` a number): its place, the interval when ballots are resampled and
    when the lines' points vary by ±10 %, the fewest ballots that exchange it with a neighbour or across the quota line.
    `straddles`: it is in the running (RULES G3), and its interval by ballots reaches both sides of the quota line.
    """

    code: str
    rank: Rank
    votes: Interval
    weights: Interval
    flip: Flip | None
    quota_flip: Flip | None
    straddles: bool

    @property
    def closest_flip(self) -> Flip | None:
        """The fewer ballots of the two."""
        return fewest((self.flip, self.quota_flip))


@dataclass(frozen=True)
class Stability:
    """Everyone who has a place, in the result's order."""

    replicates: int
    seed: int
    teams: tuple[SubjectStability, ...]
    cadres: tuple[SubjectStability, ...]


def stability_of(result: YearResult, *, replicates: int, seed: int) -> Stability:
    """Shake a result `replicates` times (1 … MOST_REPLICATES); the same seed, 0 or more, gives the same answer again.

    Who has no total has no place and is not in the answer. Raises ValueError for other numbers.
    """
    if not 1 <= replicates <= MOST_REPLICATES or seed < 0:
        raise ValueError(f"{replicates} replicates from seed {seed}")
    of_teams, of_cadres = np.random.SeedSequence(seed).spawn(2)
    teams = {team.input.code: (team, team.standing) for team in result.teams if team.standing}
    cadres = {cadre.input.number: (cadre, cadre.in_county) for cadre in result.cadres if cadre.in_county}
    chain = result.scheme.tie_break
    return Stability(
        replicates,
        seed,
        _shaken(teams, chain, result.team_quota, replicates, of_teams),
        _shaken(cadres, chain, result.cadre_quota, replicates, of_cadres),
    )


def _shaken(
    ranked: Mapping[str, tuple[Subject, Rank]],
    chain: Sequence[str],
    quota: QuotaLine,
    replicates: int,
    seed: np.random.SeedSequence,
) -> tuple[SubjectStability, ...]:
    if not ranked:
        return ()
    field = field_of([subject for subject, _ in ranked.values()], chain)
    by_votes, by_weights = seed.spawn(2)
    votes = _intervals(places_resampled(field, replicates, by_votes))
    weights = _intervals(places_reweighted(field, replicates, by_weights))
    flips = ClosestFlips(ranked, quota, Exchanges(field))
    return tuple(
        SubjectStability(
            code,
            rank,
            votes[row],
            weights[row],
            flips.of_neighbours(row),
            flips.across_quota(row),
            flips.is_running(row) and flips.line_within(*votes[row]),
        )
        for row, (code, (_, rank)) in enumerate(ranked.items())
    )


def _intervals(places: Places) -> list[Interval]:
    """Of each subject."""
    return [Interval(int(low), int(high)) for low, high in interval(places).T]
