"""征求意见: by source and direction, who records and reads; beside the result, never scored (RULES Y6)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessment.errors import YearClosed
from assessment.models import AssessmentYear, Direction, Phase, SolicitedOpinion, Source
from assessment.record_places import RecordSubject
from assessment.services.opinion import OpinionRow, opinion_correct, opinion_record, opinion_withdraw
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre
from tests.assessment.records import BAD_FIELDS, DAY, SECRET, team_of, township
from tests.conftest import ClientFor
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

URL = "/years/2025/opinions/"
NEW = f"{URL}new/"
GIVER = "刘副县长"


def row_about(code: str, number: str = "", content: str = SECRET) -> OpinionRow:
    """From 刘副县长, of a team, or of one of its cadres."""
    cadre = Cadre.objects.get(number=number) if number else None
    return OpinionRow(RecordSubject(township(code), cadre), Source.LEADER, Direction.DOWN, DAY, content, GIVER)


@pytest.fixture
def team(year: AssessmentYear, assessor: Account) -> None:
    """The cast's assessor goes to 青石镇."""
    team_of(year, "第一考评组", ["T01"], assessor)


@pytest.fixture
def opinion(year: AssessmentYear, team: None, assessor: Account) -> SolicitedOpinion:
    """Of the team of 青石镇, recorded by the assessor."""
    return opinion_record(year=year, row=row_about("T01"), by=assessor)


def typed(**fields: object) -> dict[str, object]:
    data = {
        "subject": "cadre:0005",
        "source": "conduct",
        "direction": "up",
        "given_by": "",
        "dated": "2025-12-11",
        "content": "办事公道",
    }
    return data | fields


# --- recording -----------------------------------------------------------------------------------


def test_an_opinion_of_a_team_and_one_of_a_cadre(year: AssessmentYear, office: Account) -> None:
    opinion_record(year=year, row=row_about("T01"), by=office)
    opinion_record(year=year, row=row_about("T02", "0003"), by=office)
    stored = SolicitedOpinion.objects.order_by("pk").values_list("township__code", "cadre__number", "given_by")
    assert list(stored) == [("T01", None, GIVER), (None, "0003", GIVER)]


