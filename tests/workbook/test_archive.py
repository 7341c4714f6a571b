"""WORKBOOK 3: the archive holds what the record holds, as values, ready to print, and nothing that tells a vote."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme
from assessment.services.tally import TallyCounts, team_tallies_save
from assessment.services.value import values_save
from assessment.services.year import year_step_back
from cadres.models import Account, AuditEntry
from cadres.selectors.audit import data_revision
from rewards.services.bonus import bonus_confirm
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import Counts, YearInput
from tests.conftest import ClientFor, account_of
from tests.county import county, ladder, year_in_phase
from tests.oracle import read_golden
from workbook.archive.export import archive_export
from workbook.archive.safe_text import safe_text
from workbook.score_json import record_digest, score_record

pytestmark = pytest.mark.django_db

SHEETS = [
    "封面",
    "班子得分",
    "干部得分",
    "同级位次",
    "同职位次",
    "综合位次",
    "计分依据",
    "奖金分配",
    "处理建议",
    "考评办法",
    "测评票数",
    "变更记录",
]


def book_of(year: AssessmentYear, by: Account | None = None) -> Workbook:
    return load_workbook(BytesIO(archive_export(year=year, by=by)))


def table(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table by column title."""
    page = book[sheet]
    titles, *rows = page.iter_rows(max_row=last_row(page), values_only=True)
    return [dict(zip(map(str, titles), row, strict=True)) for row in rows]


def last_row(page: Any) -> int:
    """Where the table, and with it the filter, ends."""
    last = range_boundaries(page.auto_filter.ref)[3]
    assert last is not None
    return last


