"""Workbooks as people make them come in whole, and twice changes nothing (WORKBOOK 1, 2)."""

import json
import re
import shutil
import subprocess
from contextlib import suppress
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from assessment.models import AssessmentYear, LineValue, Phase, RosterEntry, SchemeVersion, Tally, Veto
from cadres.models import AuditEntry, Cadre, Township
from cadres.selectors.audit import audit_broken_at
from rewards.models import GradeDecision, PastResult
from tests.workbook.books import Sheets, book_of, county, rezipped, spoilt
from tests.workbook.test_import_problems import row_counts
from workbook.reading import FileRefused, read_book
from workbook.services.import_year import ImportReport, year_import, year_import_preview
from workbook.services.marked import LARGEST_KEPT, workbook_marked
from workbook.services.reading import workbook_read

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"


def imported(data: bytes, number: int = 2025) -> ImportReport:
    """Import what is right in every cell."""
    report = year_import(data=data, number=number, file_name="county.xlsx", by=None)
    assert report.reading.problems.lines() == []
    assert report.applied
    return report


def command(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_year", str(path), "--year", "2025", *options, stdout=out)
    return out.getvalue()


def scored() -> dict[str, Any]:
    out = StringIO()
    call_command("score_year", "2025", "--json", stdout=out)
    return by_key(json.loads(out.getvalue()))


def by_key(record: dict[str, Any]) -> dict[str, Any]:
    """Order of rows is free."""
    rows = {"teams": lambda row: row["township"], "cadres": lambda row: row["id"]}
    return record | {name: sorted(record[name], key=key) for name, key in rows.items()}


@pytest.mark.parametrize("name", ["county-default", "county-own-scheme"])
def test_golden_county_comes_to_its_results(name: str) -> None:
    command(GOLDEN / f"{name}.xlsx")
    assert scored() == by_key(json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", ["county-default", "county-own-scheme"])
def test_the_same_file_twice_changes_nothing(name: str) -> None:
    command(GOLDEN / f"{name}.xlsx")
    before = row_counts()
    command(GOLDEN / f"{name}.xlsx")
    assert row_counts() == before
    assert audit_broken_at() is None


def test_dry_run_saves_nothing() -> None:
    before = row_counts()
    assert "137" in command(GOLDEN / "county-default.xlsx", "--dry-run")
    assert row_counts() == before


def test_command_prints_each_problem_on_a_line_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    path.write_bytes(spoilt("干部", "D3", "副镇长"))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_year", str(path), "--year", "2025", stdout=out)
    assert [line.partition(":")[0] for line in out.getvalue().splitlines()] == ["干部!D3"]


def test_command_without_a_file_fails_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.xlsx"):
        command(tmp_path / "absent.xlsx")


@pytest.mark.parametrize("number", [0, 1979, 2201, 99_999])
def test_a_number_that_is_no_year_is_refused(number: int) -> None:
    report = year_import(data=book_of(county()), number=number, file_name="a.xlsx", by=None)
    assert (report.applied, report.reading.problems.count) == (False, 1)


def stored() -> dict[str, object]:
    """Everything a workbook says, by natural keys."""
    entries = RosterEntry.objects.prefetch_related("in_charge").select_related("cadre", "township", "post")
    tally = ("township__code", "cadre__number", "evaluation", "group", "issued", "returned", "valid", "first", "second")
    return {
        "townships": list(Township.objects.values_list("code", "name", "order")),
        "roster": [
            (
                *(e.cadre.number, e.cadre.name, e.township.code, e.post.name, e.is_principal, e.not_graded),
                *(line.code for line in e.in_charge.all()),
            )
            for e in entries
        ],
        "values": sorted(LineValue.objects.values_list("township__code", "line__code", "value", "applicable")),
        "vetoes": list(Veto.objects.values_list("township__code", "line__code", "fact", "decided_on", "document")),
        "tallies": list(Tally.objects.order_by("pk").values_list(*tally, "third", "fourth", "abstain")),
        "scheme": list(SchemeVersion.objects.values_list("number", "content")),
    }


@pytest.fixture
def plain(db: None) -> dict[str, object]:
    """What the county comes to when every cell is typed as it should be, taken back again."""
    imported(book_of(county()))
    kept = stored()
    for model in (Tally, LineValue, Veto, RosterEntry.in_charge.through, RosterEntry):
        model._default_manager.all().delete()
    return kept


def test_charges_and_kinds_are_understood(plain: dict[str, object]) -> None:
    assert plain["roster"] == [
        ("0001", "王伟", "001", "党委书记", True, ""),
        ("0002", "王伟", "001", "副乡镇长", False, "", "K1", "V2"),
        ("0003", "李娜", "002", "乡镇长", True, ""),
        ("0004", "张敏", "002", "组织委员", False, "5A", "K2", "K5"),
    ]


def titled(sheets: Sheets) -> bytes:
    def edit(book: Workbook) -> None:
        for sheet in book.worksheets:
            sheet.insert_rows(1, 2)
            sheet["A1"] = "某县2025年度考评数据"
            sheet.merge_cells("A1:C1")

    return book_of(sheets, edit)


def as_text(sheets: Sheets) -> bytes:
    """Numbers as text: full-width digits, blanks around."""
    digits = str.maketrans("0123456789.", "０１２３４５６７８９．")
    for name in ("目标完成", "班子测评", "干部测评"):
        for row in sheets[name][1:]:
            row[1:] = [f" {cell} ".translate(digits) if isinstance(cell, int | float) else cell for cell in row[1:]]
    return book_of(sheets)


def with_more(sheets: Sheets) -> bytes:
    """Unknown sheets and columns, another order, examples, blank rows, blanks in headers."""
    for name, rows in sheets.items():
        width = len(rows[0])
        for row in rows:
            row.insert(1, "备注" if row is rows[0] else None)
        rows.insert(1, ["示例 甲", *["示例"] * width])
        rows.insert(2, [None] * (width + 1))
        rows.append([None, "以上数据已核对" if name == "乡镇" else None])
    sheets["干部"][0][2] = "姓 名"
    sheets["填表说明"] = [["请勿修改表头"]]
    return book_of(dict(reversed(sheets.items())))


def by_name_and_code(sheets: Sheets) -> bytes:
    """Townships by name, lines and evaluations by code, a date in another spelling."""
    names = {"001": "红塘乡", "002": "青沟乡"}
    for name in ("目标完成", "否决", "班子测评"):
        for row in sheets[name][1:]:
            row[0] = names[row[0]]
    codes = {"民主测评": "E1", "县直单位评价": "E2", "县级领导评价": "E3", "考评组评价": "E4"}
    for row in sheets["班子测评"][1:]:
        row[1] = codes[row[1]]
    sheets["目标完成"][0][1:] = ["K1", "K2", "K3", "K4", "K5", "R1", "R2", "R3", "V1", "V2", "V3", "V4", "V5"]
    sheets["否决"][1][4] = "2025年6月30日"
    return book_of(sheets)


def wps(sheets: Sheets) -> bytes:
    """A wrong dimension, an empty fill, formats down to the last row, cells that leave out their place."""

    def change(name: str, part: bytes) -> bytes:
        if name == "xl/styles.xml":
            return re.sub(rb"<fills.*?</fills>", b'<fills count="1"><fill/></fills>', part, flags=re.S)
        if "worksheets/" not in name:
            return part
        part = re.sub(rb'<dimension ref="[^"]*" */>', b'<dimension ref="A1"/>', part)
        last = b'<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row></sheetData>'
        dense = name.endswith(("sheet1.xml", "sheet2.xml"))
        return (re.sub(rb' r="[A-Z]+[0-9]+"', b"", part) if dense else part).replace(b"</sheetData>", last)

    return rezipped(book_of(sheets), change)


def prefixed(sheets: Sheets) -> bytes:
    """Every tag with a prefix, as some programs write it."""

    def change(name: str, part: bytes) -> bytes:
        if "worksheets/" not in name:
            return part
        tagged = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", part)
        return tagged.replace(b"xmlns=", b"xmlns:x=", 1)

    return rezipped(book_of(sheets), change)


def with_results(sheets: Sheets) -> bytes:
    """Formulas with their stored results."""

    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"<v>50.5</v>", b"<f>50+0.5</f><v>50.5</v>").replace(b"<f></f>", b"")

    return rezipped(book_of(sheets), change)


@pytest.mark.parametrize("make", [titled, as_text, with_more, by_name_and_code, wps, prefixed, with_results])
def test_comes_in_like_the_plain_one(make: Any, plain: dict[str, object]) -> None:
    imported(make(county()))
    assert stored() == plain


def test_unknown_sheets_and_columns_are_told() -> None:
    notices = imported(with_more(county())).reading.notices
    assert {notice.place for notice in notices} == {"填表说明"} | {f"{name}!B1" for name in county()}


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
def test_saved_by_libreoffice_comes_in_like_the_plain_one(plain: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "county.xlsx").write_bytes(with_more(county()))
    options = ["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    office = str(shutil.which("soffice"))
    subprocess.run([office, profile, *options, str(tmp_path / "county.xlsx")], check=True, capture_output=True)
    imported((tmp_path / "out" / "county.xlsx").read_bytes())
    assert stored() == plain


@pytest.mark.parametrize(
    "day",
    [
        date(2025, 6, 30),
        datetime.fromisoformat("2025-06-30"),
        "2025-06-30",
        "2025.6.30",
        "2025年6月30日",
        "２０２５/6/30",
    ],
)
def test_dates_in_their_spellings(day: object) -> None:
    imported(spoilt("否决", "E2", day))
    assert Veto.objects.get().decided_on == date(2025, 6, 30)


NUMBERS = {"50%": "1/2", "1/3": "1/3", "1,234.5": "2469/2", 0.1: "1/10", 53.3: "533/10", -2: "-2", 1e-7: "1/10000000"}


@pytest.mark.parametrize(("typed", "exact"), NUMBERS.items())
def test_numbers_are_what_excel_shows(typed: object, exact: str) -> None:
    imported(spoilt("目标完成", "B2", typed))
    assert LineValue.objects.get(township__code="001", line__code="K1").value == Fraction(exact)


def test_blank_means_missing_and_not_applicable_is_a_word() -> None:
    imported(book_of(county()))
    sheets: Sheets = {"目标完成": [["乡镇", "K1", "K2"], ["001", None, " 不适用 "]]}
    report = imported(book_of(sheets))
    found = LineValue.objects.filter(township__code="001", line__code__in=["K1", "K2"])
    assert [(value.line.code, value.value, value.applicable) for value in found] == [("K2", None, False)]
    assert (report.added, report.changed, report.removed) == (0, 1, 1)
    [sheet] = report.sheets
    assert [(change.subject, change.fields) for change in sheet.removed] == [
        ("红塘乡 财政收入", (("value", "50.5", ""),))
    ]


def test_empty_count_beside_a_filled_one_is_zero() -> None:
    sheets = county()
    sheets["干部测评"][1][3:] = [9, None, None, None, None]
    imported(book_of(sheets))
    tally = Tally.objects.get(cadre__number="0001", evaluation="C1")
    assert (tally.grades, tally.abstain) == ((9, 0, 0, 0), 0)


def test_a_changed_name_is_a_change() -> None:
    imported(book_of(county()))
    report = imported(spoilt("干部", "B3", "王维"))
    [change] = [change for sheet in report.sheets for change in sheet.changed]
    assert change.fields == (("姓名", "王伟", "王维"),)
    assert Cadre.objects.get(number="0002").name == "王维"


def test_scheme_frozen_by_the_announcement() -> None:
    imported(book_of(county() | {"考评参数": [["参数", "值"], ["副职班子占比", "60%"]]}))
    AssessmentYear.objects.update(phase=Phase.COLLECTING)
    assert imported(book_of({"考评参数": [["参数", "值"], ["副职班子占比", 0.6]]})).changes_anything is False
    changed = year_import_preview(
        data=book_of({"考评参数": [["参数", "值"], ["优秀比例", "20%"], ["副职班子占比", "0.7"]]}), number=2025, by=None
    )
    assert [problem.place for problem in changed.reading.problems.listed] == ["考评参数!B3"]


def test_closed_year_takes_decisions_and_past_results_only() -> None:
    imported(book_of(county()))
    AssessmentYear.objects.update(phase=Phase.CLOSED)
    past: Sheets = {"历年结果": [["工号", "年度", "档次", "得分"], ["0001", 2024, "优秀", 91.234]]}
    imported(book_of(past))
    assert [str(result.score) for result in PastResult.objects.all()] == ["91.23"]
    refused = year_import_preview(data=book_of(county() | past), number=2025, by=None)
    assert refused.reading.problems.count == len(county())


def test_decision_that_departs_needs_a_reason() -> None:
    imported(book_of(county()))
    suggested = next(team["suggested_grade"] for team in scored()["teams"] if team["township"] == "001")
    other = "实绩较差" if suggested != "实绩较差" else "实绩一般"
    rows: list[list[Any]] = [["对象", "档次", "理由"], ["001", other, None], ["0001", "称职", "县委研究"]]
    refused = year_import_preview(data=book_of({"档次决定": rows}), number=2025, by=None)
    assert [problem.place for problem in refused.reading.problems.listed] == ["档次决定!C2"]
    rows[1][2] = "县委常委会决定"
    imported(book_of({"档次决定": rows}))
    assert GradeDecision.objects.count() == 2


def test_new_year_has_exactly_the_listed_townships() -> None:
    Township.objects.create(code="099", name="远山乡")
    imported(book_of(county()))
    assert list(AssessmentYear.objects.get().townships.values_list("code", flat=True)) == ["001", "002"]
    imported(book_of({"乡镇": [["编码", "名称"], ["099", "远山乡"]]}))
    assert AssessmentYear.objects.get().townships.count() == 3


def test_one_entry_of_the_audit_trail_names_the_file() -> None:
    imported(book_of(county()))
    entry = AuditEntry.objects.get(action="year_import")
    assert (entry.subject, len(entry.details["sha256"]), entry.actor_name) == ("county.xlsx", 64, "command line")


GOOD = book_of(county())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, len(GOOD)), position=st.integers(0, len(GOOD) - 1), noise=st.binary(max_size=8))
def test_damaged_bytes_are_refused_in_words(cut: int, position: int, noise: bytes) -> None:
    """Nothing but FileRefused ever comes out of the reader."""
    for data in (GOOD[:cut], GOOD[:position] + noise + GOOD[position + len(noise) :]):
        with suppress(FileRefused):
            read_book(data, wanted=lambda _name: True)


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1900, 3, 1), date(9999, 12, 31)),
    st.sampled_from(
        ["001", "红塘乡", "K1", "财政收入", "民主测评", "不适用", "是", "正职", "=1+1", "#REF!", "_x0000_", "50%"]
    ),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20),
)
SHEET_NAMES = [
    *("乡镇", "县直单位", "职务", "干部", "考评目标", "考评参数", "目标完成", "否决", "班子测评", "干部测评"),
    *("档次决定", "历年结果"),
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(SHEET_NAMES),
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=11), min_size=1, max_size=6),
)
def test_whatever_the_cells_hold_there_are_only_problems(name: str, rows: list[list[object]]) -> None:
    headers = {
        "职务": ["名称", "类别", "单人"],
        "考评目标": ["编码", "目标", "计分项", "类别", "分值", "方向", "折分方法", "参数", "责任单位"],
        "考评参数": ["参数", "值"],
        "档次决定": ["对象", "档次", "理由"],
        "历年结果": ["工号", "年度", "档次", "得分", "综合位次", "参加人数"],
    }
    sheets = county()
    sheets[name] = [*(sheets.get(name) or [headers[name]]), *rows]
    report = year_import_preview(data=book_of(sheets), number=2025, by=None)
    assert report.good or report.reading.problems.lines()


