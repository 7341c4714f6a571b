"""The cast of every test: one account a role, made by the service that the site uses, and a stranger without one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cadres.models import Account, Department, Role, Township
from cadres.services.account import account_create
from cadres.services.unit import UnitRow, departments_save, townships_save
from scoring.doctor.report import diagnoses_forget
from scoring.results import results_forget

PASSWORD = "Lake-97-Willow"

STRANGER = "stranger"
CAST = {
    "office": Role.OFFICE,
    "second_clerk": Role.OFFICE,
    "department": Role.DEPARTMENT,
    "township": Role.TOWNSHIP,
    "assessor": Role.ASSESSOR,
    "leader": Role.LEADER,
    "auditor": Role.AUDITOR,
    "administrator": Role.ADMINISTRATOR,
}

ClientFor = Callable[[str], Client]


@pytest.fixture(autouse=True)
def forget_results() -> Iterator[None]:
    """A rolled-back test may leave a result under a revision that the next test reaches again."""
    yield
    results_forget()
    diagnoses_forget()


def account_of(username: str) -> Account:
    """The account of this member of the cast, made when first asked for."""
    existing = Account.objects.filter(username=username).first()
    return existing or account_create(
        username=username,
        name=username.replace("_", " "),
        role=CAST[username],
        password=PASSWORD,
        by=None,
        department=unit_of_department() if username == "department" else None,
        township=unit_of_township() if username == "township" else None,
        must_change_password=False,
    )


def unit_of_department() -> Department:
    """财政局 (D01), whose account the cast's department is."""
    departments_save(rows=[UnitRow("D01", "财政局")], by=None)
    return Department.objects.get(code="D01")


def unit_of_township() -> Township:
    """青石镇 (T01), whose account the cast's township is."""
    townships_save(rows=[UnitRow("T01", "青石镇")], by=None)
    return Township.objects.get(code="T01")


@pytest.fixture
def cast(db: None) -> dict[str, Account]:
    """Everyone who has an account."""
    return {username: account_of(username) for username in CAST}


@pytest.fixture
def office(db: None) -> Account:
    """A clerk of the organization department."""
    return account_of("office")


@pytest.fixture
def second_clerk(db: None) -> Account:
    """Another clerk of the organization department."""
    return account_of("second_clerk")


@pytest.fixture
def department(db: None) -> Account:
    """The account of 财政局."""
    return account_of("department")


@pytest.fixture
def township(db: None) -> Account:
    """The account of 青石镇."""
    return account_of("township")


@pytest.fixture
def assessor(db: None) -> Account:
    """A member of an assessment team."""
    return account_of("assessor")


@pytest.fixture
def leader(db: None) -> Account:
    """A county leader."""
    return account_of("leader")


@pytest.fixture
def auditor(db: None) -> Account:
    """The auditor."""
    return account_of("auditor")


@pytest.fixture
def administrator(db: None) -> Account:
    """The system administrator."""
    return account_of("administrator")


@pytest.fixture
def client_for(db: None) -> ClientFor:
    """`client_for("office")`: a client signed in as this member of the cast; "stranger" is not signed in."""

    def client_of(username: str) -> Client:
        client = Client()
        if username != STRANGER:
            client.force_login(account_of(username), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return client_of


@pytest.fixture
def english(settings: Any) -> Iterator[None]:
    """Words are asserted as they are written in the code."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
