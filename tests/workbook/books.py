"""A small county's workbook, right in every cell, to be spoilt cell by cell; and files that are no workbook."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

from assessment.scheme import default_scheme

TEAM_VOTES = (20, 10, 5, 1, 2)
CADRE_VOTES = (10, 6, 2, 1, 0)
Sheets = dict[str, list[list[Any]]]


def county() -> Sheets:
    """Two townships, two cadres each; sheet name → rows, header first."""
    lines = [line.name for line in default_scheme().lines]
    townships = ("001", "002")
    cadres = (
        ["0001", "王伟", "001", "党委书记", "正职", None, None],
        ["0002", "王伟", "001", "副乡镇长", "副职", "财政收入、V2", None],
        ["0003", "李娜", "002", "乡镇长", None, None, None],
        ["0004", "张敏", "青沟乡", "组织委员", None, "项目建设；三线农业一", "5A"],
    )
    evaluations = ("民主测评", "县直单位评价", "县级领导评价", "考评组评价")
    items = ("民主测评", "领导评价", "考评组评价")
    return {
        "乡镇": [["编码", "名称", "排序"], ["001", "红塘乡", 1], ["002", "青沟乡", 2]],
        "县直单位": [["编码", "名称"], ["D01", "财政局"]],
        "干部": [["工号", "姓名", "乡镇", "职务", "类别", "分管", "考核状态"], *map(list, cadres)],
        "目标完成": [["乡镇", *lines], *[[code, *[50.5 + i for i in range(len(lines))]] for code in townships]],
        "否决": [
            ["乡镇", "计分项", "事由", "决定机关", "决定日期", "文号"],
            ["002", "V2", "越级上访", "县委常委会", "2025-06-30", None],
        ],
        "班子测评": [
            ["乡镇", "评价项", "票别", "发出", "收回", "有效", "好", "较好", "一般", "较差", "弃权"],
            *[[code, name, None, 41, 40, 38, *TEAM_VOTES] for code in townships for name in evaluations],
        ],
        "干部测评": [
            ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"],
            *[[cadre[0], name, None, *CADRE_VOTES] for cadre in cadres[:3] for name in items],
        ],
    }


def book_of(sheets: Sheets, edit: Callable[[Workbook], object] | None = None) -> bytes:
    """The .xlsx file of these sheets; `edit` reaches what rows cannot say (merges, formats, formulas)."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def spoilt(sheet: str, cell: str, value: object) -> bytes:
    """The county with one cell changed."""

    def edit(book: Workbook) -> None:
        book[sheet][cell].value = value

    return book_of(county(), edit)


def rezipped(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The file with its parts changed, for what no spreadsheet program writes."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()
