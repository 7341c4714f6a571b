"""Vetoes: recorded, corrected, revoked; nothing leaves the record (RULES G5)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from assessment.models import AssessmentYear, Phase, Veto
from assessment.services.veto import VetoRow, veto_correct, veto_record, veto_revoke
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Township
from tests.county import year_in_phase

Queries = Callable[[int], AbstractContextManager[object]]

ROW = VetoRow("T01", "V2", "越级上访", "县委", date(2025, 6, 30), "县委发〔2025〕8号")


@pytest.fixture
def veto(year: AssessmentYear, second_clerk: Account) -> Veto:
    """越级上访 of T01 on V2, recorded by the second clerk."""
    veto_record(year=year, row=ROW, by=second_clerk)
    return Veto.objects.get()


def on_record() -> list[tuple[str, bool]]:
    """(fact, in force), oldest first."""
    return [(veto.fact, veto.revoked_at is None) for veto in Veto.objects.order_by("pk")]


def test_revoked_veto_stays_with_its_reason(veto: Veto, office: Account) -> None:
    veto_revoke(veto=veto, reason=" 查无实据 ", by=office)
    veto.refresh_from_db()
    assert (str(veto.recorded_by), veto.revoked_by, veto.revoked_reason) == ("second clerk", office, "查无实据")
    assert on_record() == [("越级上访", False)]
    assert AuditEntry.objects.filter(action="veto_revoke").count() == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_revocation_needs_a_reason(veto: Veto, reason: str) -> None:
    with pytest.raises(Refused):
        veto_revoke(veto=veto, reason=reason, by=None)
    assert on_record() == [("越级上访", True)]


def test_a_veto_is_revoked_once(veto: Veto) -> None:
    veto_revoke(veto=veto, reason="查无实据", by=None)
    with pytest.raises(Refused):
        veto_revoke(veto=veto, reason="又一次", by=None)
    assert Veto.objects.get().revoked_reason == "查无实据"


def test_correction_keeps_the_former_record(veto: Veto) -> None:
    corrected = VetoRow("T01", "V5", "安全事故", "县政府", date(2025, 7, 1))
    veto_correct(veto=veto, row=corrected, reason="项目填错", by=None)
    assert on_record() == [("越级上访", False), ("安全事故", True)]
    assert "项目填错" in Veto.objects.earliest("pk").revoked_reason


def test_the_same_decision_is_recorded_once(veto: Veto, year: AssessmentYear) -> None:
    with pytest.raises(Refused):
        veto_record(year=year, row=ROW, by=None)
    assert on_record() == [("越级上访", True)]


def test_after_a_revocation_it_can_be_recorded_again(veto: Veto, year: AssessmentYear) -> None:
    veto_revoke(veto=veto, reason="程序有误", by=None)
    veto_record(year=year, row=ROW, by=None)
    assert on_record() == [("越级上访", False), ("越级上访", True)]


def test_database_refuses_the_same_decision_twice(veto: Veto) -> None:
    veto.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        veto.save(force_insert=True)


def test_database_refuses_a_revocation_without_reason(veto: Veto) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Veto.objects.update(revoked_at=timezone.now())


# --- pages ---------------------------------------------------------------------------------------


def typed(year: AssessmentYear, **fields: object) -> dict[str, object]:
    data = {
        "township": Township.objects.get(code="T02").pk,
        "line": year.lines.get(code="V5").pk,
        "fact": "较大事故",
        "decided_by": "县政府",
        "decided_on": "2025-08-01",
        "document": "",
    }
    return data | fields


def test_veto_by_form(clerk: Client, year: AssessmentYear) -> None:
    assert clerk.post("/years/2025/vetoes/new/", typed(year))["Location"] == "/years/2025/vetoes/"
    assert on_record() == [("较大事故", True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [("fact", ""), ("decided_by", ""), ("decided_on", "2025-13-01"), ("line", "999"), ("township", "")],
)
def test_bad_veto_is_told_beside_its_field_and_kept(
    clerk: Client, year: AssessmentYear, field: str, value: str
) -> None:
    page = clerk.post("/years/2025/vetoes/new/", typed(year, document="发8号", **{field: value}))
    assert list(page.context["form"].errors) == [field]
    assert page.context["form"]["document"].value() == "发8号"
    assert on_record() == []


def test_only_veto_targets_can_be_vetoed(clerk: Client, year: AssessmentYear) -> None:
    page = clerk.post("/years/2025/vetoes/new/", typed(year, line=year.lines.get(code="K1").pk))
    assert list(page.context["form"].errors) == ["line"]


def test_a_decision_of_tomorrow_is_refused(clerk: Client, year: AssessmentYear) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = clerk.post("/years/2025/vetoes/new/", typed(year, decided_on=tomorrow.isoformat()))
    assert list(page.context["form"].errors) == ["decided_on"]


def test_correction_and_revocation_by_form(clerk: Client, year: AssessmentYear, veto: Veto) -> None:
    correct = f"/years/2025/vetoes/{veto.pk}/correct/"
    assert clerk.get(correct).context["form"]["fact"].value() == "越级上访"
    assert list(clerk.post(correct, typed(year)).context["form"].errors) == ["reason"]
    clerk.post(correct, typed(year, reason="乡镇填错"))
    assert on_record() == [("越级上访", False), ("较大事故", True)]
    assert clerk.get(correct).status_code == 404
    clerk.post(f"/years/2025/vetoes/{veto.pk + 1}/revoke/", {"reason": "查无实据"})
    assert on_record() == [("越级上访", False), ("较大事故", False)]
    assert "查无实据" in clerk.get("/years/2025/vetoes/").content.decode()


def test_leader_reads_vetoes_once_closed(client_for: Callable[[str], Client], year: AssessmentYear, veto: Veto) -> None:
    leader = client_for("leader")
    assert leader.get("/years/2025/vetoes/").status_code == 403
    year_in_phase(year, Phase.CLOSED)
    page = leader.get("/years/2025/vetoes/").content.decode()
    assert "越级上访" in page
    assert "/revoke/" not in page
    assert leader.post(f"/years/2025/vetoes/{veto.pk}/revoke/", {"reason": "x"}).status_code == 403
    assert on_record() == [("越级上访", True)]


@pytest.mark.parametrize("more", [0, 20])
def test_list_costs_the_same_for_one_and_many(
    clerk: Client,
    year: AssessmentYear,
    veto: Veto,
    more: int,
    django_assert_num_queries: Queries,
) -> None:
    for day in range(more):
        veto_record(year=year, row=VetoRow("T02", "V5", "事故", "县政府", date(2025, 1, 1 + day)), by=None)
    with django_assert_num_queries(4):
        clerk.get("/years/2025/vetoes/")
