"""How much of a result a viewer is shown: the office everything, others nothing that would reveal a ballot."""

from dataclasses import dataclass

from cadres.models import Account
from cadres.permissions import allows
from scoring.engine import GroupShare

SMALLEST_GROUP = 5
"""Valid votes; the share of a smaller group is not shown to those who may not see counts (JOURNEYS, leader)."""


@dataclass(frozen=True)
class Sight:
    """`counts`: whether votes are shown as counts. Part of every key under which a finished page is kept."""

    counts: bool

    def shows(self, groups: tuple[GroupShare, ...]) -> frozenset[str]:
        """The names of the groups whose share is shown.

        Where exactly one group would be hidden, the smallest of the others is hidden with it: else the points and
        the shown shares together would give the hidden one away.
        """
        if self.counts:
            return frozenset(group.name for group in groups)
        by_size = sorted(groups, key=lambda group: group.counts.valid)
        hidden = sum(group.counts.valid < SMALLEST_GROUP for group in by_size)
        if hidden == 1:
            hidden = 2
        return frozenset(group.name for group in by_size[hidden:])


def sight_of(by: Account | None) -> Sight:
    """What this account is shown of votes."""
    return Sight(counts=allows(by, "scoring.view_counts"))
