"""回避: nobody rates kin or the own unit (RULES Y3)."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Recusal
from assessment.selectors.recusal import Barred
from assessment.selectors.sheet import round_questions
from assessment.services.recusal import recusal_declare, recusal_record, recusal_withdraw
from assessment.services.sheet import SheetShut, sheet_return, sheet_save
from assessment.services.sheet_round import sheet_round_close
from assessment.sheets import keys_of
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre
from tests.assessment.sheets import opened, signed, team_of
from tests.factories import DepartmentFactory

ClientFor = Callable[[str], Client]


def asked(year: AssessmentYear, account: Account) -> list[str]:
    return sorted(keys_of(round_questions(year, account.role).asked_of(account.pk)))


def test_a_township_takes_its_team_and_all_its_cadres_off_the_sheet(year: AssessmentYear, leader: Account) -> None:
    opened(year, "leader")
    recusal_declare(year=year, subject=Barred("township", "T01"), ground="own_unit", by=leader)
    assert asked(year, leader) == ["C3:0003", "C3:0004", "E3:T02"]


def test_a_cadre_takes_one_question_off(year: AssessmentYear, leader: Account) -> None:
    opened(year, "leader")
    recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", note="弟", by=leader)
    assert asked(year, leader) == ["C3:0002", "C3:0003", "C3:0004", "C3:0005", "E3:T01", "E3:T02"]


def test_a_department_takes_its_three_questions_off(year: AssessmentYear, township: Account) -> None:
    for code in ("D01", "D02"):
        DepartmentFactory(code=code)
    opened(year, "township")
    recusal_declare(year=year, subject=Barred("department", "D02"), ground="other", by=township)
    assert asked(year, township) == ["S1:D01", "S2:D01", "S3:D01"]


def test_a_mark_for_a_recused_cadre_is_refused_and_an_earlier_one_is_not_signed(
    year: AssessmentYear, leader: Account
) -> None:
    opened(year, "leader")
    sheet_save(year=year, changes={"C3:0001": "1"}, by=leader)
    recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)
    with pytest.raises(SheetShut):
        sheet_save(year=year, changes={"C3:0001": "1"}, by=leader)
    assert "C3:0001" not in signed(year, leader, {"E3:T01": "1"}).marks


@pytest.mark.parametrize(
    "subject",
    [Barred("township", "T01"), Barred("cadre", "0001"), Barred("department", "D01"), Barred("account", "1")],
    ids=str,
)
def test_only_who_stands_on_the_own_sheet_can_be_named(
    year: AssessmentYear, assessor: Account, subject: Barred
) -> None:
    """T01 is not a township of the team."""
    DepartmentFactory(code="D01")
    team_of(year, assessor, "T02")
    opened(year, "assessor")
    with pytest.raises(SheetShut):
        recusal_declare(year=year, subject=subject, ground="kin", by=assessor)
    assert (Recusal.objects.count(), AuditEntry.objects.filter(refused=True).count()) == (0, 1)


def test_the_same_subject_is_named_once(year: AssessmentYear, leader: Account) -> None:
    opened(year, "leader")
    recusal_declare(year=year, subject=Barred("township", "T01"), ground="kin", by=leader)
    with pytest.raises(Refused):
        recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)


def test_withdrawn_before_signing_it_stays_on_record(year: AssessmentYear, leader: Account) -> None:
    opened(year, "leader")
    recusal = recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)
    recusal_withdraw(recusal=recusal, by=leader)
    recusal.refresh_from_db()
    assert (len(asked(year, leader)), recusal.withdrawn_at is None, Recusal.objects.count()) == (7, False, 1)


def test_after_signing_neither_declared_nor_withdrawn_until_the_sheet_is_returned(
    year: AssessmentYear, leader: Account, office: Account
) -> None:
    opened(year, "leader")
    recusal = recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)
    signature = signed(year, leader, {})
    with pytest.raises(Refused):
        recusal_withdraw(recusal=recusal, by=office)
    with pytest.raises(Refused):
        recusal_declare(year=year, subject=Barred("cadre", "0002"), ground="kin", by=leader)
    sheet_return(sheet=signature.sheet, reason="x", by=office)
    recusal_withdraw(recusal=recusal, by=leader)
    assert len(asked(year, leader)) == 7


def test_what_the_office_recorded_the_account_cannot_withdraw(
    year: AssessmentYear, leader: Account, office: Account, client_for: ClientFor
) -> None:
    opened(year, "leader")
    recusal = recusal_record(year=year, account=leader, subject=Barred("cadre", "0001"), ground="kin", by=office)
    with pytest.raises(PermissionDenied):
        recusal_withdraw(recusal=recusal, by=leader)
    url = reverse("assessment:sheet_recusal_withdraw", kwargs={"year": 2025, "recusal": recusal.pk})
    assert client_for("leader").post(url).status_code == 403
    recusal_withdraw(recusal=recusal, by=office)


def test_somebody_elses_recusal_is_not_withdrawn(
    year: AssessmentYear, leader: Account, assessor: Account, client_for: ClientFor
) -> None:
    opened(year, "leader")
    recusal = recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)
    url = reverse("assessment:sheet_recusal_withdraw", kwargs={"year": 2025, "recusal": recusal.pk})
    assert client_for("assessor").post(url).status_code == 403
    recusal.refresh_from_db()
    assert recusal.withdrawn_at is None


def test_only_the_office_records_one_for_another(year: AssessmentYear, leader: Account, assessor: Account) -> None:
    with pytest.raises(PermissionDenied):
        recusal_record(year=year, account=leader, subject=Barred("cadre", "0001"), ground="kin", by=assessor)


def test_a_counted_round_keeps_the_recusals_it_was_counted_with(
    year: AssessmentYear, leader: Account, office: Account
) -> None:
    found = opened(year, "leader")
    recusal = recusal_declare(year=year, subject=Barred("cadre", "0001"), ground="kin", by=leader)
    sheet_round_close(sheet_round=found, by=None)
    with pytest.raises(Refused):
        recusal_withdraw(recusal=recusal, by=office)
    with pytest.raises(Refused):
        recusal_record(year=year, account=leader, subject=Barred("cadre", "0002"), ground="kin", by=office)


def test_declared_and_withdrawn_on_the_own_page(year: AssessmentYear, leader: Account, client_for: ClientFor) -> None:
    opened(year, "leader")
    browser = client_for("leader")
    url = reverse("assessment:sheet_recusal", kwargs={"year": 2025})
    browser.post(url, {"subject": "township:T01", "ground": "own_unit", "note": ""})
    assert asked(year, leader) == ["C3:0003", "C3:0004", "E3:T02"]
    recusal = Recusal.objects.get()
    browser.post(reverse("assessment:sheet_recusal_withdraw", kwargs={"year": 2025, "recusal": recusal.pk}))
    assert len(asked(year, leader)) == 7


def test_the_office_records_and_sees_those_by_the_roster_too(
    year: AssessmentYear, leader: Account, assessor: Account, client_for: ClientFor
) -> None:
    team_of(year, assessor, "T01", cadre=Cadre.objects.get(number="0002"))
    browser = client_for("office")
    data = {"account": leader.pk, "subject": "cadre:0003", "ground": "kin", "note": "配偶"}
    assert browser.post(reverse("assessment:recusal_new", kwargs={"year": 2025}), data).status_code == 302
    page = browser.get(reverse("assessment:recusals", kwargs={"year": 2025}))
    assert [(r.account, r.note) for r in page.context["recusals"]] == [(leader, "配偶")]
    assert [(member.account, entry.township.code) for member, entry in page.context["own_units"]] == [(assessor, "T01")]
