"""Counts of paper ballots: what is keyed, where two keyings differ, what is agreed upon."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from assessment.counts import SMALL_GROUP, groups_hidden
from assessment.models import Box, BoxState, Electorate, Hand, PaperCount
from assessment.selectors.counted import tallies_hidden
from cadres.models import Account


class PaperStep(StrEnum):
    """Where the keying of one voter group stands."""

    FIRST = "first"
    SECOND = "second"
    DIFFERS = "differs"
    AGREED = "agreed"


@dataclass(frozen=True)
class PaperState:
    """One voter group: `rounds` holds every keying by round, the current one last.

    The numbers of a round are for nobody's eyes before its second keying is in, and once the keying is over those of a
    small group are not either (`kept_back`): use `open_rounds`.
    """

    electorate: Electorate
    rounds: dict[int, list[PaperCount]]
    kept_back: bool = False

    @property
    def keyed(self) -> list[PaperCount]:
        """The keyings of the current round, the first keyed first."""
        return self.rounds[self.electorate.paper_round]

    @property
    def step(self) -> PaperStep:
        if len(self.keyed) < len((Hand.FIRST, Hand.SECOND)):
            return PaperStep.SECOND if self.keyed else PaperStep.FIRST
        return PaperStep.AGREED if accepted(self.keyed) else PaperStep.DIFFERS

    @property
    def open_rounds(self) -> dict[int, list[PaperCount]]:
        """The rounds whose numbers may be read: those that two people have keyed."""
        if self.kept_back:
            return {}
        return {number: keyed for number, keyed in self.rounds.items() if len(keyed) >= Hand.SECOND}

    def keyed_by(self, account: Account) -> bool:
        """Whether the account has keyed this round, and so may not key it again."""
        return any(count.keyed_by_id == account.pk for count in self.keyed)


def paper_states(groups: Collection[Electorate]) -> list[PaperState]:
    """Each voter group, in this order. One query, whatever the size."""
    counts = PaperCount.objects.filter(electorate__in=groups).select_related("keyed_by").order_by("round", "hand")
    rounds: dict[int, dict[int, list[PaperCount]]] = {group.pk: defaultdict(list) for group in groups}
    for count in counts:
        rounds[count.electorate_id][count.round].append(count)
    return [PaperState(group, rounds[group.pk]) for group in groups]


def paper_state(electorate: Electorate) -> PaperState:
    """One voter group."""
    kept_back = electorate.pk in groups_kept_back(electorate.box)
    return replace(paper_states([electorate])[0], kept_back=kept_back)


def groups_kept_back(box: Box) -> frozenset[int]:
    """Keys of the voter groups whose keyings nobody needs any more and nobody is shown: few votes on paper, few online
    (which the tally less the paper would tell), or hidden in the tally beside such a group. None while paper is keyed.
    """
    if box.state not in (BoxState.COUNTED, BoxState.VOID):
        return frozenset()
    groups, tallies = list(box.electorates.all()), list(box.tallies.all())
    hidden = tallies_hidden(tallies)
    names = {tally.group for tally in tallies if tally.pk in hidden}
    few = {group.pk for group in groups if 0 < group.slips_used < SMALL_GROUP or group.category in names}
    return frozenset(few).union(*map(groups_hidden, _votes_on_paper(paper_states(groups))))


def _votes_on_paper(states: Iterable[PaperState]) -> list[dict[int, int]]:
    """For every question the votes for a grade in each voter group's latest keying."""
    latest = {state.electorate.pk: state.keyed[-1].counts for state in states if state.keyed}
    keys = dict.fromkeys(key for counts in latest.values() for key in counts)
    return [{pk: sum(counts[key][:-1]) for pk, counts in latest.items() if sum(counts[key])} for key in keys]


def paper_of(boxes: Iterable[Box]) -> dict[int, list[PaperState]]:
    """Box (its key) → where the keying of each voter group stands; for closed boxes on paper. Two queries."""
    states: dict[int, list[PaperState]] = defaultdict(list)
    groups = list(Electorate.objects.filter(box__in=[box for box in boxes if box.on_paper]))
    for state in paper_states(groups):
        states[state.electorate.box_id].append(state)
    return states


def papers_accepted(groups: Collection[Electorate]) -> dict[int, PaperCount]:
    """Voter group (its key) → what is agreed upon of its paper; a group that is still open is left out. One query."""
    found = {state.electorate.pk: accepted(state.keyed) for state in paper_states(groups)}
    return {group: count for group, count in found.items() if count}


def accepted(keyings: list[PaperCount]) -> PaperCount | None:
    """Of the keyings of one round: what two people keyed alike, or a third decided; None while it is open."""
    keyed = {count.hand: count for count in keyings}
    if Hand.DECIDING in keyed:
        return keyed[Hand.DECIDING]
    first, second = keyed.get(Hand.FIRST), keyed.get(Hand.SECOND)
    return first if first and second and same(first, second) else None


def same(one: PaperCount, other: PaperCount) -> bool:
    """Every number alike."""
    return _numbers(one) == _numbers(other)


def _numbers(count: PaperCount) -> tuple[object, ...]:
    return count.issued, count.returned, count.void, count.counts
