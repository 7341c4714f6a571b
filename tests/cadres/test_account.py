"""Accounts: opened, renamed, reset and closed by the administrator alone."""

import io
from unittest import mock

import pytest
from django.contrib.auth.password_validation import get_default_password_validators
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client

from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Role
from cadres.passwords import WORDS, password_help
from cadres.services.account import account_create, account_set_password, account_update
from tests.factories import PASSWORD, AccountFactory, DepartmentFactory, TownshipFactory, account

pytestmark = pytest.mark.django_db

NEW = {"username": "caizheng", "name": "县财政局", "role": "department", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def administrator(client: Client) -> Account:
    admin = account(Role.ADMINISTRATOR)
    client.force_login(admin)
    return admin


def test_create_opens_an_account_with_a_first_password(client: Client, administrator: Account) -> None:
    department = DepartmentFactory(code="01")
    assert client.post("/accounts/new/", NEW | {"department": department.pk})["Location"] == "/accounts/"
    made = Account.objects.get(username="caizheng")
    assert (made.role, made.department, made.must_change_password) == ("department", department, True)
    assert made.check_password(PASSWORD)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.details) == ("account_create", "caizheng", {"role": "department"})


@pytest.mark.parametrize(
    ("change", "field", "error"),
    [
        ({"username": "administrator"}, "username", "There is an account of this name already."),
        ({"username": "anonymous"}, "username", "There is an account of this name already."),
        ({"username": "two words"}, "username", "Only letters, digits and . @ + - _ are possible."),
        ({}, "department", "A department belongs to an account of a county department, to no other."),
        ({"role": "township"}, "township", "A township belongs to an account of a township, to no other."),
        ({"role": "auditor", "password": "1234567890", "again": "1234567890"}, "password", "entirely numeric"),
    ],
)
def test_create_keeps_the_input_and_names_the_field(
    client: Client, administrator: Account, change: dict[str, str], field: str, error: str
) -> None:
    answer = client.post("/accounts/new/", NEW | ({"role": "auditor"} if "username" in change else {}) | change)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert error in " ".join(form.errors[field])
    assert form["name"].value() == "县财政局"
    assert PASSWORD not in answer.content.decode()


@pytest.mark.parametrize("path", ["", "password/", "close/"])
def test_pages_of_an_account_are_titled_by_person_and_user_name(
    client: Client, administrator: Account, path: str
) -> None:
    AccountFactory(role=Role.OFFICE, name="王芳", username="wangfang")
    assert "王芳 (wangfang)" in client.get(f"/accounts/of/wangfang/{path}").context["title"]


def test_every_password_check_has_words_of_the_site() -> None:
    checks = {type(check).__name__ for check in get_default_password_validators()}
    assert checks == {*WORDS}
    assert password_help().count("<li>") == 4
    assert " 10 " in password_help()


def test_reset_ends_sessions_and_lockout_and_shows_nothing(client: Client, administrator: Account) -> None:
    AccountFactory(role=Role.OFFICE, password=PASSWORD)
    clerk = Client()
    clerk.post("/sign-in/", {"username": "office", "password": PASSWORD})
    for _ in range(5):
        Client().post("/sign-in/", {"username": "office", "password": "wrong"})
    new = {"password": "a first password", "again": "a first password"}
    answer = client.post("/accounts/of/office/password/", new, follow=True)
    assert "a first password" not in answer.content.decode()
    assert clerk.get("/")["Location"].startswith("/sign-in/")
    assert clerk.post("/sign-in/", {"username": "office", "password": "a first password"}).status_code == 302
    assert clerk.get("/")["Location"] == "/password/"


def test_close_signs_out_at_once_and_can_be_taken_back(client: Client, administrator: Account) -> None:
    clerk = Client()
    clerk.force_login(account(Role.OFFICE))
    assert clerk.get("/").status_code == 200
    assert "is signed out everywhere at once" in client.get("/accounts/of/office/close/").content.decode()
    client.post("/accounts/of/office/close/")
    assert clerk.get("/").status_code == 302
    client.post("/accounts/of/office/open/")
    assert Account.objects.get(username="office").is_active


