"""Who has the whole database of a closed box, and saw everything in the hall, finds nobody's ballot (RULES Y4).

The same attacks are made while the box is open, where they succeed: that is why closing writes everything anew, and
how we know that they would see it if it did not.
"""

import logging
from uuid import UUID

import pytest
from django.db import connection

from assessment.models import Ballot, FreeOpinion, Slip, SlipState
from assessment.services.slip import code_text, digest_of
from cadres.models import AuditChain, AuditEntry
from tests.anonymity.attacks import ATTACKS, by_order, by_transaction, correlation, neighbours, places
from tests.anonymity.dump import BALLOTS, OPINIONS, SECRET, SLIPS, dump, file_bytes, id_bytes, statistics, visible
from tests.anonymity.meeting import TOWNSHIPS, VOTERS, Meeting, meetings_held

CHANCE = 25
"""Right guesses over six meetings that nobody reaches by chance: six are expected, 25 come about once in 10⁸ runs."""


def test_while_the_box_is_open_who_holds_the_machine_can_link(meeting: Meeting) -> None:
    """What closing must undo, and what the page for the meeting tells honestly."""
    meeting.vote()
    taken = dump()
    assert by_order(meeting, taken) == VOTERS
    assert correlation(places(meeting, taken)) == 1
    assert by_transaction(meeting, taken) == (VOTERS if connection.vendor == "postgresql" else 0)


def test_no_attack_does_better_than_chance_on_closed_boxes(database: str) -> None:
    held = meetings_held(f"T{number}" for number in range(1, TOWNSHIPS + 1))
    taken = dump()
    right = {attack.__name__: sum(attack(meeting, taken) for meeting in held) for attack in ATTACKS}
    assert {name: number for name, number in right.items() if number >= CHANCE} == {}
    orders = [places(meeting, taken) for meeting in held]
    assert [len(order) for order in orders] == [VOTERS] * TOWNSHIPS
    assert abs(sum(map(correlation, orders))) / TOWNSHIPS < 0.4
    assert sum(map(neighbours, orders)) < CHANCE
    assert taken[SLIPS] == []


def test_all_ballots_were_written_by_one_command_of_one_transaction(database: str) -> None:
    """Also those of a box that is still open: each scrub takes from them what tells who came first."""
    first, second = meetings_held(["T1", "T2"])
    taken = dump()
    assert len({(row.get("xmin"), row.get("cmin")) for row in taken[BALLOTS]}) == 1
    assert len({(row.get("xmin"), row.get("cmin")) for row in taken[OPINIONS]}) == 1
    assert len(taken[BALLOTS]) == len(first.voters) + len(second.voters)


def test_ballots_and_opinions_are_all_there_and_opinions_lie_in_another_order(meeting: Meeting) -> None:
    meeting.vote()
    meeting.close()
    assert set(Ballot.objects.values_list("marks", flat=True)) == {voter.marks for voter in meeting.voters}
    said = [voter.opinion for voter in meeting.voters if voter.opinion]
    assert set(FreeOpinion.objects.values_list("text", flat=True)) == set(said)
    assert [row["text"] for row in dump()[OPINIONS]] != said


def test_nothing_of_slips_and_former_ballots_is_in_any_table_or_file(meeting: Meeting) -> None:
    meeting.vote(at_most=VOTERS - 3)
    slips, secrets = [digest_of(code) for codes in meeting.slips.values() for code in codes], secrets_of(meeting)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    before = file_bytes()
    assert all(digest.encode() in before for digest in slips)
    assert all(id_bytes(voter.former) in before for voter in meeting.voters)
    meeting.close()
    after = file_bytes()
    assert [secret for secret in secrets if secret in after] == []
    assert meeting.voters[0].marks.encode() in after
    told = repr({table: visible(rows) for table, rows in dump().items()}) + statistics()
    assert [secret for secret in texts_of(meeting) if secret in told] == []


def test_voting_writes_three_tables_and_not_a_word_elsewhere(
    meeting: Meeting, caplog: pytest.LogCaptureFixture
) -> None:
    """No session, no audit entry, no counter, no log line: nothing has a time, and nothing an order of its own."""
    before = dump()
    with caplog.at_level(logging.DEBUG):
        meeting.vote()
    after = dump()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == set(SECRET)
    assert [record.getMessage() for record in caplog.records] == []
    assert Slip.objects.filter(state=SlipState.USED).count() == VOTERS


def test_the_trail_holds_closing_and_counting_and_no_choice(meeting: Meeting, caplog: pytest.LogCaptureFixture) -> None:
    meeting.vote()
    before = AuditEntry.objects.count()
    with caplog.at_level(logging.DEBUG):
        meeting.close()
    entries = AuditEntry.objects.order_by("number")[before:]
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        ("box_close", "T1镇", {}),
        ("box_count", "T1镇", {"valid": VOTERS, "returned": VOTERS}),
    ]
    assert AuditChain.objects.get().length == before + 2
    told = "".join(record.getMessage() for record in caplog.records)
    assert [text for text in texts_of(meeting) if text in told] == []


def texts_of(meeting: Meeting) -> list[str]:
    """Every code as printed and as typed, every digest, every ballot's first key with and without hyphens."""
    codes = [code for group in meeting.slips.values() for code in group]
    keys = [form for voter in meeting.voters for form in (str(UUID(voter.former)), UUID(voter.former).hex)]
    return [*codes, *map(code_text, codes), *map(digest_of, codes), *keys]


def secrets_of(meeting: Meeting) -> list[bytes]:
    """The same as bytes in a file."""
    return [text.encode() for text in texts_of(meeting)] + [id_bytes(voter.former) for voter in meeting.voters]
