"""处分记录 with document and dates: a bar to 优秀 while in force (RULES G4); revoked with a reason, never deleted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from assessment.scheme import scheme_with
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, DisciplinaryRecord
from cadres.selectors.discipline import documents_in_force
from cadres.services.discipline import DisciplineRow, discipline_record, discipline_revoke
from scoring.engine import BarCode
from scoring.results import current_result
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.factories import CadreFactory

pytestmark = pytest.mark.django_db

DOCUMENT = "县纪〔2025〕3号"


def row(start: date = date(2025, 3, 1), end: date | None = None, document: str = DOCUMENT) -> DisciplineRow:
    return DisciplineRow("party_warning", document, "县纪委", start, end)


@pytest.fixture
def cadre(db: None) -> Cadre:
    return CadreFactory(number="0001", name="王伟")


# When it counts


@pytest.mark.parametrize(
    ("start", "end", "rule", "bars"),
    [
        (date(2025, 3, 1), None, "年内有效", DOCUMENT),
        (date(2025, 3, 1), None, "年末有效", DOCUMENT),
        (date(2025, 3, 1), date(2025, 9, 1), "年内有效", DOCUMENT),
        (date(2025, 3, 1), date(2025, 9, 1), "年末有效", ""),
        (date(2025, 3, 1), date(2025, 12, 31), "年末有效", DOCUMENT),
        (date(2024, 3, 1), date(2025, 1, 1), "年内有效", DOCUMENT),
        (date(2024, 3, 1), date(2024, 12, 31), "年内有效", ""),
        (date(2025, 12, 31), None, "年内有效", DOCUMENT),
        (date(2026, 1, 1), None, "年内有效", ""),
        (date(2026, 1, 1), None, "年末有效", ""),
    ],
    ids=str,
)
def test_g4_in_force_for_2025_as_the_scheme_understands_it(start: date, end: date | None, rule: str, bars: str) -> None:
    """处分认定."""
    year = disciplined_year(rule)
    discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=row(start, end), by=None)
    found = current_result(year).cadre("T1-1")
    assert found.input.disciplinary == bars
    assert (str(found.grade), [bar.code for bar in found.bars]) == (
        ("称职", [BarCode.DISCIPLINARY]) if bars else ("优秀", [])
    )


def disciplined_year(rule: str = "年内有效") -> AssessmentYear:
    """Five party secretaries, one place: T1-1 is first of the county and, without a bar, 优秀."""
    inputs = ladder(5, members=(("党委书记", True),))
    scheme = scheme_with(inputs.scheme, {"处分认定": rule})
    return county(type(inputs)(scheme, inputs.teams, inputs.cadres))


def test_g4_revoked_bars_no_longer() -> None:
    year = disciplined_year()
    record = discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=row(), by=None)
    assert str(current_result(year).cadre("T1-1").grade) == "称职"
    discipline_revoke(record=record, reason="复查撤销", by=None)
    assert str(current_result(year).cadre("T1-1").grade) == "优秀"


def test_g3_who_is_barred_uses_up_no_place() -> None:
    year = disciplined_year()
    assert current_result(year).cadre_quota.inside == {"T1-1"}
    discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=row(), by=None)
    assert current_result(year).cadre_quota.inside == {"T2-1"}


def test_two_records_in_force_are_both_named(cadre: Cadre) -> None:
    discipline_record(cadre=cadre, row=row(date(2025, 5, 1), document="乙"), by=None)
    discipline_record(cadre=cadre, row=row(date(2025, 4, 1), document="甲"), by=None)
    assert documents_in_force(first=date(2025, 1, 1), last=date(2025, 12, 31)) == {cadre.pk: "甲、乙"}


def test_recorded_after_confirmation_it_moves_nothing() -> None:
    year = year_in_phase(disciplined_year(), Phase.CONFIRMED)
    before = current_result(year)
    discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=row(), by=None)
    assert current_result(year) == before
    assert str(before.cadre("T1-1").grade) == "优秀"


# Services


def test_recording_leaves_its_entry(cadre: Cadre, office: Account) -> None:
    discipline_record(cadre=cadre, row=row(end=date(2025, 9, 1)), by=office)
    entry = AuditEntry.objects.get(action="discipline_record")
    assert (entry.actor, entry.subject) == (office, "0001 王伟")
    assert entry.details == {
        "number": "0001",
        "kind": "party_warning",
        "document": DOCUMENT,
        "decided_by": "县纪委",
        "start": "2025-03-01",
        "end": "2025-09-01",
        "reason": "",
    }


def test_the_same_sanction_is_recorded_once(cadre: Cadre) -> None:
    first = discipline_record(cadre=cadre, row=row(), by=None)
    with pytest.raises(Refused):
        discipline_record(cadre=cadre, row=row(), by=None)
    discipline_revoke(record=first, reason="日期录错", by=None)
    discipline_record(cadre=cadre, row=row(), by=None)
    assert DisciplinaryRecord.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (DisciplineRow("flogging", DOCUMENT, "县纪委", date(2025, 3, 1)), "kind"),
        (DisciplineRow("warning", " ", "县纪委", date(2025, 3, 1)), "document"),
        (DisciplineRow("warning", DOCUMENT, "", date(2025, 3, 1)), "decided_by"),
        (DisciplineRow("warning", DOCUMENT, "县纪委", date(2025, 3, 1), date(2025, 2, 28)), "end"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_is_said_beside_its_field(cadre: Cadre, wrong: DisciplineRow, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        discipline_record(cadre=cadre, row=wrong, by=None)
    assert list(refused.value.error_dict) == [field]


def test_revoking_keeps_the_record_with_the_reason(cadre: Cadre, office: Account) -> None:
    record = discipline_record(cadre=cadre, row=row(), by=None)
    discipline_revoke(record=record, reason=" 复查撤销 ", by=office)
    record.refresh_from_db()
    assert (record.revoked_by, record.revoke_reason, record.state) == (office, "复查撤销", "revoked")
    assert AuditEntry.objects.get(action="discipline_revoke").details["reason"] == "复查撤销"
    with pytest.raises(Refused):
        discipline_revoke(record=record, reason="再次", by=office)


def test_no_revocation_without_a_reason(cadre: Cadre) -> None:
    record = discipline_record(cadre=cadre, row=row(), by=None)
    with pytest.raises(Refused):
        discipline_revoke(record=record, reason="  ", by=None)


def test_others_than_the_office_change_nothing(cadre: Cadre, cast: dict[str, Account]) -> None:
    record = discipline_record(cadre=cadre, row=row(), by=None)
    for name, by in cast.items():
        if name not in ("office", "second_clerk"):
            with pytest.raises(PermissionDenied):
                discipline_record(cadre=cadre, row=row(document="乙"), by=by)
            with pytest.raises(PermissionDenied):
                discipline_revoke(record=record, reason="x", by=by)
    assert DisciplinaryRecord.objects.filter(revoked_at=None).count() == 1


@pytest.mark.parametrize(
    ("start", "end", "state"),
    [
        (date(2025, 1, 2), None, "in_force"),
        (date(2025, 1, 2), date(2025, 6, 30), "in_force"),
        (date(2025, 1, 2), date(2025, 6, 29), "over"),
        (date(2025, 7, 1), None, "ahead"),
    ],
)
def test_state_on_30_june(start: date, end: date | None, state: str) -> None:
    record = DisciplinaryRecord(kind="warning", start=start, end=end)
    assert record.state_on(date(2025, 6, 30)) == state


# Pages

TYPED = {
    "kind": "demerit",
    "document": DOCUMENT,
    "decided_by": "县监委",
    "start": "2025-03-01",
    "end": "",
    "remarks": "",
}


def test_the_office_records_and_revokes_in_the_browser(cadre: Cadre, client_for: ClientFor) -> None:
    office = client_for("office")
    saved = office.post("/cadres/0001/discipline/new/", TYPED)
    assert saved["Location"] == "/cadres/0001/discipline/"
    record = DisciplinaryRecord.objects.get()
    assert (record.kind, record.start, record.end) == ("demerit", date(2025, 3, 1), None)
    revoke = f"/cadres/0001/discipline/{record.pk}/revoke/"
    assert revoke in office.get("/cadres/0001/discipline/").content.decode()
    office.post(revoke, {"reason": "复查撤销"})
    page = office.get("/cadres/0001/discipline/").content.decode()
    assert "复查撤销" in page
    assert revoke not in page
    assert office.get(revoke).status_code == 404


def test_what_was_typed_stays_where_something_is_wrong(cadre: Cadre, client_for: ClientFor) -> None:
    answer = client_for("office").post("/cadres/0001/discipline/new/", {**TYPED, "end": "2025-02-01"})
    form = answer.context["form"]
    assert (list(form.errors), form["document"].value()) == (["end"], DOCUMENT)
    assert not DisciplinaryRecord.objects.exists()


def test_a_refusal_of_the_service_stands_in_the_form(cadre: Cadre, client_for: ClientFor) -> None:
    discipline_record(cadre=cadre, row=DisciplineRow("demerit", DOCUMENT, "县监委", date(2025, 3, 1)), by=None)
    answer = client_for("office").post("/cadres/0001/discipline/new/", TYPED)
    assert len(answer.context["form"].non_field_errors()) == 1


def test_another_persons_record_is_not_found(cadre: Cadre, client_for: ClientFor) -> None:
    other = discipline_record(cadre=CadreFactory(number="0002"), row=row(), by=None)
    assert client_for("office").get(f"/cadres/0001/discipline/{other.pk}/revoke/").status_code == 404


def test_a_leader_reads_without_buttons(cadre: Cadre, client_for: ClientFor) -> None:
    discipline_record(cadre=cadre, row=row(), by=None)
    page = client_for("leader").get("/cadres/0001/discipline/").content.decode()
    assert DOCUMENT in page
    assert "/discipline/new/" not in page
    assert "/revoke/" not in page


def listed(client: Client, query: str = "") -> list[str]:
    return [entry.record.document for entry in client.get(f"/discipline/{query}").context["table"].rows]


def test_the_list_shows_what_is_in_force_and_more_on_request(cadre: Cadre, client_for: ClientFor) -> None:
    today = timezone.localdate()
    discipline_record(cadre=cadre, row=row(date(2024, 1, 1), today, "今天止"), by=None)
    discipline_record(cadre=cadre, row=row(date(2023, 1, 1), date(2023, 6, 1), "已满"), by=None)
    gone = discipline_record(cadre=cadre, row=row(date(2022, 1, 1), None, "撤销"), by=None)
    discipline_revoke(record=gone, reason="复查", by=None)
    leader = client_for("leader")
    assert listed(leader) == ["今天止"]
    assert listed(leader, "?state=over") == ["已满"]
    assert listed(leader, "?state=revoked") == ["撤销"]
    assert listed(leader, "?state=all") == ["今天止", "已满", "撤销"]
    assert listed(leader, "?state=all&q=已满") == ["已满"]
    assert listed(leader, "?kind=warning&state=all") == []


def test_the_cadres_page_leads_to_it(cadre: Cadre, client_for: ClientFor) -> None:
    assert 'href="/discipline/"' in client_for("leader").get("/cadres/").content.decode()


@pytest.mark.parametrize("count", [1, 40])
def test_the_list_asks_the_database_a_fixed_number_of_times(
    client_for: ClientFor, count: int, django_assert_num_queries: object
) -> None:
    for number in range(count):
        discipline_record(cadre=CadreFactory(number=f"{number:04}"), row=row(), by=None)
    leader = client_for("leader")
    with django_assert_num_queries(4):  # type: ignore[operator]
        leader.get("/discipline/")
