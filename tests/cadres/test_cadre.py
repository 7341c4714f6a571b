"""People, known by number; where they serve, and since when."""

from datetime import date

import pytest
from django.test import Client

from cadres.errors import Refused
from cadres.models import Appointment, AuditEntry, Cadre, Post, Role
from cadres.services.cadre import Service, appointments_sync, cadre_leave, cadre_move
from tests.factories import AppointmentFactory, CadreFactory, TownshipFactory, account

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(account(Role.OFFICE))
    return client


def numbers(client: Client, query: str = "") -> list[str]:
    return [row.record.number for row in client.get("/cadres/" + query).context["table"].rows]


def held(cadre: Cadre) -> list[tuple[str, str, str, str]]:
    rows = Appointment.objects.filter(cadre=cadre).order_by("start", "post__order")
    return [(row.township.code, row.post.name, str(row.start), str(row.end or "")) for row in rows]


def post(name: str) -> Post:
    return Post.objects.get(name=name)


def test_homonyms_are_told_apart_by_number(office: Client) -> None:
    for number, code in (("0001", "01"), ("0002", "02")):
        cadre = CadreFactory(number=number, name="王伟")
        AppointmentFactory(cadre=cadre, township=TownshipFactory(code=code))
    assert numbers(office, "?q=王伟") == ["0001", "0002"]
    assert numbers(office, "?q=0002") == ["0002"]
    page = office.get("/cadres/").content.decode()
    assert 'href="/cadres/0001/"' in page
    assert 'href="/cadres/0002/"' in page


def test_list_filters_sorts_and_pages_in_the_address(office: Client) -> None:
    east, west = TownshipFactory(code="01", order=2), TownshipFactory(code="02", order=1)
    AppointmentFactory(cadre__number="1", township=east, post="党委书记")
    AppointmentFactory(cadre__number="2", township=east, post="副乡镇长")
    AppointmentFactory(cadre__number="3", township=west, post="乡镇长")
    AppointmentFactory(cadre__number="4", township=west, post="党委书记", end=date(2024, 12, 31))
    assert numbers(office) == ["3", "1", "2", "4"]
    assert numbers(office, "?township=01") == ["1", "2"]
    assert numbers(office, "?post=党委书记") == ["1"]
    assert numbers(office, "?serving=false") == ["4"]
    assert numbers(office, "?sort=-number") == ["4", "3", "2", "1"]
    assert numbers(office, "?township=01&sort=-post") == ["2", "1"]


def test_two_posts_are_shown_with_the_scored_one_first(office: Client) -> None:
    """RULES C4: one person in two posts is scored as party secretary."""
    both = CadreFactory(number="1")
    for name in ("乡镇长", "党委书记"):
        AppointmentFactory(cadre=both, township=TownshipFactory(code="01"), post=name)
    row = office.get("/cadres/").context["table"].rows[0]
    assert [appointment.post.name for appointment in row.record.held] == ["党委书记", "乡镇长"]


@pytest.mark.parametrize("count", [1, 60])
def test_list_asks_the_database_7_times(office: Client, count: int, django_assert_num_queries: object) -> None:
    township = TownshipFactory(code="01")
    for number in range(count):
        AppointmentFactory(cadre__number=f"{number:04}", township=township)
    with django_assert_num_queries(7):  # type: ignore[operator]
        office.get("/cadres/")


def test_create_leads_to_the_appointment(office: Client) -> None:
    answer = office.post("/cadres/new/", {"number": "0012", "name": "王伟"})
    assert answer["Location"] == "/cadres/0012/move/"
    form = {"township": TownshipFactory(code="01").pk, "post": post("党委书记").pk, "on": "2025-03-01"}
    assert office.post("/cadres/0012/move/", form)["Location"] == "/cadres/0012/"
    assert held(Cadre.objects.get()) == [("01", "党委书记", "2025-03-01", "")]


def test_number_that_is_taken_is_refused_and_renames_nobody(office: Client) -> None:
    CadreFactory(number="0001", name="王伟")
    answer = office.post("/cadres/new/", {"number": "0001", "name": "李娜"})
    assert list(answer.context["form"].errors) == ["number"]
    assert answer.context["form"]["name"].value() == "李娜"
    assert Cadre.objects.get().name == "王伟"


def test_rename_leaves_the_number(office: Client) -> None:
    CadreFactory(number="0001", name="王伟")
    office.post("/cadres/0001/edit/", {"name": "王炜", "number": "9999"})
    assert list(Cadre.objects.values_list("number", "name")) == [("0001", "王炜")]
    assert AuditEntry.objects.get().details["changed"] == [{"subject": "0001", "fields": [["name", "王伟", "王炜"]]}]


def test_transfer_ends_the_old_post_the_day_before(office: Client) -> None:
    moved = AppointmentFactory(township=TownshipFactory(code="01"), start=date(2023, 5, 1)).cadre
    new = TownshipFactory(code="02")
    cadre_move(cadre=moved, township=new, posts=(post("乡镇长"),), on=date(2025, 7, 1), by=None)
    assert held(moved) == [
        ("01", "副乡镇长", "2023-05-01", "2025-06-30"),
        ("02", "乡镇长", "2025-07-01", ""),
    ]


def test_transfer_before_the_present_post_began_is_refused(office: Client) -> None:
    moved = AppointmentFactory(township=TownshipFactory(code="01", name="云溪镇"), start=date(2025, 5, 1)).cadre
    form = {"township": TownshipFactory(code="02").pk, "post": post("乡镇长").pk, "on": "2025-05-01"}
    answer = office.post(f"/cadres/{moved.number}/move/", form)
    assert "云溪镇 begins on 2025-05-01 only" in answer.context["form"].non_field_errors()[0]
    assert held(moved) == [("01", "副乡镇长", "2025-05-01", "")]


