"""评价表: what each is asked, saved as typed, signed, returned; nobody reaches another's (RULES Y3)."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Phase, Sheet, SheetSignature, SheetState
from assessment.models.sheet import SheetKind
from assessment.selectors.sheet import round_questions
from assessment.services.sheet import SheetShut, marks_digest, sheet_return, sheet_save, sheet_sign
from assessment.services.sheet_round import sheet_round_close
from assessment.services.year import year_create
from assessment.sheets import keys_of
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Role
from cadres.models.append_only import AppendOnlyError
from tests.assessment.sheets import opened, signed, team_of
from tests.county import year_in_phase
from tests.factories import AccountFactory, CadreFactory, DepartmentFactory

ClientFor = Callable[[str], Client]


def asked(year: AssessmentYear, account: Account) -> list[str]:
    return sorted(keys_of(round_questions(year, account.role).asked_of(account.pk)))


def sheet(account: Account) -> Sheet:
    return Sheet.objects.get(account=account)


def send(client: Client, changes: dict[str, str], seen: dict[str, str] | None = None, year: int = 2025) -> HttpResponse:
    """As the script sends what was typed."""
    data = {"changes": json.dumps(changes), "seen": json.dumps(seen or {})}
    return client.post(reverse("assessment:sheet_change", kwargs={"year": year}), data)  # type: ignore[return-value]


# What a sheet asks, by kind


def test_a_department_rates_every_township(year: AssessmentYear, department: Account) -> None:
    assert asked(year, department) == ["E2:T01", "E2:T02"]


def test_a_township_rates_every_department_in_use_on_three_questions(year: AssessmentYear, township: Account) -> None:
    DepartmentFactory(code="D01", name="财政局")
    DepartmentFactory(code="D02", name="民政局", is_active=False)
    assert asked(year, township) == ["S1:D01", "S2:D01", "S3:D01"]


def test_a_leader_rates_all_teams_and_all_graded_cadres(year: AssessmentYear, leader: Account) -> None:
    year.roster.filter(cadre__number="0005").update(not_graded="5A")
    assert asked(year, leader) == ["C3:0001", "C3:0002", "C3:0003", "C3:0004", "E3:T01", "E3:T02"]


def test_an_assessor_rates_the_townships_of_the_team_alone(year: AssessmentYear, assessor: Account) -> None:
    team_of(year, assessor, "T02")
    assert asked(year, assessor) == ["C4:0003", "C4:0004", "E4:T02"]


def test_an_assessor_in_no_team_is_asked_nothing(year: AssessmentYear, assessor: Account) -> None:
    assert asked(year, assessor) == []


def test_cadres_stand_under_their_township_in_the_order_of_posts(year: AssessmentYear, leader: Account) -> None:
    first = round_questions(year, SheetKind.LEADER).sections[0]
    assert (first.name, [(q.name, q.post) for q in first.questions]) == (
        "青石镇",
        [("青石镇", ""), ("王伟", "党委书记"), ("李娜", "乡镇长"), ("孙强", "副乡镇长")],
    )


def test_an_assessor_on_the_roster_rates_neither_the_own_township_nor_itself(
    year: AssessmentYear, assessor: Account
) -> None:
    team_of(year, assessor, "T01", "T02", cadre=Cadre.objects.get(number="0002"))
    assert asked(year, assessor) == ["C4:0003", "C4:0004", "E4:T02"]


# Saved as typed


def test_a_draft_is_kept_question_by_question(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "2"}, by=department)
    sheet_save(year=year, changes={"E2:T02": "0"}, by=department)
    stored = sheet(department)
    assert (stored.marks, stored.state) == ({"E2:T01": "2", "E2:T02": "0"}, SheetState.DRAFT)


def test_an_answer_taken_back_is_not_answered_which_is_not_an_abstention(
    year: AssessmentYear, department: Account
) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "2", "E2:T02": "0"}, by=department)
    sheet_save(year=year, changes={"E2:T01": ""}, seen={"E2:T01": "2"}, by=department)
    assert sheet(department).marks == {"E2:T02": "0"}


def test_an_older_window_does_not_overwrite_and_its_other_answers_are_saved(
    year: AssessmentYear, department: Account
) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    saved = sheet_save(
        year=year, changes={"E2:T01": "4", "E2:T02": "3"}, seen={"E2:T01": "", "E2:T02": ""}, by=department
    )
    assert saved.conflicts == {"E2:T01": "1"}
    assert sheet(department).marks == {"E2:T01": "1", "E2:T02": "3"}


def test_choosing_again_after_the_conflict_was_shown_is_saved(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    saved = sheet_save(year=year, changes={"E2:T01": "4"}, seen={"E2:T01": "1"}, by=department)
    assert (saved.conflicts, sheet(department).marks) == ({}, {"E2:T01": "4"})


def test_a_draft_leaves_no_trace_in_the_audit_trail(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    before = AuditEntry.objects.count()
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    assert AuditEntry.objects.count() == before


def test_the_script_gets_what_is_stored_and_the_conflict_in_words(
    year: AssessmentYear, department: Account, client_for: ClientFor
) -> None:
    opened(year, "department")
    browser = client_for("department")
    send(browser, {"E2:T01": "1"})
    answer: Any = send(browser, {"E2:T01": "4", "E2:T02": "2"}, {"E2:T01": "", "E2:T02": ""})
    assert answer.json()["marks"] == {"E2:T01": "1", "E2:T02": "2"}
    assert list(answer.json()["conflicts"]) == ["E2:T01"]


def test_the_page_without_the_script_saves_what_differs_and_leads_to_the_signature(
    year: AssessmentYear, department: Account, client_for: ClientFor
) -> None:
    opened(year, "department")
    url = reverse("assessment:sheet", kwargs={"year": 2025})
    answer = client_for("department").post(url, {"seen": "{}", "m-E2:T01": "2", "m-E2:T02": "", "sign": "1"})
    assert answer["Location"] == reverse("assessment:sheet_sign", kwargs={"year": 2025})
    assert sheet(department).marks == {"E2:T01": "2"}


# Signed


def test_what_is_not_answered_becomes_an_abstention_by_signing(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    signature = signed(year, department, {"E2:T01": "1"})
    assert (signature.number, signature.marks) == (1, {"E2:T01": "1", "E2:T02": "0"})
    assert sheet(department).state == SheetState.SIGNED


def test_a_signed_sheet_is_read_only(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    signed(year, department, {"E2:T01": "1"})
    with pytest.raises(SheetShut):
        sheet_save(year=year, changes={"E2:T01": "4"}, by=department)
    assert sheet(department).marks["E2:T01"] == "1"


def test_what_was_changed_in_another_window_is_not_signed_unseen(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    shown = marks_digest(sheet_save(year=year, changes={"E2:T01": "1"}, by=department).marks)
    sheet_save(year=year, changes={"E2:T01": "4"}, by=department)
    with pytest.raises(Refused):
        sheet_sign(year=year, seen=shown, by=department)
    assert SheetSignature.objects.count() == 0


def test_a_returned_sheet_is_signed_anew_and_keeps_its_earlier_version(
    year: AssessmentYear, department: Account, office: Account
) -> None:
    opened(year, "department")
    signed(year, department, {"E2:T01": "1"})
    sheet_return(sheet=sheet(department), reason="T02 漏填", by=office)
    assert (sheet(department).state, sheet(department).return_reason) == (SheetState.RETURNED, "T02 漏填")
    signed(year, department, {"E2:T02": "3"})
    versions = SheetSignature.objects.values_list("number", "marks")
    assert list(versions) == [(1, {"E2:T01": "1", "E2:T02": "0"}), (2, {"E2:T01": "1", "E2:T02": "3"})]


def test_a_version_is_never_changed(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    signature = signed(year, department, {})
    with pytest.raises(AppendOnlyError):
        signature.save()


@pytest.mark.parametrize("reason", ["", "  "])
def test_returning_needs_a_reason(year: AssessmentYear, department: Account, office: Account, reason: str) -> None:
    opened(year, "department")
    signed(year, department, {})
    with pytest.raises(Refused):
        sheet_return(sheet=sheet(department), reason=reason, by=office)


def test_only_a_signed_sheet_is_returned(year: AssessmentYear, department: Account, office: Account) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    with pytest.raises(Refused):
        sheet_return(sheet=sheet(department), reason="x", by=office)


def test_a_unit_signs_one_sheet_whatever_the_number_of_its_accounts(year: AssessmentYear, department: Account) -> None:
    colleague = AccountFactory(username="colleague", role=Role.DEPARTMENT, department=department.department)
    opened(year, "department")
    signed(year, department, {"E2:T01": "1"})
    with pytest.raises(Refused):
        signed(year, colleague, {"E2:T01": "4"})
    assert SheetSignature.objects.count() == 1


def test_the_trail_tells_who_signed_and_not_what(year: AssessmentYear, department: Account) -> None:
    opened(year, "department")
    signed(year, department, {"E2:T01": "3"})
    entry = AuditEntry.objects.get(action="sheet_sign")
    assert (entry.actor_name, entry.details) == ("department", {"version": 1})


# Refused, by direct request, and on record


def refusals() -> int:
    return AuditEntry.objects.filter(refused=True).count()


@pytest.mark.parametrize(
    "changes",
    [
        {"E4:T01": "1"},  # a township outside the team
        {"C4:0001": "1"},  # its cadre
        {"E3:T02": "1"},  # another kind's question
        {"E4:T02": "1", "nothing": "1"},  # together with one that is asked
        {"E4:T02": "5"},  # no such mark
        {"E4:T02": "好"},
        {"E4:T02": " 1"},
    ],
    ids=str,
)
def test_forged_questions_and_marks_are_refused(
    year: AssessmentYear, assessor: Account, client_for: ClientFor, changes: dict[str, str]
) -> None:
    team_of(year, assessor, "T02")
    opened(year, "assessor")
    assert send(client_for("assessor"), changes).status_code == 409
    assert (Sheet.objects.count(), refusals()) == (0, 1)


@pytest.mark.parametrize("text", ["[", "[]", '{"E2:T01": 1}', "null"])
def test_what_no_page_sends_is_no_request(
    year: AssessmentYear, department: Account, client_for: ClientFor, text: str
) -> None:
    opened(year, "department")
    url = reverse("assessment:sheet_change", kwargs={"year": 2025})
    assert client_for("department").post(url, {"changes": text}).status_code == 400


def test_before_the_round_is_opened_nothing_is_saved(
    year: AssessmentYear, department: Account, client_for: ClientFor
) -> None:
    assert send(client_for("department"), {"E2:T01": "1"}).status_code == 409
    assert (Sheet.objects.count(), refusals()) == (0, 1)


def test_after_the_round_is_closed_nothing_is_saved_or_signed(
    year: AssessmentYear, department: Account, client_for: ClientFor
) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    sheet_round_close(sheet_round=year.sheet_rounds.get(), by=None)
    assert send(client_for("department"), {"E2:T01": "2"}).status_code == 409
    with pytest.raises(SheetShut):
        sheet_sign(year=year, seen=marks_digest({"E2:T01": "1"}), by=department)
    assert (sheet(department).marks, refusals()) == ({"E2:T01": "1"}, 2)


@pytest.mark.parametrize("phase", [Phase.ANNOUNCED, Phase.CLOSED, Phase.PUBLISHED])
def test_in_another_phase_nothing_is_saved(
    year: AssessmentYear, department: Account, client_for: ClientFor, phase: Phase
) -> None:
    opened(year, "department")
    year_in_phase(year, phase)
    assert send(client_for("department"), {"E2:T01": "2"}).status_code == 409
    assert Sheet.objects.count() == 0


def test_a_sheet_of_one_year_takes_nothing_from_another(
    year: AssessmentYear, department: Account, client_for: ClientFor
) -> None:
    opened(year, "department")
    year_create(number=2026, by=None)
    assert send(client_for("department"), {"E2:T01": "2"}, year=2026).status_code == 409
    assert Sheet.objects.count() == 0


@pytest.mark.parametrize("username", ["office", "auditor", "administrator"])
def test_who_has_no_sheet_cannot_write_one(
    year: AssessmentYear, client_for: ClientFor, username: str, cast: dict[str, Account]
) -> None:
    opened(year, "department")
    assert send(client_for(username), {"E2:T01": "1"}).status_code == 403
    with pytest.raises(PermissionDenied):
        sheet_save(year=year, changes={"E2:T01": "1"}, by=cast[username])
    assert (Sheet.objects.count(), refusals()) == (0, 2)


@pytest.mark.parametrize("username", ["department", "township", "leader", "auditor", "administrator"])
def test_others_do_not_read_or_return_a_signed_sheet(
    year: AssessmentYear, assessor: Account, client_for: ClientFor, username: str, cast: dict[str, Account]
) -> None:
    team_of(year, assessor, "T02")
    opened(year, "assessor")
    signed(year, assessor, {"E4:T02": "1"})
    parts = {"year": 2025, "kind": "assessor", "account": "assessor"}
    browser = client_for(username)
    answers = [
        browser.get(reverse("assessment:sheet_signed", kwargs={**parts, "version": 1})).status_code,
        browser.get(reverse("assessment:sheet_round", kwargs={"year": 2025, "kind": "assessor"})).status_code,
        browser.post(reverse("assessment:sheet_return", kwargs=parts), {"reason": "x"}).status_code,
    ]
    assert (answers, refusals()) == ([403, 403, 403], 3)
    with pytest.raises(PermissionDenied):
        sheet_return(sheet=sheet(assessor), reason="x", by=cast[username])
    assert sheet(assessor).state == SheetState.SIGNED


def test_the_own_page_of_a_colleague_shows_nothing_of_ones_sheet(
    year: AssessmentYear, assessor: Account, client_for: ClientFor, leader: Account
) -> None:
    opened(year, "leader")
    second = AccountFactory(username="second_leader", role=Role.LEADER)
    signed(year, leader, {"E3:T01": "4"})
    browser = Client()
    browser.force_login(second, backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(reverse("assessment:sheet", kwargs={"year": 2025}))
    assert {row.mark for block in page.context["blocks"] for row in block.rows} == {""}
    assert browser.get(reverse("assessment:sheet_version", kwargs={"year": 2025, "version": 1})).status_code == 404


def test_the_office_reads_what_was_signed_never_a_draft_and_that_is_on_record(
    year: AssessmentYear, leader: Account, client_for: ClientFor, office: Account
) -> None:
    opened(year, "leader")
    signed(year, leader, {"E3:T01": "4"})
    sheet_return(sheet=sheet(leader), reason="核对", by=office)
    sheet_save(year=year, changes={"E3:T01": "1"}, seen={"E3:T01": "4"}, by=leader)
    parts = {"year": 2025, "kind": "leader", "account": "leader"}
    page = client_for("office").get(reverse("assessment:sheet_signed", kwargs={**parts, "version": 1}))
    marks = [row.mark for block in page.context["blocks"] for row in block.rows]
    assert marks == ["4", "0", "0", "0", "0", "0", "0"]
    assert AuditEntry.objects.filter(action="sheet_read").count() == 1
    missing = reverse("assessment:sheet_signed", kwargs={**parts, "version": 2})
    assert client_for("office").get(missing).status_code == 404


# Pages


def test_the_signing_page_names_what_is_open(year: AssessmentYear, department: Account, client_for: ClientFor) -> None:
    opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=department)
    page = client_for("department").get(reverse("assessment:sheet_sign", kwargs={"year": 2025}))
    assert (page.context["done"], page.context["open"]) == (1, 1)
    seen = page.context["seen"]
    client_for("department").post(reverse("assessment:sheet_sign", kwargs={"year": 2025}), {"seen": seen})
    assert sheet(department).state == SheetState.SIGNED


@pytest.mark.parametrize("cadres", [0, 60])
def test_the_page_asks_the_database_the_same_whatever_its_length(
    year: AssessmentYear, assessor: Account, client_for: ClientFor, django_assert_num_queries: Any, cadres: int
) -> None:
    team_of(year, assessor, "T01", "T02")
    post = year.roster.get(cadre__number="0005").post
    for place in range(cadres):
        township = year.townships.get(code="T01" if place % 2 else "T02")
        year.roster.create(cadre=CadreFactory(number=f"9{place:03}"), township=township, post=post, is_principal=False)
    opened(year, "assessor")
    sheet_save(year=year, changes={"E4:T01": "1"}, by=assessor)
    browser = client_for("assessor")
    with django_assert_num_queries(14):
        page = browser.get(reverse("assessment:sheet", kwargs={"year": 2025}))
    assert sum(block.total for block in page.context["blocks"]) == 7 + cadres
