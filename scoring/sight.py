"""How much of a result a viewer is shown: the office everything, others nothing that would reveal a ballot."""

from dataclasses import dataclass

from assessment.counts import SMALL_GROUP
from cadres.models import Account
from cadres.permissions import allows
from scoring.engine import GroupShare


@dataclass(frozen=True)
class Sight:
    """`counts`: whether votes are shown as counts. Part of every key under which a finished page is kept."""

    counts: bool

    def shows(self, groups: tuple[GroupShare, ...]) -> frozenset[str]:
        """The names of the groups whose share is shown.

        What is hidden is none, or two groups at least with as many votes together: else the points and the shown
        shares would give a small one away.
        """
        if self.counts:
            return frozenset(group.name for group in groups)
        by_size = sorted(groups, key=lambda group: group.counts.valid)
        sizes = [group.counts.valid for group in by_size]
        hidden = sum(size < SMALL_GROUP for size in sizes)
        while 0 < hidden < len(sizes) and (hidden == 1 or sum(sizes[:hidden]) < SMALL_GROUP):
            hidden += 1
        return frozenset(group.name for group in by_size[hidden:])


def sight_of(by: Account | None) -> Sight:
    """What this account is shown of votes."""
    return Sight(counts=allows(by, "scoring.view_counts"))
