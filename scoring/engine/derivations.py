"""How a line came to its points: typed, frozen, complete, so that a page can explain it without computing.

Each holds its points before A2 as a ratio, `exact`; the fractions that explain are made for who asks, since a year
has thousands of lines and a page explains a few.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from assessment.scheme import Bands, Direction, EmptyGroup, Line, RankRule, TieRule, WeightedShare

from .arithmetic import Ratio
from .inputs import Counts
from .places import Rank


class RankDerivation(NamedTuple):
    """A line by rank (RULES 1.1): a value, its place, and `best`, the value that took the first place."""

    line: Line
    value: Fraction
    rank: Rank
    best: Fraction
    exact: Ratio

    @property
    def place(self) -> int:
        """The place of the value."""
        return self.rank.place

    @property
    def ranked(self) -> int:
        """How many townships the line ranks."""
        return self.rank.ranked

    @property
    def tied(self) -> int:
        """The townships at this place, the subject included."""
        return self.rank.tied

    @property
    def rule(self) -> RankRule:
        """How the line turns a place or a value into points."""
        return self.line.rule

    @property
    def ties(self) -> TieRule:
        """What the tied get (RULES T3)."""
        return self.line.ties

    @property
    def direction(self) -> Direction:
        """Which values are better."""
        return self.line.direction

    @property
    def full(self) -> Fraction:
        """Full points."""
        return self.line.points

    @property
    def unrounded(self) -> Fraction:
        """Points before A2."""
        return Fraction(*self.exact)


class PeriodsDerivation(NamedTuple):
    """A line of several periods (RULES T5): each by its own ranking, then the mean, `unrounded`."""

    periods: tuple[RankDerivation, ...]
    unrounded: Fraction

    @property
    def exact(self) -> Ratio:
        """Points before A2."""
        return self.unrounded.as_integer_ratio()


class NotApplicableDerivation(NamedTuple):
    """A line the township does not have (RULES T4): full points × rate of the block's applicable lines.

    `sources` are (line code, unrounded points, full points) of those lines.
    """

    sources: tuple[tuple[str, Fraction, Fraction], ...]
    full: Fraction
    rate: Fraction

    @property
    def unrounded(self) -> Fraction:
        """Points before A2."""
        return self.full * self.rate

    @property
    def exact(self) -> Ratio:
        """Points before A2."""
        return self.unrounded.as_integer_ratio()


class GroupShare(NamedTuple):
    """One voter group of an evaluation (RULES E1 to E4).

    `counts` are added up over the categories `recorded`; `weight` is the scheme's, `used` the one
    after E4. `share_ratio` and `rate_ratio` are None where the group holds no valid vote. `overridden` says that E2's
    override held.
    """

    name: str
    recorded: Mapping[str, Counts]
    counts: Counts
    weight: Fraction
    used: Fraction
    share_ratio: Ratio | None
    rate_ratio: Ratio | None
    overridden: bool = False

    @property
    def categories(self) -> tuple[tuple[str, Counts], ...]:
        """Name and counts of what was recorded apart."""
        return tuple(self.recorded.items())

    @property
    def share(self) -> Fraction | None:
        """The weighted share (E1), or the share of the first grade (E2)."""
        return Fraction(*self.share_ratio) if self.share_ratio else None

    @property
    def rate(self) -> Fraction | None:
        """What the weight multiplies: under E1 the share itself, under E2 the band's rate."""
        return Fraction(*self.rate_ratio) if self.rate_ratio else None

    @property
    def low_share(self) -> Fraction | None:
        """The share of the third and fourth grade together, which E2's override looks at."""
        votes = self.counts.valid
        return Fraction(self.counts.grades[2] + self.counts.grades[3], votes) if votes else None


class ShareDerivation(NamedTuple):
    """A line by votes (RULES 1.2): full points × Σ weight·rate, the sum cut to 0…1."""

    rule: WeightedShare | Bands
    groups: tuple[GroupShare, ...]
    empty_group: EmptyGroup
    full: Fraction
    rate_ratio: Ratio

    @property
    def exact(self) -> Ratio:
        """Points before A2, between 0 and full."""
        (full, parts), (earned, votes) = self.full.as_integer_ratio(), self.rate_ratio
        if not 0 <= earned <= votes:
            earned = 0 if earned < 0 else votes
        return full * earned, parts * votes

    @property
    def unrounded(self) -> Fraction:
        """Points before A2, between 0 and full."""
        return Fraction(*self.exact)

    @property
    def rate(self) -> Fraction:
        """Σ weight·rate as it comes out, before it is cut."""
        return Fraction(*self.rate_ratio)

    @property
    def cut(self) -> bool:
        """Whether the points were cut to 0 … full."""
        return not 0 <= self.rate <= 1

    @property
    def renormalised(self) -> bool:
        """Whether a group without a valid vote left its weight to the others (E4)."""
        return any(group.rate_ratio is None for group in self.groups)


class WorkDerivation(NamedTuple):
    """工作实绩 (RULES C1, C2): full × (λ·team points/team full + (1 − λ)·charge points/charge full).

    `team_share` is the λ used: 1 for principals and where no lines are in charge. `charged` are (line code, rounded
    points, full points); points N/A by T4 count as given there.
    """

    principal: bool
    team_points: Decimal
    team_full: Fraction
    team_share: Fraction
    charged: tuple[tuple[str, Decimal, Fraction], ...]
    full: Fraction
    exact: Ratio

    @property
    def unrounded(self) -> Fraction:
        """Points before A2."""
        return Fraction(*self.exact)


Derivation = RankDerivation | PeriodsDerivation | NotApplicableDerivation | ShareDerivation | WorkDerivation