def test_last_administrator_cannot_be_closed(client: Client, administrator: Account) -> None:
    answer = client.post("/accounts/of/administrator/close/")
    assert answer.context["form"].non_field_errors() == ["This is the last administrator who may sign in."]
    AccountFactory(role=Role.ADMINISTRATOR, username="deputy")
    assert client.post("/accounts/of/administrator/close/").status_code == 302


def test_role_is_for_good(client: Client, administrator: Account) -> None:
    """三员分立: no page and no service turns the office into the auditor."""
    account(Role.OFFICE)
    client.post("/accounts/of/office/", {"name": "New name", "role": "auditor", "username": "x", "is_active": ""})
    office = Account.objects.get(username="office")
    assert (office.name, office.role, office.is_active) == ("New name", "office", True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_services_refuse_everybody_else(role: Role) -> None:
    by, victim = account(role), account(Role.ADMINISTRATOR)
    attempts = (
        lambda: account_create(username="x", name="x", role="office", password=PASSWORD, by=by),
        lambda: account_update(account=victim, name="x", is_active=False, by=by),
        lambda: account_set_password(account=victim, password=PASSWORD, by=by),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()
    assert [entry.actor_name for entry in AuditEntry.objects.filter(refused=True)] == [role.value] * 3


def test_list_searches_and_filters_in_the_address(client: Client, administrator: Account) -> None:
    AccountFactory(role=Role.TOWNSHIP, username="yunxi", township=TownshipFactory(code="07", name="云溪镇"))
    AccountFactory(role=Role.OFFICE, username="gone", is_active=False)
    assert names(client, "?q=云溪") == ["yunxi"]
    assert names(client, "?role=office") == ["gone"]
    assert names(client, "?is_active=false") == ["gone"]
    assert names(client, "?sort=-username") == ["yunxi", "gone", "administrator"]


def names(client: Client, query: str) -> list[str]:
    return [row.record.username for row in client.get("/accounts/" + query).context["table"].rows]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_database_4_times(
    client: Client, administrator: Account, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        AccountFactory(role=Role.TOWNSHIP, username=f"t{number}", township=TownshipFactory())
    with django_assert_num_queries(4):  # type: ignore[operator]
        client.get("/accounts/")


def test_command_opens_the_first_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))
    call_command("account_create", "root", "--role", "administrator", "--password-stdin", stdout=io.StringIO())
    made = Account.objects.get()
    assert (made.role, made.must_change_password, made.check_password(PASSWORD)) == ("administrator", False, True)
    assert AuditEntry.objects.get().actor_name == "command line"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--role", "department"], "A department belongs"),
        (["--role", "department", "--department", "99"], "There is no department with the code 99."),
    ],
)
def test_command_says_what_is_wrong(arguments: list[str], error: str) -> None:
    with (
        mock.patch("getpass.getpass", return_value=PASSWORD),
        pytest.raises(CommandError, match=error),
    ):
        call_command("account_create", "caizheng", *arguments)
    assert not Account.objects.exists()


def test_service_refuses_a_unit_of_another_role() -> None:
    with pytest.raises(Refused):
        account_create(
            username="x", name="x", role="office", password=PASSWORD, township=TownshipFactory(code="01"), by=None
        )


@pytest.mark.parametrize("password", ["caizheng-caizheng", "Finance-Office-1"])
def test_password_does_not_resemble_the_user_name_or_the_name(password: str) -> None:
    with pytest.raises(Refused) as refusal:
        account_create(username="caizheng", name="Finance Office", role=Role.LEADER, password=password, by=None)
    assert list(refusal.value.message_dict) == ["password"]


def test_phone_is_the_administrators_to_edit_and_stays_when_an_account_is_disabled(
    client: Client, administrator: Account
) -> None:
    AccountFactory(role=Role.AUDITOR, name="彭静", username="pengjing")
    client.post("/accounts/of/pengjing/", {"name": "彭静", "phone": "0700-1234567"})
    assert "0700-1234567" in client.get("/accounts/").content.decode()
    client.post("/accounts/of/pengjing/close/")
    assert Account.objects.get(username="pengjing").phone == "0700-1234567"
    entry = AuditEntry.objects.filter(action="account_update").order_by("number").first()
    assert entry is not None
    assert entry.details == {"name": "彭静", "is_active": True, "phone": "0700-1234567"}
