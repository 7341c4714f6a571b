"""RULES 5 and 6 from a workbook to the three commands, against a slow reading written here from the text of the rules.

The single cases stand elsewhere: U1 in test_promotion, U2 and U3 in test_measures, U4 in tests/rewards/test_letter and
test_feedback, U5 in tests/rewards/test_commendation; B1 to B5 in test_bonus_cases. What is expected here is worked out
from the workbook's own rows; of the project it uses the slow oracle's scores alone.
"""

import json
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from assessment.scheme import default_scheme
from tests.oracle.read_golden import book_input
from tests.oracle.slow import Oracle
from tests.workbook.books import TEAM_VOTES, Sheets, book_of

pytestmark = pytest.mark.django_db

YEAR = 2025
LINES = [line.name for line in default_scheme().lines]
EVALUATIONS = ("民主测评", "县直单位评价", "县级领导评价", "考评组评价")
ITEMS = ("民主测评", "领导评价", "考评组评价")

TOWNSHIPS = ("001", "002", "003", "004")
CADRES = [
    # number, township, post, in charge, not graded
    ("0001", "001", "党委书记", None, None),
    ("0002", "001", "副乡镇长", "财政收入", None),
    ("0003", "002", "乡镇长", None, None),
    ("0004", "002", "副乡镇长", None, None),
    ("0005", "003", "党委书记", None, None),
    ("0006", "003", "副乡镇长", "项目建设", None),
    ("0007", "004", "乡镇长", None, None),
    ("0008", "004", "副乡镇长", None, None),
    ("0009", "001", "副乡镇长", None, "5A"),
    ("0010", "002", "副乡镇长", None, None),
]
DECIDED = {
    "001": "实绩突出",
    "002": "实绩突出",
    "003": "实绩较差",
    "004": "实绩一般",
    "0001": "优秀",
    "0002": "称职",
    "0003": "优秀",
    "0004": "基本称职",
    "0005": "不称职",
    "0006": "不称职",
    "0007": "称职",
    "0008": "称职",
    "0010": "优秀",
}
"""Two teams are decided 实绩突出 where the quota of 30 % of four holds one."""
PAST = [
    # number, year, grade, score, place, ranked
    ("0001", 2023, "优秀", 88.5, 3, 20),
    ("0001", 2024, "称职", 81, 9, 20),
    ("0002", 2023, "称职", None, None, None),
    ("0002", 2024, "称职", None, None, None),
    ("0003", 2023, "称职", 80, 11, 20),
    ("0003", 2024, "优秀", 90.25, 1, 20),
    ("0004", 2023, "称职", None, None, None),
    ("0004", 2024, "称职", None, None, None),
    ("0005", 2023, "称职", None, None, None),
    ("0005", 2024, "不称职", 50, 20, 20),
    ("0006", 2023, "不称职", None, None, None),
    ("0006", 2024, "称职", None, None, None),
    ("0007", 2024, "优秀", None, None, None),
    ("0008", 2023, "基本称职", None, None, None),
    ("0008", 2024, "优秀", None, None, None),
    ("0009", 2023, "优秀", None, None, None),
    ("0009", 2024, "优秀", None, None, None),
    ("0010", 2022, "不称职", None, None, None),
    ("0010", 2023, "优秀", None, None, None),
    ("0010", 2024, "优秀", None, None, None),
]
NUMBERS = [row[0] for row in CADRES]


