"""Group commit: what several threads hand in at the same moment shares one transaction, and one sync of the disk.

A vote is durable only when the disk has said so, and an office machine's disk takes milliseconds to say it. Nobody
waits for company: the first who comes begins at once, alone. Whoever comes meanwhile waits, and the first of those
takes all who wait into the next transaction. There is no thread of its own, no timer and no queue that outlives a
request; several processes each have their own, and the database orders them.
"""

from collections.abc import Callable, Sequence
from threading import Condition
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = BaseException | None
"""None: it is in; else why it is not."""


class _Place(Generic[Item]):
    """One who waits, and then knows how it went."""

    def __init__(self, item: Item) -> None:
        self.item = item
        self.done = False
        self.outcome: Outcome = None


class GroupCommit(Generic[Item]):
    """`commit` writes a group in one transaction and returns an outcome for each of it, in the same order.

    An exception that one item deserves is returned as its outcome and leaves the others alone; an exception that
    `commit` raises means that nothing of the group is in, and reaches all of it.
    """

    def __init__(self, commit: Callable[[Sequence[Item]], Sequence[Outcome]]) -> None:
        self._commit = commit
        self._turn = Condition()
        self._busy = False
        self._waiting: list[_Place[Item]] = []

    def hand_in(self, item: Item) -> None:
        """Return once the item is committed; raise its outcome where it is not."""
        place = _Place(item)
        group = self._wait_for_turn(place)
        if group:
            self._commit_group(group)
        if place.outcome is not None:
            raise place.outcome

    def _wait_for_turn(self, place: _Place[Item]) -> list[_Place[Item]]:
        """Everybody who waits, to be committed by this thread; nobody where another thread has taken this one along."""
        with self._turn:
            self._waiting.append(place)
            self._turn.wait_for(lambda: place.done or not self._busy)
            if place.done:
                return []
            self._busy = True
            group, self._waiting = self._waiting, []
            return group

    def _commit_group(self, group: list[_Place[Item]]) -> None:
        """Nobody hears of it before it is over, one way or the other."""
        try:
            outcomes = self._commit([place.item for place in group])
        except BaseException as error:  # the server may be stopping this thread: the others must not wait for ever
            outcomes = [error] * len(group)
        with self._turn:
            for place, outcome in zip(group, outcomes, strict=True):
                place.outcome, place.done = outcome, True
            self._busy = False
            self._turn.notify_all()
