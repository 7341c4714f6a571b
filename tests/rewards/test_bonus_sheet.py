"""The bonus as paper: sheets for finance and signature, corrections with what they change, a person's years."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import load_workbook

from assessment.models import AssessmentYear
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Township
from cadres.selectors.audit import data_revision
from rewards.models import BonusConfirmation
from rewards.rules import ShareState, split_differences
from rewards.selectors.bonus import year_bonus
from rewards.selectors.bonus_person import bonus_of
from rewards.selectors.bonus_sheet import bonus_differences, bonus_sheet, confirmed_split
from rewards.services.bonus import bonus_confirm
from rewards.services.grade import DecisionRow, grade_decisions_save
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.rewards.committee import outstanding
from workbook.services.bonus_sheet import bonus_sheet_export

pytestmark = pytest.mark.django_db

BONUS, CONFIRM, SHEET, EXCEL = (f"/years/2025/bonus/{part}" for part in ("", "confirm/", "sheet/", "workbook/"))


@pytest.fixture
def confirmed(office: Account) -> AssessmentYear:
    """Two outstanding teams of two principals and three deputies: 50,000 and 45,000, all paid."""
    year = outstanding(ladder(2))
    bonus_confirm(year=year, by=office)
    return year


def decided(year: AssessmentYear, subject: str, grade: str) -> None:
    grade_decisions_save(year=year, rows=[DecisionRow(subject, grade, "复核更正")], by=None)


def differences(year: AssessmentYear) -> list[tuple[str, ...]]:
    """Number, paid before, paid now, to pay, to recover."""
    confirmation = BonusConfirmation.objects.get(number=1)
    found = bonus_differences(bonus=year_bonus(year=year), confirmation=confirmation)
    assert found is not None
    shares = [row.difference for row in found.shares]
    return [
        (
            share.number,
            *(f"{part:.2f}" for part in (share.paid_before, share.paid_after, share.to_pay, share.to_recover)),
        )
        for share in shares
    ]


# What differs


def test_b4_nothing_differs_from_what_is_confirmed(confirmed: AssessmentYear) -> None:
    assert differences(confirmed) == []


def test_b4_b3_a_lowered_grade_is_to_recover_from_one(confirmed: AssessmentYear) -> None:
    decided(confirmed, "T1-4", "基本称职")
    assert differences(confirmed) == [("T1-4", "10000.00", "0.00", "0.00", "10000.00")]


def test_b4_b1_a_team_that_is_no_longer_outstanding_gives_everything_back(confirmed: AssessmentYear) -> None:
    decided(confirmed, "T2", "实绩较好")
    assert differences(confirmed) == [(f"T2-{seat}", "9000.00", "0.00", "0.00", "9000.00") for seat in range(1, 6)]


def test_b4_b1_the_first_falls_out_and_the_second_moves_up(confirmed: AssessmentYear) -> None:
    """T2 moves from 45,000 to 50,000: 1,000 more for each; T1 gives 10,000 back each."""
    decided(confirmed, "T1", "实绩较好")
    found = {number: (pay, recover) for number, _before, _now, pay, recover in differences(confirmed)}
    assert found == {
        **{f"T1-{seat}": ("0.00", "10000.00") for seat in range(1, 6)},
        **{f"T2-{seat}": ("1000.00", "0.00") for seat in range(1, 6)},
    }


def test_b4_team_differences_name_place_and_award(confirmed: AssessmentYear) -> None:
    before = confirmed_split(BonusConfirmation.objects.get())
    decided(confirmed, "T1", "实绩较好")
    after = year_bonus(year=confirmed).split
    assert after is not None
    found = split_differences(before, after)
    assert {team.team: (team.place_before, team.place_after, team.difference) for team in found.teams} == {
        "T1": (1, None, Decimal("-50000.00")),
        "T2": (2, 1, Decimal("5000.00")),
    }
    assert (found.to_pay, found.to_recover) == (Decimal("5000.00"), Decimal("50000.00"))
    assert found.paid_before + found.to_pay - found.to_recover == found.paid_after


def test_an_unconfirmed_year_has_no_differences() -> None:
    assert bonus_differences(bonus=year_bonus(year=outstanding(ladder(1))), confirmation=None) is None


def test_page_and_confirmation_show_what_a_correction_changes(client_for: ClientFor, confirmed: AssessmentYear) -> None:
    decided(confirmed, "T1-4", "基本称职")
    for path in (BONUS, CONFIRM):
        answer = client_for("office").get(path)
        rows = answer.context["differences"].shares
        assert [(row.name, row.township, row.difference.to_recover) for row in rows] == [
            ("王伟", "T1镇", Decimal("10000.00"))
        ]
        assert "95,000.00 + 0.00 − 10,000.00 = 85,000.00" in answer.content.decode()


# The sheets


def test_sheet_of_each_team_has_figures_and_capitals(client_for: ClientFor, confirmed: AssessmentYear) -> None:
    page = client_for("office").get(SHEET).content.decode()
    assert page.count('<article class="print-sheet bonus-sheet">') == 3  # the summary and two teams
    assert page.count("壹万元整") == 5
    assert page.count("玖仟元整") == 5
    assert [words in page for words in ("伍万元整", "肆万伍仟元整", "玖万伍仟元整")] == [True] * 3
    assert "50,000.00 + 0.00 + 0.00 + 0.00 = 50,000.00" in page
    assert "95,000.00 + 155,000.00 = 250,000.00" in page
    assert "watermark" not in page


def test_draft_carries_the_mark(client_for: ClientFor) -> None:
    outstanding(ladder(2))
    page = client_for("office").get(SHEET).content.decode()
    assert (page.count('class="watermark"'), EXCEL in page) == (3, False)


def test_excluded_are_named_with_the_reason_and_no_amount_to_sign(client_for: ClientFor, office: Account) -> None:
    inputs = ladder(1)
    cadres = tuple(
        replace(cadre, not_graded="5A", tallies={}) if cadre.number == "T1-3" else cadre for cadre in inputs.cadres
    )
    year = outstanding(replace(inputs, cadres=cadres))
    bonus_confirm(year=year, by=office)
    sheet = bonus_sheet(year=year)
    assert sheet is not None
    (team,) = sheet.teams
    assert [(entry.share.state, entry.paid) for entry in team.shares][2] == (ShareState.WITHHELD, Decimal("0.00"))
    page = client_for("office").get(SHEET).content.decode()
    assert page.count("（B3）") == 1


def test_correction_sheet_shows_the_difference(
    client_for: ClientFor, confirmed: AssessmentYear, office: Account
) -> None:
    decided(confirmed, "T2", "实绩较好")
    bonus_confirm(year=confirmed, reason="第二名档次更正", by=office)
    page = client_for("office").get(SHEET).content.decode()
    assert [words in page for words in ("第二名档次更正", "95,000.00 + 0.00 − 45,000.00 = 50,000.00")] == [True, True]
    first = client_for("office").get(f"{SHEET}?number=1").content.decode()
    assert ("肆万伍仟元整" in first, "第二名档次更正" in first.split("print-sheet")[1]) == (True, False)


@pytest.mark.parametrize(("number", "status"), [("1", 200), ("2", 404), ("x", 200), ("", 200)])
def test_confirmation_asked_for(number: str, status: int, client_for: ClientFor, confirmed: AssessmentYear) -> None:
    assert client_for("office").get(f"{SHEET}?number={number}").status_code == status


def test_leader_prints_and_has_no_excel(client_for: ClientFor, confirmed: AssessmentYear) -> None:
    page = client_for("leader").get(SHEET).content.decode()
    assert ("壹万元整" in page, EXCEL in page) == (True, False)
    assert client_for("leader").get(EXCEL).status_code == 403


# Excel


def rows_of(data: bytes, sheet: str) -> Iterator[dict[str, Any]]:
    header, *rows = load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    return (dict(zip(map(str, header), row, strict=False)) for row in rows)


def test_workbook_holds_summary_and_teams(confirmed: AssessmentYear, office: Account) -> None:
    data = bonus_sheet_export(year=confirmed, by=office)
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["汇总", "01 T1镇", "02 T2镇"]
    first = list(rows_of(data, "01 T1镇"))
    assert [(row["姓名"], row["实发"], row["大写金额"]) for row in first[:5]] == [("王伟", 10000, "壹万元整")] * 5
    assert (first[5]["姓名"], first[5]["实发"], first[5]["大写金额"]) == ("合计", 50000, "伍万元整")
    page = book["01 T1镇"]
    assert (page["G2"].number_format, page.page_setup.paperSize, page.print_title_rows) == ("#,##0.00", 9, "$1:$1")
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"n", "s"}  # no formula


def test_workbook_of_a_correction_has_the_differences(confirmed: AssessmentYear, office: Account) -> None:
    decided(confirmed, "T1-4", "基本称职")
    bonus_confirm(year=confirmed, reason="更正", by=office)
    rows = list(rows_of(bonus_sheet_export(year=confirmed, by=office), "更正差额"))
    assert [(row["工号"], row["原实发"], row["现实发"], row["补发"], row["收回"]) for row in rows[:1]] == [
        ("T1-4", 10000, 0, 0, 10000)
    ]


def test_text_of_users_is_no_formula(confirmed: AssessmentYear, office: Account) -> None:
    Cadre.objects.filter(number="T1-1").update(name="=HYPERLINK(1)")
    Township.objects.filter(code="T2").update(name="'[红]塘:*?/\\乡" + "长" * 40)
    book = load_workbook(BytesIO(bonus_sheet_export(year=confirmed, by=office)))
    cell = book["01 T1镇"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert book.sheetnames[2].startswith("02 红塘乡长")


def test_unconfirmed_bonus_is_no_workbook(client_for: ClientFor, office: Account) -> None:
    year = outstanding(ladder(1))
    with pytest.raises(Refused):
        bonus_sheet_export(year=year, by=office)
    assert client_for("office").get(EXCEL)["Location"] == BONUS


def test_export_is_on_record_and_changes_nothing(confirmed: AssessmentYear, office: Account) -> None:
    revision = data_revision()
    bonus_sheet_export(year=confirmed, by=office)
    entry = AuditEntry.objects.get(action="bonus_sheet_export")
    assert (entry.year, entry.actor, entry.details["number"], data_revision()) == (2025, office, 1, revision)


@pytest.mark.parametrize("who", ["leader", "department", "township", "assessor", "auditor", "administrator"])
def test_only_the_office_exports(who: str, confirmed: AssessmentYear, cast: dict[str, Account]) -> None:
    with pytest.raises(PermissionDenied):
        bonus_sheet_export(year=confirmed, by=cast[who])


# A person's years


def test_years_of_a_person_latest_first_with_what_was_before(confirmed: AssessmentYear, office: Account) -> None:
    later = county(ladder(4), number=2026)  # T1 is suggested 实绩突出
    bonus_confirm(year=later, on_suggested=True, reason="先行发放", by=office)
    decided(confirmed, "T1-4", "基本称职")
    bonus_confirm(year=confirmed, reason="更正", by=office)
    found = bonus_of(Cadre.objects.get(number="T1-4"), by=office)
    assert [(year.year, year.paid, year.before) for year in found] == [
        (2026, Decimal("10000.00"), ()),
        (2025, Decimal("0.00"), (Decimal("10000.00"),)),
    ]
    assert [payment.reason for payment in found[1].payments] == ["low_grade"]


def test_a_person_whose_team_fell_out_is_told_so(confirmed: AssessmentYear, office: Account) -> None:
    decided(confirmed, "T2", "实绩较好")
    bonus_confirm(year=confirmed, reason="更正", by=office)
    (year,) = bonus_of(Cadre.objects.get(number="T2-1"), by=office)
    assert (year.payments, year.paid, year.before) == ((), Decimal("0.00"), (Decimal("9000.00"),))


@pytest.mark.parametrize(("who", "years"), [("office", 1), ("leader", 1), ("township", 0), ("auditor", 0)])
def test_who_sees_a_persons_bonus(who: str, years: int, confirmed: AssessmentYear, cast: dict[str, Account]) -> None:
    assert len(bonus_of(Cadre.objects.get(number="T1-1"), by=cast[who])) == years
