"""The roster of a year (RULES C3, C4) and stated vacancies."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, Phase, RosterEntry, Vacancy
from assessment.services.roster import RosterRow, roster_remove, roster_save, roster_transfer, vacancy_state
from assessment.services.tally import TallyCounts, cadre_tallies_save
from cadres.errors import Refused
from cadres.models import Appointment, AuditEntry, Cadre, Post, Township
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

ClientFor = Callable[[str], Client]


def entry(number: str) -> RosterEntry:
    return RosterEntry.objects.select_related("year", "cadre", "township", "post", "second_post").get(
        cadre__number=number
    )


def post(name: str) -> Post:
    return Post.objects.get(name=name)


def post_pk(name: str) -> int:
    return post(name).pk


def township(code: str) -> Township:
    return Township.objects.get(code=code)


def test_a_post_for_one_has_one_holder(year: AssessmentYear) -> None:
    with pytest.raises(Refused, match="党委书记"):
        roster_save(year=year, rows=[RosterRow("0009", "陈军", "T01", "党委书记")], by=None)
    assert year.roster.count() == 5
    assert not Cadre.objects.filter(number="0009").exists()


def test_a_second_post_counts_as_held_too(year: AssessmentYear) -> None:
    with pytest.raises(Refused, match="乡镇长"):
        roster_save(year=year, rows=[RosterRow("0001", "王伟", "T01", "党委书记", second_post="乡镇长")], by=None)


@pytest.mark.parametrize(("held", "second"), [("党委书记", "乡镇长"), ("乡镇长", "党委书记")])
def test_c4_of_two_posts_the_first_in_the_list_is_scored(year: AssessmentYear, held: str, second: str) -> None:
    year.roster.filter(cadre__number="0002").delete()
    roster_save(year=year, rows=[RosterRow("0001", "王伟", "T01", held, second_post=second)], by=None)
    first, other = entry("0001").posts_in_order
    assert (first.name, other and other.name, entry("0001").is_principal) == ("党委书记", "乡镇长", True)


def test_c4_a_deputy_post_before_a_principal_one_does_not_exist_so_the_principal_counts(year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="0002").delete()
    roster_save(year=year, rows=[RosterRow("0005", "孙强", "T01", "副乡镇长", second_post="乡镇长")], by=None)
    assert (entry("0005").posts_in_order[0].name, entry("0005").is_principal) == ("乡镇长", True)


def test_c4_a_move_within_the_year_is_assessed_where_it_ends(year: AssessmentYear) -> None:
    moved = roster_transfer(
        entry=entry("0005"),
        township=township("T02"),
        posts=(post("人大主席"),),
        on=date(2025, 9, 1),
        by=None,
    )
    assert (moved, entry("0005").township.code, entry("0005").post.name) == (True, "T02", "人大主席")
    assert list(entry("0005").in_charge.all()) == []
    held = Appointment.objects.filter(cadre__number="0005").order_by("start")
    assert [(a.township.code, a.start, a.end) for a in held] == [
        ("T01", date(2025, 1, 1), date(2025, 8, 31)),
        ("T02", date(2025, 9, 1), None),
    ]


def test_c4_a_move_after_the_year_leaves_the_roster(year: AssessmentYear) -> None:
    moved = roster_transfer(
        entry=entry("0005"),
        township=township("T02"),
        posts=(post("副乡镇长"),),
        on=date(2026, 1, 1),
        by=None,
    )
    assert (moved, entry("0005").township.code) == (False, "T01")


def test_a_refused_transfer_leaves_the_appointments_too(year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        roster_transfer(
            entry=entry("0005"),
            township=township("T02"),
            posts=(post("党委书记"),),
            on=date(2025, 9, 1),
            by=None,
        )
    assert [(a.township.code, a.end) for a in Appointment.objects.filter(cadre__number="0005")] == [("T01", None)]


def test_c3_not_graded_code_is_kept(year: AssessmentYear) -> None:
    roster_save(year=year, rows=[RosterRow("0005", "孙强", "T01", "副乡镇长", not_graded="5B")], by=None)
    assert entry("0005").not_graded == "5B"


def test_c3_database_refuses_an_unknown_code(year: AssessmentYear) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        year.roster.update(not_graded="9Z")


def test_database_refuses_a_cadre_twice(year: AssessmentYear) -> None:
    old = entry("0005")
    with pytest.raises(IntegrityError), transaction.atomic():
        RosterEntry.objects.create(year=year, cadre=old.cadre, township=old.township, post=old.post, is_principal=False)


def test_database_refuses_the_same_post_twice(year: AssessmentYear) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        year.roster.filter(cadre__number="0005").update(second_post=post_pk("副乡镇长"))


def test_removal_keeps_person_and_reason(year: AssessmentYear) -> None:
    roster_remove(entry=entry("0005"), reason="调离本县", by=None)
    assert year.roster.count() == 4
    assert Cadre.objects.filter(number="0005").exists()
    assert AuditEntry.objects.get(action="roster_remove").details == {"reason": "调离本县"}


def test_who_has_votes_stays(year: AssessmentYear) -> None:
    cadre_tallies_save(year=year, tallies={("0005", "C1", ""): TallyCounts((9, 1, 0, 0))}, by=None)
    with pytest.raises(Refused, match="孙强"):
        roster_remove(entry=entry("0005"), reason="误录", by=None)


def test_closed_year_keeps_its_roster(year: AssessmentYear) -> None:
    stale = AssessmentYear.objects.get()
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(YearClosed):
        roster_save(year=stale, rows=[RosterRow("0009", "陈军", "T01", "副乡镇长")], by=None)


def test_a_held_post_is_not_vacant(year: AssessmentYear) -> None:
    with pytest.raises(Refused, match="0001"):
        vacancy_state(year=year, township=township("T01"), post=post("党委书记"), reason="待任", by=None)


def test_a_vacancy_ends_when_the_post_is_filled(year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="0002").delete()
    vacancy_state(year=year, township=township("T01"), post=post("乡镇长"), reason="待任", by=None)
    roster_save(year=year, rows=[RosterRow("0009", "陈军", "T01", "乡镇长")], by=None)
    assert not Vacancy.objects.exists()


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["0001", "0002", "0005", "0003", "0004"]),
        ("q=王伟", ["0001", "0003"]),
        ("q=0005", ["0005"]),
        ("state=not-graded", ["0004"]),
        ("state=6A", ["0004"]),
        ("state=5A", []),
        ("sort=-number", ["0005", "0004", "0003", "0002", "0001"]),
    ],
)
def test_list_searches_filters_and_sorts(clerk: Client, year: AssessmentYear, query: str, numbers: list[str]) -> None:
    year.roster.filter(cadre__number="0004").update(not_graded="6A")
    page = clerk.get(f"/years/2025/roster/?{query}")
    assert [row.record.cadre.number for row in page.context["table"].rows] == numbers


def test_list_filters_by_either_post(clerk: Client, year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="0005").update(second_post=post_pk("宣传委员"))
    page = clerk.get(f"/years/2025/roster/?post={post_pk('宣传委员')}")
    assert [row.record.cadre.number for row in page.context["table"].rows] == ["0005"]


@pytest.mark.parametrize("more", [0, 44])
def test_list_costs_the_same_for_one_and_many(
    clerk: Client,
    year: AssessmentYear,
    more: int,
    django_assert_num_queries: Queries,
) -> None:
    rows = [RosterRow(f"1{n:03}", "刘洋", "T02", "副乡镇长", in_charge=("R1",)) for n in range(more)]
    roster_save(year=year, rows=rows, by=None)
    with django_assert_num_queries(9):
        assert len(clerk.get("/years/2025/roster/").context["table"].rows) == 5 + more


def test_entry_form_saves_and_says_so(clerk: Client, year: AssessmentYear) -> None:
    lines = [line.pk for line in year.lines.filter(code__in=["V1", "V2"])]
    data = {"post": post_pk("组织委员"), "second_post": "", "kind": "", "in_charge": lines, "not_graded": "5A"}
    assert clerk.post("/years/2025/roster/cadres/0005/", data)["Location"] == "/years/2025/roster/"
    saved = entry("0005")
    assert (saved.post.name, saved.not_graded, [line.code for line in saved.in_charge.all()]) == (
        "组织委员",
        "5A",
        ["V1", "V2"],
    )


def test_refused_entry_keeps_what_was_typed(clerk: Client, year: AssessmentYear) -> None:
    data = {"post": post_pk("党委书记"), "second_post": "", "kind": "", "not_graded": "6B"}
    page = clerk.post("/years/2025/roster/cadres/0005/", data)
    assert page.context["form"]["not_graded"].value() == "6B"
    assert "青石镇" in str(page.context["form"].non_field_errors())
    assert entry("0005").post.name == "副乡镇长"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": "0001", "name": ""}, "number"),
        ({"number": "0077", "name": ""}, "name"),
        ({"number": "0088", "name": "别人"}, "name"),
        ({"number": "", "name": "无名"}, "number"),
    ],
)
def test_bad_addition_is_told_beside_its_field(
    clerk: Client, year: AssessmentYear, typed: dict[str, object], field: str
) -> None:
    Cadre.objects.create(number="0088", name="周杰")
    data = {"township": township("T01").pk, "post": post_pk("副乡镇长"), **typed}
    page = clerk.post("/years/2025/roster/add/", data)
    assert list(page.context["form"].errors) == [field]
    assert year.roster.count() == 5


def test_the_same_post_twice_is_told_beside_the_second(clerk: Client, year: AssessmentYear) -> None:
    data = {"post": post_pk("副乡镇长"), "second_post": post_pk("副乡镇长")}
    page = clerk.post("/years/2025/roster/cadres/0005/", data)
    assert list(page.context["form"].errors) == ["second_post"]


def test_known_person_is_added_by_number_alone(clerk: Client, year: AssessmentYear) -> None:
    Cadre.objects.create(number="0088", name="周杰")
    clerk.post(
        "/years/2025/roster/add/", {"number": "0088", "township": township("T01").pk, "post": post_pk("副乡镇长")}
    )
    assert entry("0088").cadre.name == "周杰"


def test_transfer_and_removal_by_form(clerk: Client, year: AssessmentYear) -> None:
    data = {"township": township("T02").pk, "post": post_pk("副乡镇长"), "second_post": "", "on": "2025-03-01"}
    clerk.post("/years/2025/roster/cadres/0005/transfer/", data)
    assert entry("0005").township.code == "T02"
    assert clerk.post("/years/2025/roster/cadres/0005/remove/", {"reason": ""}).status_code == 200
    clerk.post("/years/2025/roster/cadres/0005/remove/", {"reason": "误录"})
    assert year.roster.count() == 4


def test_vacancy_is_stated_and_withdrawn(clerk: Client, year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="0002").delete()
    data = {"township": township("T01").pk, "post": post_pk("乡镇长"), "reason": "待任"}
    clerk.post("/years/2025/roster/vacancies/", data)
    vacancy = Vacancy.objects.get()
    clerk.post(f"/years/2025/roster/vacancies/{vacancy.pk}/withdraw/")
    assert not Vacancy.objects.exists()


def test_leader_reads_the_announced_roster_and_changes_nothing(client_for: ClientFor, year: AssessmentYear) -> None:
    leader = client_for("leader")
    assert "roster/add" not in leader.get("/years/2025/roster/").content.decode()
    assert leader.post("/years/2025/roster/cadres/0005/remove/", {"reason": "x"}).status_code == 403
    assert year.roster.count() == 5
