"""平时考核: dated notes, all year until it is closed (RULES Y7)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, DailyNote, Occasion, Phase
from assessment.record_places import RecordSubject
from assessment.services.note import NoteRow, note_correct, note_record, note_withdraw
from cadres.models import Account, AuditEntry, Cadre
from tests.assessment.records import BAD_FIELDS, DAY, SECRET, team_of, township
from tests.conftest import ClientFor
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

URL = "/years/2025/notes/"
NEW = f"{URL}new/"


def row_about(code: str, number: str = "", content: str = SECRET, occasion: Occasion = Occasion.SURVEY) -> NoteRow:
    cadre = Cadre.objects.get(number=number) if number else None
    return NoteRow(RecordSubject(township(code), cadre), occasion, DAY, content)


@pytest.fixture
def team(year: AssessmentYear, assessor: Account) -> None:
    """The cast's assessor goes to 青石镇."""
    team_of(year, "第一考评组", ["T01"], assessor)


@pytest.fixture
def note(year: AssessmentYear, team: None, assessor: Account) -> DailyNote:
    """Of 孙强 in 青石镇, by the assessor."""
    return note_record(year=year, row=row_about("T01", "0005"), by=assessor)


def typed(**fields: object) -> dict[str, object]:
    return {"subject": "team:T01", "occasion": "inspection", "dated": "2025-07-01", "content": "防汛到位"} | fields


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ANNOUNCED, Phase.COLLECTING])
def test_notes_are_taken_all_year(year: AssessmentYear, team: None, assessor: Account, phase: Phase) -> None:
    note_record(year=year_in_phase(year, phase), row=row_about("T01"), by=assessor)
    assert DailyNote.objects.get().recorded_by == assessor


def test_until_it_is_closed(year: AssessmentYear, note: DailyNote, assessor: Account, office: Account) -> None:
    year = year_in_phase(year, Phase.CLOSED)
    note = DailyNote.objects.get()
    for by in (assessor, office):
        with pytest.raises(YearClosed):
            note_record(year=year, row=row_about("T01"), by=by)
        with pytest.raises(YearClosed):
            note_withdraw(note=note, reason="误记", by=by)
    with pytest.raises(YearClosed):
        note_correct(note=note, row=row_about("T01"), by=assessor)


def test_the_reach_follows_the_cadre_on_the_roster(note: DailyNote, assessor: Account) -> None:
    note.year.roster.filter(cadre__number="0005").update(township=township("T02"))
    with pytest.raises(PermissionDenied):
        note_correct(note=note, row=row_about("T01"), by=assessor)


def test_an_own_note_is_corrected_and_withdrawn_by_form(client_for: ClientFor, note: DailyNote) -> None:
    client = client_for("assessor")
    assert client.get(f"{URL}{note.pk}/correct/").context["form"]["subject"].value() == "cadre:0005"
    assert client.post(f"{URL}{note.pk}/correct/", typed())["Location"] == URL
    assert client.post(f"{URL}{note.pk}/withdraw/", {"reason": "误记"})["Location"] == URL
    note.refresh_from_db()
    assert (note.township, note.cadre, note.content, note.withdrawn_reason) == (
        township("T01"), None, "防汛到位", "误记",
    )  # fmt: skip
    assert client.post(f"{URL}{note.pk}/withdraw/", {"reason": "误记"}).status_code == 404
    entries = AuditEntry.objects.filter(action__startswith="note").order_by("number")
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        (f"note_{verb}", f"2025 青石镇 #{note.pk}", {}) for verb in ("record", "correct", "withdraw")
    ]


def test_another_teams_township_by_a_direct_post_is_refused_and_on_record(
    client_for: ClientFor, year: AssessmentYear, note: DailyNote, office: Account
) -> None:
    foreign = note_record(year=year, row=row_about("T02"), by=office)
    client = client_for("assessor")
    posts = [NEW, f"{URL}{foreign.pk}/correct/", f"{URL}{foreign.pk}/withdraw/"]
    assert [client.post(url, typed(subject="team:T02", reason="x")).status_code for url in posts] == [403, 403, 403]
    refused = AuditEntry.objects.filter(refused=True).order_by("number").values_list("actor_name", "subject")
    assert list(refused) == [
        ("assessor", "assessment.record_note 2025 柳河镇"),
        ("assessor", f"assessment.record_note 2025 柳河镇 #{foreign.pk}"),
        ("assessor", f"assessment.withdraw_record 2025 柳河镇 #{foreign.pk}"),
    ]
    assert list(DailyNote.objects.values_list("withdrawn_reason", flat=True)) == ["", ""]


@pytest.mark.parametrize("visitor", ["department", "township", "leader", "auditor", "administrator"])
def test_nobody_else_records_or_lists(
    client_for: ClientFor, year: AssessmentYear, note: DailyNote, visitor: str
) -> None:
    year_in_phase(year, Phase.PUBLISHED)
    client = client_for(visitor)
    addresses = [NEW, f"{URL}{note.pk}/correct/", f"{URL}{note.pk}/withdraw/"]
    assert [client.post(address, typed(reason="x")).status_code for address in addresses] == [403, 403, 403]
    assert client.get(URL).status_code == 403
    assert AuditEntry.objects.filter(refused=True).count() == 4


def test_an_assessor_lists_the_own_the_office_all(
    client_for: ClientFor, year: AssessmentYear, note: DailyNote, office: Account
) -> None:
    note_record(year=year, row=row_about("T01", content="办公室记的"), by=office)
    seen = {who: client_for(who).get(URL).content.decode() for who in ("office", "assessor")}
    assert ["办公室记的" in seen["office"], SECRET in seen["office"]] == [True, True]
    assert ["办公室记的" in seen["assessor"], SECRET in seen["assessor"]] == [False, True]


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *BAD_FIELDS,
        ("content", "", "required"),
        ("subject", "cadre:9999", None),
        ("occasion", "holiday", "invalid_choice"),
        ("dated", TOMORROW, None),
        ("dated", "2024-12-31", None),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    clerk: Client, year: AssessmentYear, field: str, value: str, code: str | None
) -> None:
    page = clerk.post(NEW, typed(**{field: value}))
    errors = page.context["form"].errors.as_data()
    assert {name: [error.code for error in found] for name, found in errors.items()} == {field: [code]}
    assert page.context["form"][field].value() == value
    assert DailyNote.objects.count() == 0


def test_notes_are_found_by_occasion_township_and_words(clerk: Client, year: AssessmentYear, office: Account) -> None:
    note_record(year=year, row=row_about("T01", content="一"), by=office)
    note_record(year=year, row=row_about("T02", "0003", "二", Occasion.TALK), by=office)

    def found(query: str) -> str:
        return "".join(row.record.content for row in clerk.get(f"{URL}?{query}").context["table"].rows)

    assert [found("occasion=talk"), found("township=T01"), found("q=0003"), found("q=无")] == ["二", "一", "二", ""]


def test_a_long_note_is_folded_but_whole(clerk: Client, year: AssessmentYear, office: Account) -> None:
    text = "防汛值守到位。" * 60
    note_record(year=year, row=row_about("T01", content=text), by=office)
    page = clerk.get(URL).content.decode()
    assert (text in page, "<summary>" in page) == (True, True)


@pytest.mark.parametrize("more", [0, 20])
def test_list_costs_the_same_for_one_and_many(
    clerk: Client, year: AssessmentYear, office: Account, more: int, django_assert_num_queries: Queries
) -> None:
    for number in range(more + 1):
        note_record(year=year, row=row_about("T01", "0005" * (number % 2)), by=office)
    with django_assert_num_queries(7):
        clerk.get(URL)
