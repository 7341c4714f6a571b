"""The board: what each source of each township still lacks, in words, and whom to call."""

import re
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from assessment.models import (
    AssessmentYear,
    Box,
    BoxState,
    Electorate,
    Interview,
    PaperCount,
    Phase,
    Sheet,
    SheetKind,
    SheetRound,
    SheetState,
    ValueEntry,
)
from assessment.presenters.board import board_page
from assessment.services.team import MemberRow, TeamRow, team_save
from cadres.models import Account, Department, Role, Township
from tests.conftest import account_of
from tests.county import county, ladder
from tests.factories import AccountFactory, DepartmentFactory

ClientFor = Callable[[str], Client]


def board(year: AssessmentYear, *, only_missing: bool = False) -> dict[str, dict[str, tuple[str, str]]]:
    """Township code → source → (state, words)."""
    with translation.override("en"):
        page = board_page(year, only_missing=only_missing)
        rows = page["rows"]
        assert isinstance(rows, list)
        return {row.township.code: {name: (cell.state, cell.text) for name, cell in row.cells} for row in rows}


def debtors(year: AssessmentYear) -> dict[str, dict[str, list[str]]]:
    """Heading → name → what is owed."""
    with translation.override("en"):
        groups = board_page(year, only_missing=False)["groups"]
        assert isinstance(groups, list)
        return {g.title: {d.name: [cell.text for cell in d.cells] for d in g.debtors} for g in groups}


def township(code: str = "T01") -> Township:
    return Township.objects.get(code=code)


def box(year: AssessmentYear, state: BoxState, **fields: object) -> Box:
    """The box of T01 with one voter group."""
    made = Box.objects.create(year=year, township=township(), state=state, **fields)
    Electorate.objects.create(box=made, category="老干部", entitled=20, present=20)
    return made


def entry(year: AssessmentYear, line: str, by: Account, **fields: object) -> ValueEntry:
    stamp = {"entered_by": by, "entered_at": timezone.now()}
    return ValueEntry.objects.create(line=year.lines.get(code=line), township=township(), **stamp, **fields)


def test_year_without_anything_lacks_every_source(year: AssessmentYear) -> None:
    """13 lines; three principals and deputies of T01 to be talked to."""
    assert board(year)["T01"] == {
        "Values": ("missing", "13 missing"),
        "Ballot box": ("missing", "no box yet"),
        "Departments' sheets": ("missing", "not begun"),
        "Leaders' sheets": ("missing", "not begun"),
        "Assessors' sheets": ("missing", "not begun"),
        "Rates departments": ("missing", "not begun"),
        "Interviews": ("missing", "3 to be held"),
    }


def test_complete_year_lacks_sheets_of_townships_and_interviews_only(db: None) -> None:
    year = county(ladder(2), phase=Phase.COLLECTING)
    cells = board(year)["T1"]
    assert {name for name, (state, _words) in cells.items() if state == "done"} == {
        "Values",
        "Ballot box",
        "Departments' sheets",
        "Leaders' sheets",
        "Assessors' sheets",
    }
    assert cells["Ballot box"] == ("done", "entered by hand")


def test_y3_value_that_nobody_confirmed_is_not_there_yet(
    year: AssessmentYear, office: Account, department: Account
) -> None:
    entry(year, "K1", department, value=Fraction(5))
    assert board(year)["T01"]["Values"] == ("missing", "12 missing · 1 to confirm")
    settled = {"settled_by": office, "settled_at": timezone.now(), "return_reason": "口径不符"}
    entry(year, "K2", department, value=Fraction(5), state="returned", **settled)
    assert board(year)["T01"]["Values"] == ("problem", "12 missing · 1 returned · 1 to confirm")


@pytest.mark.parametrize(
    ("state", "cell"),
    [
        (BoxState.PREPARED, ("missing", "prepared")),
        (BoxState.OPEN, ("waiting", "open")),
        (BoxState.CLOSED, ("missing", "paper to key: 1 of 1 groups")),
        (BoxState.COUNTED, ("done", "counted")),
        (BoxState.VOID, ("problem", "void, a new one is needed")),
    ],
)
def test_y4_box_is_told_by_its_state(year: AssessmentYear, state: BoxState, cell: tuple[str, str]) -> None:
    box(year, state, void_reason="x")
    assert board(year)["T01"]["Ballot box"] == cell
    assert board(year)["T02"]["Ballot box"] == ("missing", "no box yet")


