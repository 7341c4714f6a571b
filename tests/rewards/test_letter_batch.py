"""All letters at once: written behind the page, one batch a year at a time, never left as running; who reads one."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from docx import Document

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import AuditEntry
from rewards.letters.kinds import LetterKind
from rewards.models import BatchState, LetterBatch
from rewards.presenters.letter import batch_rows
from rewards.services import letter as service
from rewards.services.letter import letter_batch_export, letter_batch_start, letter_batch_write
from scoring.models import ResultVersion
from tests.conftest import ClientFor, account_of
from tests.county import county, ladder, year_in_phase
from tests.database import database, template_database

__all__ = ["database", "template_database"]

LETTERS = "/years/2025/letters/"


@pytest.fixture
def year(db: None) -> AssessmentYear:
    """Two teams of five."""
    return county(ladder(2))


def started(year: AssessmentYear, kind: LetterKind = LetterKind.ALL) -> LetterBatch:
    return letter_batch_start(year=year, kind=kind, by=account_of("office"))


def written(year: AssessmentYear, kind: LetterKind = LetterKind.ALL) -> LetterBatch:
    """As the thread would, here."""
    batch = started(year, kind)
    letter_batch_write(batch.pk)
    batch.refresh_from_db()
    return batch


@pytest.mark.parametrize(("kind", "count"), [("all", 12), ("teams", 2), ("cadres", 10)])
def test_one_file_holds_a_section_for_each(year: AssessmentYear, kind: str, count: int) -> None:
    batch = written(year, LetterKind(kind))
    assert (batch.state, batch.total, batch.done, batch.problem) == (BatchState.READY, count, count, "")
    assert len(Document(BytesIO(bytes(batch.file or b""))).sections) == count


def test_teams_come_first_then_the_cadres_team_by_team(year: AssessmentYear) -> None:
    word = Document(BytesIO(bytes(written(year).file or b"")))
    named = [found.text for found in word.paragraphs if found.text.endswith("：")]
    assert named[:3] == ["T1镇领导班子：", "T2镇领导班子：", "T1镇党委书记王伟同志："]
    assert [name[:2] for name in named[2:]] == ["T1"] * 5 + ["T2"] * 5


def test_a_file_each(year: AssessmentYear) -> None:
    archive = ZipFile(BytesIO(bytes(written(year, LetterKind.APART).file or b"")))
    assert len(set(archive.namelist())) == 12


def test_starting_and_taking_the_file_are_on_record(year: AssessmentYear) -> None:
    letter_batch_export(batch=written(year), by=account_of("office"))
    entries = AuditEntry.objects.filter(action__startswith="letters_").order_by("pk")
    assert [(entry.action, entry.details) for entry in entries] == [
        ("letters_write", {"letters": 12}),
        ("letters_export", {"letters": 12}),
    ]


@pytest.mark.parametrize("who", ["leader", "township", "department", "assessor", "auditor", "administrator"])
def test_only_the_office_starts_and_takes(year: AssessmentYear, who: str) -> None:
    batch = written(year_in_phase(year, Phase.PUBLISHED))
    with pytest.raises(PermissionDenied):
        letter_batch_start(year=year, kind=LetterKind.ALL, by=account_of(who))
    with pytest.raises(PermissionDenied):
        letter_batch_export(batch=batch, by=account_of(who))
    assert LetterBatch.objects.count() == 1


def test_a_year_that_takes_inputs_has_no_letters(year: AssessmentYear) -> None:
    year_in_phase(year, Phase.COLLECTING)
    with pytest.raises(Refused):
        started(year)


def test_a_year_that_lacks_an_input_has_no_letters(year: AssessmentYear) -> None:
    """A3."""
    year.tallies.filter(cadre__number="T1-1").delete()
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(Refused):
        started(year)


def test_two_batches_of_a_year_are_not_written_at_once(year: AssessmentYear) -> None:
    started(year)
    with pytest.raises(Refused):
        started(year, LetterKind.TEAMS)
    assert LetterBatch.objects.count() == 1


def silent(batch: LetterBatch) -> None:
    LetterBatch.objects.filter(pk=batch.pk).update(touched_at=timezone.now() - service.SILENCE - timedelta(seconds=1))


def test_one_that_gave_no_sign_of_life_for_a_minute_makes_room(year: AssessmentYear) -> None:
    dead = started(year)
    silent(dead)
    next_one = written(year)
    dead.refresh_from_db()
    assert (dead.state, dead.file, bool(dead.problem)) == (BatchState.FAILED, None, True)
    assert next_one.state == BatchState.READY


def test_an_error_leaves_no_batch_running(year: AssessmentYear, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_options: Any) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "letters_file", broken)
    batch = written(year)
    assert (batch.state, batch.file, bool(batch.problem)) == (BatchState.FAILED, None, True)


def test_a_year_taken_back_meanwhile_is_said_in_words(year: AssessmentYear) -> None:
    batch = started(year)
    year_in_phase(year, Phase.COLLECTING)
    letter_batch_write(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, bool(batch.problem)) == (BatchState.FAILED, True)


def test_a_batch_that_was_given_up_stays_so(year: AssessmentYear, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thread lived all the same and comes to its end."""
    batch = started(year)
    LetterBatch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, problem="interrupted")
    letter_batch_write(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.problem, batch.file) == (BatchState.FAILED, "interrupted", None)


