"""WORKBOOK 2, promotion_check: after nothing but an import, against results counted here from the workbook's rows."""

import json
import random
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from assessment.models import AssessmentYear
from assessment.scheme import default_scheme
from cadres.models import Cadre
from tests.workbook.books import Sheets, book_of

pytestmark = pytest.mark.django_db

Row = list[Any]
LINES = [line.name for line in default_scheme().lines]


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("promotion_check", *arguments, stdout=out)
    return out.getvalue()


def asked(*numbers: str, year: int = 2025) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed(str(year), *numbers, "--json"))
    return found


def imported(tmp_path: Path, sheets: Sheets, year: int = 2025) -> None:
    file = tmp_path / f"{year}.xlsx"
    file.write_bytes(book_of(sheets))
    call_command("import_year", str(file), "--year", str(year), stdout=StringIO())


def book(cadres: Sequence[Row], decided: Sequence[Row], past: Sequence[Row], parameters: Sequence[Row] = ()) -> Sheets:
    """A year without a single vote: nothing is computable, so grades are those decided."""
    townships = ["001", "002"]
    return {
        "乡镇": [["编码", "名称"], ["001", "红塘乡"], ["002", "青沟乡"]],
        "干部": [["工号", "姓名", "乡镇", "职务", "考核状态"], *cadres],
        "目标完成": [["乡镇", *LINES], *[[code, *[50] * len(LINES)] for code in townships]],
        "档次决定": [["对象", "档次", "理由"], *decided],
        "历年结果": [["工号", "年度", "档次", "得分", "综合位次", "参加人数"], *past],
        **({"考评参数": [["参数", "值"], *parameters]} if parameters else {}),
    }


CADRES: list[Row] = [
    ["0001", "王伟", "001", "党委书记", None],
    ["0002", "王伟", "001", "副乡镇长", None],
    ["0003", "李娜", "002", "乡镇长", None],
    ["0004", "张敏", "002", "组织委员", "5A"],
    ["0005", "刘洋", "002", "副乡镇长", None],
]
DECIDED: list[Row] = [["0001", "称职", None], ["0002", "优秀", None], ["0003", "基本称职", None]]
PAST: list[Row] = [
    ["0001", 2023, "优秀", 88.5, 3, 40],
    ["0001", 2024, "称职", None, None, None],
    ["0002", 2022, "不称职", 55, 40, 40],
    ["0002", 2023, "称职", 80, 12, 40],
    ["0002", 2024, "优秀", 91, 1, 41],
    ["0003", 2024, "称职", 80, 13, 41],
    ["0004", 2023, "称职", 79, 14, 40],
    ["0004", 2024, "称职", 79, 15, 41],
]


def year_of(year: int, grade: str | None, place: int | None = None, of: int | None = None) -> dict[str, Any]:
    return {"year": year, "grade": grade, "rank_county": place, "ranked": of}


def test_the_record_of_a_small_county_u1(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    assert AssessmentYear.objects.get().phase == "draft"
    found = asked("0003", "0001", "0004", "0002", "0005")
    texts = [reason.pop("text") for one in found for reason in one["reasons"]]
    assert found == [
        {
            "id": "0003",
            "eligible": False,
            "order": None,
            "reasons": [{"clause": "U1", "year": 2023}, {"clause": "U1", "year": 2025}],
            "years": [year_of(2023, None), year_of(2024, "称职", 13, 41), year_of(2025, "基本称职")],
        },
        {
            "id": "0001",
            "eligible": True,
            "order": 2,
            "reasons": [],
            "years": [year_of(2023, "优秀", 3, 40), year_of(2024, "称职"), year_of(2025, "称职")],
        },
        {
            "id": "0004",
            "eligible": False,
            "order": None,
            "reasons": [{"clause": "U1", "year": 2025}],
            "years": [year_of(2023, "称职", 14, 40), year_of(2024, "称职", 15, 41), year_of(2025, None)],
        },
        {
            "id": "0002",
            "eligible": True,
            "order": 1,
            "reasons": [],
            "years": [year_of(2023, "称职", 12, 40), year_of(2024, "优秀", 1, 41), year_of(2025, "优秀")],
        },
        {
            "id": "0005",
            "eligible": False,
            "order": None,
            "reasons": [{"clause": "U1", "year": year} for year in (2023, 2024, 2025)],
            "years": [year_of(year, None) for year in (2023, 2024, 2025)],
        },
    ]
    assert [text.startswith(year) for text, year in zip(texts, ("2023", "2025", "2025"), strict=False)] == [True] * 3
    assert "5A" in texts[2]


def test_one_year_is_asked_where_the_scheme_says_so_u1(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST, [["提拔年数", 1]]))
    assert [(one["eligible"], len(one["years"])) for one in asked("0001", "0002", "0003", "0004")] == [
        (True, 1),
        (True, 1),
        (False, 1),
        (False, 1),
    ]


