"""The pages of measures: search, filters and sort in the address, forms that keep what was typed, who is refused."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment.models import Phase
from rewards.models import MeasureDecision, MeasureReview, MeasureTalk, Verdict
from rewards.presenters.measure import measure_url
from rewards.services.measure_course import TalkRow, measure_talk_record
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.rewards.measures import (
    ADMONITION,
    ALL,
    CADRE_MENDS,
    DISMISSAL,
    PAIR,
    TALK,
    TEAM_MENDS,
    YELLOW,
    case_of,
    decided,
    low_grades,
)

pytestmark = pytest.mark.django_db

LIST, DUE = "/years/2025/measures/", "/measures/due/"
ACCEPT = LIST + "accept/yellow-card/"
REFUSED = ["department", "township", "assessor", "leader", "auditor", "administrator"]
POSTED = {"decided_by": "县委常委会", "decided_on": "2026-02-10", "document": "县委组〔2026〕3号", "deadline": ""}


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-01 10:00+08:00", tick=True):
        yield


def shown(client_for: ClientFor, path: str, who: str = "office") -> str:
    answer = client_for(who).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def links(page: str) -> list[str]:
    """The measures that the list leads to, in its order."""
    table = page.partition("<tbody>")[2]
    return [part.partition('"')[0] for part in table.split('href="/years/2025/measures/')[1:]]


def names(*keys: Any) -> list[str]:
    slugs = {"诫勉": "admonition", "黄牌警告": "yellow-card", "组织处理建议": "organisational"}
    slugs |= {"集体谈话": "collective-talk", "限期改进": "rectification"}
    return [f"{'team' if key.of_team else 'cadre'}/{key.code}/{slugs[key.kind]}/" for key in keys]


def test_the_list_holds_every_proposal_and_pair(client_for: ClientFor) -> None:
    low_grades()
    page = shown(client_for, LIST)
    assert links(page) == names(TALK, TEAM_MENDS, *ALL)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=organisational", [DISMISSAL, PAIR]),
        ("?state=for_decision", [PAIR]),
        ("?state=changed", []),
        ("?township=T2", [TALK, TEAM_MENDS]),
        ("?q=t1-3", [ADMONITION, CADRE_MENDS]),
        ("?kind=rectification&township=T1", [CADRE_MENDS]),
        ("?kind=rectification&sort=-township", [TEAM_MENDS, CADRE_MENDS]),
        ("?kind=nonsense&sort=nonsense&q=T1-5&state=for_decision", [PAIR]),
    ],
)
def test_what_the_address_narrows(client_for: ClientFor, query: str, found: list[Any]) -> None:
    low_grades()
    assert links(shown(client_for, LIST + query)) == names(*found)


def test_the_list_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    one = county(ladder(1), number=2026)
    assert queries(client_for, f"/years/{one.number}/measures/") == 10
    year = low_grades(teams=6)
    for key in (TALK, CADRE_MENDS, YELLOW):
        decided(year, key)
    assert queries(client_for, LIST) == 13  # and the decisions, talks and reviews of what is stored


def queries(client_for: ClientFor, path: str) -> int:
    client = client_for("office")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_a_year_where_nothing_is_proposed(client_for: ClientFor) -> None:
    county(ladder(2))
    assert "empty-state" in shown(client_for, LIST)


def test_a_measure_with_its_whole_course(client_for: ClientFor) -> None:
    year = low_grades()
    decided(year, TALK, verdict=Verdict.DECLINED, reason="班子已调整")
    measure = decided(year, TALK).measure
    row = TalkRow(date(2026, 2, 20), "县委会议室", "李书记", "周敏", "指出问题<b>")
    held = measure_talk_record(measure=measure, row=row, by=None)
    page = shown(client_for, measure_url("rewards:measure", year, TALK), "leader")
    texts = ("班子已调整", "县委组〔2026〕3号", "李书记", "指出问题&lt;b&gt;", f"measures/talks/{held.pk}/")
    assert [text in page for text in texts] == [True] * 5
    assert ["/decide/" in page, "/withdraw/" in page] == [False, False]  # a leader reads
    sheet = shown(client_for, f"{LIST}talks/{held.pk}/", "leader")
    assert [text in sheet for text in ("talk-sheet", "李书记", "周敏", "2026-02-20")] == [True] * 4


def test_why_the_committee_is_asked_about_a_pair(client_for: ClientFor) -> None:
    year = low_grades()
    page = shown(client_for, measure_url("rewards:measure_decide", year, PAIR))
    assert [text in page for text in ("2023", "2024", "notice-warning")] == [True] * 3


def test_a_decision_is_posted(client_for: ClientFor) -> None:
    year = low_grades()
    address = measure_url("rewards:measure_decide", year, DISMISSAL)
    answer = client_for("office").post(address, {**POSTED, "verdict": "accepted", "taken": "removal", "reason": ""})
    assert (answer.status_code, answer["Location"]) == (302, measure_url("rewards:measure", year, DISMISSAL))
    assert str(case_of(year, DISMISSAL).state) == "accepted"


def test_the_deadline_is_prefilled_from_today_u2(client_for: ClientFor) -> None:
    year = low_grades()
    assert 'value="2026-09-01"' in shown(client_for, measure_url("rewards:measure_decide", year, CADRE_MENDS))
    assert 'value="2026-09-01"' not in shown(client_for, measure_url("rewards:measure_decide", year, ADMONITION))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"verdict": "accepted"}, "taken"),
        ({"verdict": "declined", "reason": ""}, "reason"),
        ({"verdict": "accepted", "taken": "removal", "decided_on": "2027-01-01"}, "decided_on"),
        ({"verdict": "accepted", "taken": "removal", "decided_on": "2024-12-31"}, "decided_on"),
        ({"verdict": "accepted", "taken": "removal", "decided_by": ""}, "decided_by"),
        ({"verdict": "accepted", "taken": "team_adjustment"}, "taken"),
        ({"verdict": "nonsense"}, "verdict"),
    ],
)
def test_a_refused_decision_keeps_what_was_typed(client_for: ClientFor, changes: dict[str, str], field: str) -> None:
    year = low_grades()
    address = measure_url("rewards:measure_decide", year, DISMISSAL)
    answer = client_for("office").post(address, {**POSTED, "taken": "", "reason": "", **changes})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert "县委组〔2026〕3号" in answer.content.decode()
    assert MeasureDecision.objects.count() == 0


def test_all_of_a_kind_with_one_document(client_for: ClientFor) -> None:
    low_grades()
    assert ACCEPT in shown(client_for, LIST)
    page = shown(client_for, ACCEPT)
    assert [page.count(f'value="cadre:{number}"') for number in ("T1-4", "T1-5")] == [1, 1]
    posted = {**POSTED, "subjects": ["cadre:T1-4", "cadre:T1-5"]}
    assert client_for("office").post(ACCEPT, posted)["Location"] == LIST
    assert list(MeasureDecision.objects.values_list("taken", "document")) == [("yellow_card", "县委组〔2026〕3号")] * 2
    assert "empty-state" in shown(client_for, ACCEPT)


def test_nobody_ticked(client_for: ClientFor) -> None:
    low_grades()
    answer = client_for("office").post(ACCEPT, POSTED)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["subjects"])


def test_a_talk_and_a_review_are_posted_and_withdrawn(client_for: ClientFor) -> None:
    year = low_grades()
    decided(year, CADRE_MENDS)
    client = client_for("office")
    talk = {"held_on": "2026-02-20", "place": "县委", "talker": "李书记", "recorder": "周敏", "content": "一\r\n二"}
    review = {"held_on": "2026-03-01", "outcome": "extended", "deadline": "2026-12-31", "remarks": "部分完成"}
    for view, posted in (("talk_new", talk), ("review_new", review)):
        address = measure_url(f"rewards:measure_{view}", year, CADRE_MENDS)
        assert client.post(address, posted).status_code == 302
        incomplete = client.post(address, {**posted, "held_on": ""})
        assert (incomplete.status_code, list(incomplete.context["form"].errors)) == (200, ["held_on"])
    assert MeasureTalk.objects.get().content == "一\n二"
    assert case_of(year, CADRE_MENDS).due == date(2026, 12, 31)
    records = (("talk", MeasureTalk.objects.get()), ("review", MeasureReview.objects.get()))
    for name, record in records:
        address = reverse(f"rewards:measure_{name}_withdraw", kwargs={"year": 2025, name: record.pk})
        assert client.post(address, {"reason": ""}).status_code == 200
        assert client.post(address, {"reason": "误录"}).status_code == 302
        assert client.get(address).status_code == 404
    assert case_of(year, CADRE_MENDS).due == date(2026, 8, 10)


@pytest.mark.parametrize("who", REFUSED)
def test_a_direct_post_of_others_is_refused(client_for: ClientFor, who: str) -> None:
    year = low_grades(phase=Phase.PUBLISHED)
    decided(year, CADRE_MENDS)
    client = client_for(who)
    addresses = [
        measure_url(f"rewards:measure_{view}", year, CADRE_MENDS) for view in ("decide", "talk_new", "review_new")
    ]
    posted = {**POSTED, "verdict": "declined", "reason": "无"}
    assert [client.post(address, posted).status_code for address in (*addresses, ACCEPT)] == [403] * 4
    assert MeasureDecision.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    [
        "team/T1/yellow-card/",
        "cadre/T1-1/admonition/",
        "cadre/nobody/admonition/",
        "somebody/T1/admonition/",
        "cadre/T1-3/nonsense/",
        "cadre/T1-3/admonition/talks/new/",
        "accept/organisational/",
        "talks/1/",
    ],
)
def test_what_is_not_there(client_for: ClientFor, address: str) -> None:
    low_grades()
    assert client_for("office").get(LIST + address).status_code == 404


def test_the_reminder_list_and_the_home_page(client_for: ClientFor) -> None:
    year = low_grades()
    decided(year, TALK)
    decided(year, CADRE_MENDS, deadline=date(2026, 2, 28))
    page = shown(client_for, DUE)
    heads = [part.partition("</table>")[0] for part in page.split('<table class="data-table measure-table">')[1:]]
    assert [head.count("<tr>") - 1 for head in heads] == [1, 6, 1]  # overdue, to be decided, talks
    home = shown(client_for, "/")
    assert home.count(f'href="{DUE}"') == 2
    assert shown(client_for, "/", "leader").count(f'href="{DUE}"') == 0


def test_nothing_waits(client_for: ClientFor) -> None:
    county(ladder(1))
    assert "empty-state" in shown(client_for, DUE)