def test_a_batch_that_is_not_ready_cannot_be_taken(year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        letter_batch_export(batch=started(year), by=account_of("office"))


def test_the_thread_writes_after_the_commit(database: str) -> None:
    """On a connection of its own."""
    batch = started(county(ladder(2)))
    for thread in threading.enumerate():
        if thread.name == f"letters-{batch.pk}":
            thread.join(60)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.problem) == (BatchState.READY, 12, "")


def outdated(year: AssessmentYear) -> list[bool]:
    return [row.outdated for row in batch_rows(year)]


def test_a_draft_is_outdated_once_the_results_are_published(year: AssessmentYear) -> None:
    written(year, LetterKind.TEAMS)
    assert outdated(year) == [False]
    published = year_in_phase(year, Phase.PUBLISHED)
    written(published, LetterKind.TEAMS)
    assert outdated(published) == [False, True]


def test_letters_of_another_version_are_outdated(year: AssessmentYear) -> None:
    published = year_in_phase(year, Phase.PUBLISHED)
    written(published, LetterKind.TEAMS)
    last = published.result_versions.get()
    ResultVersion.objects.create(
        year=published, number=2, scheme=last.scheme, reason="复核更正", quotas={}, digest="", frozen_at=timezone.now()
    )
    assert outdated(published) == [True]


# pages


def test_the_page_starts_a_batch_and_follows_it(year: AssessmentYear, client_for: ClientFor) -> None:
    office = client_for("office")
    assert office.post(LETTERS, {"kind": "teams"}).status_code == 302
    page = office.get(LETTERS).content.decode()
    assert re.findall(r'<progress max="(\d+)"\s+value="(\d+)"', page) == [("2", "0")]
    assert 'hx-trigger="every 1s"' in page


def test_a_second_start_is_refused_beside_the_form(year: AssessmentYear, client_for: ClientFor) -> None:
    started(year)
    answer = client_for("office").post(LETTERS, {"kind": "cadres"})
    assert answer.status_code == 200
    chosen = re.findall(r'<input[^>]*name="kind"[^>]*\bchecked\b[^>]*>', answer.content.decode())
    assert ["cadres" in found for found in chosen] == [True]
    assert LetterBatch.objects.count() == 1


@pytest.mark.parametrize("kind", ["", "none"])
def test_a_kind_that_does_not_exist_starts_nothing(year: AssessmentYear, client_for: ClientFor, kind: str) -> None:
    assert client_for("office").post(LETTERS, {"kind": kind}).status_code == 200
    assert not LetterBatch.objects.exists()


def test_a_stopped_batch_can_be_started_again(year: AssessmentYear, client_for: ClientFor) -> None:
    silent(started(year, LetterKind.TEAMS))
    page = client_for("office").get(LETTERS).content.decode()
    assert "state-problem" in page
    assert '<input type="hidden" name="kind" value="teams"' in page
    assert "hx-trigger" not in page


def test_a_ready_batch_is_downloaded(year: AssessmentYear, client_for: ClientFor) -> None:
    batch, office = written(year, LetterKind.TEAMS), client_for("office")
    address = f"{LETTERS}files/{batch.pk}/"
    assert address in office.get(LETTERS).content.decode()
    answer = office.get(address)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer.content == bytes(batch.file or b"")