def test_years_imported_one_by_one_make_one_history(tmp_path: Path) -> None:
    """Who changed township and post between the workbooks is one person."""
    imported(tmp_path, book([["0001", "王伟", "002", "副乡镇长", None]], [["0001", "优秀", None]], []), 2023)
    imported(tmp_path, book([["0001", "王伟", "001", "乡镇长", None]], [["0001", "称职", None]], []), 2024)
    imported(tmp_path, book([["0001", "王伟", "001", "党委书记", None]], [["0001", "优秀", None]], []), 2025)
    (found,) = asked("0001")
    assert (found["eligible"], [entry["grade"] for entry in found["years"]]) == (True, ["优秀", "称职", "优秀"])
    (found,) = asked("0001", year=2024)
    assert (found["eligible"], [entry["grade"] for entry in found["years"]]) == (False, [None, "优秀", "称职"])


@pytest.mark.parametrize("seed", range(4))
def test_a_generated_county_against_rows_counted_by_hand(tmp_path: Path, seed: int) -> None:
    """Grades, gaps and codes at random; expected is counted from the workbook's rows alone."""
    chance = random.Random(seed)
    grades = ["优秀", "优秀", "称职", "称职", "称职", "基本称职", "不称职", None]
    numbers = [f"{n:04}" for n in range(1, 41)]
    codes = {number: chance.choice([None] * 8 + ["5A", "6B"]) for number in numbers}
    now = {number: None if codes[number] else chance.choice(grades) for number in numbers}
    earlier = {(number, year): chance.choice(grades) for number in numbers for year in (2021, 2022, 2023, 2024)}
    cadres = [[number, "王伟", chance.choice(["001", "002"]), "副乡镇长", codes[number]] for number in numbers]
    decided = [[number, grade, None] for number, grade in now.items() if grade]
    past = [[number, year, grade, None, None, None] for (number, year), grade in earlier.items() if grade]
    imported(tmp_path, book(cadres, decided, past))

    three = {number: [earlier[number, 2023], earlier[number, 2024], now[number]] for number in numbers}
    eligible = {number for number, found in three.items() if all(grade in ("优秀", "称职") for grade in found)}
    counts = {number: three[number].count("优秀") for number in eligible}
    expected = [
        (
            number,
            number in eligible,
            1 + sum(other > counts[number] for other in counts.values()) if number in eligible else None,
            three[number],
        )
        for number in numbers
    ]
    found = asked(*numbers)
    assert [(one["id"], one["eligible"], one["order"], grades_of(one)) for one in found] == expected


def grades_of(one: dict[str, Any]) -> list[str | None]:
    return [entry["grade"] for entry in one["years"]]


def test_suggested_grade_counts_where_none_is_decided(tmp_path: Path) -> None:
    """Two cadres with every vote the best: 90 points and more, so 称职 at least; both of one place."""
    team_items, items = (
        ("民主测评", "县直单位评价", "县级领导评价", "考评组评价"),
        ("民主测评", "领导评价", "考评组评价"),
    )
    votes = [[number, item, 20, 0, 0, 0] for number in ("0001", "0003") for item in items]
    team = [[code, item, 20, 0, 0, 0] for code in ("001", "002") for item in team_items]
    past = [[number, year, "称职", None, None, None] for number in ("0001", "0003") for year in (2023, 2024)]
    sheets = book([CADRES[0], CADRES[2]], [], past)
    sheets["班子测评"] = [["乡镇", "评价项", "好", "较好", "一般", "较差"], *team]
    sheets["干部测评"] = [["工号", "评价项", "优秀", "称职", "基本称职", "不称职"], *votes]
    del sheets["档次决定"]
    imported(tmp_path, sheets)
    assert [(one["eligible"], one["order"], one["years"][2]) for one in asked("0001", "0003")] == [
        (True, 1, year_of(2025, "称职", 1, 2)),
        (True, 1, year_of(2025, "称职", 1, 2)),
    ]


def test_table_to_read(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    rows = [line.split() for line in printed("2025", "0001", "0002").splitlines()]
    assert [row[:6] for row in rows[2:]] == [
        ["1", "0002", "王伟", "称职", "12/40", "优秀"],
        ["2", "0001", "王伟", "优秀", "3/40", "称职"],
    ]


def test_somebody_named_twice_is_checked_once(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    assert [one["id"] for one in asked("0002", "0002")] == ["0002"]


def test_unknown_number_is_named() -> None:
    AssessmentYear.objects.create(number=2025)
    Cadre.objects.create(number="0001", name="王伟")
    with pytest.raises(CommandError, match="0009、7"):
        printed("2025", "0001", "0009", "7", "--json")


def test_unknown_year_is_named() -> None:
    with pytest.raises(CommandError, match="1999"):
        printed("1999", "0001", "--json")
