"""反馈记录 (RULES U4): who has been told, how, when; recorded for many at once; withdrawn with a reason."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Township
from rewards.models import FeedbackRecord, FeedbackWay
from rewards.selectors.feedback import FeedbackCount, feedback_count, feedback_of, feedback_rows
from rewards.services.feedback import FeedbackGiven, feedback_record, feedback_withdraw
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 20)
LETTER = FeedbackGiven(FeedbackWay.LETTER, DAY, "组织部 周敏")
TALK = FeedbackGiven(FeedbackWay.COLLECTIVE_TALK, DAY, "县委书记 高建国")
LIST, NEW = "/years/2025/feedback/", "/years/2025/feedback/new/"
TYPED = {"way": "letter", "given_on": "2026-01-20", "given_by": "组织部 周敏"}


@pytest.fixture
def year() -> AssessmentYear:
    """Two teams of five, published."""
    return county(ladder(2), phase=Phase.PUBLISHED)


def told(year: AssessmentYear) -> list[str]:
    return [row.subject.token for row in feedback_rows(year) if row.told]


def text(client_for: ClientFor, path: str, who: str = "office") -> str:
    return " ".join(client_for(who).get(path).content.decode().split())


def test_everybody_is_counted_u4(year: AssessmentYear) -> None:
    assert feedback_count(feedback_rows(year)) == FeedbackCount(0, 2, 0, 10)
    feedback_record(year=year, subjects=["team:T2", "cadre:T1-1", "cadre:T1-3"], given=LETTER, by=None)
    assert feedback_count(feedback_rows(year)) == FeedbackCount(1, 2, 2, 10)
    assert told(year) == ["cadre:T1-1", "cadre:T1-3", "team:T2"]  # as townships and roster are listed


def test_all_or_none_is_recorded(year: AssessmentYear) -> None:
    feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=None)
    with pytest.raises(Refused) as twice:
        feedback_record(year=year, subjects=["team:T1", "team:T2"], given=LETTER, by=None)
    assert (list(twice.value.message_dict), told(year)) == (["subjects"], ["team:T1"])


@pytest.mark.parametrize("subjects", [[], ["team:T9"], ["team:T1", "cadre:T1"], ["T1"]])
def test_only_teams_and_cadres_of_the_year(subjects: list[str], year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        feedback_record(year=year, subjects=subjects, given=LETTER, by=None)
    assert told(year) == []


@pytest.mark.parametrize(
    ("phase", "given", "recorded"),
    [
        (Phase.COLLECTING, TALK, False),
        (Phase.CLOSED, TALK, True),
        (Phase.CLOSED, LETTER, False),
        (Phase.CONFIRMED, LETTER, False),
        (Phase.PUBLISHED, LETTER, True),
        (Phase.ARCHIVED, LETTER, True),
    ],
)
def test_told_once_published_talked_to_once_closed_y1(phase: Phase, given: FeedbackGiven, recorded: bool) -> None:
    year = county(ladder(1), phase=phase)
    if recorded:
        feedback_record(year=year, subjects=["team:T1"], given=given, by=None)
    else:
        with pytest.raises(Refused):
            feedback_record(year=year, subjects=["team:T1"], given=given, by=None)
    assert FeedbackRecord.objects.count() == int(recorded)


def test_withdrawn_with_a_reason_it_stays_and_counts_no_longer(year: AssessmentYear, office: Account) -> None:
    record = feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=office)[0]
    with pytest.raises(Refused):
        feedback_withdraw(record=record, reason="  ", by=office)
    feedback_withdraw(record=record, reason="送错单位", by=office)
    row = feedback_rows(year)[0]
    assert (row.told, [gone.withdraw_reason for gone in row.withdrawn]) == (False, ["送错单位"])
    with pytest.raises(Refused):
        feedback_withdraw(record=record, reason="再撤一次", by=office)
    feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=office)  # can be recorded again
    assert [found.stands for found in feedback_of(Township.objects.get(code="T1"))] == [True, False]


def test_what_a_person_was_told_over_the_years(year: AssessmentYear) -> None:
    earlier = county(ladder(1), number=2024, phase=Phase.PUBLISHED)
    feedback_record(year=earlier, subjects=["cadre:T1-1"], given=FeedbackGiven(FeedbackWay.TALK, DAY, "甲"), by=None)
    feedback_record(year=year, subjects=["cadre:T1-1", "cadre:T1-2"], given=LETTER, by=None)
    found = feedback_of(Cadre.objects.get(number="T1-1"))
    assert [(record.year.number, record.way) for record in found] == [(2025, "letter"), (2024, "talk")]


def test_both_are_in_the_audit_trail(year: AssessmentYear, office: Account) -> None:
    record = feedback_record(year=year, subjects=["team:T1", "cadre:T1-1"], given=LETTER, by=office)[0]
    feedback_withdraw(record=record, reason="送错单位", by=office)
    entries = AuditEntry.objects.filter(action__startswith="feedback").order_by("number")
    assert list(entries.values_list("action", "details")) == [
        (
            "feedback_record",
            {"way": "letter", "given_on": "2026-01-20", "subjects": ["T1镇", "王伟（T1-1）"]},
        ),
        (
            "feedback_withdraw",
            {"way": "letter", "given_on": "2026-01-20", "subjects": ["T1镇"], "reason": "送错单位"},
        ),
    ]


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_record_and_withdraw_nothing(who: str, year: AssessmentYear, client_for: ClientFor) -> None:
    record = feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=None)[0]
    client = client_for(who)
    posts = [
        client.post(NEW, {**TYPED, "subjects": ["team:T2"]}).status_code,
        client.post(f"{LIST}{record.pk}/withdraw/", {"reason": "理由"}).status_code,
    ]
    assert (posts, told(year)) == ([403, 403], ["team:T1"])
    by = Account.objects.get(username=who)
    for refused in (
        lambda: feedback_record(year=year, subjects=["team:T2"], given=LETTER, by=by),
        lambda: feedback_withdraw(record=record, reason="理由", by=by),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_recorded_for_all_teams_on_one_page(year: AssessmentYear, client_for: ClientFor) -> None:
    client = client_for("office")
    assert client.get(f"{NEW}?who=teams").context["form"].ticked == {"team:T1", "team:T2"}
    answer = client.post(NEW, {**TYPED, "subjects": ["team:T1", "team:T2"]})
    assert (answer.status_code, answer["Location"], told(year)) == (302, LIST, ["team:T1", "team:T2"])
    assert client.get(f"{NEW}?who=teams-not-yet").context["form"].ticked == frozenset()
    assert len(client.get(f"{NEW}?who=cadres-not-yet").context["form"].ticked) == 10
    assert client.get(f"{NEW}?subject=cadre:T2-1").context["form"].ticked == {"cadre:T2-1"}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"given_by": ""}, ["given_by"]),
        ({"given_on": "2099-01-01"}, ["given_on"]),
        ({"given_on": "2024-12-31"}, ["given_on"]),
        ({"way": "rumour"}, ["way"]),
        ({"subjects": []}, ["subjects"]),
        ({"subjects": ["team:T9"]}, ["subjects"]),
    ],
)
def test_bad_input_keeps_what_was_typed(
    typed: dict[str, object], wrong: list[str], year: AssessmentYear, client_for: ClientFor
) -> None:
    given = {**TYPED, "subjects": ["team:T1"], "remarks": "会议室当面送达", **typed}
    answer = client_for("office").post(NEW, given)
    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["form"].errors), told(year)) == (200, wrong, [])
    assert ("会议室当面送达" in page, 'value="team:T1" checked' in " ".join(page.split())) == (
        True,
        "subjects" not in typed,
    )


def test_before_the_results_are_published_only_collective_talks_are_offered(client_for: ClientFor) -> None:
    county(ladder(1), phase=Phase.CLOSED)
    form = client_for("office").get(NEW).context["form"]
    assert [value for value, _label in form.fields["way"].choices] == ["collective_talk"]
    answer = client_for("office").post(NEW, {**TYPED, "subjects": ["team:T1"]})
    assert list(answer.context["form"].errors) == ["way"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 12),
        ("kind=team", 2),
        ("state=told", 2),
        ("state=not-yet", 10),
        ("kind=cadre&state=told", 1),
        ("way=letter", 2),
        ("way=talk", 0),
        ("township=T2", 6),
        ("q=T1-", 5),
        ("q=T2 王伟", 5),
        ("state=nonsense&kind=team", 2),
    ],
)
def test_narrowed_by_the_address(query: str, shown: int, year: AssessmentYear, client_for: ClientFor) -> None:
    feedback_record(year=year, subjects=["team:T1", "cadre:T2-1"], given=LETTER, by=None)
    table = client_for("office").get(f"{LIST}?{query}").context["table"]
    assert len(table.rows) == shown


def test_who_was_not_told_stands_first_when_sorted(year: AssessmentYear, client_for: ClientFor) -> None:
    feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=None)
    rows = client_for("office").get(f"{LIST}?sort=told").context["table"].rows
    tokens = [row.record.subject.token for row in rows]
    assert (tokens[0], tokens[-1]) == ("cadre:T1-1", "team:T1")


def test_leader_reads_and_is_offered_nothing_to_do(year: AssessmentYear, client_for: ClientFor) -> None:
    feedback_record(year=year, subjects=["team:T1"], given=LETTER, by=None)
    page = text(client_for, LIST, "leader")
    assert ("组织部 周敏" in page, "withdraw/" in page, NEW in page) == (True, False, False)


def test_list_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    assert list_queries(client_for, 1) == list_queries(client_for, 8, number=2026) == 8


def list_queries(client_for: ClientFor, teams: int, number: int = 2025) -> int:
    year = year_in_phase(county(ladder(teams), number=number), Phase.PUBLISHED)
    everybody = [row.subject.token for row in feedback_rows(year)]
    given = FeedbackGiven(FeedbackWay.LETTER, date(2026, 3, 1), "组织部")
    feedback_record(year=year, subjects=everybody, given=given, by=None)
    client = client_for("office")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/years/{number}/feedback/").status_code == 200
    return len(captured)
