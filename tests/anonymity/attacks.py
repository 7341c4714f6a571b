"""Ways to find whose ballot is whose, from a dump and from what was seen in the hall. Each returns right guesses.

`Guess` pairs a voter's slip with a ballot. Who guesses blindly is right once a meeting, whatever its size.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from assessment.services.slip import digest_of
from tests.anonymity.dump import BALLOTS, SLIPS, Dump, Row
from tests.anonymity.meeting import Meeting

Attack = Callable[[Meeting, Dump], int]


def by_order(meeting: Meeting, taken: Dump) -> int:
    """The first who voted lies first in the table of ballots."""
    return _right(meeting, [voter.code for voter in meeting.voters], _ballots(meeting, taken))


def by_order_of_keys(meeting: Meeting, taken: Dump) -> int:
    """The first who voted has the smallest key."""
    ballots = sorted(_ballots(meeting, taken), key=lambda row: str(row["id"]))
    return _right(meeting, [voter.code for voter in meeting.voters], ballots)


def by_order_of_slips(meeting: Meeting, taken: Dump) -> int:
    """Slips and ballots lie in the same order: nobody needs to have watched."""
    return _right(meeting, _codes(meeting, taken[SLIPS]), _ballots(meeting, taken))


def by_transaction(meeting: Meeting, taken: Dump) -> int:
    """A slip and a ballot that were written by one transaction (PostgreSQL's xmin) belong together."""
    ballots = {row["xmin"]: row for row in _ballots(meeting, taken) if "xmin" in row}
    slips = [row for row in taken[SLIPS] if row.get("xmin") in ballots]
    codes = _codes(meeting, slips)
    return _right(meeting, codes, [ballots[row["xmin"]] for row in slips])


def by_order_of_transactions(meeting: Meeting, taken: Dump) -> int:
    """The first who voted did so in the lowest transaction, or by the lowest command of one."""
    ballots = sorted(_ballots(meeting, taken), key=lambda row: (int(row.get("xmin", 0)), int(row.get("cmin", 0))))
    return _right(meeting, [voter.code for voter in meeting.voters], ballots)


def by_shared_value(meeting: Meeting, taken: Dump) -> int:
    """A slip and a ballot that hold the same value, other than their voter group, belong together."""
    worthless = {row["electorate_id"] for row in taken[BALLOTS]} | {"drawn", "used", "void"}
    ballots = {value: row for row in _ballots(meeting, taken) for value in _values(row) - worthless}
    pairs = [(row, ballots[value]) for row in taken[SLIPS] for value in _values(row) & ballots.keys()]
    return _right(meeting, _codes(meeting, [slip for slip, _ballot in pairs]), [ballot for _slip, ballot in pairs])


ATTACKS: tuple[Attack, ...] = (
    by_order,
    by_order_of_keys,
    by_order_of_slips,
    by_transaction,
    by_order_of_transactions,
    by_shared_value,
)


def places(meeting: Meeting, taken: Dump) -> list[int]:
    """For each ballot as it lies: the how-manieth vote it was."""
    voted = {voter.marks: at for at, voter in enumerate(meeting.voters)}
    return [voted[row["marks"]] for row in _ballots(meeting, taken)]


def correlation(order: Sequence[int]) -> float:
    """Spearman's: 1 where things lie as they came, -1 the other way round, about 0 by chance."""
    number = len(order)
    squares = sum((at - place) ** 2 for at, place in enumerate(order))
    return 1 - 6 * squares / (number * (number**2 - 1))


def neighbours(order: Sequence[int]) -> int:
    """How many lie right behind the one that came before them; about one by chance."""
    return sum(after - before == 1 for before, after in pairwise(order))


def _ballots(meeting: Meeting, taken: Dump) -> list[Row]:
    groups = set(meeting.box.electorates.values_list("pk", flat=True))
    return [row for row in taken[BALLOTS] if row["electorate_id"] in groups]


def _codes(meeting: Meeting, slips: Iterable[Row]) -> list[str]:
    """Whoever collected the printed slips and holds the site's secret finds the code of each row."""
    known = {digest_of(voter.code): voter.code for voter in meeting.voters}
    return [known[row["digest"]] for row in slips if row["digest"] in known]


def _values(row: Row) -> set[object]:
    return {value for name, value in row.items() if name not in ("place", "xmin", "cmin")}


def _right(meeting: Meeting, codes: Sequence[str], ballots: Sequence[Row]) -> int:
    truth = {voter.code: voter.marks for voter in meeting.voters}
    return sum(truth[code] == ballot["marks"] for code, ballot in zip(codes, ballots, strict=False))
