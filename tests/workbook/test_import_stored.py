"""What a second workbook does to what is stored: absent columns, those not listed, removals, words (WORKBOOK 1)."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import translation

from assessment.models import AssessmentYear, RosterEntry, Tally, Veto
from cadres.models import Cadre, Post, Township
from rewards.models import GradeDecision, PastResult
from tests.conftest import ClientFor
from tests.workbook.books import Sheets, book_of, county
from workbook.services.import_year import ImportReport, year_import
from workbook.services.upload import upload_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def year(db: None) -> AssessmentYear:
    """The county, with one voter group named in 干部测评."""
    sheets = county()
    for row in sheets["干部测评"][1:]:
        row[2] = "甲票"
    imported(sheets)
    return AssessmentYear.objects.get()


def tried(sheets: Sheets) -> ImportReport:
    return year_import(data=book_of(sheets), number=2025, file_name="county.xlsx", by=None)


def imported(sheets: Sheets) -> ImportReport:
    report = tried(sheets)
    assert report.reading.problems.lines() == []
    assert report.applied
    return report


def problems(sheets: Sheets) -> list[tuple[str, str]]:
    return [(problem.place, problem.text) for problem in tried(sheets).reading.problems.listed]


def notices(report: ImportReport) -> list[tuple[str, str]]:
    return [(notice.place, notice.text) for notice in report.reading.notices]


def columns(sheet: str, *names: str) -> Sheets:
    """The county's sheet with these columns only."""
    rows = county()[sheet]
    places = [rows[0].index(name) for name in names]
    return {sheet: [[row[place] for place in places] for row in rows]}


def entry(number: str) -> tuple[object, ...]:
    found = RosterEntry.objects.select_related("post", "second_post").get(cadre__number=number)
    charges = tuple(line.code for line in found.in_charge.all())
    return found.is_principal, charges, found.not_graded, str(found.second_post or "")


ROSTER = ["工号", "姓名", "乡镇", "职务"]


def test_a_roster_of_required_columns_changes_nothing(year: AssessmentYear) -> None:
    row = ["0002", "王伟", "001", "副乡镇长", "正职", "财政收入", "5B", "宣传委员"]
    imported({"干部": [[*ROSTER, "类别", "分管", "考核状态", "兼任"], row]})
    report = imported(columns("干部", *ROSTER))
    assert not report.changes_anything
    assert entry("0002") == (True, ("K1",), "5B", "宣传委员")


def test_blank_cells_of_a_roster_empty_what_is_stored(year: AssessmentYear) -> None:
    row = ["0004", "张敏", "002", "组织委员", None, None, None, None]
    imported({"干部": [[*ROSTER, "类别", "分管", "考核状态", "兼任"], row]})
    assert entry("0004") == (False, (), "", "")


def test_a_kind_is_kept_beside_the_same_post_only(year: AssessmentYear) -> None:
    RosterEntry.objects.filter(cadre__number="0002").update(is_principal=True)
    imported({"干部": [ROSTER, ["0002", "王伟", "001", "宣传委员"]]})
    assert entry("0002") == (False, ("K1", "V2"), "", "")


def test_a_post_kept_as_the_second_is_held_against_the_sheet_too(year: AssessmentYear) -> None:
    second = Post.objects.get(name="乡镇长")
    RosterEntry.objects.filter(cadre__number="0001").update(second_post=second)
    rows = [["0001", "王伟", "001", "党委书记"], ["0002", "王伟", "001", "乡镇长"]]
    assert problems({"干部": [ROSTER, *rows]}) == [
        ("干部!D3", "乡镇长 of 红塘乡 is held by 0001 already; expected: one holder for a post of one")
    ]


def test_ballots_and_abstentions_stay_where_their_columns_are_absent(year: AssessmentYear) -> None:
    report = imported(columns("班子测评", "乡镇", "评价项", "好", "较好", "一般", "较差"))
    assert not report.changes_anything
    assert Tally.objects.filter(issued=41, returned=40, valid=38, abstain=2).count() == 8


def test_valid_ballots_that_new_votes_contradict_do_not_stay(year: AssessmentYear) -> None:
    sheets = columns("班子测评", "乡镇", "评价项", "好", "较好", "一般", "较差")
    sheets["班子测评"][1][2] = 21
    imported(sheets)
    tally = Tally.objects.get(township__code="001", evaluation="E1")
    assert (tally.first, tally.abstain, tally.issued, tally.returned, tally.valid) == (21, 2, 41, 40, None)


def test_the_one_stored_voter_group_is_meant_where_the_column_is_absent(year: AssessmentYear) -> None:
    report = imported(columns("干部测评", "工号", "评价项", "优秀", "称职", "基本称职", "不称职", "弃权"))
    assert not report.changes_anything
    assert set(Tally.objects.filter(township=None).values_list("group", flat=True)) == {"甲票"}


