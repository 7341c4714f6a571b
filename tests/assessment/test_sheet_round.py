"""评价轮次: opened, closed and counted into tallies, re-opened; who is waited for (RULES A3, E3, E5)."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Phase, Sheet, SheetRound, Tally
from assessment.models.sheet import SheetKind
from assessment.questions import Subject
from assessment.scheme import Scheme, default_scheme
from assessment.selectors.completeness import year_missing
from assessment.selectors.counted import counted_of
from assessment.selectors.recusal import Barred
from assessment.selectors.sheet import RoundRow, round_questions, round_rows
from assessment.selectors.year import scheme_current
from assessment.services.recusal import recusal_record
from assessment.services.sheet import sheet_return, sheet_save
from assessment.services.sheet_round import sheet_round_close, sheet_round_open, sheet_round_reopen
from assessment.services.tally import TallyCounts, team_tallies_save
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Role
from tests.assessment.sheets import opened, signed, team_of
from tests.county import year_in_phase
from tests.factories import AccountFactory, DepartmentFactory, TownshipFactory

ClientFor = Callable[[str], Client]
Numbers = tuple[int | None, int | None, int | None, tuple[int, int, int, int], int]


def counted(year: AssessmentYear) -> dict[tuple[str, str], Numbers]:
    """(evaluation, subject's code) → issued, returned, valid, grades, abstentions."""
    return {
        (tally.evaluation, _code(tally)): (tally.issued, tally.returned, tally.valid, tally.grades, tally.abstain)
        for tally in year.tallies.select_related("township", "cadre", "department")
    }


def _code(tally: Tally) -> str:
    if tally.township:
        return tally.township.code
    return tally.cadre.number if tally.cadre else tally.department.code  # type: ignore[union-attr]


def departments(*codes: str) -> list[Account]:
    """One account for each of these departments."""
    return [
        AccountFactory(username=code, role=Role.DEPARTMENT, department=DepartmentFactory(code=code), name=f"{code}员")
        for code in codes
    ]


# Opening


def test_a_round_is_opened_once_while_the_year_is_collecting(year: AssessmentYear, office: Account) -> None:
    sheet_round_open(year=year, kind="leader", by=office)
    with pytest.raises(Refused):
        sheet_round_open(year=year, kind="leader", by=office)
    assert list(year.sheet_rounds.values_list("kind", flat=True)) == ["leader"]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.ANNOUNCED, Phase.CLOSED])
def test_in_another_phase_no_round_is_opened(year: AssessmentYear, office: Account, phase: Phase) -> None:
    year_in_phase(year, phase)
    with pytest.raises(Refused):
        sheet_round_open(year=year, kind="leader", by=office)


def test_votes_entered_by_hand_and_sheets_do_not_go_together(year: AssessmentYear, office: Account) -> None:
    team_tallies_save(year=year, tallies={("T01", "E2", ""): TallyCounts((9, 1, 0, 0))}, by=None)
    with pytest.raises(Refused):
        sheet_round_open(year=year, kind="department", by=office)
    sheet_round_open(year=year, kind="leader", by=office)


def test_weighted_voter_groups_are_entered_by_hand(db: None, office: Account) -> None:
    """E3: a sheet does not say which group its account votes in."""
    scheme = default_scheme()
    groups = (("县委", Fraction(1, 2)), ("政府", Fraction(1, 2)))
    weighted = tuple(replace(e, groups=groups) if e.name == "县级领导评价" else e for e in scheme.evaluations)
    year = _collecting(replace(scheme, evaluations=weighted))
    with pytest.raises(Refused):
        sheet_round_open(year=year, kind="leader", by=office)
    sheet_round_open(year=year, kind="department", by=office)


def test_evaluations_are_found_by_name_not_by_code(db: None, leader: Account) -> None:
    scheme = default_scheme()
    renamed = tuple(replace(e, code="X7") if e.name == "县级领导评价" else e for e in scheme.evaluations)
    year = _collecting(replace(scheme, evaluations=renamed))
    asked = [q.key for section in round_questions(year, "leader").sections for q in section.questions]
    assert asked == ["X7:T01"]


def _collecting(scheme: Scheme) -> AssessmentYear:
    TownshipFactory(code="T01", name="青石镇")
    return year_in_phase(year_create(number=2025, scheme=scheme, by=None), Phase.COLLECTING)


# Closing


def test_signed_sheets_are_counted_and_others_count_for_nothing(year: AssessmentYear, office: Account) -> None:
    one, two, three, four = departments("D01", "D02", "D03", "D04")
    leaders = opened(year, "department")
    signed(year, one, {"E2:T01": "1", "E2:T02": "4"})
    signed(year, two, {"E2:T01": "2"})  # T02 not answered: an abstention
    sheet_save(year=year, changes={"E2:T01": "4"}, by=three)  # a draft
    signed(year, four, {"E2:T01": "4"})
    sheet_return(sheet=Sheet.objects.get(account=four), reason="核对", by=None)
    sheet_round_close(sheet_round=leaders, by=office)
    assert counted(year) == {
        ("E2", "T01"): (4, 2, 2, (1, 1, 0, 0), 0),
        ("E2", "T02"): (4, 2, 2, (0, 0, 0, 1), 1),
    }
    assert set(year.tallies.values_list("round", "group", "entered_by__username")) == {(leaders.pk, "", "office")}