def test_one_holder_post_is_not_given_twice(office: Client) -> None:
    township = TownshipFactory(code="01")
    AppointmentFactory(cadre=CadreFactory(number="0001", name="王伟"), township=township, post="党委书记")
    second = CadreFactory(number="0002")
    with pytest.raises(Refused, match="王伟（0001）"):
        cadre_move(cadre=second, township=township, posts=(post("党委书记"),), on=date(2025, 1, 1), by=None)
    cadre_move(cadre=second, township=township, posts=(post("副乡镇长"),), on=date(2025, 1, 1), by=None)
    assert held(second) == [("01", "副乡镇长", "2025-01-01", "")]


def test_same_post_twice_is_refused_beside_the_field(office: Client) -> None:
    CadreFactory(number="0001")
    secretary = post("党委书记").pk
    form = {"township": TownshipFactory().pk, "post": secretary, "second_post": secretary, "on": "2025-01-01"}
    assert list(office.post("/cadres/0001/move/", form).context["form"].errors) == ["second_post"]


def test_leave_ends_all_posts(office: Client) -> None:
    leaving = CadreFactory(number="0001")
    for name in ("党委书记", "乡镇长"):
        AppointmentFactory(cadre=leaving, township=TownshipFactory(code="01"), post=name)
    office.post("/cadres/0001/leave/", {"last": "2025-08-31"})
    assert [row[3] for row in held(leaving)] == ["2025-08-31", "2025-08-31"]


def test_leave_before_the_post_began_is_refused(office: Client) -> None:
    leaving = AppointmentFactory(township=TownshipFactory(code="01"), start=date(2025, 5, 1)).cadre
    with pytest.raises(Refused):
        cadre_leave(cadre=leaving, last=date(2025, 4, 30), by=None)
    assert held(leaving) == [("01", "副乡镇长", "2025-05-01", "")]


def test_correction_of_days(office: Client) -> None:
    edited = AppointmentFactory(cadre__number="0001", township=TownshipFactory(code="01"))
    address = f"/cadres/0001/appointments/{edited.pk}/"
    assert office.post(address, {"start": "2024-03-15", "end": ""})["Location"] == "/cadres/0001/"
    assert held(edited.cadre) == [("01", "副乡镇长", "2024-03-15", "")]
    answer = office.post(address, {"start": "2024-03-15", "end": "2024-03-14"})
    assert answer.context["form"].errors == {"end": ["It would end before it begins."]}
    assert office.get(f"/cadres/0002/appointments/{edited.pk}/").status_code == 404


def sync(year: int, cadre: Cadre, code: str, *names: str) -> None:
    posts = tuple(post(name) for name in names)
    appointments_sync(services=[Service(cadre, TownshipFactory(code=code), posts)], year=year, by=None)


def test_roster_of_the_next_year_moves_a_cadre_on_new_years_day() -> None:
    cadre = CadreFactory(number="0001")
    sync(2024, cadre, "01", "副乡镇长")
    sync(2025, cadre, "02", "乡镇长")
    assert held(cadre) == [
        ("01", "副乡镇长", "2024-01-01", "2024-12-31"),
        ("02", "乡镇长", "2025-01-01", ""),
    ]


def test_roster_that_agrees_with_a_dated_move_changes_nothing() -> None:
    cadre = CadreFactory(number="0001")
    sync(2024, cadre, "01", "副乡镇长")
    cadre_move(cadre=cadre, township=TownshipFactory(code="02"), posts=(post("乡镇长"),), on=date(2025, 7, 1), by=None)
    sync(2025, cadre, "02", "乡镇长")
    assert held(cadre) == [
        ("01", "副乡镇长", "2024-01-01", "2025-06-30"),
        ("02", "乡镇长", "2025-07-01", ""),
    ]


def test_roster_of_an_earlier_year_comes_later() -> None:
    cadre = CadreFactory(number="0001")
    sync(2025, cadre, "02", "乡镇长")
    sync(2024, cadre, "01", "副乡镇长")
    assert held(cadre) == [
        ("01", "副乡镇长", "2024-01-01", "2024-12-31"),
        ("02", "乡镇长", "2025-01-01", ""),
    ]


def test_new_holder_of_a_one_holder_post_ends_the_former_ones_term() -> None:
    former, new = CadreFactory(number="0001"), CadreFactory(number="0002")
    sync(2024, former, "01", "党委书记")
    sync(2025, new, "01", "党委书记")
    assert held(former) == [("01", "党委书记", "2024-01-01", "2024-12-31")]
    assert held(new) == [("01", "党委书记", "2025-01-01", "")]


def test_former_holder_who_is_told_of_later_ends_where_the_next_one_begins() -> None:
    former, new = CadreFactory(number="0001"), CadreFactory(number="0002")
    sync(2025, new, "01", "党委书记")
    sync(2024, former, "01", "党委书记")
    assert held(former) == [("01", "党委书记", "2024-01-01", "2024-12-31")]
    assert held(new) == [("01", "党委书记", "2025-01-01", "")]


@pytest.mark.parametrize(("role", "offered"), [(Role.OFFICE, True), (Role.LEADER, False)])
def test_page_offers_changes_to_the_office_only(client: Client, role: Role, offered: bool) -> None:
    held = AppointmentFactory(cadre__number="0001", post="党委书记")
    client.force_login(account(role))
    page = client.get("/cadres/0001/").content.decode()
    assert "2024-01-01" in page
    changes = ("move/", "leave/", "edit/", f"appointments/{held.pk}/")
    assert [f'href="/cadres/0001/{change}"' in page for change in changes] == [offered] * 4