def test_of_several_stored_voter_groups_the_sheet_must_name_one(year: AssessmentYear) -> None:
    imported({"干部测评": [county()["干部测评"][0], ["0001", "民主测评", "乙票", 5, 1, 1, 1, 0]]})
    found = problems(
        {"干部测评": [["工号", "评价项", "优秀", "称职", "基本称职", "不称职"], ["0001", "C1", 9, 1, 0, 0]]}
    )
    assert [(place, "乙票" in text and "a column “票别”" in text) for place, text in found] == [("干部测评!A2", True)]


def test_order_of_townships_stays(year: AssessmentYear) -> None:
    Township.objects.filter(code="001").update(order=7)
    report = imported({"乡镇": [["编码", "名称"], ["002", "青沟乡"], ["001", "红塘乡"], ["003", "新镇"]]})
    assert dict(Township.objects.values_list("code", "order")) == {"001": 7, "002": 2, "003": 10}
    assert [change.subject for change in report.sheets[0].added] == ["003"]


def test_posts_keep_kind_holders_and_side(year: AssessmentYear) -> None:
    Post.objects.filter(name="人大主席").update(is_principal=True, single_holder=False, side="party")
    names = list(Post.objects.filter(is_active=True).values_list("name", flat=True))
    assert not imported({"职务": [["名称"], *([name] for name in names)]}).changes_anything
    post = Post.objects.get(name="人大主席")
    assert (post.is_principal, post.single_holder, post.side) == (True, False, "party")


def test_document_of_a_veto_past_result_and_reason_stay(year: AssessmentYear) -> None:
    Veto.objects.update(document="县委〔2025〕1号")
    assert not imported(columns("否决", "乡镇", "计分项", "事由", "决定机关", "决定日期")).changes_anything
    past = ["工号", "年度", "档次"]
    imported({"历年结果": [[*past, "得分", "综合位次", "参加人数"], ["0001", 2024, "优秀", 91.5, 3, 40]]})
    assert not imported({"历年结果": [past, ["0001", 2024, "优秀"]]}).changes_anything
    imported({"档次决定": [["对象", "档次", "理由"], ["0001", "不称职", "县委研究"]]})
    assert not imported({"档次决定": [["对象", "档次"], ["0001", "不称职"]]}).changes_anything
    assert (PastResult.objects.get().rank_county, GradeDecision.objects.get().reason) == (3, "县委研究")


def test_lines_keep_rule_direction_and_department(year: AssessmentYear) -> None:
    header = ["编码", "目标", "计分项", "类别", "分值"]
    rows = [
        ["K1", "财政", "财政收入", "重点", 60, "越低越好", "线性", "最高=90%;最低=50%", "财政局"],
        ["R1", "党建", "党建", "常规", 14, None, None, None, None],
        ["V1", "信访", "信访", "否决", 16, None, None, None, None],
    ]

    def run(sheet: list[list[Any]]) -> ImportReport:
        data = book_of({"考评目标": sheet})
        return year_import(data=data, number=2026, file_name="scheme.xlsx", by=None)

    assert run([[*header, "方向", "折分方法", "参数", "责任单位"], *rows]).applied
    report = run([header, *(row[:5] for row in rows)])
    assert (report.reading.problems.lines(), report.changes_anything) == ([], False)
    changed = run([[*header, "方向"], *([*row[:5], "越高越好"] for row in rows)])
    assert [change.fields for change in changed.sheets[0].changed] == [(("方向", "越低越好", "越高越好"),)]


def test_cadres_who_are_not_in_the_sheet_are_told(year: AssessmentYear) -> None:
    report = imported({"干部": [ROSTER, ["0001", "王伟", "001", "党委书记"]]})
    assert notices(report) == [
        ("干部!A1", "3 on the roster but not in this sheet, left as they are: 王伟（0002）、李娜（0003）、张敏（0004）")
    ]


def test_posts_that_go_out_of_use_are_named(year: AssessmentYear) -> None:
    names = [name for name in Post.objects.values_list("name", flat=True) if name not in ("政法委员", "统战委员")]
    [(place, text)] = notices(imported({"职务": [["名称"], *([name] for name in names)]}))
    assert (place, text) == ("职务!A1", "the sheet is the whole list of posts; these go out of use: 政法委员、统战委员")


def test_grades_of_the_wrong_kind_name_the_right_ones_beside_all_else_in_row_order(year: AssessmentYear) -> None:
    rows: list[list[Any]] = [
        ["0001", "不称职", None],
        ["001", "优秀", None],
        ["0003", "实绩突出", None],
        ["9999", "优秀", None],
    ]
    found = problems({"档次决定": [["对象", "档次", "理由"], *rows]})
    assert [place for place, _text in found] == ["档次决定!C2", "档次决定!B3", "档次决定!B4", "档次决定!A5"]
    assert "needs a reason" in found[0][1]
    assert "“优秀” is a grade of cadres, but 001 is a township; expected: 实绩突出、实绩较好" in found[1][1]
    assert "“实绩突出” is a grade of teams, but 0003 is a cadre; expected: 优秀、称职" in found[2][1]
    assert GradeDecision.objects.count() == 0


