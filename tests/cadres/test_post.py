"""The county's list of posts, whose order decides which of two posts counts (RULES C4)."""

import pytest
from django.test import Client

from cadres.models import AuditEntry, Post, Role
from tests.factories import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(account(Role.OFFICE))
    return client


def names() -> list[str]:
    return list(Post.objects.filter(is_active=True).values_list("name", flat=True))


def test_new_post_comes_last(office: Client) -> None:
    office.post("/posts/new/", {"name": "政协联络组长", "side": "other", "in_bonus": "on", "is_active": "on"})
    assert names()[-1] == "政协联络组长"


@pytest.mark.parametrize(
    ("name", "to", "order"),
    [
        ("乡镇长", "up", ["乡镇长", "党委书记", "党委副书记"]),
        ("党委书记", "down", ["乡镇长", "党委书记", "党委副书记"]),
        ("党委书记", "up", ["党委书记", "乡镇长", "党委副书记"]),
    ],
)
def test_shift_moves_a_post_by_one(office: Client, name: str, to: str, order: list[str]) -> None:
    post = Post.objects.get(name=name)
    assert office.post(f"/posts/{post.pk}/shift/", {"to": to})["Location"] == f"/posts/#post-{post.pk}"
    assert names()[:3] == order


def test_shift_against_the_end_leaves_no_entry(office: Client) -> None:
    last = Post.objects.get(name=names()[-1])
    office.post(f"/posts/{last.pk}/shift/", {"to": "down"})
    assert not AuditEntry.objects.exists()


def test_edit_records_what_changed(office: Client) -> None:
    post = Post.objects.get(name="武装部长")
    office.post(f"/posts/{post.pk}/", {"name": "武装部长", "side": "other", "single_holder": "on", "in_bonus": "on"})
    entry = AuditEntry.objects.get()
    assert entry.details["changed"] == [{"subject": "武装部长", "fields": [["is_active", "True", "False"]]}]
    assert "武装部长" not in names()


def test_name_that_is_taken_is_refused_beside_the_field(office: Client) -> None:
    answer = office.post("/posts/new/", {"name": "党委书记", "side": "party", "is_active": "on"})
    assert list(answer.context["form"].errors) == ["name"]


def test_list_asks_the_database_4_times(office: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        office.get("/posts/")