def test_a_recused_account_is_neither_issued_nor_returned_for_that_subject(year: AssessmentYear) -> None:
    """E5 for sheets: asked = issued, signed and rating = returned = valid."""
    one, two, _three = departments("D01", "D02", "D03")
    found = opened(year, "department")
    recusal_record(year=year, account=one, subject=Barred("township", "T01"), ground="kin", by=None)
    signed(year, one, {"E2:T02": "1"})
    signed(year, two, {"E2:T01": "2", "E2:T02": "2"})
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year) == {
        ("E2", "T01"): (2, 1, 1, (0, 1, 0, 0), 0),
        ("E2", "T02"): (3, 2, 2, (1, 1, 0, 0), 0),
    }


def test_a_recusal_recorded_after_the_signature_takes_the_mark_away(year: AssessmentYear) -> None:
    one, two = departments("D01", "D02")
    found = opened(year, "department")
    signed(year, one, {"E2:T01": "4", "E2:T02": "1"})
    signed(year, two, {"E2:T01": "1", "E2:T02": "1"})
    recusal_record(year=year, account=one, subject=Barred("township", "T01"), ground="kin", by=None)
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year)["E2", "T01"] == (1, 1, 1, (1, 0, 0, 0), 0)


def test_who_is_rated_by_nobody_stays_missing(year: AssessmentYear, assessor: Account) -> None:
    team_of(year, assessor, "T02")
    found = opened(year, "assessor")
    signed(year, assessor, {"E4:T02": "1", "C4:0003": "2"})
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year) == {
        ("E4", "T02"): (1, 1, 1, (1, 0, 0, 0), 0),
        ("C4", "0003"): (1, 1, 1, (0, 1, 0, 0), 0),
        ("C4", "0004"): (1, 1, 1, (0, 0, 0, 0), 1),
    }
    missing = year_missing(year=year, scheme=scheme_current(year)).team_tallies
    assert {township for township, code, _group in missing if code == "E4"} == {"T01"}


def test_townships_leave_tallies_of_departments_on_three_questions(year: AssessmentYear, township: Account) -> None:
    DepartmentFactory(code="D01", name="财政局")
    found = opened(year, "township")
    signed(year, township, {"S1:D01": "1", "S2:D01": "2"})
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year) == {
        ("S1", "D01"): (1, 1, 1, (1, 0, 0, 0), 0),
        ("S2", "D01"): (1, 1, 1, (0, 1, 0, 0), 0),
        ("S3", "D01"): (1, 1, 1, (0, 0, 0, 0), 1),
    }


def test_a_unit_with_two_accounts_is_issued_one_sheet(year: AssessmentYear) -> None:
    (one,) = departments("D01")
    AccountFactory(username="D01b", role=Role.DEPARTMENT, department=one.department)
    found = opened(year, "department")
    signed(year, one, {"E2:T01": "1", "E2:T02": "1"})
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year)["E2", "T01"] == (1, 1, 1, (1, 0, 0, 0), 0)


def test_an_account_out_of_use_that_has_signed_is_counted(year: AssessmentYear) -> None:
    one, two = departments("D01", "D02")
    found = opened(year, "department")
    signed(year, one, {"E2:T01": "1", "E2:T02": "1"})
    Account.objects.filter(pk__in=[one.pk, two.pk]).update(is_active=False)
    sheet_round_close(sheet_round=found, by=None)
    assert counted(year)["E2", "T01"] == (1, 1, 1, (1, 0, 0, 0), 0)


def test_the_trail_tells_that_a_round_was_closed_without_counts(year: AssessmentYear, office: Account) -> None:
    (one,) = departments("D01")
    found = opened(year, "department")
    signed(year, one, {"E2:T01": "1"})
    sheet_round_close(sheet_round=found, by=office)
    entry = AuditEntry.objects.get(action="sheet_round_close")
    assert (entry.subject, entry.details) == ("department", {})


def test_a_closed_round_is_not_closed_again(year: AssessmentYear, office: Account) -> None:
    found = opened(year, "department")
    sheet_round_close(sheet_round=found, by=office)
    with pytest.raises(Refused):
        sheet_round_close(sheet_round=found, by=office)


# Re-opening


def test_reopening_takes_the_tallies_away_and_leaves_the_sheets(year: AssessmentYear, office: Account) -> None:
    (one,) = departments("D01")
    found = opened(year, "department")
    signed(year, one, {"E2:T01": "1", "E2:T02": "1"})
    sheet_round_close(sheet_round=found, by=office)
    sheet_round_reopen(sheet_round=found, reason="漏签", by=office)
    found.refresh_from_db()
    assert (counted(year), found.is_open, Sheet.objects.get().state) == ({}, True, "signed")
    assert AuditEntry.objects.get(action="sheet_round_reopen").details == {"reason": "漏签"}
    sheet_round_close(sheet_round=found, by=office)
    assert len(counted(year)) == 2