def test_rehearsal_is_no_box(year: AssessmentYear) -> None:
    box(year, BoxState.OPEN, is_rehearsal=True)
    assert board(year)["T01"]["Ballot box"] == ("missing", "no box yet")


def test_two_keyings_that_differ_are_a_problem(year: AssessmentYear, office: Account, second_clerk: Account) -> None:
    group = box(year, BoxState.CLOSED).electorates.get()
    numbers = {"issued": 20, "returned": 20, "void": 0, "keyed_at": timezone.now()}
    PaperCount.objects.create(electorate=group, hand=1, keyed_by=office, counts=[[20, 0, 0, 0, 0]], **numbers)
    assert board(year)["T01"]["Ballot box"] == ("missing", "paper to key: 1 of 1 groups")
    PaperCount.objects.create(electorate=group, hand=2, keyed_by=second_clerk, counts=[[19, 1, 0, 0, 0]], **numbers)
    assert board(year)["T01"]["Ballot box"] == ("problem", "two keyings differ")


def opened(year: AssessmentYear, kind: SheetKind) -> SheetRound:
    return SheetRound.objects.create(year=year, kind=kind, opened_at=timezone.now())


def signed(sheet_round: SheetRound, by: Account) -> None:
    Sheet.objects.create(round=sheet_round, account=by, state=SheetState.SIGNED, signed_at=timezone.now())


def test_sheets_are_counted_by_who_is_asked_about_the_township(
    year: AssessmentYear, assessor: Account, leader: Account
) -> None:
    """The assessor's team answers for T01 alone; two leaders rate everybody."""
    AccountFactory(role=Role.LEADER, username="leader2")
    members = (MemberRow("assessor", is_head=True),)
    team_save(year=year, row=TeamRow("考评一组", townships=("T01",), members=members), by=None)
    opened(year, SheetKind.ASSESSOR)
    signed(opened(year, SheetKind.LEADER), leader)
    cells = board(year)
    assert [cells[code]["Assessors' sheets"] for code in ("T01", "T02")] == [
        ("missing", "0 of 1 signed"),
        ("problem", "nobody is asked"),
    ]
    assert cells["T01"]["Leaders' sheets"] == ("missing", "1 of 2 signed")
    owed = debtors(year)
    assert owed["Departments"] == {"—": ["lines without a department", "26 values missing"]}
    assert owed["County leaders"] == {"leader2 clerk": ["sheet not begun"]}
    assert owed["Assessment teams"] == {"考评一组 assessor": ["sheet not begun"]}


def test_all_signed_waits_for_the_office(year: AssessmentYear, leader: Account) -> None:
    signed(opened(year, SheetKind.LEADER), leader)
    assert board(year)["T01"]["Leaders' sheets"] == ("waiting", "1 of 1 signed")


def test_y6_townships_own_sheet(year: AssessmentYear, township: Account) -> None:
    """T02 has no account that could fill one in."""
    DepartmentFactory(code="01")
    sheets = opened(year, SheetKind.TOWNSHIP)
    assert board(year)["T01"]["Rates departments"] == ("missing", "not begun")
    assert board(year)["T02"]["Rates departments"] == ("problem", "no account")
    signed(sheets, township)
    assert board(year)["T01"]["Rates departments"] == ("done", "signed")


def test_department_owes_the_values_of_its_lines(year: AssessmentYear, department: Account) -> None:
    """K1 and K2 of two townships; K1 of T01 is entered and awaits confirmation."""
    year.lines.filter(code__in=["K1", "K2"]).update(department=Department.objects.get(code="D01"))
    year.lines.exclude(code__in=["K1", "K2"]).update(department=DepartmentFactory(code="D99", name="无户局"))
    entry(year, "K1", department, value=Fraction(5))
    assert debtors(year)["Departments"] == {
        "财政局": ["3 values missing"],
        "无户局": ["no account", "22 values missing"],
    }


def test_department_owes_the_end_of_its_box(year: AssessmentYear) -> None:
    """A department that is rated by a meeting of its own; when its box is counted or void it owes nothing."""
    own = DepartmentFactory(code="D77", name="住建局")
    made = Box.objects.create(year=year, department=own, state=BoxState.PREPARED)
    assert debtors(year)["Departments"]["住建局"] == ["no account", "ballot box: prepared"]
    for state in (BoxState.COUNTED, BoxState.VOID):
        Box.objects.filter(pk=made.pk).update(state=state, void_reason="改期")
        assert "住建局" not in debtors(year)["Departments"]


