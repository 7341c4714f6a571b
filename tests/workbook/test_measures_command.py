"""WORKBOOK 2, measures: after nothing but an import, against proposals counted here from the workbook's rows."""

import json
import random
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils.translation import gettext

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme
from rewards.models import Measure, Taken, Verdict
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureKey
from rewards.services.measure import Resolution, measure_decide
from tests.county import year_in_phase
from tests.workbook.books import Sheets, book_of

pytestmark = pytest.mark.django_db

Row = list[Any]
LINES = [line.name for line in default_scheme().lines]
EVALUATIONS = ("民主测评", "县直单位评价", "县级领导评价", "考评组评价")
ITEMS = ("民主测评", "领导评价", "考评组评价")
TOWNSHIPS = ("001", "002", "003", "004")
TEAM_GRADES = ("实绩突出", "实绩较好", "实绩一般", "实绩较差")
CADRE_GRADES = ("优秀", "称职", "基本称职", "不称职")
CODES = ("5A", "5B", "5C", "6A", "6B")


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def listed(year: int = 2025) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(printed("measures", str(year), "--json"))
    return found


def in_order(measures: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(measures, key=lambda measure: (measure["subject"], measure["kind"]))


def imported(tmp_path: Path, sheets: Sheets, year: int = 2025) -> None:
    file = tmp_path / f"{year}.xlsx"
    file.write_bytes(book_of(sheets))
    call_command("import_year", str(file), "--year", str(year), stdout=StringIO())


def book(cadres: Sequence[Row], decided: Sequence[Row], past: Sequence[Row], parameters: Sequence[Row] = ()) -> Sheets:
    """A year without a single vote: nothing is computable, so grades are those decided."""
    return {
        "乡镇": [["编码", "名称"], *([code, f"{code}镇"] for code in TOWNSHIPS)],
        "干部": [["工号", "姓名", "乡镇", "职务", "考核状态"], *cadres],
        "目标完成": [["乡镇", *LINES], *[[code, *[50] * len(LINES)] for code in TOWNSHIPS]],
        "档次决定": [["对象", "档次", "理由"], *decided],
        "历年结果": [["工号", "年度", "档次"], *past],
        **({"考评参数": [["参数", "值"], *parameters]} if parameters else {}),
    }


def measure(subject: str, kind: str, clause: str, years: list[int], deadline: str | None = None) -> dict[str, Any]:
    return {"subject": subject, "kind": kind, "clause": clause, "years": years, "deadline": deadline}


CADRES: list[Row] = [
    ["0001", "王伟", "001", "党委书记", None],
    ["0002", "王伟", "001", "副乡镇长", None],
    ["0003", "李娜", "002", "乡镇长", None],
    ["0004", "张敏", "002", "组织委员", "5B"],
    ["0005", "刘洋", "003", "副乡镇长", None],
    ["0006", "陈静", "003", "副乡镇长", None],
]
DECIDED: list[Row] = [
    ["001", "实绩一般", None],
    ["002", "实绩较差", None],
    ["003", "实绩较好", None],
    ["0001", "基本称职", None],
    ["0002", "不称职", None],
    ["0003", "不称职", None],
    ["0005", "不称职", None],
    ["0006", "称职", None],
]
PAST: list[Row] = [
    ["0001", 2024, "不称职"],
    ["0002", 2024, "不称职"],
    ["0003", 2023, "不称职"],
    ["0004", 2024, "不称职"],
    ["0005", 2024, "基本称职"],
    ["0006", 2024, "不称职"],
]
EXPECTED = [
    measure("001", "集体谈话", "U3", [2025]),
    measure("001", "限期改进", "U3", [2025], "2026-06-30"),
    measure("002", "集体谈话", "U3", [2025]),
    measure("002", "限期改进", "U3", [2025], "2026-06-30"),
    measure("0001", "诫勉", "U2", [2025]),
    measure("0001", "限期改进", "U2", [2025], "2026-06-30"),
    measure("0002", "黄牌警告", "U2", [2025]),
    measure("0002", "组织处理建议", "U2", [2024, 2025]),
    measure("0003", "黄牌警告", "U2", [2025]),
    measure("0005", "黄牌警告", "U2", [2025]),
]


def test_the_list_of_a_small_county_u2_u3(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    assert AssessmentYear.objects.get().phase == "draft"
    assert in_order(listed()) == in_order(EXPECTED)


def test_keys_stand_in_the_order_of_the_workbook_page(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    assert [list(found) for found in listed()] == [["subject", "kind", "clause", "years", "deadline"]] * len(EXPECTED)


def test_months_of_the_county_u2(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST, [["改进月数", 2]]))
    assert {found["deadline"] for found in listed()} == {None, "2026-02-28"}


def test_a_county_where_nothing_is_proposed(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, [["001", "实绩突出", None], ["0006", "优秀", None]], []))
    assert listed() == []
    assert printed("measures", "2025").strip() == gettext("Nothing is proposed")


def test_the_year_before_may_be_imported_as_a_year_of_its_own(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES[:2], [["0002", "不称职", None]], []), year=2024)
    imported(tmp_path, book(CADRES[:2], [["0002", "不称职", None]], []))
    assert in_order(listed()) == [
        measure("0002", "组织处理建议", "U2", [2024, 2025]),
        measure("0002", "黄牌警告", "U2", [2025]),
    ]
    assert [found["years"] for found in listed(2024)] == [[2024]]


