"""Goal 8: the county's ranking (300 cadres), nothing changed since it was last seen, ÷ hello, by requests a second.

Ours: the whole ranking page as a signed-in leader gets it. The other side: a view that returns "hello" to anybody, from
the same server (waitress) through the same middleware and connection.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from bench.connection import Connection
from bench.environment import ROOT, remove, temporary_folder
from bench.measure import Row, Size, alternate, milliseconds


def run(size: Size) -> list[Row]:
    with server(size.townships) as (connection, year):
        page = connection.request(f"/years/{year}/results/rankings/county/")
        hello = connection.request("/hello/", signed_in=False)
        status, _headers, body = connection.get(page)
        assert status == 200, f"the ranking answered {status}"
        pairs = alternate(lambda: connection.get(page), lambda: connection.get(hello), pairs=size.pairs)
    goal = f"8 ranking unchanged, {len(body) // 1024} KB ÷ hello"
    ours, plain = milliseconds("page", pairs.ours), milliseconds("hello", pairs.other)
    return [Row(goal, ours, plain, 1 / pairs.ours_to_other, "≥ 0.25", "≥ 0.45")]


@contextmanager
def server(townships: int) -> Iterator[tuple[Connection, int]]:
    """A connection to a server of its own, as a leader, and the year it shows."""
    folder = temporary_folder()
    command = [sys.executable, "-m", "bench.server", str(townships), str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = process.stdout.readline().split()
        assert told[:1] == ["ready"], "the server did not start"
        connection = Connection(int(told[1]), told[3])
        yield connection, int(told[2])
        connection.close()
    finally:
        process.communicate()
        remove(folder)