@pytest.mark.parametrize("reason", ["", " "])
def test_reopening_needs_a_reason(year: AssessmentYear, office: Account, reason: str) -> None:
    found = opened(year, "department")
    sheet_round_close(sheet_round=found, by=office)
    with pytest.raises(Refused):
        sheet_round_reopen(sheet_round=found, reason=reason, by=office)


def test_after_the_year_is_closed_a_round_stays_as_it_is(year: AssessmentYear, office: Account) -> None:
    found = opened(year, "department")
    sheet_round_close(sheet_round=found, by=office)
    year_in_phase(year, Phase.CLOSED)
    with pytest.raises(Refused):
        sheet_round_reopen(sheet_round=found, reason="x", by=office)


@pytest.mark.parametrize("username", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_only_the_office_moves_rounds(
    year: AssessmentYear, cast: dict[str, Account], client_for: ClientFor, username: str
) -> None:
    found = opened(year, "department")
    parts = {"year": 2025, "kind": "department"}
    for name in ("open", "close", "reopen"):
        answer = client_for(username).post(reverse(f"assessment:sheet_round_{name}", kwargs=parts), {"reason": "x"})
        assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        sheet_round_close(sheet_round=found, by=cast[username])
    found.refresh_from_db()
    assert (found.is_open, AuditEntry.objects.filter(refused=True).count()) == (True, 4)


# By hand while sheets fill it


def test_evaluations_of_an_open_or_counted_round_are_filled_by_sheets(year: AssessmentYear) -> None:
    departments("D01")
    assert counted_of(year, Subject.TEAM).rounds == {}
    found = opened(year, "department")
    assert counted_of(year, Subject.TEAM).rounds == {"E2": found}
    sheet_round_close(sheet_round=found, by=None)
    assert counted_of(year, Subject.TEAM).rounds == {}  # nobody signed: the office may enter votes by hand


# Pages


def row(rows: list[RoundRow], account: Account) -> tuple[str, bool]:
    return next((r.state, r.waited_for) for r in rows if r.account == account)


def test_the_office_sees_how_far_each_is(year: AssessmentYear) -> None:
    begun, none, done, back = departments("D01", "D02", "D03", "D04")
    found = opened(year, "department")
    sheet_save(year=year, changes={"E2:T01": "1"}, by=begun)
    for account in (done, back):
        signed(year, account, {})
    sheet_return(sheet=Sheet.objects.get(account=back), reason="x", by=None)
    rows = round_rows(found, round_questions(year, SheetKind.DEPARTMENT))
    assert [row(rows, account) for account in (begun, none, done, back)] == [
        ("draft", True),
        ("", True),
        ("signed", False),
        ("returned", True),
    ]


def test_closing_names_who_has_not_signed_and_whom_nobody_rates(year: AssessmentYear, client_for: ClientFor) -> None:
    departments("D01", "D02")
    opened(year, "department")
    url = reverse("assessment:sheet_round_close", kwargs={"year": 2025, "kind": "department"})
    closing: Any = client_for("office").get(url).context["closing"]
    assert ([r.account.username for r in closing.waited_for], closing.unrated) == (["D01", "D02"], ["青石镇", "柳河镇"])
    assert client_for("office").post(url).status_code == 302
    assert SheetRound.objects.get().is_open is False


@pytest.mark.parametrize("many", [1, 40])
def test_the_round_page_asks_the_database_the_same_for_all(
    year: AssessmentYear, client_for: ClientFor, django_assert_num_queries: Any, many: int
) -> None:
    accounts = departments(*[f"D{place:02}" for place in range(many)])
    opened(year, "department")
    signed(year, accounts[0], {})
    browser = client_for("office")
    with django_assert_num_queries(12):
        page = browser.get(reverse("assessment:sheet_round", kwargs={"year": 2025, "kind": "department"}))
    assert len(page.context["lines"]) == many


def test_while_a_round_is_open_or_counted_its_votes_are_not_entered_by_hand(
    year: AssessmentYear, office: Account
) -> None:
    (one,) = departments("D01")
    found = opened(year, "department")
    by_hand = {("T01", "E2", ""): TallyCounts((9, 1, 0, 0))}
    with pytest.raises(Refused):
        team_tallies_save(year=year, tallies=by_hand, by=office)
    signed(year, one, {})
    sheet_round_close(sheet_round=found, by=office)
    with pytest.raises(Refused):
        team_tallies_save(year=year, tallies=by_hand, by=office)
    assert counted(year)["E2", "T01"] == (1, 1, 1, (0, 0, 0, 0), 1)


def test_a_round_that_counted_nothing_leaves_its_votes_to_the_office(year: AssessmentYear, office: Account) -> None:
    sheet_round_close(sheet_round=opened(year, "department"), by=office)
    team_tallies_save(year=year, tallies={("T01", "E2", ""): TallyCounts((9, 1, 0, 0))}, by=office)
    assert counted(year) == {("E2", "T01"): (None, None, None, (9, 1, 0, 0), 0)}
