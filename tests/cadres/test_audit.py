"""The audit trail: chained, read by the auditor alone, and silent about results before publication."""

import io
from collections.abc import Callable

import pytest
import rules
from django.core.management import CommandError, call_command
from django.db.models import QuerySet
from django.test import Client

from cadres.models import AuditChain, AuditEntry, Role
from cadres.models.append_only import AppendOnlyError
from cadres.selectors.audit import audit_broken_at
from cadres.services.audit import audit_record
from cadres.wording import ACTIONS, PERMISSIONS
from tests.factories import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(account(Role.AUDITOR))
    return client


def numbers(client: Client, query: str) -> list[int]:
    return [row.record.number for row in client.get("/audit/" + query).context["table"].rows]


def three_entries() -> None:
    audit_record(by=account(Role.OFFICE), action="values_save", year=2025, details={"reason": "a correction"})
    audit_record(by=account(Role.LEADER), action="refused", subject="assessment.view_tallies 2025", refused=True)
    audit_record(by=None, action="year_create", year=2024, subject="2024")


def test_list_filters_in_the_address(auditor: Client) -> None:
    three_entries()
    assert numbers(auditor, "") == [3, 2, 1]
    assert numbers(auditor, "?action=values_save") == [1]
    assert numbers(auditor, "?actor=lead") == [2]
    assert numbers(auditor, "?year=2024") == [3]
    assert numbers(auditor, "?refused=true") == [2]
    assert numbers(auditor, "?refused=false") == [3, 1]
    assert numbers(auditor, "?q=view_tallies") == [2]
    assert numbers(auditor, "?q=See tallies") == [2]
    assert numbers(auditor, "?since=2999-01-01") == []


def test_refusal_is_told_in_words(auditor: Client) -> None:
    three_entries()
    page = auditor.get("/audit/?refused=true").content.decode()
    assert ("see tallies · 2025" in page, "view_tallies" in page) == (True, False)


def test_every_permission_has_words() -> None:
    assert {*rules.permissions.permissions} == {*PERMISSIONS}


def test_entry_tells_what_changed(auditor: Client) -> None:
    changed = [{"subject": "01 K1", "fields": [["value", "5", "6"]]}]
    audit_record(by=None, action="values_save", year=2025, details={"added": 0, "changed": changed})
    assert "01 K1: value 5 → 6" in auditor.get("/audit/").content.decode()


@pytest.mark.parametrize(
    "action", ["township_tallies_save", "cadre_tallies_save", "grade_decisions_save", "bonus_confirm"]
)
def test_votes_grades_and_money_are_held_back_until_published(auditor: Client, action: str) -> None:
    details = {"changed": [{"subject": "0007 张三", "fields": [["grade", "", "不称职"]]}]}
    audit_record(by=account(Role.OFFICE), action=action, year=2025, subject="0007 张三", details=details)
    page = auditor.get("/audit/").content.decode()
    assert "shown once the year is published" in page
    assert "0007" not in page
    assert "不称职" not in page
    assert numbers(auditor, "?q=0007") == []


def test_verify_says_that_the_trail_holds_and_is_itself_recorded(auditor: Client) -> None:
    three_entries()
    page = auditor.post("/audit/verify/").content.decode()
    assert "The trail holds: all 3 entries are as they were written." in page
    assert AuditEntry.objects.filter(action="audit_verify").count() == 1


def behind_the_back(number: int) -> QuerySet[AuditEntry]:
    """As somebody would who has the database itself."""
    return QuerySet(AuditEntry).filter(number=number)


def tamper(number: int) -> None:
    behind_the_back(number).update(subject="somebody else")


def blame(number: int) -> None:
    behind_the_back(number).update(actor=account(Role.AUDITOR))


def remove(number: int) -> None:
    behind_the_back(number).delete()


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.all().update(subject="somebody else"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.get().delete(),
        lambda: AuditEntry.objects.get().save(),
    ],
    ids=["update", "delete", "delete one", "save"],
)
def test_entry_is_append_only(change: Callable[[], object]) -> None:
    written = audit_record(by=None, action="year_create", year=2024, subject="2024")
    with pytest.raises(AppendOnlyError):
        change()
    assert AuditEntry.objects.get().digest == written.digest


@pytest.mark.parametrize(
    ("damage", "number", "broken_at"),
    [(tamper, 2, 2), (blame, 2, 2), (blame, 3, 3), (remove, 2, 2), (remove, 1, 1), (remove, 3, 3)],
    ids=["changed", "another's account", "an account for the command line", "removed", "first removed", "last removed"],
)
def test_verify_names_the_entry_where_the_trail_breaks(
    auditor: Client, damage: object, number: int, broken_at: int
) -> None:
    three_entries()
    damage(number)  # type: ignore[operator]
    assert audit_broken_at() == broken_at
    page = auditor.post("/audit/verify/").content.decode()
    assert f"The trail does not hold: entry {broken_at} was changed, removed or put in." in page
    with pytest.raises(CommandError, match=f"does not hold from entry {broken_at} on"):
        call_command("audit_verify")


def test_command_prints_the_length_and_the_last_digest() -> None:
    three_entries()
    digest = AuditChain.objects.get().digest
    out = io.StringIO()
    call_command("audit_verify", stdout=out)
    assert out.getvalue() == f"3 entries hold. The last digest is {digest}\n"


def test_every_recorded_action_has_a_word() -> None:
    """The vocabulary covers what the services write."""
    assert recorded_actions() - set(ACTIONS) == set()


def recorded_actions() -> set[str]:
    """The literal actions in the services' sources."""
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parent.parent.parent
    sources = [
        path.read_text(encoding="utf-8")
        for app in ("cadres", "assessment", "scoring", "rewards", "workbook")
        for path in (root / app).rglob("*.py")
        if "audit_record" in path.read_text(encoding="utf-8")
    ]
    return {action for text in sources for action in re.findall(r'action="(\w+)"', text)} - {"store_true"}


@pytest.mark.parametrize("count", [1, 60])
def test_list_asks_the_database_5_times(auditor: Client, count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        audit_record(by=None, action="values_save", year=2025, details={"reason": "x"})
    with django_assert_num_queries(5):  # type: ignore[operator]
        auditor.get("/audit/")