def notes(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    """What stands below the table."""
    page = book[sheet]
    rows = page.iter_rows(min_row=last_row(page) + 2, values_only=True)
    return [tuple(value for value in row if value is not None) for row in rows]


def as_recorded(title: str, value: Any) -> Any:
    """Points as the record writes them; places and grades as they are."""
    return value if title == "位次" or isinstance(value, str) else points(value)


def points(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


@dataclass(frozen=True)
class Golden:
    """A golden county's archive and its record."""

    record: dict[str, Any]
    content: bytes

    @property
    def book(self) -> Workbook:
        return load_workbook(BytesIO(self.content))


@cache
def exported() -> Golden:
    """Exported once for all tests that only read it."""
    year = county(read_golden.year_input("county-default"))
    return Golden(score_record(year), archive_export(year=year, by=account_of("office")))


@pytest.fixture
def golden(db: None) -> Golden:
    return exported()


# Same values as the record


def test_sheets_in_their_order(golden: Golden) -> None:
    assert golden.book.sheetnames == SHEETS


def test_team_scores_are_those_of_the_record(golden: Golden) -> None:
    record, scheme = golden.record, default_scheme()
    names = {entry.code: entry.name for entry in scheme.entries}
    expected = {
        team["name"]: {
            "位次": team["rank"],
            **{names[code]: value for code, value in team["lines"].items()},
            "考评目标": team["target_points"],
            "综合评价": team["evaluation_points"],
            "总分": team["total"],
            "建议档次": team["suggested_grade"],
            "档次": team["grade"],
        }
        for team in record["teams"]
    }
    rows = table(golden.book, "班子得分")
    vetoed = {row["乡镇"] for row in rows if row.pop("否决")}
    found = {row.pop("乡镇"): {key: as_recorded(key, value) for key, value in row.items()} for row in rows}
    assert vetoed == {team["name"] for team in record["teams"] if team["vetoed"]}
    assert found == expected


def test_cadre_scores_are_those_of_the_record(golden: Golden) -> None:
    names = {"民主测评": "C1", "工作实绩": "C2", "领导评价": "C3", "考评组评价": "C4"}
    expected = {
        cadre["id"]: (
            cadre["name"],
            cadre["post"],
            *(cadre["lines"].get(code) for code in names.values()),
            cadre["total"],
            cadre["rank_township"],
            cadre["rank_post"],
            cadre["rank_county"],
            cadre["suggested_grade"],
        )
        for cadre in golden.record["cadres"]
    }
    found = {
        row["工号"]: (
            row["姓名"],
            row["职务"],
            *(points(row[name]) for name in names),
            points(row["总分"]),
            row["同级位次"],
            row["同职位次"],
            row["综合位次"],
            row["建议档次"],
        )
        for row in table(golden.book, "干部得分")
    }
    assert found == expected


def test_rankings_follow_their_places(golden: Golden) -> None:
    book = golden.book
    county_places = [row["综合位次"] for row in table(book, "综合位次")]
    graded = [place for place in county_places if place is not None]
    assert (len(county_places), len(graded), graded) == (137, 132, sorted(graded))
    deputies = table(book, "同级位次")
    assert {row["职务"] for row in deputies} & {"党委书记", "乡镇长"} == set()
    secretaries = [row["同职位次"] for row in table(book, "同职位次") if row["职务"] == "党委书记"]
    assert secretaries == sorted(secretaries)


def test_basis_has_a_row_for_every_line_and_adds_up(golden: Golden) -> None:
    book, record = golden.book, golden.record
    sums: dict[str, Decimal] = {}
    for row in table(book, "计分依据"):
        key = f"{row['类别']} {row['编码']}"
        sums[key] = sums.get(key, Decimal(0)) + Decimal(points(row["得分"]) or "0")
        assert row["规则"]
    expected = {f"班子 {team['township']}": Decimal(team["total"]) for team in record["teams"]}
    expected |= {f"干部 {cadre['id']}": Decimal(cadre["total"]) for cadre in record["cadres"] if cadre["graded"]}
    assert sums == expected


def test_bonus_rows_and_proof(golden: Golden) -> None:
    book, bonus = golden.book, golden.record["bonus"]
    rows = table(book, "奖金分配")
    teams = [row for row in rows if row["层级"] == "班子"]
    persons = [row for row in rows if row["层级"] == "个人"]
    assert points(sum(row["份额"] for row in teams)) == bonus["awards"]
    assert points(sum(row["实发"] for row in persons)) == bonus["paid"]
    assert points(sum(row["免发"] for row in persons)) == bonus["withheld"]
    assert [bool(row["说明"]) for row in persons if row["免发"]] == [True]
    proof = notes(book, "奖金分配")
    numbers = [tuple(points(value) for value in row) for row in proof if not isinstance(row[0], str)]
    assert numbers == [
        (bonus["paid"], bonus["withheld"], bonus["unpaid"], bonus["odd_cents"], bonus["awards"]),
        (bonus["awards"], bonus["rest"], bonus["pool"]),
    ]


def test_cover_names_the_state_and_its_digest(golden: Golden) -> None:
    cover = {row["项目"]: row["内容"] for row in table(golden.book, "封面")}
    assert cover["成绩记录的 SHA-256"] == record_digest(golden.record)
    assert (cover["年度"], cover["班子数"], cover["干部数"]) == ("2025", "16", "137")
    assert (cover["导出人"], cover["考评办法版本"]) == ("office", "第 1 版")


def test_scheme_holds_every_line_and_parameter(golden: Golden) -> None:
    rows = table(golden.book, "考评办法")
    assert [row["编码"] for row in rows if row["编码"]][:13] == [
        *("K1", "K2", "K3", "K4", "K5", "R1", "R2", "R3", "V1", "V2", "V3", "V4", "V5")
    ]
    parameters = {row["名称"]: row["值"] for row in rows if row["类别"] == "参数"}
    assert [parameters[name] for name in ("副职班子占比", "奖金总额", "班子档次分段")] == ["0.5", "250000", "（空）"]
    assert all(row["条款"] and row["来源"] for row in rows if row["类别"] == "参数")


def test_proposed_measures_stand_with_their_deadline_u2_u3(golden: Golden) -> None:
    """By the suggested grades: nothing is decided here."""
    low_teams = [team for team in golden.record["teams"] if team["suggested_grade"] in ("实绩一般", "实绩较差")]
    cadres = {cadre["id"]: cadre["suggested_grade"] for cadre in golden.record["cadres"]}
    expected = [(team["township"], kind) for team in low_teams for kind in ("集体谈话", "限期改进")]
    for number, grade in cadres.items():
        expected += [(number, kind) for kind in ("诫勉", "限期改进") if grade == "基本称职"]
        expected += [(number, "黄牌警告")] if grade == "不称职" else []
    rows = table(golden.book, "处理建议")
    assert sorted((row["对象"], row["处理"]) for row in rows) == sorted(expected) != []
    assert {(row["处理"] == "限期改进", row["期限"]) for row in rows} <= {(True, "2026-06-30"), (False, None)}
    assert {(row["决定"], row["文号"], row["谈话和评估"]) for row in rows} == {(None, None, None)}


# Set-up


def test_every_sheet_is_values_ready_to_print(golden: Golden) -> None:
    book = golden.book
    for page in book:
        assert (page.freeze_panes, page.print_title_rows) == ("A2", "$1:$1")
        assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.auto_filter.ref.startswith("A1:")
        assert {cell.data_type for row in page for cell in row} <= {"s", "n", "d"}
    assert book["班子得分"]["C2"].number_format == "0.00"
    assert book["奖金分配"]["H2"].number_format == "#,##0.00"


def test_archive_is_chinese_in_an_english_session() -> None:
    year = county(ladder(1))
    with translation.override("en"):
        english = book_of(year)
    chinese = book_of(year)
    for sheet in ("计分依据", "考评办法", "奖金分配"):
        assert table(english, sheet) == table(chinese, sheet)


# Text from users


NASTY = ["=1+1", "+86", "-2", "@SUM(A1)", "\tx", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("name", NASTY)
def test_text_never_becomes_a_formula(name: str) -> None:
    inputs = ladder(1)
    named = tuple(replace(cadre, name=name) for cadre in inputs.cadres)
    page = book_of(county(replace(inputs, cadres=named)))["干部得分"]
    assert (page["B2"].value, page["B2"].data_type, page["B2"].quotePrefix) == (name, "s", True)


@pytest.mark.parametrize(
    ("text", "written"),
    [("王\x07伟", "王␇伟"), ("\x00", "␀"), ("a\nb\tc", "a\nb\tc"), ("\x7f", "␡"), ("\ufffe", "\ufffd")],
)
def test_control_characters_are_shown_as_pictures(text: str, written: str) -> None:
    assert safe_text(text) == written


def test_control_character_in_a_name() -> None:
    inputs = ladder(1)
    named = tuple(replace(cadre, name="王\x0b伟") for cadre in inputs.cadres)
    assert book_of(county(replace(inputs, cadres=named)))["干部得分"]["B2"].value == "王␋伟"


# Votes


def grouped(**groups: Counts) -> YearInput:
    """One team whose 民主测评 has these categories."""
    inputs = ladder(1)
    team = inputs.teams[0]
    return replace(inputs, teams=(replace(team, tallies={**team.tallies, "E1": groups}),))


def shown(inputs: YearInput, by: Account | None = None) -> dict[str, Any]:
    rows = table(book_of(county(inputs), by), "测评票数")
    return {row["票别"]: row["好/优秀"] for row in rows if row["类别"] == "班子" and row["评价项"] == "民主测评"}


SMALL = Counts((4, 0, 0, 0))
MIDDLE, LARGE = Counts((7, 1, 0, 0)), Counts((40, 9, 1, 0))

HIDDEN = "不列示"


def test_large_groups_are_listed() -> None:
    assert shown(grouped(甲=MIDDLE, 乙=LARGE)) == {"甲": 7, "乙": 40}


def test_small_group_hides_the_next_smallest_with_it() -> None:
    assert shown(grouped(甲=SMALL, 乙=LARGE, 丙=MIDDLE)) == {"甲": HIDDEN, "乙": 40, "丙": HIDDEN}


def test_small_groups_that_together_are_small_hide_a_third() -> None:
    two, one = Counts((2, 0, 0, 0)), Counts((0, 0, 1, 0))
    assert shown(grouped(甲=two, 乙=one, 丙=MIDDLE, 丁=LARGE)) == {"甲": HIDDEN, "乙": HIDDEN, "丙": HIDDEN, "丁": 40}


def test_small_group_alone() -> None:
    assert shown(grouped(甲=SMALL)) == {"甲": HIDDEN}


def test_abstentions_do_not_make_a_group_large() -> None:
    assert shown(grouped(甲=Counts((2, 1, 0, 0), 30), 乙=LARGE)) == {"甲": HIDDEN, "乙": HIDDEN}


def test_hidden_counts_stand_nowhere_in_the_basis() -> None:
    book = book_of(county(grouped(甲=Counts((3, 1, 0, 0)), 乙=Counts((41, 9, 1, 0)))))
    row = next(row for row in table(book, "计分依据") if (row["类别"], row["计分项编码"]) == ("班子", "E1"))
    words = f"{row['录入']} {row['计算']}"
    assert [count for count in ("44", "55", "41", "51") if count in words] == []


def test_box_as_counted() -> None:
    year = county(ladder(1), phase=Phase.COLLECTING)
    counts = TallyCounts((20, 10, 5, 3), 2, issued=50, returned=45, valid=40)
    team_tallies_save(year=year, tallies={("T1", "E2", ""): counts}, by=None)
    row = next(row for row in table(book_of(year), "测评票数") if row["评价项"] == "县直单位评价")
    assert list(row.values())[5:] == [50, 45, 40, 5, 20, 10, 5, 3, 2]


def test_leader_gets_no_counts(leader: Account) -> None:
    book = book_of(county(ladder(1)), leader)
    assert table(book, "测评票数") == []
    votes = [row for row in table(book, "计分依据") if row["计分项编码"] == "E1"]
    assert len(votes) == 1
    assert "20" not in f"{votes[0]['录入']}{votes[0]['计算']}".replace("20.00", "")


# Changes


def changes(year: AssessmentYear) -> list[tuple[Any, ...]]:
    keys = ("操作人", "事项", "对象", "变更前", "变更后", "理由")
    return [tuple(row[key] for key in keys) for row in table(book_of(year), "变更记录")]


def test_phase_change_with_its_reason(office: Account) -> None:
    year = county(ladder(1))
    year_step_back(year=year, reason="补录票数", by=office)
    with translation.override("zh-hans"):
        before, after = str(Phase.CLOSED.label), str(Phase.COLLECTING.label)
    assert changes(year) == [(office.name, "阶段变更", "考评年度", before, after, "补录票数")]


def test_correction_and_decision(office: Account) -> None:
    year = county(ladder(1), phase=Phase.COLLECTING)
    values_save(year=year, cells={("T1", "K1"): Fraction(98)}, by=office)
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩较好")], by=office)
    found = [row[1:5] for row in changes(year)]
    assert [row[0] for row in found] == ["目标完成更正", "档次决定"]
    assert found[0][2:] == ("99", "98")
    assert found[1] == ("档次决定", "T1镇", None, "实绩较好")


def test_corrected_tally_is_told_without_counts(office: Account) -> None:
    year = county(ladder(1), phase=Phase.COLLECTING)
    team_tallies_save(year=year, tallies={("T1", "E1", ""): TallyCounts((17, 3, 0, 0))}, by=office)
    assert [row[1:] for row in changes(year)] == [("票数更正", "T1镇 民主测评", None, "票数已更正", None)]


def test_bonus_decisions_are_changes(office: Account) -> None:
    year = county(ladder(1), phase=Phase.COLLECTING)
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出", "县委研究决定")], by=office)
    year_in_phase(year, Phase.CLOSED)
    bonus_confirm(year=year, on_suggested=True, reason="先行发放", by=office)
    assert changes(year)[-1][1:5] == ("奖金确认", "奖金", None, "奖金合计 50000.00，实发 50000.00")


# Doors


def test_export_is_recorded_and_changes_nothing(office: Account) -> None:
    year = county(ladder(1))
    revision = data_revision()
    archive_export(year=year, by=office)
    entry = AuditEntry.objects.get(action="archive_export")
    assert (entry.year, entry.actor, data_revision()) == (2025, office, revision)


@pytest.mark.parametrize("name", ["department", "township", "assessor", "auditor", "administrator"])
def test_others_get_no_archive(name: str, cast: dict[str, Account]) -> None:
    with pytest.raises(PermissionDenied):
        archive_export(year=county(ladder(1)), by=cast[name])


def test_leader_waits_for_the_close(leader: Account) -> None:
    with pytest.raises(PermissionDenied):
        archive_export(year=county(ladder(1), phase=Phase.COLLECTING), by=leader)


def test_downloads(client_for: ClientFor) -> None:
    year = county(ladder(1))
    office: Client = client_for("office")
    workbook = office.get("/years/2025/archive/workbook/")
    assert load_workbook(BytesIO(workbook.content)).sheetnames == SHEETS
    assert "attachment" in workbook["Content-Disposition"]
    assert office.get("/years/2025/archive/record/").json() == score_record(year)


def test_page_shows_the_digest(client_for: ClientFor) -> None:
    year = county(ladder(1))
    assert record_digest(score_record(year)) in client_for("leader").get("/years/2025/archive/").content.decode()


def test_queries_do_not_grow_with_the_county() -> None:
    """The later year first: measures look at earlier ones, and both have none."""
    assert queries(lambda: county(ladder(2), number=2026)) == queries(lambda: county(ladder(9)))


def queries(make: Callable[[], AssessmentYear]) -> int:
    year = make()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        archive_export(year=year, by=None)
    return len(captured)


def test_command_writes_the_file(tmp_path: Path) -> None:
    county(ladder(1))
    call_command("export_archive", "2025", "--output", str(tmp_path / "a.xlsx"))
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == SHEETS


def test_command_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2031"):
        call_command("export_archive", "2031", "--output", str(tmp_path / "a.xlsx"))
    county(ladder(1))
    with pytest.raises(CommandError):
        call_command("export_archive", "2025", "--output", str(tmp_path / "none" / "a.xlsx"))


# LibreOffice

SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason="LibreOffice is not installed here")
def test_libreoffice_reads_the_same_values(golden: Golden, tmp_path: Path) -> None:
    ours, converted = tmp_path / "archive.xlsx", tmp_path / "converted"
    ours.write_bytes(golden.content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", str(converted), str(ours)]
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    read, written = load_workbook(converted / "archive.xlsx"), load_workbook(ours)
    assert read.sheetnames == written.sheetnames
    for page in written:
        assert values(read[page.title]) == values(page)
        assert read[page.title].auto_filter.ref is not None


def values(page: Any) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in page.iter_rows(values_only=True, max_row=page.max_row)]