def test_a_batch_of_another_year_is_not_found(year: AssessmentYear, client_for: ClientFor) -> None:
    county(ladder(1), number=2024)
    batch = written(year, LetterKind.TEAMS)
    assert client_for("office").get(f"/years/2024/letters/files/{batch.pk}/").status_code == 404


def test_the_page_asks_as_many_queries_for_many_batches(
    year: AssessmentYear, client_for: ClientFor, django_assert_num_queries: Callable[[int], Any]
) -> None:
    office = client_for("office")
    written(year, LetterKind.TEAMS)
    office.get(LETTERS)
    with django_assert_num_queries(QUERIES):
        office.get(LETTERS)
    for _time in range(3):
        written(year, LetterKind.TEAMS)
    office.get(LETTERS)
    with django_assert_num_queries(QUERIES):
        office.get(LETTERS)


QUERIES = 6


# one letter


def test_a_draft_is_marked_until_the_year_is_published(year: AssessmentYear, client_for: ClientFor) -> None:
    leader = client_for("leader")
    assert "未公布，仅供核对" in leader.get(f"{LETTERS}teams/T1/").content.decode()
    year_in_phase(year, Phase.PUBLISHED)
    page = leader.get(f"{LETTERS}teams/T1/").content.decode()
    assert "T1镇领导班子：" in page
    assert "未公布" not in page


def own(client_for: ClientFor, phase: Phase) -> Client:
    """青石镇 (T01) beside another township; the cast's township is the first."""
    inputs = ladder(2)
    browser = client_for("township")
    year = county(inputs)
    township = account_of("township")
    township.township = year.townships.get(code="T1")
    township.save()
    year_in_phase(year, phase)
    return browser


@pytest.mark.parametrize(
    ("phase", "letter", "status"),
    [
        (Phase.PUBLISHED, "teams/T1/", 200),
        (Phase.PUBLISHED, "teams/T1/word/", 200),
        (Phase.PUBLISHED, "teams/T2/", 403),
        (Phase.PUBLISHED, "teams/T2/word/", 403),
        (Phase.PUBLISHED, "teams/T9/", 403),
        (Phase.PUBLISHED, "cadres/T1-1/", 403),
        (Phase.PUBLISHED, "cadres/T1-1/word/", 403),
        (Phase.CONFIRMED, "teams/T1/", 403),
        (Phase.ARCHIVED, "teams/T1/", 200),
    ],
)
def test_a_township_reads_its_own_teams_letter_once_published(
    client_for: ClientFor, phase: Phase, letter: str, status: int
) -> None:
    assert own(client_for, phase).get(LETTERS + letter).status_code == status


@pytest.mark.parametrize(("phase", "there"), [(Phase.CONFIRMED, False), (Phase.PUBLISHED, True)])
def test_the_home_page_leads_a_township_to_its_letter(client_for: ClientFor, phase: Phase, *, there: bool) -> None:
    assert (f"{LETTERS}teams/T1/" in own(client_for, phase).get("/").content.decode()) == there


def test_whom_the_year_does_not_have_has_no_letter(year: AssessmentYear, client_for: ClientFor) -> None:
    office = client_for("office")
    addresses = ["teams/T9/", "teams/T9/word/", "cadres/9/", "cadres/9/word/"]
    assert [office.get(LETTERS + address).status_code for address in addresses] == [404] * 4


def test_one_letter_in_word_is_on_record(year: AssessmentYear, client_for: ClientFor) -> None:
    answer = client_for("leader").get(f"{LETTERS}cadres/T1-1/word/")
    assert "T1镇党委书记王伟同志：" in [found.text for found in Document(BytesIO(answer.content)).paragraphs]
    entry = AuditEntry.objects.get(action="letters_export")
    assert (entry.subject, entry.actor_name, entry.details) == ("T1-1", "leader", {"letters": 1})


def test_before_closing_there_is_no_letter_to_take(year: AssessmentYear, client_for: ClientFor) -> None:
    year_in_phase(year, Phase.COLLECTING)
    office = client_for("office")
    assert office.get(f"{LETTERS}teams/T1/word/").status_code == 302
    page = office.get(f"{LETTERS}teams/T1/").content.decode()
    assert 'class="empty-state"' in page
    assert 'class="letter"' not in page
