"""A hall full of people in one thread: each connects, sends a code, waits for the ballot, sends it, waits for the
receipt. As little work a person as a client can do, since it shares the machine with the server.
"""

import selectors
import socket
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

RECEIPT = b"message-done"
_PATIENCE = 120
_CHUNK = 1 << 18


@dataclass
class Outcome:
    """Seconds until the last receipt; how many receipts, and how many answers by status."""

    seconds: float = 0.0
    receipts: int = 0
    broken: int = 0
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        return sum(number for status, number in self.statuses.items() if status >= 500)


def post(path: str, fields: dict[str, str]) -> bytes:
    body = urlencode(fields).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class _Person:
    """One connection and what it still has to send."""

    def __init__(self, port: int, requests: Sequence[bytes]) -> None:
        self.requests = list(requests)
        self.received = bytearray()
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.connect_ex(("127.0.0.1", port))

    def send(self) -> None:
        self.received.clear()
        self.socket.sendall(self.requests.pop(0))

    def answer(self) -> tuple[int, bytes] | None:
        """Status and body, once they are whole. Raises ConnectionError where the server hangs up."""
        chunk = self.socket.recv(_CHUNK)
        if not chunk:
            raise ConnectionError
        self.received += chunk
        head, separator, body = bytes(self.received).partition(b"\r\n\r\n")
        if not separator:
            return None
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return (int(head.split(b" ", 2)[1]), body) if len(body) >= length else None


def crowd(port: int, people: Sequence[Sequence[bytes]]) -> Outcome:
    """All of them at once."""
    outcome, selector = Outcome(), selectors.DefaultSelector()
    start = perf_counter()
    for requests in people:
        person = _Person(port, requests)
        selector.register(person.socket, selectors.EVENT_WRITE, person)
    waiting = len(people)
    while waiting:
        ready = selector.select(_PATIENCE)
        assert ready, f"{waiting} people wait for an answer"
        waiting -= sum(_served(selector, key.data, outcome) for key, _events in ready)
    outcome.seconds = perf_counter() - start
    return outcome


def _served(selector: selectors.BaseSelector, person: _Person, outcome: Outcome) -> bool:
    """One step of one person; True when they leave the hall."""
    try:
        done = _step(selector, person, outcome)
    except OSError:
        outcome.broken += 1
        done = True
    if done:
        selector.unregister(person.socket)
        person.socket.close()
    return done


def _step(selector: selectors.BaseSelector, person: _Person, outcome: Outcome) -> bool:
    if selector.get_key(person.socket).events == selectors.EVENT_WRITE:
        person.send()
        selector.modify(person.socket, selectors.EVENT_READ, person)
        return False
    answer = person.answer()
    if answer is None:
        return False
    status, body = answer
    outcome.statuses[status] += 1
    outcome.receipts += RECEIPT in body
    if person.requests and status == 200:
        person.send()
        return False
    return True