def test_only_missing_leaves_out_who_has_everything(db: None) -> None:
    year = county(ladder(2), phase=Phase.COLLECTING)
    first = year.townships.get(code="T1")
    for item in year.roster.filter(township=first):
        stamp = {"recorded_by": account_of("office"), "recorded_at": timezone.now(), "held_on": date(2025, 12, 9)}
        Interview.objects.create(year=year, township=first, group="member", cadre=item.cadre, **stamp)
    for group in ("superior", "delegate", "middle", "ordinary"):
        year.interview_targets.create(township=first, group=group, people=0)
    own = AccountFactory(role=Role.TOWNSHIP, username="t1", township=first)
    DepartmentFactory(code="01")
    signed(opened(year, SheetKind.TOWNSHIP), own)
    assert list(board(year)) == ["T1", "T2"]
    assert list(board(year, only_missing=True)) == ["T2"]


# --- pages ---------------------------------------------------------------------------------------


def test_board_says_whom_to_call(client_for: ClientFor, year: AssessmentYear, township: Account) -> None:
    Account.objects.filter(pk=township.pk).update(phone="0700-11")
    team_save(year=year, row=TeamRow("考评一组", "罗斌", "0700-22", ("T01",)), by=None)
    rows = client_for("office").get("/years/2025/board/").context["rows"]
    assert [(contact.name, contact.phone) for contact in rows[0].contacts] == [
        ("township", "0700-11"),
        ("考评一组 罗斌", "0700-22"),
    ]
    assert rows[1].contacts == ()


def test_board_does_not_say_a_township_twice(client_for: ClientFor, year: AssessmentYear) -> None:
    """An account called as its township: the phone alone; without a phone the name says that there is an account."""
    unit = township()
    account = AccountFactory(role=Role.TOWNSHIP, username="own", name=unit.name, phone="0700-33", township=unit)
    office = client_for("office")
    row = office.get("/years/2025/board/").context["rows"][0]
    assert [(contact.name, contact.phone) for contact in row.contacts] == [("", "0700-33")]
    Account.objects.filter(pk=account.pk).update(phone="")
    row = office.get("/years/2025/board/").context["rows"][0]
    assert [(contact.name, contact.phone) for contact in row.contacts] == [(unit.name, "")]


def test_every_cell_leads_where_it_is_mended(client_for: ClientFor, year: AssessmentYear) -> None:
    office = client_for("office")
    made = box(year, BoxState.PREPARED)
    row = office.get("/years/2025/board/").context["rows"][0]
    links = {cell.url for _source, cell in row.cells}
    assert f"/years/2025/boxes/{made.pk}/" in links
    assert [office.get(url).status_code for url in links] == [200] * len(links)


def test_board_shows_no_count_of_votes(client_for: ClientFor, db: None) -> None:
    """Each evaluation of each subject has 20 votes of the first grade, and nothing else on the page is 20."""
    county(ladder(2), phase=Phase.COLLECTING)
    page = client_for("office").get("/years/2025/board/").content.decode()
    body = page[page.index('id="board"') : page.index("</main>")]
    assert "20" not in re.sub(r"2025|\d\d:\d\d", "", body)  # the year, the time of day


def test_board_of_an_ended_session_goes_to_the_sign_in_page_as_a_whole(client: Client, year: AssessmentYear) -> None:
    answer = client.get("/years/2025/board/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/sign-in/?next=/years/2025/board/")


@pytest.mark.parametrize("teams", [1, 12])
def test_board_asks_the_database_no_more_often_for_many_townships(
    client_for: ClientFor, teams: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    year = county(ladder(teams), phase=Phase.COLLECTING)
    account_of("leader")
    account_of("department")
    for kind in SheetKind:
        opened(year, kind)
    for unit in year.townships.all():
        made = Box.objects.create(year=year, township=unit, state=BoxState.CLOSED)
        Electorate.objects.create(box=made, category="老干部", entitled=20, present=20)
    team_save(year=year, row=TeamRow("考评一组", townships=("T1",)), by=None)
    office = client_for("office")
    with django_assert_num_queries(52):
        office.get("/years/2025/board/")