def sheets() -> Sheets:
    """Four townships, each better than the next; ten cadres whose votes differ, two of them the same."""
    graded = [row for row in CADRES if not row[4]]
    cadres = [
        [number, "王伟", town, post, "正职" if post in ("党委书记", "乡镇长") else "副职", charge, code]
        for number, town, post, charge, code in CADRES
    ]
    votes = {number: [12 - index // 2, 4 + index // 2, 2, 1, 0] for index, (number, *_rest) in enumerate(graded)}
    return {
        "乡镇": [["编码", "名称", "排序"], *[[code, f"{code}乡", index] for index, code in enumerate(TOWNSHIPS, 1)]],
        "县直单位": [["编码", "名称"], ["D01", "财政局"]],
        "干部": [["工号", "姓名", "乡镇", "职务", "类别", "分管", "考核状态"], *cadres],
        "目标完成": [
            ["乡镇", *LINES],
            *[[code, *[90.5 - 3 * index + line for line in range(len(LINES))]] for index, code in enumerate(TOWNSHIPS)],
        ],
        "班子测评": [
            ["乡镇", "评价项", "票别", "发出", "收回", "有效", "好", "较好", "一般", "较差", "弃权"],
            *[[code, name, None, 41, 40, 38, *TEAM_VOTES] for code in TOWNSHIPS for name in EVALUATIONS],
        ],
        "干部测评": [
            ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"],
            *[[number, name, None, *votes[number]] for number in votes for name in ITEMS],
        ],
        "档次决定": [["对象", "档次", "理由"], *[[who, grade, "县委研究决定"] for who, grade in DECIDED.items()]],
        "历年结果": [["工号", "年度", "档次", "得分", "综合位次", "参加人数"], *map(list, PAST)],
    }


@pytest.fixture
def data() -> bytes:
    return book_of(sheets())


@pytest.fixture
def imported(data: bytes, tmp_path: Path) -> Oracle:
    """The workbook is in the database; its scores by the slow reading."""
    path = tmp_path / "county.xlsx"
    path.write_bytes(data)
    call_command("import_year", str(path), "--year", str(YEAR), stdout=StringIO())
    return Oracle(book_input(BytesIO(data)))


def told(command: str, *arguments: str) -> Any:
    out = StringIO()
    call_command(command, str(YEAR), *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def _text(number: Fraction | None) -> str | None:
    return None if number is None else f"{float(number):.2f}"


def _slow_bonus(oracle: Oracle) -> dict[str, Fraction]:
    """B1 to B4 for the teams decided 实绩突出: what each team is awarded and each cadre is paid."""
    best = sorted(
        (code for code in TOWNSHIPS if DECIDED[code] == "实绩突出"), key=lambda code: oracle.team_rank(code) or 0
    )
    found = {code: Fraction(0) for code in (*TOWNSHIPS, *NUMBERS)}
    for index, code in enumerate(best):
        award = found[code] = Fraction(50000 - 5000 * index)
        deputies = [number for number, town, post, *_rest in CADRES if town == code and post == "副乡镇长"]
        for number, town, _post, _charge, not_graded in CADRES:
            if town != code or not_graded or DECIDED[number] in ("基本称职", "不称职"):
                continue
            cents = int(award * 60 / len(deputies)) if number in deputies else int(award * 20)
            found[number] = Fraction(cents, 100)
    return found


def test_score_year_tells_decided_grades_and_their_bonus(imported: Oracle) -> None:
    record, slow, money = told("score_year"), imported.answer(), _slow_bonus(imported)
    for team in record["teams"]:
        expected = slow["teams"][team["township"]]
        code = team["township"]
        assert (team["total"], team["rank"], team["grade"], team["bonus"]) == (
            _text(expected["total"]),
            expected["rank"],
            DECIDED[code],
            _text(money[code]),
        )
    for cadre in record["cadres"]:
        number, expected = cadre["id"], slow["cadres"][cadre["id"]]
        places = (cadre["rank_township"], cadre["rank_post"], cadre["rank_county"])
        assert (cadre["total"], places) == (_text(expected["total"]), expected["ranks"])
        assert (cadre["grade"], cadre["bonus"]) == (DECIDED.get(number), _text(money[number]))
    awards = sum((money[code] for code in TOWNSHIPS), Fraction(0))
    assert (record["bonus"]["awards"], record["bonus"]["rest"]) == (_text(awards), _text(250000 - awards))
    assert record["bonus"]["paid"] == _text(sum((money[number] for number in NUMBERS), Fraction(0)))


def _history(number: str) -> dict[int, str]:
    """Year → grade, of the years that have one."""
    known = {year: grade for who, year, grade, *_rest in PAST if who == number}
    return known | ({YEAR: DECIDED[number]} if number in DECIDED else {})


def test_u1_promotion_check_names_every_year_that_stands_against(imported: Oracle) -> None:
    years = (YEAR - 2, YEAR - 1, YEAR)
    reasons = {
        number: [year for year in years if _history(number).get(year) in (None, "基本称职", "不称职")]
        for number in NUMBERS
    }
    places = {number: imported.ranks(number)[2] for number in NUMBERS}
    keys = {
        number: (-sum(_history(number).get(year) == "优秀" for year in years), places[number])
        for number in NUMBERS
        if not reasons[number]
    }
    expected = {
        number: (1 + sum(other < key for other in keys.values()) if (key := keys.get(number)) else None)
        for number in NUMBERS
    }
    found = told("promotion_check", *NUMBERS)
    assert {row["id"]: [reason["year"] for reason in row["reasons"]] for row in found} == reasons
    assert {row["id"]: row["order"] for row in found} == expected
    assert {row["id"]: row["eligible"] for row in found} == {number: not reasons[number] for number in NUMBERS}
    assert {reason["clause"] for row in found for reason in row["reasons"]} == {"U1"}
    assert {row["id"]: [entry["grade"] for entry in row["years"]] for row in found} == {
        number: [_history(number).get(year) for year in years] for number in NUMBERS
    }
    latest = {row["id"]: row["years"][-1]["rank_county"] for row in found}
    assert latest == places


def test_u1_places_of_imported_years_are_those_of_the_sheet(imported: Oracle) -> None:
    (found,) = told("promotion_check", "0001")
    assert found["years"][:2] == [
        {"year": 2023, "grade": "优秀", "rank_county": 3, "ranked": 20},
        {"year": 2024, "grade": "称职", "rank_county": 9, "ranked": 20},
    ]


def test_u2_u3_measures_follow_from_grades(imported: Oracle) -> None:
    """Six months from the year's end where nothing is decided: 30 June."""
    deadline = "2026-06-30"
    expected: list[tuple[str, str, str, tuple[int, ...], str | None]] = []
    for code in TOWNSHIPS:
        if DECIDED[code] in ("实绩一般", "实绩较差"):
            expected += [(code, "集体谈话", "U3", (YEAR,), None), (code, "限期改进", "U3", (YEAR,), deadline)]
    for number in NUMBERS:
        known = _history(number)
        if known.get(YEAR) == "基本称职":
            expected += [(number, "诫勉", "U2", (YEAR,), None), (number, "限期改进", "U2", (YEAR,), deadline)]
        if known.get(YEAR) == "不称职":
            expected.append((number, "黄牌警告", "U2", (YEAR,), None))
        if known.get(YEAR) == known.get(YEAR - 1) == "不称职":
            expected.append((number, "组织处理建议", "U2", (YEAR - 1, YEAR), None))
    found = [(m["subject"], m["kind"], m["clause"], tuple(m["years"]), m["deadline"]) for m in told("measures")]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert ("0005", "组织处理建议", "U2", (2024, 2025), None) in found
