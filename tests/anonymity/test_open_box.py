"""While a box is open nobody sees totals or a ballot, by any page, file or command: only how many are in (RULES Y4).

Every address is opened twice, at the same moment of a stopped clock, with the same number of ballots in the box that
say one thing and then another. An answer that is not the same, byte for byte, has told something.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from assessment.models import Ballot, Box, BoxState, Electorate, FreeOpinion, Phase, Slip, SlipState
from assessment.questions import Question, Subject
from cadres.models import Role
from scoring.finished import pages_forget
from scoring.middleware import ADMISSIONS
from scoring.results import results_forget
from tests.factories import account
from tests.test_access import PARTS, ROWS, Row, parts_of, world

pytestmark = pytest.mark.django_db

ROLES = (Role.OFFICE, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)
QUESTIONS = (Question(Subject.TEAM, "E1", "01", "青石镇"), Question(Subject.CADRE, "C1", "0001", "王伟", "党委书记"))
GOOD = ["11"] * 37 + ["10"] * 4
BAD = ["44"] * 29 + ["34"] * 12
SECRETS = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"|"X-CSRFToken": ?"[^"]+"')

Answers = dict[str, bytes]


@pytest.fixture
def pages() -> list[Row]:
    """The world of tests/test_access.py with its box open, and what can be seen while it is."""
    found = [row for row in ROWS if row.phase == Phase.COLLECTING and 200 in row.expected.values()]
    world(found[0])
    questions = [question.as_dict() for question in QUESTIONS]
    Box.objects.filter(pk=1).update(state=BoxState.OPEN, online=True, questions=questions, closed_at=None)
    Electorate.objects.filter(pk=1).update(entitled=60, present=60, slips_drawn=60)
    Slip.objects.bulk_create([Slip(digest=f"{number:064}", electorate_id=1) for number in range(60)])
    return found


def ballots_put(ballots: list[str], opinion: str) -> None:
    """What is in the box: these ballots, one opinion, as many slips used."""
    Ballot.objects.all().delete()
    FreeOpinion.objects.all().delete()
    Ballot.objects.bulk_create([Ballot(electorate_id=1, marks=marks) for marks in ballots])
    FreeOpinion.objects.create(box_id=1, text=opinion)
    used = list(Slip.objects.order_by("pk").values_list("pk", flat=True)[: len(ballots)])
    Slip.objects.update(state=SlipState.DRAWN)
    Slip.objects.filter(pk__in=used).update(state=SlipState.USED)


def seen(pages: Iterable[Row]) -> Answers:
    """Every answer to every role, and the record that the command line prints; nothing stays of having looked."""
    results_forget()
    pages_forget()
    ADMISSIONS.clear()
    with time_machine.travel(datetime(2026, 1, 15, 9, tzinfo=UTC), tick=False), transaction.atomic():
        answers = {
            f"{role} {row.name}": answer(browser, row) for role, browser in browsers() for row in readable(pages, role)
        }
        told = io.StringIO()
        call_command("score_year", "2025", "--json", stdout=told)
        transaction.set_rollback(True)
    return {**answers, "score_year --json": told.getvalue().encode()}


def browsers() -> list[tuple[Role, Client]]:
    found = [(role, Client()) for role in ROLES]
    for role, browser in found:
        browser.force_login(account(role), backend="django.contrib.auth.backends.ModelBackend")
    return found


def readable(pages: Iterable[Row], role: Role) -> list[Row]:
    return [row for row in pages if row.expected[str(role)] == 200]


def answer(browser: Client, row: Row) -> bytes:
    """The page without the token of its forms; a workbook's parts."""
    given = browser.get(reverse(row.name, kwargs={part: PARTS[part] for part in parts_of(row.name)}))
    content = content_of(given)
    if zipfile.is_zipfile(io.BytesIO(content)):
        parts = zipfile.ZipFile(io.BytesIO(content))
        return b"".join(parts.read(name) for name in sorted(parts.namelist()))
    return SECRETS.sub(b"", content)


def content_of(given: HttpResponseBase) -> bytes:
    return given.getvalue() if hasattr(given, "getvalue") else b"".join(given)


def different(before: Answers, after: Answers) -> set[str]:
    assert before.keys() == after.keys()
    return {address for address in before if before[address] != after[address]}


def test_no_answer_depends_on_what_ballots_say(pages: list[Row]) -> None:
    """And after ten more votes only how many are in is another number: two exports, before and after, are the same."""
    ballots_put(GOOD, "意见甲")
    before = seen(pages)
    ballots_put(BAD, "意见乙")
    assert different(before, seen(pages)) == set()
    ballots_put(BAD + GOOD[:10], "意见乙")
    assert different(before, seen(pages)) == {"office assessment:box", "office assessment:box_numbers"}


def test_an_answer_that_tells_would_be_noticed(pages: list[Row]) -> None:
    """The same look at the page of a box whose place of meeting repeats a ballot."""
    page = [row for row in pages if row.name == "assessment:box"]
    answers = []
    for ballots in (GOOD, BAD):
        ballots_put(ballots, "意见甲")
        Box.objects.update(place=Ballot.objects.order_by("marks")[0].marks)
        answers.append(seen(page))
    assert different(*answers) == {"office assessment:box"}