def test_problems_stand_in_the_order_of_sheets_and_rows() -> None:
    sheets = county()
    sheets["班子测评"][1][6] = -1
    sheets["干部"][4][3] = "副镇长"
    sheets["干部"][1][6] = "7A"
    sheets["干部"][1][1] = None
    reordered = dict(reversed(sheets.items()))
    assert [place for place, _text in problems(reordered)] == ["班子测评!G2", "干部!B2", "干部!G2", "干部!D5"]


def test_shares_above_the_award_are_told_at_the_parameter() -> None:
    sheets = county() | {"考评参数": [["参数", "值"], ["优秀比例", "20%"], ["正职比例", "21%"]]}
    [(place, text)] = problems(sheets)
    assert (place, "2 principal posts with 21% each and the deputies with 60% get 102%" in text) == (
        "考评参数!B3",
        True,
    )
    assert problems(county() | {"考评参数": [["参数", "值"], ["正职比例", "20%"]]}) == []


def test_one_more_principal_post_is_a_notice_where_no_share_is_stated() -> None:
    posts = [["名称", "类别"], *([name, "正职"] for name in ("党委书记", "乡镇长", "人大主席"))]
    posts += [["副乡镇长", "副职"], ["组织委员", "副职"]]
    found = notices(imported(county() | {"职务": posts}))
    assert [place for place, text in found if "the bonus cannot be split" in text] == ["职务!A1"]


@pytest.mark.parametrize(("sheet", "cell"), [("乡镇", 0), ("县直单位", 0), ("干部", 0)])
@pytest.mark.parametrize("code", ["T/1", "T\u200b1", ".."])
def test_codes_that_no_address_can_carry(sheet: str, cell: int, code: str) -> None:
    sheets = county()
    sheets[sheet][1][cell] = code
    assert (f"{sheet}!A2", True) in [(place, "is no code" in text) for place, text in problems(sheets)]


@pytest.fixture
def client(client_for: ClientFor) -> Client:
    client = client_for("office")
    client.cookies["django_language"] = "en"
    return client


def preview(client: Client, sheets: Sheets) -> str:
    upload = upload_store(data=book_of(sheets), file_name="county.xlsx", number=2025, by=None)
    return client.get(f"/workbook/uploads/{upload.pk}/").content.decode()


def test_preview_tells_removals_apart(client: Client, year: AssessmentYear) -> None:
    page = preview(client, {"目标完成": [["乡镇", "K1", "K2"], ["001", None, 61]]})
    assert "0 entries will be added, 1 changed and 1 removed" in page
    assert '<span class="state state-problem">removed</span>' in page
    assert "Save: add 0, change 1, remove 1" in page


def test_command_counts_removals(year: AssessmentYear, tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    path.write_bytes(book_of({"目标完成": [["乡镇", "K1", "K2"], ["001", None, 61]]}))
    out = StringIO()
    call_command("import_year", str(path), "--year", "2025", stdout=out)
    assert "目标完成: 0 added, 1 changed, 1 removed, 0 unchanged" in out.getvalue()


def test_preview_shows_words(client: Client, year: AssessmentYear) -> None:
    posts = [["名称", "类别", "单人"], *([name, "正职", "否"] for name in ("党委书记", "乡镇长"))]
    posts += [["副乡镇长", "正职", "是"], ["组织委员", "副职", "否"]]
    page = preview(client, {"职务": posts, "考评参数": [["参数", "值"], ["副职班子占比", "60%"]]})
    assert [word in page for word in ("True", "False", "is_active")] == [False] * 3
    assert [word in page for word in (">in use<", ">out of use<")] == [True, True]


def test_a_changed_parameter_stands_under_its_sheet_with_its_name(year: AssessmentYear) -> None:
    [sheet] = imported({"考评参数": [["参数", "值"], ["副职班子占比", "60%"]]}).sheets
    [change] = sheet.changed
    assert (sheet.sheet, change.subject, change.fields) == ("考评参数", "副职班子占比", (("值", "0.5", "0.6"),))


def test_lines_in_charge_are_shown_by_name(year: AssessmentYear) -> None:
    [sheet] = imported({"干部": [[*ROSTER, "分管"], ["0002", "王伟", "001", "副乡镇长", "K5"]]}).sheets
    assert [change.fields for change in sheet.changed] == [(("分管", "财政收入、信访工作", "项目建设"),)]


def test_not_applicable_is_one_change(year: AssessmentYear) -> None:
    [sheet] = imported({"目标完成": [["乡镇", "K1"], ["001", "不适用"]]}).sheets
    assert [change.fields for change in sheet.changed] == [(("value", "50.5", "不适用"),)]


def test_forms_refuse_such_codes_too(client: Client, year: AssessmentYear) -> None:
    page = client.post("/townships/new/", {"code": "T/9", "name": "九里镇", "order": 1, "is_active": "on"})
    assert "A code cannot hold “/”" in page.content.decode()
    page = client.post("/years/2025/roster/add/", {"number": "0/9", "name": "赵强", "township": 1, "post": 1})
    assert "A code cannot hold “/”" in page.content.decode()
    page = client.post("/cadres/new/", {"number": "..", "name": "赵强"})
    assert "A code cannot hold “/”" in page.content.decode()
    assert not Cadre.objects.filter(name="赵强").exists()
