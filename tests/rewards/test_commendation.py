"""表彰奖励 (RULES U5): for who was decided 优秀 or 实绩突出, with document; others only with remarks."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre
from rewards.models import Commendation, CommendationKind
from rewards.selectors.commendation import commendations_of
from rewards.services.commendation import CommendationGiven, commendation_withdraw, commendations_record
from rewards.services.grade import DecisionRow, grade_decisions_save
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.rewards.committee import cadres_decided, outstanding

pytestmark = pytest.mark.django_db

PRAISE = CommendationGiven(CommendationKind.PRAISE, "县委", date(2026, 2, 1), "平委〔2026〕8号")
LIST, NEW = "/years/2025/commendations/", "/years/2025/commendations/new/"
TYPED = {"kind": "praise", "decided_by": "县委", "decided_on": "2026-02-01", "document": "平委〔2026〕8号"}


@pytest.fixture
def year() -> AssessmentYear:
    """One outstanding team of five; by the quota of one, T1-1 is decided 优秀, the others 称职."""
    found = outstanding(ladder(1))
    rows = [DecisionRow(f"T1-{n}", "优秀" if n == 1 else "称职", "县委研究决定") for n in range(1, 6)]
    grade_decisions_save(year=found, rows=rows, by=None)
    return found


def recorded() -> list[str]:
    return sorted(record.code for record in Commendation.objects.filter(withdrawn_at=None))


def test_whoever_was_decided_excellent_or_outstanding_u5(year: AssessmentYear) -> None:
    commendations_record(year=year, subjects=["cadre:T1-1", "team:T1"], given=PRAISE, by=None)
    assert recorded() == ["T1", "T1-1"]


def test_others_only_with_remarks_u5(year: AssessmentYear) -> None:
    with pytest.raises(Refused) as refused:
        commendations_record(year=year, subjects=["cadre:T1-1", "cadre:T1-2"], given=PRAISE, by=None)
    assert (list(refused.value.message_dict), recorded()) == (["remarks"], [])
    commendations_record(year=year, subjects=["cadre:T1-2"], given=replace(PRAISE, remarks="抗洪抢险表现突出"), by=None)
    assert recorded() == ["T1-2"]


def test_a_suggestion_is_not_enough_u5() -> None:
    year = county(ladder(1), phase=Phase.CLOSED)
    with pytest.raises(Refused):
        commendations_record(year=year, subjects=["team:T1"], given=PRAISE, by=None)


@pytest.mark.parametrize(
    ("given", "subjects", "field"),
    [
        (replace(PRAISE, kind=CommendationKind.TITLE), ["cadre:T1-1"], "title"),
        (replace(PRAISE, kind=CommendationKind.PAY_RISE), ["team:T1"], "subjects"),
        (PRAISE, [], "subjects"),
        (PRAISE, ["cadre:T9-1"], "subjects"),
    ],
)
def test_refused_beside_the_field(
    given: CommendationGiven, subjects: list[str], field: str, year: AssessmentYear
) -> None:
    with pytest.raises(Refused) as refused:
        commendations_record(year=year, subjects=subjects, given=given, by=None)
    assert (list(refused.value.message_dict), recorded()) == ([field], [])


def test_not_before_the_year_is_closed() -> None:
    year = outstanding(ladder(1), phase=Phase.COLLECTING)
    with pytest.raises(Refused):
        commendations_record(year=year, subjects=["team:T1"], given=PRAISE, by=None)


def test_the_same_document_twice_is_refused_until_it_is_withdrawn(year: AssessmentYear, office: Account) -> None:
    record = commendations_record(year=year, subjects=["cadre:T1-1"], given=PRAISE, by=office)[0]
    with pytest.raises(Refused):
        commendations_record(year=year, subjects=["cadre:T1-1"], given=PRAISE, by=office)
    commendation_withdraw(record=record, reason="文号有误", by=office)
    with pytest.raises(Refused):
        commendation_withdraw(record=record, reason="再撤一次", by=office)
    commendations_record(year=year, subjects=["cadre:T1-1"], given=PRAISE, by=office)
    found = commendations_of(Cadre.objects.get(number="T1-1"))
    assert [(entry.stands, entry.withdraw_reason) for entry in found] == [(True, ""), (False, "文号有误")]
    actions = AuditEntry.objects.filter(action__startswith="commendation").order_by("number")
    assert list(actions.values_list("action", flat=True)) == [
        "commendations_record",
        "commendation_withdraw",
        "commendations_record",
    ]


def test_excellent_cadres_are_ticked_and_recorded_at_once(year: AssessmentYear, client_for: ClientFor) -> None:
    client = client_for("office")
    assert client.get(NEW).context["form"].ticked == {"cadre:T1-1"}
    answer = client.post(NEW, {**TYPED, "subjects": ["cadre:T1-1", "team:T1"]})
    assert (answer.status_code, answer["Location"], recorded()) == (302, LIST, ["T1", "T1-1"])
    page = client.get(LIST).content.decode()
    assert ("平委〔2026〕8号" in page, page.count("/withdraw/")) == (True, 2)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"document": ""}, ["document"]),
        ({"decided_on": "2099-01-01"}, ["decided_on"]),
        ({"subjects": []}, ["subjects"]),
        ({"subjects": ["cadre:T1-1", "cadre:T1-3"]}, ["remarks"]),
        ({"kind": "title"}, ["title"]),
    ],
)
def test_bad_input_keeps_what_was_typed(
    typed: dict[str, object], wrong: list[str], year: AssessmentYear, client_for: ClientFor
) -> None:
    answer = client_for("office").post(NEW, {**TYPED, "subjects": ["cadre:T1-1"], "decided_by": "县委县政府", **typed})
    assert (answer.status_code, list(answer.context["form"].errors), recorded()) == (200, wrong, [])
    assert "县委县政府" in answer.content.decode()


def test_narrowed_by_the_address(year: AssessmentYear, client_for: ClientFor) -> None:
    commendations_record(year=year, subjects=["cadre:T1-1", "team:T1"], given=PRAISE, by=None)
    merit = replace(PRAISE, kind=CommendationKind.MERIT, document="平委〔2026〕9号")
    commendation_withdraw(
        record=commendations_record(year=year, subjects=["cadre:T1-1"], given=merit, by=None)[0], reason="误录", by=None
    )
    client = client_for("leader")
    queries = ("", "kind=merit", "state=in-force", "state=withdrawn", "township=T1", "q=T1-1", "q=9号")
    shown = [len(client.get(f"{LIST}?{query}").context["table"].rows) for query in queries]
    assert shown == [3, 1, 2, 1, 3, 2, 1]


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_record_and_withdraw_nothing(who: str, year: AssessmentYear, client_for: ClientFor) -> None:
    record = commendations_record(year=year, subjects=["team:T1"], given=PRAISE, by=None)[0]
    client = client_for(who)
    posts = [
        client.post(NEW, {**TYPED, "subjects": ["cadre:T1-1"]}).status_code,
        client.post(f"{LIST}{record.pk}/withdraw/", {"reason": "理由"}).status_code,
    ]
    assert (posts, recorded()) == ([403, 403], ["T1"])
    with pytest.raises(PermissionDenied):
        commendation_withdraw(record=record, reason="理由", by=Account.objects.get(username=who))


def test_list_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    assert list_queries(client_for, 1) == list_queries(client_for, 6, number=2026) == 6


def list_queries(client_for: ClientFor, teams: int, number: int = 2025) -> int:
    year = county(ladder(teams), number=number)
    cadres_decided(year)
    subjects = [f"cadre:T{team}-{seat}" for team in range(1, teams + 1) for seat in range(1, 6)]
    given = replace(PRAISE, decided_on=date(2026, 3, 1), remarks="表现突出")
    commendations_record(year=year, subjects=subjects, given=given, by=None)
    client = client_for("office")
    client.get(f"/years/{number}/commendations/")  # the result is computed once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/years/{number}/commendations/").status_code == 200
    return len(captured)
