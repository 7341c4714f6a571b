"""People in the hall: each a thread with a phone, who tries again until told that the ballot is in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import chain, cycle, product
from threading import Condition, Thread
from urllib.parse import urlencode

from tests.anonymity.meeting import Meeting
from tests.hall.server import PATIENCE, Server

RECEIPT = b"message-done"
USED = 409
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Voter:
    """Who holds this slip and wants to vote so; nobody else in the hall votes alike."""

    code: str
    marks: str
    body: str


class Hall:
    """Notes who got a receipt, and who was told that the slip is used: then an earlier try was in."""

    def __init__(self, server: Server, voters: Iterable[Voter]) -> None:
        self.receipts: Counter[str] = Counter()
        self.told_used: list[str] = []
        self.interrupted = 0
        self.other_answers: list[int] = []
        self._server, self._news = server, Condition()
        self._threads = [Thread(target=self._vote, args=(voter,), daemon=True) for voter in voters]

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait_for_receipts(self, number: int) -> None:
        """Until so many have a receipt."""
        with self._news:
            assert self._news.wait_for(lambda: self.receipts.total() >= number, PATIENCE), "nobody gets a receipt"

    def wait(self) -> None:
        """Until everybody is done."""
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads)

    def _vote(self, voter: Voter) -> None:
        while not self._answered(voter):
            with self._news:
                self.interrupted += 1
            self._server.up.wait(PATIENCE)

    def _answered(self, voter: Voter) -> bool:
        """False: the line broke, and whether the ballot is in is not known."""
        phone = HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE)
        try:
            phone.request("POST", "/vote/", voter.body, FORM)
            answer = phone.getresponse()
            page = answer.read()
        except (OSError, HTTPException):
            return False
        finally:
            phone.close()
        self._note(voter, answer.status, page)
        return True

    def _note(self, voter: Voter, status: int, page: bytes) -> None:
        with self._news:
            if status == 200 and RECEIPT in page:
                self.receipts[voter.marks] += 1
            elif status == USED:
                self.told_used.append(voter.marks)
            else:
                self.other_answers.append(status)
            self._news.notify_all()


def voters_of(meetings: list[Meeting]) -> dict[int, list[Voter]]:
    """Box → its voters, one a slip."""
    every = map("".join, cycle(product("1234", repeat=len(meetings[0].box.asked))))
    return {
        meeting.box.pk: [
            _voter(meeting, code, marks) for code, marks in zip(chain(*meeting.slips.values()), every, strict=False)
        ]
        for meeting in meetings
    }


def _voter(meeting: Meeting, code: str, marks: str) -> Voter:
    answers = {question.key: mark for question, mark in zip(meeting.box.asked, marks, strict=True)}
    return Voter(code, marks, urlencode({"code": code, "ballot": "1", "asked": "1", **answers}))
