"""考评预告: public from the announcement on, with nothing private in it (RULES Y2)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, Notice, Phase
from assessment.presenters.notice import notice_page
from assessment.services.notice import notice_save
from assessment.services.roster import RosterRow, roster_save
from assessment.services.team import MemberRow, TeamRow, team_save
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from tests.county import county, ladder, year_in_phase

ClientFor = Callable[[str], Client]

FIELDS: dict[str, Any] = {
    "field_from": date(2025, 12, 8),
    "field_until": date(2025, 12, 19),
    "contact": "周敏",
    "phone": "0700-12380",
}


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def anybody() -> Client:
    """A browser that is not signed in and reads English."""
    client = Client()
    client.cookies["django_language"] = "en"
    return client


def test_y2_notice_is_saved_and_corrected_with_both_texts_in_the_trail(draft: AssessmentYear, office: Account) -> None:
    notice_save(year=draft, **FIELDS, by=office)
    notice_save(year=draft, **FIELDS | {"phone": "0700-12381"}, by=office)
    notice_save(year=draft, **FIELDS | {"phone": "0700-12381"}, by=office)
    assert Notice.objects.get().phone == "0700-12381"
    entries = AuditEntry.objects.filter(action="notice_save").order_by("number")
    assert [entry.details["changed"] for entry in entries] == [
        [],
        [{"subject": "2025", "fields": [["phone", "0700-12380", "0700-12381"]]}],
    ]


@pytest.mark.parametrize(
    ("phase", "open_"),
    [(Phase.ANNOUNCED, True), (Phase.CLOSED, True), (Phase.PUBLISHED, True), (Phase.ARCHIVED, False)],
)
def test_notice_is_corrected_until_the_archive(draft: AssessmentYear, phase: Phase, open_: bool) -> None:
    year_in_phase(draft, phase)
    if open_:
        notice_save(year=draft, **FIELDS, by=None)
    else:
        with pytest.raises(YearClosed):
            notice_save(year=draft, **FIELDS, by=None)
    assert Notice.objects.exists() == open_


def test_field_work_does_not_end_before_it_begins(draft: AssessmentYear) -> None:
    with pytest.raises(Refused, match="ends before it begins"):
        notice_save(year=draft, **FIELDS | {"field_until": date(2025, 12, 7)}, by=None)
    notice_save(year=draft, **FIELDS | {"field_until": date(2025, 12, 8)}, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.update(field_until=date(2025, 12, 7))


def test_only_the_office_writes_the_notice(draft: AssessmentYear, leader: Account) -> None:
    with pytest.raises(PermissionDenied):
        notice_save(year=draft, **FIELDS, by=leader)


def test_y2_notice_tells_targets_time_subjects_teams_and_contacts(
    draft: AssessmentYear, assessor: Account, anybody: Client
) -> None:
    notice_save(year=draft, **FIELDS, remarks="欢迎监督", by=None)
    members = (MemberRow("assessor", is_head=True),)
    team_save(year=draft, row=TeamRow("考评一组", "罗斌", "0700-22", ("T01",), members), by=None)
    year_in_phase(draft, Phase.ANNOUNCED)
    page = anybody.get("/notice/2025/").context["page"]
    assert [(block.name, block.points, len(block.items)) for block in page.blocks] == [
        ("Key targets", "60", 3),  # 三线农业 is one target of three lines
        ("Regular targets", "14", 3),
        ("Veto targets", "16", 5),
        ("Evaluations", "60", 4),
    ]
    assert [(item.name, item.points) for item in page.blocks[0].items] == [
        ("财政收入", "12"),
        ("三线农业", "36"),
        ("项目建设", "12"),
    ]
    assert (page.team_points, page.cadre_points) == ("150", "100")
    assert [(unit.name, [person.name for person in unit.people]) for unit in page.townships] == [
        ("青石镇", ["王伟", "李娜", "孙强"]),
        ("柳河镇", ["王伟", "赵敏"]),
    ]
    words = anybody.get("/notice/2025/").content.decode()
    for word in ("2025-12-08", "2025-12-19", "周敏", "0700-12380", "欢迎监督", "考评一组", "0700-22", "assessor"):
        assert word in words


def test_notice_names_nobody_by_number_and_no_one_who_is_not_graded(draft: AssessmentYear, anybody: Client) -> None:
    rows = [
        RosterRow("7654321", "周立", "T01", "组织委员"),
        RosterRow("7654322", "吴静", "T01", "副乡镇长", not_graded="5B"),
    ]
    roster_save(year=draft, rows=rows, by=None)
    year_in_phase(draft, Phase.ANNOUNCED)
    words = anybody.get("/notice/2025/").content.decode()
    assert "周立" in words
    assert [word for word in ("7654321", "7654322", "吴静") if word in words] == []


def test_notice_leads_a_stranger_nowhere(draft: AssessmentYear, anybody: Client) -> None:
    """The sign-in page is all there is beyond: the home page sends there."""
    year_in_phase(draft, Phase.COLLECTING)
    links = re.findall(r'<a[^>]*href="([^"]*)"', anybody.get("/notice/2025/").content.decode())
    assert set(links) == {"#content", "/"}


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase != Phase.DRAFT])
def test_notice_is_there_for_everybody_once_announced(draft: AssessmentYear, phase: Phase, anybody: Client) -> None:
    assert anybody.get("/notice/2025/").status_code == 404
    year_in_phase(draft, phase)
    assert anybody.get("/notice/2025/").status_code == 200
    assert anybody.get("/notice/2024/").status_code == 404


def test_draft_notice_is_not_even_the_offices_to_publish(draft: AssessmentYear, client_for: ClientFor) -> None:
    assert client_for("office").get("/notice/2025/").status_code == 404


@pytest.mark.parametrize(
    ("phase", "years"),
    [(Phase.DRAFT, []), (Phase.ANNOUNCED, [2025]), (Phase.COLLECTING, [2025]), (Phase.CLOSED, [])],
)
def test_sign_in_page_points_to_the_notice_of_a_year_under_way(
    draft: AssessmentYear, phase: Phase, years: list[int], anybody: Client
) -> None:
    year_in_phase(draft, phase)
    links = re.findall(r'href="(/notice/\d+/)"', anybody.get("/sign-in/").content.decode())
    assert links == [f"/notice/{number}/" for number in years]


def test_form_says_beside_the_field_what_is_wrong(client_for: ClientFor, draft: AssessmentYear) -> None:
    clerk = client_for("office")
    clerk.cookies["django_language"] = "en"
    typed = {"field_from": "2025-12-08", "field_until": "2025-12-01", "contact": "周敏", "phone": "0700-12380"}
    form = clerk.post("/years/2025/notice/", typed).context["form"]
    assert form.errors == {"field_until": ["The field work ends before it begins."]}
    assert form["contact"].value() == "周敏"
    assert clerk.post("/years/2025/notice/", typed | {"field_until": "2025-12-19"}).status_code == 302
    assert Notice.objects.get().field_until == date(2025, 12, 19)


@pytest.mark.parametrize("teams", [1, 12])
def test_notice_asks_the_database_no_more_often_for_many_townships(
    db: None, anybody: Client, teams: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    year = county(ladder(teams), phase=Phase.ANNOUNCED)
    townships = tuple(year.townships.values_list("code", flat=True))
    team_save(year=year, row=TeamRow("考评一组", townships=townships), by=None)
    with django_assert_num_queries(8):
        anybody.get("/notice/2025/")


def test_people_stand_in_the_order_of_their_posts(draft: AssessmentYear) -> None:
    """0009 is both: the post that comes first in the county's list decides (RULES C4)."""
    draft.roster.filter(township__code="T02").delete()
    rows = [
        RosterRow("0008", "陈静", "T02", "党委副书记"),
        RosterRow("0009", "何健", "T02", "乡镇长", second_post="党委书记"),
    ]
    roster_save(year=draft, rows=rows, by=None)
    people = notice_page(draft).townships[1].people
    assert [(person.name, [post.name for post in person.posts]) for person in people] == [
        ("何健", ["党委书记", "乡镇长"]),
        ("陈静", ["党委副书记"]),
    ]