def test_a_table_to_read_names_the_interrupted_years(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    table, asked = printed("measures", "2025").split("\n\n")
    assert [line.split()[0] for line in table.splitlines()[2:]] == [found["subject"] for found in listed()]
    assert asked.startswith("李娜 0003: ")


def test_a_year_that_is_not_there() -> None:
    with pytest.raises(CommandError):
        printed("measures", "2031", "--json")


RESOLVED = {"decided_by": "县委常委会", "decided_on": date(2026, 2, 10)}


@time_machine.travel("2026-03-01", tick=False)
def test_decisions_move_deadlines_and_take_nothing_off_the_list(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    year = year_in_phase(AssessmentYear.objects.get(), Phase.CLOSED)
    rectification = MeasureKey(True, "001", MeasureKind.RECTIFICATION)
    accepted = Resolution(Verdict.ACCEPTED, deadline=date(2026, 9, 1), **RESOLVED)  # type: ignore[arg-type]
    measure_decide(year=year, key=rectification, resolution=accepted, by=None)
    yellow = MeasureKey(False, "0005", MeasureKind.YELLOW_CARD)
    declined = Resolution(Verdict.DECLINED, reason="已调离", **RESOLVED)  # type: ignore[arg-type]
    measure_decide(year=year, key=yellow, resolution=declined, by=None)
    expected = [
        found | {"deadline": "2026-09-01"} if (found["subject"], found["kind"]) == ("001", "限期改进") else found
        for found in EXPECTED
    ]
    assert in_order(listed()) == in_order(expected)


@time_machine.travel("2026-03-01", tick=False)
def test_an_interrupted_pair_is_listed_once_it_is_taken_up_u2(tmp_path: Path) -> None:
    imported(tmp_path, book(CADRES, DECIDED, PAST))
    year = year_in_phase(AssessmentYear.objects.get(), Phase.CLOSED)
    key = MeasureKey(False, "0003", MeasureKind.ORGANISATIONAL)
    taken = Resolution(Verdict.ACCEPTED, taken=Taken.DEMOTION, **RESOLVED)  # type: ignore[arg-type]
    measure_decide(year=year, key=key, resolution=taken, by=None)
    assert Measure.objects.get().evidence == [2023, 2025]
    assert in_order(listed()) == in_order([*EXPECTED, measure("0003", "组织处理建议", "U2", [2023, 2025])])


# Generated counties


def votes(rng: random.Random) -> Row:
    best = rng.choice([0, 3, 10, 20])
    return [best, rng.choice([0, 5]), rng.choice([0, 4]), rng.choice([1, 8, 20]), 0]


def generated(rng: random.Random) -> Sheets:
    """Four townships and a dozen cadres: with votes, so that grades are suggested; some decided; earlier years."""
    people = [f"{number:04}" for number in range(1, 13)]
    cadres = [
        [number, "王伟", TOWNSHIPS[position % 4], "副乡镇长", rng.choice([None, None, None, *CODES[:2]])]
        for position, number in enumerate(people)
    ]
    free = [row[0] for row in cadres if row[4] is None]
    decided: list[Row] = [[number, rng.choice(CADRE_GRADES), "县委研究"] for number in free if rng.random() < 0.5]
    decided += [[code, rng.choice(TEAM_GRADES), "县委研究"] for code in TOWNSHIPS if rng.random() < 0.5]
    past = [
        [number, year, rng.choice([*CADRE_GRADES, "不称职", "不称职"])]
        for number in people
        for year in (2022, 2023, 2024)
        if rng.random() < 0.7
    ]
    return {
        **book(cadres, decided, past),
        "目标完成": [["乡镇", *LINES], *[[code, *[rng.randint(1, 9) for _ in LINES]] for code in TOWNSHIPS]],
        "班子测评": [
            ["乡镇", "评价项", "好", "较好", "一般", "较差", "弃权"],
            *[[code, name, *votes(rng)] for code in TOWNSHIPS for name in EVALUATIONS],
        ],
        "干部测评": [
            ["工号", "评价项", "优秀", "称职", "基本称职", "不称职", "弃权"],
            *[[number, name, *votes(rng)] for number in free for name in ITEMS],
        ],
    }


def counted(sheets: Sheets, suggested: dict[str, str | None]) -> list[dict[str, Any]]:
    """U2 and U3 read from the rows: decided, else suggested; the year before from the sheet of earlier years."""
    decided = {row[0]: row[1] for row in sheets["档次决定"][1:]}
    past = {(row[0], row[1]): row[2] for row in sheets["历年结果"][1:]}
    found = []
    for code in TOWNSHIPS:
        if decided.get(code, suggested[code]) in ("实绩一般", "实绩较差"):
            found.append(measure(code, "集体谈话", "U3", [2025]))
            found.append(measure(code, "限期改进", "U3", [2025], "2026-06-30"))
    for number, *_rest in sheets["干部"][1:]:
        grade = decided.get(number, suggested[number])
        if grade == "基本称职":
            found.append(measure(number, "诫勉", "U2", [2025]))
            found.append(measure(number, "限期改进", "U2", [2025], "2026-06-30"))
        if grade == "不称职":
            found.append(measure(number, "黄牌警告", "U2", [2025]))
        if grade == "不称职" and past.get((number, 2024)) == "不称职":
            found.append(measure(number, "组织处理建议", "U2", [2024, 2025]))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_generated_counties_come_out_as_counted_here(tmp_path: Path, seed: int) -> None:
    sheets = generated(random.Random(seed))
    decided = {row[0] for row in sheets["档次决定"][1:]}
    imported(tmp_path, sheets)
    record = json.loads(printed("score_year", "2025", "--json"))
    suggested = {team["township"]: team["suggested_grade"] for team in record["teams"]}
    suggested |= {cadre["id"]: cadre["suggested_grade"] for cadre in record["cadres"]}
    expected = counted(sheets, suggested)
    assert {found["subject"] for found in expected} - decided != set()  # suggested grades count too
    assert in_order(listed()) == in_order(expected)
