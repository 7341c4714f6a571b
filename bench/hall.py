"""Goals 1 to 4: a hall of people with phones. All at once, each asks for a slip's ballot (30 questions) and sends it.

- 1: seconds to the last receipt of 200 people. The other side is the same meeting as a Django textbook has it: form
  widgets, a Form, a row for every mark (bench/textbook), on the same server and database.
- 2: 1,000 people, by the seconds of 200. Lost: a receipt without a ballot; doubled: more ballots than slips; the
  tallies of the closed boxes are compared with what people sent, mark by mark.
- 3: one person after another on one connection, ballot and commit ÷ hello.
- 4: votes per sync of the disk, when each takes 5 ms longer (bench/slow_disk.py): 200 people.

People vote in 25 boxes. Both servers run as they are shipped, both databases wait for the disk at every commit.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from statistics import median
from time import perf_counter

from bench.connection import Connection
from bench.measure import TINY, Row, Size
from bench.people import Outcome, crowd, post
from bench.serving import GUNICORN, POSTGRESQL, SQLITE, WAITRESS, Environment, Keeper, database, keeper, server
from bench.slow_disk import Disk, slow_disk
from bench.textbook import QUESTIONS

HALL, CROWD, ALONE = 200, 1000, 50
"""People in goals 1 and 4, in goal 2, and one after another in goal 3."""
_MARKS = "12340"


@dataclass
class Hall:
    """An open hall and all that was sent into it."""

    keeper: Keeper
    keys: list[list[str]]
    port: int
    choice: Random = field(default_factory=lambda: Random(30))
    sent: dict[tuple[int, str], Counter[str]] = field(default_factory=dict)
    receipts: Counter[int] = field(default_factory=Counter)

    def ballots(self, people: int) -> list[tuple[bytes, bytes]]:
        """What so many people send: the code, then the ballot."""
        return [self._requests(box, code) for box, code in self.keeper.ask("slips", people=people)["codes"]]

    def _requests(self, box: int, code: str) -> tuple[bytes, bytes]:
        answers = {key: self.choice.choice(_MARKS) for key in self.keys[box]}
        for key, mark in answers.items():
            self.sent.setdefault((box, key), Counter())[mark] += 1
        ballot = {"ballot": "1", "asked": "1", "code": code, "opinion": "", **answers}
        return post("/vote/", {"code": code}), post("/vote/", ballot)

    def textbook_ballots(self, people: int) -> list[tuple[bytes, bytes]]:
        codes = self.keeper.ask("textbook_slips", people=people)["codes"]
        answers = [{f"q{at}": self.choice.choice(_MARKS) for at in range(QUESTIONS)} for _ in codes]
        address = "/textbook/"
        return [
            (post(address, {"code": code}), post(address, {"code": code, "opinion": "", **given}))
            for code, given in zip(codes, answers, strict=True)
        ]

    def closed(self) -> str:
        """Close every box and compare with what was sent: in words."""
        wrong = 0
        for box, keys in enumerate(self.keys):
            tallies = self.keeper.ask("close", box=box)["tallies"]
            wrong += sum(
                tallies[key] != [self.sent.get((box, key), Counter())[mark] for mark in _MARKS] for key in keys
            )
        return "tallies exact" if not wrong else f"{wrong} TALLIES WRONG"


def run(size: Size) -> list[Row]:
    if size == TINY:
        return list(rows(SQLITE, WAITRESS, size, hall=6, crowd_of=12, alone=2))
    every = [(base, served) for base in (SQLITE, POSTGRESQL) for served in (WAITRESS, GUNICORN)]
    return [row for base, served in every for row in rows(base, served, size)]


def rows(
    base: str, served: str, size: Size, *, hall: int = HALL, crowd_of: int = CROWD, alone: int = ALONE
) -> Iterator[Row]:
    """Goals 1 to 3 on one database and server, and goal 4 on a slower disk."""
    where = f"{served}, {base}"
    with database(base) as environment:
        if environment is None:
            yield Row(f"1–4 {where}", "", "", None, "", "", note=f"{base} is not installed")
            return
        yield from _calm(where, served, size, environment, (hall, crowd_of, alone))
    if served == WAITRESS:
        yield _on_a_slow_disk(base, size, hall)


def _calm(where: str, served: str, size: Size, environment: Environment, people: tuple[int, int, int]) -> Iterator[Row]:
    hall, crowd_of, alone = people
    with keeper(environment, size.townships) as (kept, keys), server(served, environment) as port:
        here = Hall(kept, keys, port)
        crowd(port, [*here.ballots(size.townships * 2), *here.textbook_ballots(size.townships)])
        pairs = [(_hall(here, hall), crowd(port, here.textbook_ballots(hall))) for _ in range(size.pairs)]
        ours, textbook = (median(pair[at].seconds for pair in pairs) for at in (0, 1))
        ratio = median(other.seconds / our.seconds for our, other in pairs)
        yield Row(f"1 hall of {hall}, {where}", _s(ours), _s(textbook), ratio, "≥ 4", "≥ 7", _trouble(pairs))
        crowds = [(_hall(here, crowd_of), _hall(here, hall)) for _ in range(min(size.pairs, 3))]
        ratio = median(many.seconds / few.seconds for many, few in crowds)
        thousand, usual = (median(pair[at].seconds for pair in crowds) for at in (0, 1))
        trouble = _trouble(crowds)
        vote, hello = _alone(here, alone, size.pairs)
        note = f"{trouble}; {here.closed()}"
        yield Row(f"2 {crowd_of} people, {where}", _s(thousand), _s(usual), ratio, "≤ 6", "≤ 5.5", note)
        yield Row(f"3 durable vote ÷ hello, {where}", _ms(vote), _ms(hello), hello / vote, "≥ 0.12", "≥ 0.22")


def _hall(here: Hall, people: int) -> Outcome:
    return crowd(here.port, here.ballots(people))


def _alone(here: Hall, votes: int, pairs: int) -> tuple[float, float]:
    """Seconds of one vote and of one hello, one after another on one connection."""
    connection = Connection(here.port, "")
    hello = connection.request("/hello/", signed_in=False)
    taken = []
    for _ in range(pairs):
        ballots = [ballot for _code, ballot in here.ballots(votes)]
        taken.append((_each(connection, ballots), _each(connection, [hello] * votes * 4)))
    connection.close()
    return median(pair[0] for pair in taken), median(pair[1] for pair in taken)


def _each(connection: Connection, requests: list[bytes]) -> float:
    start = perf_counter()
    for request in requests:
        assert connection.get(request)[0] == 200
    return (perf_counter() - start) / len(requests)


def _on_a_slow_disk(base: str, size: Size, people: int) -> Row:
    goal = f"4 votes per sync, +5 ms each, {base}"
    with slow_disk() as disk:
        if disk is None:
            return Row(goal, "", "", None, "≥ 0.6", "≥ 3", note="no C compiler, or not Linux")
        with database(base, disk.environment) as environment:
            if environment is None:
                return Row(goal, "", "", None, "≥ 0.6", "≥ 3", note=f"{base} is not installed")
            return _votes_per_sync(goal, size, people, environment, disk)


def _votes_per_sync(goal: str, size: Size, people: int, environment: Environment, disk: Disk) -> Row:
    with keeper(environment, size.townships) as (kept, keys), server(WAITRESS, environment) as port:
        here = Hall(kept, keys, port)
        ballots = here.ballots(people)
        before = disk.syncs()
        outcome = crowd(port, ballots)
        syncs = disk.syncs() - before
        note = f"{here.closed()}, {outcome.receipts / outcome.seconds:.0f} votes/s"
    return Row(goal, f"{outcome.receipts} votes", f"{syncs} syncs", outcome.receipts / syncs, "≥ 0.6", "≥ 3", note)


def _trouble(pairs: list[tuple[Outcome, Outcome]]) -> str:
    every = [outcome for pair in pairs for outcome in pair]
    statuses = sum((outcome.statuses for outcome in every), Counter[int]())
    others = {status: number for status, number in statuses.items() if status != 200}
    broken = sum(outcome.broken for outcome in every)
    return f"{broken} lines broken, other answers {others}" if broken or others else "all answered"


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
