"""Bad workbooks: each a message with sheet and cell, nothing saved (WORKBOOK 1)."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.apps import apps
from django.utils import translation
from openpyxl import Workbook

from tests.workbook.books import Sheets, book_of, county, rezipped, spoilt
from workbook.services.import_year import ImportReport, year_import

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def row_counts() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def imported(data: bytes, number: int = 2025) -> ImportReport:
    return year_import(data=data, number=number, file_name="county.xlsx", by=None)


def problems(data: bytes) -> list[tuple[str, str]]:
    """(place, text) of each problem; a refused import must leave every table as it was."""
    before = row_counts()
    report = imported(data)
    if not report.good:
        assert row_counts() == before
    return [(problem.place, problem.text) for problem in report.reading.problems.listed]


def test_the_county_itself_is_right() -> None:
    assert problems(book_of(county())) == []


CELLS: dict[str, tuple[str, str, object, str]] = {
    "unknown township of a cadre": ("干部", "C3", "003", "“003” is unknown; expected: one of: 001 红塘乡、002 青沟乡"),
    "township code that lost its zeros": ("干部", "C3", 1, "“1” is unknown"),
    "post outside the list": (
        "干部",
        "D3",
        "副镇长",
        "is not in the county's list of posts; expected: 党委书记、",
    ),
    "two party secretaries": ("干部", "D3", "党委书记", "党委书记 of 红塘乡 is held by 0001 already"),
    "kind of post misspelt": ("干部", "E2", "主职", "“主职” is not known; expected: 正职、副职"),
    "unknown line in charge": ("干部", "F3", "财政收入、绿化", "“绿化” is unknown; expected: one of: K1 财政收入"),
    "unknown register code": ("干部", "G3", "7A", "“7A” is not known; expected: 5A、5B、5C、6A、6B"),
    "blank name": ("干部", "B3", None, "“姓名” is blank"),
    "personnel number of 18 digits as a number": ("干部", "A3", 123456789012345678, "more than 15 digits"),
    "personnel number twice": ("干部", "A3", "0001", "“0001” stands already in row 2"),
    "township code twice": ("乡镇", "A3", "001", "“001” stands already in row 2"),
    "township name twice": ("乡镇", "B3", "红塘乡", "“红塘乡” stands already in row 2"),
    "order below zero": ("乡镇", "C3", -1, "-1 is negative"),
    "blank department code": ("县直单位", "A2", None, "“编码” is blank"),
    "value with a word": ("目标完成", "D3", "约95", "“约95” is not a number"),
    "value of 18 digits": ("目标完成", "D3", 123456789012345678, "more than 15 digits"),
    "truth value": ("目标完成", "B2", True, "the cell holds the truth value TRUE"),
    "township of values unknown": ("目标完成", "A3", "九里镇", "“九里镇” is unknown"),
    "veto on a line that is none": ("否决", "B2", "绿化", "“绿化” is unknown"),
    "veto on a line of another block": ("否决", "B2", "K1", "“K1” is not a veto target"),
    "veto of an unknown township": ("否决", "A2", "003", "“003” is unknown"),
    "thirteenth month": ("否决", "E2", "2025-13-11", "“2025-13-11” is not a date; expected: a date such as 2025-06-30"),
    "veto without a fact": ("否决", "C2", None, "“事由” is blank"),
    "veto fact too long": ("否决", "C2", "长" * 301, "the text has 301 characters; expected: at most 300 characters"),
    "unknown evaluation": ("班子测评", "B2", "互评", "“互评” is unknown; expected: one of: E1 民主测评"),
    "negative votes": ("班子测评", "G2", -3, "-3 is negative"),
    "half a vote": ("班子测评", "G2", 2.5, "2.5 is not a count"),
    "returned above issued": ("班子测评", "E2", 42, "more ballots returned than issued"),
    "valid above returned": ("班子测评", "F2", 41, "more valid ballots than returned"),
    "votes do not sum to valid": ("班子测评", "F2", 39, "do not add up to the valid ballots"),
    "tally twice": ("班子测评", "A6", "001", "stands already in row 2"),
    "cadre of votes not on the roster": ("干部测评", "A2", "9999", "“9999” is unknown"),
    "number of a cadre that lost its zeros": ("干部测评", "A2", 1, "“1” is unknown"),
    "the work result is not voted on": ("干部测评", "B2", "工作实绩", "“工作实绩” is unknown"),
}


@pytest.mark.parametrize(("sheet", "cell", "value", "words"), CELLS.values(), ids=CELLS)
def test_cell_is_named(sheet: str, cell: str, value: object, words: str) -> None:
    found = problems(spoilt(sheet, cell, value))
    named = [text for place, text in found if place == f"{sheet}!{cell}"]
    assert [text for text in named if words in text], found


def test_date_in_a_number_column() -> None:
    def edit(book: Workbook) -> None:
        book["班子测评"]["G2"].value = 45838
        book["班子测评"]["G2"].number_format = "yyyy/m/d"

    assert problems(book_of(county(), edit)) == [
        ("班子测评!G2", "the cell holds the date 2025-06-30; expected: a number")
    ]


def test_votes_above_ballots_without_valid() -> None:
    sheets = county()
    sheets["班子测评"][1][4:6] = [37, None]
    [(place, text)] = problems(book_of(sheets))
    assert (place, "the votes add up to 38, more than the 37 ballots" in text) == ("班子测评!E2", True)


def test_four_blank_grades() -> None:
    sheets = county()
    sheets["干部测评"][1][3:7] = [None] * 4
    [(place, text)] = problems(book_of(sheets))
    assert (place, "all four grades are blank" in text) == ("干部测评!D2", True)


def test_formula_without_a_result() -> None:
    [(place, text)] = problems(spoilt("目标完成", "C2", "=B2*2"))
    assert (place, "a formula without a stored result" in text) == ("目标完成!C2", True)


def test_error_cell() -> None:
    [(place, text)] = problems(spoilt("目标完成", "C2", "#REF!"))
    assert (place, "the error #REF!" in text) == ("目标完成!C2", True)


def test_merged_data_cells_name_the_range() -> None:
    found = problems(book_of(county(), lambda book: book["班子测评"].merge_cells("A2:A5")))
    assert found == [("班子测评!A2:A5", "merged cells; expected: a value in every cell of its own")]


def test_second_holder_against_the_stored_roster() -> None:
    assert imported(book_of(county())).applied
    only = [county()["干部"][0], ["0009", "赵强", "001", "党委书记", None, None, None]]
    [(place, text)] = problems(book_of({"干部": only}))
    assert (place, text) == (
        "干部!D2",
        "党委书记 of 红塘乡 is held by 王伟（0001）, who is on the roster but not in this sheet: "
        "first take that cadre off the roster, or list the cadre in this sheet",
    )


def test_missing_column_names_it() -> None:
    sheets = county()
    sheets["干部"][0][2] = "单位"
    found = problems(book_of(sheets))
    assert found[0] == (
        "干部!A1",
        "no row holds the required columns; missing: 乡镇; expected: a header row with 工号、姓名、乡镇、职务",
    )


def test_all_problems_at_once_but_no_more_than_two_thousand_listed() -> None:
    sheets: Sheets = {"县直单位": [["编码", "名称"], *[[f"D{i}", None] for i in range(2_500)]]}
    report = imported(book_of(sheets))
    assert (len(report.reading.problems.listed), report.reading.problems.more) == (2_000, 500)
    assert report.reading.problems.lines()[-1] == "… and 500 more"


SCHEME = ["编码", "目标", "计分项", "类别", "分值", "方向", "折分方法", "参数", "责任单位"]


def own_scheme() -> Sheets:
    lines = (
        ["K1", "财政", "财政收入", "重点", 60, "越高越好", "直接计分", None, None],
        ["R1", "党建", "党建", "常规", 14, None, "线性", "最高=100%;最低=60%", None],
        ["V1", "信访", "信访", "否决", 16, "越低越好", "与最优比", None, "信访局"],
    )
    return {
        "乡镇": county()["乡镇"],
        "考评目标": [SCHEME, *map(list, lines)],
        "考评参数": [["参数", "值"], ["副职班子占比", "60%"], ["优秀比例", 0.25]],
        "目标完成": [["乡镇", "K1", "党建", "信访"], ["001", 55, 3, 2], ["002", 60, "不适用", 4]],
    }


def test_own_scheme_is_right() -> None:
    assert problems(book_of(own_scheme())) == []


SCHEME_CELLS: dict[str, tuple[str, str, object, str]] = {
    "block does not sum": ("考评目标", "E2", 50, "the sum is 50, expected 60 (clause T2)"),
    "points below zero": ("考评目标", "E2", -60, "the points are negative"),
    "unknown block": ("考评目标", "D2", "特别", "“特别” is not known"),
    "unknown method": ("考评目标", "G2", "抽签", "“抽签” is not known"),
    "unknown part of a rule": ("考评目标", "H3", "步长=2%", "“步长” is unknown"),
    "rule that rises": ("考评目标", "H3", "最高=10%;最低=60%", "must lie below"),
    "line code twice": ("考评目标", "A3", "K1", "stands already in row 2"),
    "unknown parameter": ("考评参数", "A2", "副职占比", "there is no parameter or line “副职占比”"),
    "share in words": ("考评参数", "B2", "六成", "“六成” is not a number"),
    "lines out of order": ("考评参数", "A3", "优秀线", "must lie below"),
    "direct score above full points": ("目标完成", "B2", 61, "61 is outside of 0 … 60"),
    "ratio to nothing": ("目标完成", "D2", 0, "0 is not above 0"),
}


@pytest.mark.parametrize(("sheet", "cell", "value", "words"), SCHEME_CELLS.values(), ids=SCHEME_CELLS)
def test_scheme_cell_is_named(sheet: str, cell: str, value: object, words: str) -> None:
    def edit(book: Workbook) -> None:
        book[sheet][cell].value = value
        if value == "优秀线":
            book[sheet]["B3"].value = 60

    found = problems(book_of(own_scheme(), edit))
    assert [place for place, text in found if words in text and place.startswith(f"{sheet}!")], found
    if words != "must lie below" or sheet == "考评目标":
        assert (f"{sheet}!{cell}") in [place for place, _text in found]


def test_weighted_groups_take_only_their_own() -> None:
    sheets = county()
    sheets["考评参数"] = [["参数", "值"], ["票别权重", "E1:甲=0.4,乙=0.6"]]
    sheets["班子测评"][1][2] = "甲"
    found = problems(book_of(sheets))
    assert [place for place, _text in found] == ["班子测评!C6"]
    assert "“” is no voter group of 民主测评; expected: 甲、乙" in found[0][1]


FILES: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "The file is empty."),
    "text": ("编码,名称\n001,红塘乡\n".encode(), "This is not an .xlsx workbook."),
    "PDF": (b"%PDF-1.7 ...", "This is not an .xlsx workbook."),
    "old .xls": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "This is the old .xls form."),
    "encrypted": (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "protected by a password",
    ),
    "truncated": (book_of(county())[:3_000], "The file is damaged or incomplete."),
    "empty zip": (b"PK\x05\x06" + bytes(18), "This is not an .xlsx workbook, though it is packed like one."),
    "above 20 MiB": (b"PK" + bytes(21 * 1024 * 1024), "larger than 20 MiB"),
}


@pytest.mark.parametrize(("data", "words"), FILES.values(), ids=FILES)
def test_file_is_refused(data: bytes, words: str) -> None:
    [(place, text)] = problems(data)
    assert (place, words in text) == ("", True), text


def test_word_document_is_refused() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", "<w/>")
    assert problems(file.getvalue()) == [("", "This is not an .xlsx workbook, though it is packed like one.")]


def test_zip_bomb_is_refused_before_it_unpacks() -> None:
    bomb = rezipped(book_of(county()), lambda name, part: part + b" " * (310 << 20) if "sheet1" in name else part)
    assert len(bomb) < 1 << 20
    assert problems(bomb) == [("", "The file unpacks to more than 300 MiB and was not opened.")]


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    """The table of contents says 9 bytes; nothing beyond them is unpacked."""
    data = bytearray(rezipped(book_of(county()), lambda _name, part: part))
    entry = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[entry + 24 : entry + 28] = (9).to_bytes(4, "little")
    assert problems(bytes(data)) == [
        ("", "The file is damaged or incomplete. Save it again as .xlsx in Excel or WPS and try again.")
    ]


def test_entities_are_refused() -> None:
    def change(name: str, part: bytes) -> bytes:
        declared = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
        return declared + part.split(b"?>", 1)[-1] if name == "xl/workbook.xml" else part

    assert "damaged" in problems(rezipped(book_of(county()), change))[0][1]


def test_three_hundred_thousand_rows_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 300_001))
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    data = rezipped(book_of(county()), lambda name, part: sheet.encode() if name.endswith("sheet1.xml") else part)
    assert problems(data) == [("", "The sheet “乡镇” has more than 200,000 rows.")]


def test_a_workbook_of_other_sheets_says_which_are_known() -> None:
    [(place, text)] = problems(book_of({"Sheet1": [["编码", "名称"]]}))
    assert (place, "none of the known sheets; expected: 乡镇、县直单位、" in text) == ("", True)
