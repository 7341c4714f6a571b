"""Signing in and out, the lockout, and the password that someone else has set."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cadres.models import Account, AuditEntry, Role
from cadres.selectors.audit import data_revision
from tests.factories import PASSWORD, AccountFactory

pytestmark = pytest.mark.django_db

SIGN_IN = "/sign-in/"


@pytest.fixture
def clerk() -> Account:
    return AccountFactory(role=Role.OFFICE, password=PASSWORD)


def sign_in(client: Client, username: str, password: str, **more: str) -> Any:
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_sign_in_leads_to_the_page_asked_for(client: Client, clerk: Account) -> None:
    asked = client.get("/cadres/?q=%E7%8E%8B")
    assert asked["Location"] == "/sign-in/?next=/cadres/%3Fq%3D%25E7%258E%258B"
    page = client.get(asked["Location"])
    answer = sign_in(client, "office", PASSWORD, next=page.context["next"])
    assert answer["Location"] == page.context["next"] == "/cadres/?q=%E7%8E%8B"


def test_sign_in_never_leads_to_another_site(client: Client, clerk: Account) -> None:
    assert sign_in(client, "office", PASSWORD, next="https://example.org/")["Location"] == "/"


@pytest.mark.parametrize("asked", ["accounts", "cadres:home", "no/such:view"])
def test_sign_in_leads_on_whatever_word_was_asked_for(client: Client, clerk: Account, asked: str) -> None:
    """What stands in `next` is an address or nothing, never the name of a view."""
    assert sign_in(client, "office", PASSWORD, next=asked).status_code == 302
    assert client.get(SIGN_IN, {"next": asked}).status_code == 302


@pytest.mark.parametrize("typed", ["office ", "\uff4fffice", "\u3000office"])
def test_failed_attempt_names_the_account_it_was_aimed_at(client: Client, clerk: Account, typed: str) -> None:
    """The name is looked up as signing in does: without blanks around, full-width letters as plain ones."""
    sign_in(client, typed, "wrong")
    assert AuditEntry.objects.get().subject == "office"


def test_name_that_no_database_can_hold_is_only_refused(client: Client, clerk: Account) -> None:
    assert sign_in(client, "office\0", "wrong").status_code == 200
    assert AuditEntry.objects.get().subject == ""


def test_sessions_leave_a_record_and_no_new_revision(client: Client, clerk: Account) -> None:
    before = data_revision()
    sign_in(client, "office", "wrong")
    sign_in(client, "nobody", "a password typed into the wrong field")
    sign_in(client, "office", PASSWORD)
    client.post("/sign-out/")
    trail = AuditEntry.objects.order_by("number").values_list("action", "actor_name", "subject", "refused")
    assert list(trail) == [
        ("sign_in", "anonymous", "office", True),
        ("sign_in", "anonymous", "", True),
        ("sign_in", "office", "office", False),
        ("sign_out", "office", "office", False),
    ]
    assert data_revision() == before


def test_sign_out_takes_a_post(client: Client, clerk: Account) -> None:
    client.force_login(clerk)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == reverse("cadres:sign_in")
    assert client.get("/").status_code == 302


def test_session_is_gone_when_the_trail_tells_of_the_sign_out(client: Client, clerk: Account) -> None:
    """A request between the two would be let in under the trail as it is from then on."""
    client.force_login(clerk)
    left = []
    with mock.patch(
        "cadres.views.session.session_close",
        side_effect=lambda by: left.append((by.username, Session.objects.count())),
    ):
        client.post("/sign-out/")
    assert left == [("office", 0)]


@pytest.mark.parametrize(("username", "password"), [("office", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD)])
def test_refusal_says_the_same_whatever_is_wrong(client: Client, clerk: Account, username: str, password: str) -> None:
    AccountFactory(username="closed", password=PASSWORD, is_active=False)
    answer = client.post(SIGN_IN, {"username": username, "password": password})
    assert answer.context["form"].non_field_errors() == ["User name and password do not match an enabled account."]
    assert answer.context["form"]["username"].value() == username


def test_five_failures_lock_the_name_for_15_minutes_even_for_the_right_password(client: Client, clerk: Account) -> None:
    AccountFactory(username="office2", password=PASSWORD)
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        statuses = [sign_in(client, "office", "wrong").status_code for _ in range(5)]
        assert statuses == [200, 200, 200, 200, 429]
        assert sign_in(client, "office", PASSWORD).status_code == 429
        assert sign_in(client, "office2", PASSWORD).status_code == 302
    with time_machine.travel(start + timedelta(minutes=15, seconds=1), tick=False):
        assert sign_in(Client(), "office", PASSWORD).status_code == 302


def test_lockout_page_says_what_happened(client: Client, clerk: Account) -> None:
    for _ in range(4):
        sign_in(client, "office", "wrong")
    answer = client.post(SIGN_IN, {"username": "office", "password": "wrong"})
    assert "This user name is locked for 15 minutes." in answer.content.decode()


def test_password_set_by_another_opens_one_page_only(client: Client, clerk: Account) -> None:
    Account.objects.update(must_change_password=True)
    sign_in(client, "office", PASSWORD)
    assert client.get("/cadres/")["Location"] == "/password/"
    assert client.post("/cadres/new/", {"number": "1", "name": "王伟"})["Location"] == "/password/"
    new = {"present": PASSWORD, "password": "another spring", "again": "another spring"}
    assert client.post("/password/", new)["Location"] == "/"
    assert client.get("/cadres/").status_code == 200


@pytest.mark.parametrize(
    ("field", "change", "error"),
    [
        ("present", {"present": "wrong"}, "This is not the present password."),
        ("again", {"again": "another springtime"}, "The two entries differ."),
        (
            "password",
            {"password": "short", "again": "short"},
            "This password is too short. It must contain at least 10 characters.",
        ),
        (
            "password",
            {"password": PASSWORD, "again": PASSWORD},
            "The new password must be another one than the present.",
        ),
    ],
)
def test_password_change_says_beside_the_field_what_is_wrong(
    client: Client, clerk: Account, field: str, change: dict[str, str], error: str
) -> None:
    client.force_login(clerk)
    new = {"present": PASSWORD, "password": "another spring", "again": "another spring"} | change
    answer = client.post("/password/", new)
    assert answer.context["form"].errors == {field: [error]}
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def test_password_change_ends_the_other_sessions(client: Client, clerk: Account) -> None:
    elsewhere = Client()
    sign_in(elsewhere, "office", PASSWORD)
    sign_in(client, "office", PASSWORD)
    client.post("/password/", {"present": PASSWORD, "password": "another spring", "again": "another spring"})
    assert client.get("/").status_code == 200
    assert elsewhere.get("/").status_code == 302


def test_language_switch_is_kept(client: Client, clerk: Account) -> None:
    browser = Client()
    assert browser.get(SIGN_IN)["Content-Language"] == "zh-hans"
    browser.post("/i18n/setlang/", {"language": "en", "next": SIGN_IN})
    answer = browser.get(SIGN_IN)
    assert answer["Content-Language"] == "en"
    assert "Sign in" in answer.content.decode()
