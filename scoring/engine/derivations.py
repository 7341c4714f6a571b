"""How a line came to its points: typed, frozen, complete, so that a page can explain it without computing."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.scheme import Bands, Direction, EmptyGroup, RankRule, TieRule, WeightedShare

from .inputs import Counts


@dataclass(frozen=True, slots=True)
class RankDerivation:
    """A line by rank (RULES 1.1). `tied` counts the townships at this place, the subject included.

    `best` is the value that took the first place; `unrounded` the points before A2.
    """

    value: Fraction
    place: int
    ranked: int
    tied: int
    best: Fraction
    rule: RankRule
    ties: TieRule
    direction: Direction
    full: Fraction
    unrounded: Fraction


@dataclass(frozen=True, slots=True)
class PeriodsDerivation:
    """A line of several periods (RULES T5): each by its own ranking, then the mean."""

    periods: tuple[RankDerivation, ...]
    unrounded: Fraction


@dataclass(frozen=True, slots=True)
class NotApplicableDerivation:
    """A line the township does not have (RULES T4): full points × rate of the block's applicable lines.

    `sources` are (line code, unrounded points, full points) of those lines.
    """

    sources: tuple[tuple[str, Fraction, Fraction], ...]
    full: Fraction
    rate: Fraction
    unrounded: Fraction


@dataclass(frozen=True, slots=True)
class GroupShare:
    """One voter group of an evaluation (RULES E1 to E4).

    `counts` are added up over `categories`, (name, counts) as recorded; `weight` is the scheme's, `used` the one
    after E4; `share` is the weighted share (E1), or the share of the first grade (E2); `rate` is what the weight
    multiplies: under E1 the share itself, under E2 the band's rate. Both are None where the group holds no valid
    vote. `overridden` says that E2's override held.
    """

    name: str
    categories: tuple[tuple[str, Counts], ...]
    counts: Counts
    weight: Fraction
    used: Fraction
    share: Fraction | None
    rate: Fraction | None
    overridden: bool = False

    @property
    def low_share(self) -> Fraction | None:
        """The share of the third and fourth grade together, which E2's override looks at."""
        votes = self.counts.valid
        return Fraction(self.counts.grades[2] + self.counts.grades[3], votes) if votes else None


@dataclass(frozen=True, slots=True)
class ShareDerivation:
    """A line by votes (RULES 1.2): full points × Σ weight·rate, cut to 0…F (`cut`), E4 applied (`renormalised`)."""

    rule: WeightedShare | Bands
    groups: tuple[GroupShare, ...]
    empty_group: EmptyGroup
    renormalised: bool
    rate: Fraction
    full: Fraction
    cut: bool
    unrounded: Fraction


@dataclass(frozen=True, slots=True)
class WorkDerivation:
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
    unrounded: Fraction


Derivation = RankDerivation | PeriodsDerivation | NotApplicableDerivation | ShareDerivation | WorkDerivation
