"""Townships and departments."""

import pytest
from django.test import Client

from cadres.models import AuditEntry, Department, Role, Township
from tests.factories import DepartmentFactory, TownshipFactory, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(account(Role.OFFICE))
    return client


def test_create_keeps_leading_zeros(office: Client) -> None:
    new = {"code": "007", "name": "云溪镇", "order": "3", "is_active": "on"}
    assert office.post("/townships/new/", new)["Location"] == "/townships/"
    assert list(Township.objects.values_list("code", "name", "order", "is_active")) == [("007", "云溪镇", 3, True)]


def test_create_refuses_a_code_or_name_that_is_taken(office: Client) -> None:
    DepartmentFactory(code="01", name="县财政局")
    answer = office.post("/departments/new/", {"code": "01", "name": "县财政局", "order": "1"})
    assert list(answer.context["form"].errors) == ["code", "name"]
    assert answer.context["form"]["name"].value() == "县财政局"


def test_edit_records_what_changed_and_leaves_the_code(office: Client) -> None:
    TownshipFactory(code="01", name="云溪乡", order=1)
    office.post("/townships/of/01/", {"code": "99", "name": "云溪镇", "order": "1", "is_active": "on"})
    assert Township.objects.get().code == "01"
    entry = AuditEntry.objects.get()
    assert entry.action == "unit_save"
    assert entry.details == {
        "added": 0,
        "changed": [{"subject": "云溪镇", "fields": [["name", "云溪乡", "云溪镇"]]}],
    }


def test_edit_that_changes_nothing_leaves_no_entry(office: Client) -> None:
    DepartmentFactory(code="01", name="县财政局", order=1)
    office.post("/departments/of/01/", {"name": "县财政局", "order": "1", "is_active": "on"})
    assert Department.objects.get().name == "县财政局"
    assert not AuditEntry.objects.exists()


def test_empty_list_says_what_to_do_next(office: Client) -> None:
    page = office.get("/townships/").content.decode()
    assert "No township yet" in page
    assert 'href="/townships/new/"' in page


def test_readers_get_no_links_to_forms(client: Client) -> None:
    TownshipFactory(code="01")
    client.force_login(account(Role.ASSESSOR))
    page = client.get("/townships/").content.decode()
    assert "/townships/of/01/" not in page
    assert "/townships/new/" not in page


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_the_database_4_times(office: Client, count: int, django_assert_num_queries: object) -> None:
    for _ in range(count):
        TownshipFactory()
        DepartmentFactory()
    for address in ("/townships/", "/departments/"):
        with django_assert_num_queries(4):  # type: ignore[operator]
            office.get(address)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, 50),
        ({"page": "2"}, 1),
        ({"page": "-1"}, 1),
        ({"page": "9" * 20}, 1),
        ({"page": "last"}, 50),
        ({"per_page": "0"}, 50),
        ({"per_page": "-1", "page": "-1"}, 1),
        ({"per_page": "1000000"}, 50),
        ({"sort": "password"}, 50),
    ],
)
def test_list_of_51_has_two_pages_whatever_the_address_asks(office: Client, asked: dict[str, str], shown: int) -> None:
    TownshipFactory.create_batch(51)
    assert len(office.get("/townships/", asked).context["table"].page.object_list) == shown