def test_the_database_refuses_an_opinion_of_nobody_or_of_both(opinion: SolicitedOpinion) -> None:
    for about in ({"township": None}, {"cadre": Cadre.objects.get(number="0001")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SolicitedOpinion.objects.update(**about)


def test_a_correction_is_the_authors_and_a_withdrawal_keeps_the_words(
    opinion: SolicitedOpinion, assessor: Account, office: Account
) -> None:
    with pytest.raises(PermissionDenied):
        opinion_correct(opinion=opinion, row=row_about("T01", content="改"), by=office)
    opinion_correct(opinion=opinion, row=row_about("T01", "0005", content=" 班子有凝聚力 "), by=assessor)
    with pytest.raises(Refused):
        opinion_withdraw(opinion=opinion, reason="", by=office)
    opinion_withdraw(opinion=opinion, reason="误记", by=office)
    stored = SolicitedOpinion.objects.get()
    assert (stored.township, stored.cadre and stored.cadre.number) == (None, "0005")
    assert (stored.content, stored.withdrawn_reason) == ("班子有凝聚力", "误记")


def test_an_own_opinion_cannot_be_moved_to_another_teams_township(opinion: SolicitedOpinion, assessor: Account) -> None:
    with pytest.raises(PermissionDenied):
        opinion_correct(opinion=opinion, row=row_about("T02"), by=assessor)
    assert SolicitedOpinion.objects.get().township == township("T01")


def test_after_the_year_is_closed_nothing_changes(
    year: AssessmentYear, opinion: SolicitedOpinion, office: Account, assessor: Account
) -> None:
    year = year_in_phase(year, Phase.CLOSED)
    opinion = SolicitedOpinion.objects.get()
    with pytest.raises(YearClosed):
        opinion_record(year=year, row=row_about("T01"), by=office)
    with pytest.raises(YearClosed):
        opinion_withdraw(opinion=opinion, reason="误记", by=office)
    with pytest.raises(PermissionDenied):
        opinion_correct(opinion=opinion, row=row_about("T01"), by=assessor)


def test_the_trail_holds_no_words(opinion: SolicitedOpinion, assessor: Account) -> None:
    opinion_correct(opinion=opinion, row=row_about("T01", "0005"), by=assessor)
    opinion_withdraw(opinion=opinion, reason="刘副县长收回", by=assessor)
    entries = AuditEntry.objects.filter(action__startswith="opinion").order_by("number")
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        (f"opinion_{verb}", f"2025 青石镇 #{opinion.pk}", {}) for verb in ("record", "correct", "withdraw")
    ]


# --- pages ---------------------------------------------------------------------------------------


def test_an_opinion_by_form_and_its_correction(client_for: ClientFor, year: AssessmentYear, team: None) -> None:
    client = client_for("assessor")
    assert client.post(NEW, typed())["Location"] == URL
    stored = SolicitedOpinion.objects.get()
    correct = f"{URL}{stored.pk}/correct/"
    form = client.get(correct).context["form"]
    assert [form[name].value() for name in ("subject", "source", "content")] == ["cadre:0005", "conduct", "办事公道"]
    assert client.post(correct, typed(subject="team:T01"))["Location"] == URL
    stored.refresh_from_db()
    assert (stored.township, stored.cadre) == (township("T01"), None)


def test_an_assessor_is_offered_own_townships_alone(client_for: ClientFor, year: AssessmentYear, team: None) -> None:
    groups = client_for("assessor").get(NEW).context["form"].fields["subject"].widget.choices
    offered = {label: [token for token, _text in tokens] for label, tokens in list(groups)[1:]}
    assert offered == {"青石镇": ["team:T01", "cadre:0001", "cadre:0002", "cadre:0005"]}


def test_another_teams_township_by_a_direct_post_is_refused_and_on_record(
    client_for: ClientFor, year: AssessmentYear, opinion: SolicitedOpinion
) -> None:
    client = client_for("assessor")
    subjects = [typed(subject="team:T02"), typed(subject="cadre:0003")]
    assert [client.post(NEW, data).status_code for data in subjects] == [403, 403]
    assert client.post(f"{URL}{opinion.pk}/correct/", typed(subject="team:T02")).status_code == 403
    refused = AuditEntry.objects.filter(refused=True).values_list("actor_name", "subject")
    assert list(refused) == [("assessor", "assessment.record_opinion 2025 柳河镇")] * 3
    assert SolicitedOpinion.objects.get().content == SECRET


@pytest.mark.parametrize("visitor", ["department", "township", "leader", "auditor", "administrator"])
def test_nobody_else_records_or_lists(
    client_for: ClientFor, year: AssessmentYear, opinion: SolicitedOpinion, visitor: str
) -> None:
    year_in_phase(year, Phase.PUBLISHED)
    client = client_for(visitor)
    addresses = [NEW, f"{URL}{opinion.pk}/correct/", f"{URL}{opinion.pk}/withdraw/"]
    assert [client.post(address, typed(reason="x")).status_code for address in addresses] == [403, 403, 403]
    assert client.get(URL).status_code == 403
    assert AuditEntry.objects.filter(refused=True).count() == 4


def test_an_assessor_lists_the_own_the_office_all(
    client_for: ClientFor, year: AssessmentYear, opinion: SolicitedOpinion, office: Account
) -> None:
    opinion_record(year=year, row=row_about("T01", content="办公室记的"), by=office)
    seen = {who: client_for(who).get(URL).content.decode() for who in ("office", "assessor")}
    assert ["办公室记的" in seen["office"], SECRET in seen["office"], GIVER in seen["office"]] == [True, True, True]
    assert ["办公室记的" in seen["assessor"], SECRET in seen["assessor"]] == [False, True]


TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        *BAD_FIELDS,
        ("content", " ", "required"),
        ("subject", "", "required"),
        ("subject", "team:T77", None),
        ("subject", "cadre:9999", None),
        ("subject", "T01", None),
        ("subject", "team:\x00", "null_characters_not_allowed"),
        ("source", "friend", "invalid_choice"),
        ("direction", "", "required"),
        ("given_by", "长" * 61, "max_length"),
        ("dated", TOMORROW, None),
        ("dated", "2024-12-31", None),
        ("dated", "gestern", "invalid"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_kept(
    clerk: Client, year: AssessmentYear, field: str, value: str, code: str | None
) -> None:
    page = clerk.post(NEW, typed(**{field: value}))
    errors = page.context["form"].errors.as_data()
    assert {name: [error.code for error in found] for name, found in errors.items()} == {field: [code]}
    assert page.context["form"][field].value() == value
    assert SolicitedOpinion.objects.count() == 0


def test_opinions_are_found_by_township_source_direction_and_words(
    clerk: Client, year: AssessmentYear, office: Account
) -> None:
    rows = [
        row_about("T01", content="一"),
        replace(row_about("T01", "0005", content="二"), source=Source.RETIRED, direction=Direction.UP),
        replace(row_about("T02", "0003", content="三"), source=Source.COUNTERPART, direction=Direction.ALONG),
    ]
    for row in rows:
        opinion_record(year=year, row=row, by=office)

    def found(query: str) -> str:
        return "".join(row.record.content for row in clerk.get(f"{URL}?{query}").context["table"].rows)

    assert found("township=T01&sort=source") == "一二"
    assert found("township=T02") == "三"
    assert found("source=retired") == "二"
    assert found("direction=along") == "三"
    assert found("q=柳河") == "三"
    assert found("q=孙强") == "二"
    assert found("sort=-subject") == "三二一"
    assert found("source=nobody&q=%00&sort=subject") == "一二三"


def test_a_cadre_who_left_the_roster_stays_in_the_list(clerk: Client, year: AssessmentYear, office: Account) -> None:
    opinion = opinion_record(year=year, row=row_about("T01", "0005"), by=office)
    year.roster.filter(cadre__number="0005").delete()
    assert "孙强（0005）" in clerk.get(URL).content.decode()
    opinion_withdraw(opinion=opinion, reason="已调离", by=office)
    assert AuditEntry.objects.latest("number").subject == f"2025 #{opinion.pk}"


def test_pages_of_fifty(clerk: Client, year: AssessmentYear, office: Account) -> None:
    for number in range(51):
        opinion_record(year=year, row=row_about("T01", content=str(number)), by=office)
    assert [len(clerk.get(f"{URL}?page={page}").context["table"].page.object_list) for page in (1, 2)] == [50, 1]


@pytest.mark.parametrize("more", [0, 20])
def test_list_costs_the_same_for_one_and_many(
    clerk: Client, year: AssessmentYear, office: Account, more: int, django_assert_num_queries: Queries
) -> None:
    for number in range(more + 1):
        opinion_record(year=year, row=row_about("T01", "0005" * (number % 2)), by=office)
    with django_assert_num_queries(7):
        clerk.get(URL)
    with django_assert_num_queries(6):
        clerk.get(NEW)
