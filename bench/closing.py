"""Closing a box, from the click to the tally: slips go, ballots are counted and rewritten, free space is scrubbed.

- 3,000 ballots ÷ 300 ballots: how closing grows. PERFORMANCE names no number for it; ten times the ballots.
- The longest vote of somebody who votes in another box, on one connection, while a box of 300 is closed ÷ the median
  vote: what the scrub, which holds the database, costs those who wait for it.
"""

from collections.abc import Iterator
from statistics import median
from threading import Thread
from time import perf_counter

from bench.connection import Connection
from bench.hall import Hall
from bench.measure import TINY, Row, Size
from bench.serving import POSTGRESQL, SQLITE, WAITRESS, Environment, database, keeper, server

SMALL, LARGE = 300, 3000
_BEFORE = 30
"""Votes that tell how long one usually takes."""


def run(size: Size) -> list[Row]:
    bases = (SQLITE,) if size == TINY else (SQLITE, POSTGRESQL)
    ballots = (3, 30) if size == TINY else (SMALL, LARGE)
    return [row for base in bases for row in _on(base, size, *ballots)]


def _on(base: str, size: Size, small: int, large: int) -> Iterator[Row]:
    with database(base) as environment:
        if environment is None:
            yield Row(f"closing, {base}", "", "", None, "—", "—", note=f"{base} is not installed")
        else:
            yield from _rows(base, size, environment, small, large)


def _rows(base: str, size: Size, environment: Environment, small: int, large: int) -> Iterator[Row]:
    with keeper(environment, size.townships) as (kept, keys), server(WAITRESS, environment) as port:
        here = Hall(kept, keys, port)
        usual, longest, closing, scrubbed = _votes_while_closing(here, small)
        seconds = {ballots: _closed(here, box, ballots) for box, ballots in ((1, small), (2, large))}
    ratio = seconds[large] / seconds[small]
    ours, other = (f"{ballots} ballots, {seconds[ballots]:.2f} s" for ballots in (large, small))
    yield Row(f"closing {large} ÷ {small}, {base}", ours, other, ratio, "—", "—")
    note = f"closing took {closing:.2f} s with a voter beside, {'scrubbed' if scrubbed else 'NOT SCRUBBED'}"
    ours, other = (f"{what} vote, {taken * 1000:.0f} ms" for what, taken in (("longest", longest), ("median", usual)))
    yield Row(f"voting while a box is closed, {base}", ours, other, longest / usual, "—", "—", note)


def _closed(here: Hall, box: int, ballots: int) -> float:
    here.keeper.ask("stuff", box=box, ballots=ballots)
    return float(here.keeper.ask("close", box=box)["seconds"])


def _votes_while_closing(here: Hall, ballots: int) -> tuple[float, float, float, bool]:
    """Median of votes before, the longest meanwhile, how long closing the first box took, whether it scrubbed."""
    here.keeper.ask("stuff", box=0, ballots=ballots)
    boxes = len(here.keys)
    sent = [ballot for at, (_code, ballot) in enumerate(here.ballots(boxes * 200)) if at >= 200]
    connection, told = Connection(here.port, ""), dict[str, float | bool]()
    before = [_vote(connection, sent.pop()) for _ in range(_BEFORE)]
    closing = Thread(target=lambda: told.update(here.keeper.ask("close", box=0)))
    closing.start()
    meanwhile = []
    while closing.is_alive() or not meanwhile:
        meanwhile.append(_vote(connection, sent.pop()))
    connection.close()
    return median(before), max(meanwhile), told["seconds"], bool(told["scrubbed"])


def _vote(connection: Connection, ballot: bytes) -> float:
    start = perf_counter()
    assert connection.get(ballot)[0] == 200
    return perf_counter() - start