def test_reading_touches_nothing(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        workbook_read(data=(GOLDEN / "county-default.xlsx").read_bytes(), number=2025)


def test_marked_workbook_of_what_the_writer_cannot_read() -> None:
    data = wps(spoilt_county())
    reading = workbook_read(data=data, number=2025)
    marked = load_workbook(BytesIO(workbook_marked(data=data, reading=reading)))
    assert "副镇长" in marked["干部"]["D3"].comment.text


def test_marked_workbook_leaves_out_an_unknown_sheet_too_large_to_write_again() -> None:
    """It packs to next to nothing, but its cells would take gigabytes."""
    data = book_of(spoilt_county() | {"原始数据": [["王伟"]]})
    data = rezipped(data, lambda name, part: part + b" " * LARGEST_KEPT if name == last_sheet(data) else part)
    reading = workbook_read(data=data, number=2025)
    marked = load_workbook(BytesIO(workbook_marked(data=data, reading=reading)))
    assert "副镇长" in marked["干部"]["D3"].comment.text
    assert "原始数据" not in marked.sheetnames


def last_sheet(data: bytes) -> str:
    """The part of the sheet that was added last."""
    return f"xl/worksheets/sheet{len(load_workbook(BytesIO(data)).sheetnames)}.xml"


def spoilt_county() -> Sheets:
    sheets = county()
    sheets["干部"][2][3] = "副镇长"
    return sheets
