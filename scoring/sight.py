"""How much of a result a viewer is shown: the office counts, others nothing that would reveal a ballot.

What a ballot box counted of a small group is shown to nobody at all.
"""

from dataclasses import dataclass

from django.db.models import QuerySet

from assessment.counts import SMALL_GROUP, groups_hidden
from assessment.models import Tally
from assessment.selectors.counted import tallies_hidden
from cadres.models import Account
from cadres.permissions import allows
from scoring.engine import GroupShare

LineGroup = tuple[str, str]
"""Line or item code, voter group."""


@dataclass(frozen=True)
class Sight:
    """`counts`: whether votes are shown as counts; `hidden` are those of one subject that are shown all the same to
    nobody. Part of every key under which a finished page is kept.
    """

    counts: bool
    hidden: frozenset[LineGroup] = frozenset()

    def on(self, line: str) -> "Sight":
        """What is shown of this line alone."""
        return Sight(self.counts, frozenset(key for key in self.hidden if key[0] == line)) if self.hidden else self

    def hides(self, category: str) -> bool:
        """Whether the counts of this voter group of the line are shown to nobody."""
        return any(group == category for _line, group in self.hidden)

    def shows(self, groups: tuple[GroupShare, ...]) -> frozenset[str]:
        """The names of the groups whose share is shown.

        What is hidden is none, or two groups at least with as many votes together: else the points and the shown
        shares would give a small one away.
        """
        if self.counts:
            return frozenset(group.name for group in groups if not self._hides_all(group))
        votes = {group.name: group.counts.valid for group in groups if group.counts.valid or group.counts.abstain}
        hidden = groups_hidden(votes)
        return frozenset(group.name for group in groups) - hidden

    def _hides_all(self, group: GroupShare) -> bool:
        """Whether even the sum over its categories tells too much: one alone, or few together."""
        voted = [name for name, counts in group.categories if counts.valid or counts.abstain]
        few = len(voted) == 1 or group.counts.valid < SMALL_GROUP
        return few and bool(voted) and all(map(self.hides, voted))


def sight_of(by: Account | None, tallies: QuerySet[Tally] | None = None) -> Sight:
    """What this account is shown of votes; where counts are shown, `tallies` are those of the subject."""
    counts = allows(by, "scoring.view_counts")
    if tallies is None or not counts:
        return Sight(counts)
    boxed = list(tallies.filter(box__isnull=False))
    hidden = tallies_hidden(boxed)
    return Sight(counts, frozenset((tally.evaluation, tally.group) for tally in boxed if tally.pk in hidden))
