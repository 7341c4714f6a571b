"""The stability of a year: every ranked team, and every ranked cadre in the county's ranking."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from scoring.engine import QuotaLine, Rank, ReasonCode, YearResult

from .flips import Exchanges, Flip, fewest
from .places import interval
from .replicates import Subject, field_of, places_resampled, places_reweighted

_IN_RUNNING = frozenset({ReasonCode.INSIDE_QUOTA, ReasonCode.OUTSIDE_QUOTA, ReasonCode.TIE_ACROSS_QUOTA})


class Interval(NamedTuple):
    """The 5th and the 95th percentile place."""

    low: int
    high: int


@dataclass(frozen=True)
class SubjectStability:
    """One team (`code` a township's) or cadre (`code` a number): its place, the interval when ballots are resampled and
    when the lines' points vary by ±10 %, the fewest ballots that exchange it with a neighbour or across the quota line.
    """

    code: str
    rank: Rank
    votes: Interval
    weights: Interval
    flip: Flip | None
    quota_flip: Flip | None

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
    """Shake a result `replicates` times; the same seed gives the same answer on every machine.

    Who has no total has no place and is not in the answer.
    """
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
    subjects = [subject for subject, _ in ranked.values()]
    field = field_of(subjects, chain)
    by_votes, by_weights = seed.spawn(2)
    votes = interval(places_resampled(field, replicates, by_votes))
    weights = interval(places_reweighted(field, replicates, by_weights))
    flips = _Flips(ranked, quota, Exchanges(field))
    return tuple(
        SubjectStability(
            code, rank, Interval(*map(int, votes[:, at])), Interval(*map(int, weights[:, at])), *flips.of(code)
        )
        for at, (code, (_, rank)) in enumerate(ranked.items())
    )


class _Flips:
    """With whom each subject could be exchanged: who stands next, and who stands across the quota line."""

    def __init__(self, ranked: Mapping[str, tuple[Subject, Rank]], quota: QuotaLine, exchanges: Exchanges) -> None:
        self._place = {code: rank.place for code, (_, rank) in ranked.items()}
        self._row = {code: row for row, code in enumerate(ranked)}
        self._ballots: dict[tuple[str, str], int | None] = {}
        self._exchanges = exchanges
        self._at: dict[int, list[str]] = defaultdict(list)
        for code, place in self._place.items():
            self._at[place].append(code)
        self._order = sorted(self._at)
        running = [code for code, (subject, _) in ranked.items() if _in_running(subject)]
        self._inside = [code for code in running if code in quota.inside]
        self._outside = [code for code in running if code not in quota.inside]

    def of(self, code: str) -> tuple[Flip | None, Flip | None]:
        """The closest neighbour, and the closest across the quota line."""
        return self._closest(code, self._neighbours(code)), self._closest(code, self._across(code))

    def _closest(self, code: str, others: Iterator[str] | Sequence[str]) -> Flip | None:
        found = ((other, self._between(code, other)) for other in others)
        return fewest(Flip(other, ballots) for other, ballots in found if ballots is not None)

    def _neighbours(self, code: str) -> Iterator[str]:
        """Those at the next better place, at the same, at the next worse."""
        at = self._order.index(self._place[code])
        for place in self._order[max(at - 1, 0) : at + 2]:
            yield from (other for other in self._at[place] if other != code)

    def _across(self, code: str) -> Sequence[str]:
        """For who is inside the best of those outside, for who runs outside the last of those inside."""
        if code in self._inside:
            return _extreme(self._outside, self._place, min)
        return _extreme(self._inside, self._place, max) if code in self._outside else ()

    def _between(self, one: str, other: str) -> int | None:
        above, below = sorted((one, other), key=lambda code: (self._place[code], self._row[code]))
        if (above, below) not in self._ballots:
            self._ballots[above, below] = self._exchanges.ballots(self._row[above], self._row[below])
        return self._ballots[above, below]


def _in_running(subject: Subject) -> bool:
    """Whether the quota decides over the subject's grade (RULES G3)."""
    return any(reason.code in _IN_RUNNING for reason in subject.reasons)


def _extreme(codes: Sequence[str], place: Mapping[str, int], choose: Callable[..., int]) -> list[str]:
    if not codes:
        return []
    found = choose(place[code] for code in codes)
    return [code for code in codes if place[code] == found]
