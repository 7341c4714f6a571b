"""A workbook beside a ballot box: what the box counted may stand in it, and nothing else (RULES Y4, E5)."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from assessment.models import AssessmentYear, Box, Phase, Tally
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.box_closing import box_close
from assessment.services.paper import paper_key
from cadres.models import Account, Township
from tests.assessment.test_paper import BEST, TEN
from tests.county import year_in_phase
from tests.workbook.books import Sheets, book_of, county
from workbook.services.import_year import ImportReport, year_import, year_import_preview

pytestmark = pytest.mark.django_db

TEAM_HEAD = ["乡镇", "评价项", "票别", "发出", "收回", "有效", "好", "较好", "一般", "较差", "弃权"]
COUNTED = ["001", "民主测评", "老干部", 12, 11, 10, 8, 1, 0, 0, 1]
"""What the box of 红塘乡 counted of its team."""


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def year(office: Account, second_clerk: Account) -> AssessmentYear:
    """The county without votes, then a box that two people keyed."""
    sheets = {name: rows for name, rows in county().items() if name not in ("班子测评", "干部测评")}
    year_import(data=book_of(sheets), number=2025, file_name="a.xlsx", by=None)
    year = year_in_phase(AssessmentYear.objects.get(), Phase.COLLECTING)
    rows = [ElectorateRow("老干部", 12, 12)]
    box = box_create(year=year, unit=Township.objects.get(code="001"), electorates=rows, by=office)
    box_open(box=box, by=office)
    box_close(box=box, by=office)
    for clerk in (office, second_clerk):
        counts = {question.key: BEST for question in Box.objects.get().asked}
        paper_key(electorate=box.electorates.get(), ballots=TEN, counts=counts, by=clerk)
    return year


def tried(*rows: list[object]) -> ImportReport:
    sheets: Sheets = {"班子测评": [TEAM_HEAD, *rows]}
    return year_import_preview(data=book_of(sheets), number=2025, by=None)


def test_the_numbers_of_the_box_pass_and_change_nothing(year: AssessmentYear) -> None:
    report = tried(COUNTED)
    assert (report.reading.problems.lines(), report.changes_anything) == ([], False)


@pytest.mark.parametrize(
    "row",
    [
        ["001", "民主测评", "老干部", 12, 11, 10, 7, 2, 0, 0, 1],
        ["001", "民主测评", None, None, None, None, 8, 1, 0, 0, 1],
        ["001", "民主测评", "村书记、村主任", None, None, None, 8, 1, 0, 0, 1],
    ],
    ids=["other votes", "no group", "another group"],
)
def test_other_numbers_are_a_problem_of_the_cell(year: AssessmentYear, row: list[object]) -> None:
    problems = tried(row).reading.problems.listed
    assert [problem.place for problem in problems] == ["班子测评!G2"]
    assert problems[0].what == "these votes are counted from the ballot box of 红塘乡 and are not entered by hand"
    assert Tally.objects.get(township__code="001").grades == (8, 1, 0, 0)


def test_cadres_of_the_box_too_and_others_as_ever(year: AssessmentYear) -> None:
    head: list[object] = ["工号", "评价项", "票别", "优秀", "称职", "基本称职", "不称职", "弃权"]
    rows: list[list[object]] = [
        head,
        ["0001", "民主测评", "老干部", 9, 0, 0, 0, 1],
        ["0003", "民主测评", "老干部", 9, 0, 0, 0, 1],
    ]
    report = year_import_preview(data=book_of({"干部测评": rows}), number=2025, by=None)
    assert [problem.place for problem in report.reading.problems.listed] == ["干部测评!D2"]


def test_what_the_box_does_not_ask_is_imported(year: AssessmentYear) -> None:
    report = tried(["001", "县直单位评价", None, None, None, None, 20, 1, 0, 0, 1], COUNTED)
    assert (report.reading.problems.lines(), report.added) == ([], 1)
