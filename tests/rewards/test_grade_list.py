"""Decisions pasted as a list: numbers, names, homonyms, headings, errors beside their line."""

from dataclasses import replace

import pytest

from assessment.models import AssessmentYear
from assessment.scheme import scheme_with
from rewards.forms.grade_list import rows_read
from rewards.models import GradeDecision
from tests.conftest import ClientFor
from tests.county import county, ladder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

LIST, CADRES = "/years/2025/grades/list/", "/years/2025/grades/cadres/"
NAMES = {"T1-1": "王伟", "T1-2": "李强", "T1-3": "王伟民", "T2-1": "王伟", "T2-2": "赵敏"}


@pytest.fixture
def year() -> AssessmentYear:
    """Two townships; 王伟 is secretary of both, 王伟民 begins like him. 优秀 is suggested for all five of T1."""
    inputs = ladder(2)
    cadres = tuple(replace(cadre, name=NAMES.get(cadre.number, f"某{cadre.number}")) for cadre in inputs.cadres)
    return county(replace(inputs, cadres=cadres, scheme=scheme_with(inputs.scheme, {"优秀比例": "50%"})))


READ = [
    ("T1-2\t李强\t称职\t县委研究", ("T1-2", "称职", "县委研究")),
    ("T1-2 称职 县委 研究", ("T1-2", "称职", "县委 研究")),
    ("李　强\t称职\t县委 研究", ("T1-2", "称职", "县委 研究")),  # padded with a blank, as lists are printed
    ("赵敏，称职，理由", ("T2-2", "称职", "理由")),
    ("王伟民 称职 理由", ("T1-3", "称职", "理由")),
    ("王伟 T2镇 称职 理由", ("T2-1", "称职", "理由")),  # the township tells homonyms apart
    ("王伟T2镇党委书记 称职 理由", ("T2-1", "称职", "理由")),
    ("T1 实绩突出", ("T1", "实绩突出", "")),
    ("T2镇 实绩一般 问责", ("T2", "实绩一般", "问责")),
    ("Ｔ１－２ 称职 理由", ("T1-2", "称职", "理由")),  # full width
]


@pytest.mark.parametrize(("line", "expected"), READ)
def test_line_is_read(line: str, expected: tuple[str, str, str], year: AssessmentYear) -> None:
    (row,) = rows_read(year, line)
    assert (row.candidates[0].code, row.grade, row.reason, row.errors) == (*expected, {})


WRONG = [
    ("孙悟空 称职", "subject", "nobody of this year has this number, code or name"),
    ("王伟 称职", "subject", "2 people have this name: choose"),
    ("王伟民国 称职", "subject", "nobody of this year has this number, code or name"),
    ("T1-2 王伟 称职 理由", "subject", "T1-2 is 李强, the line says “王伟”"),
    ("T1-2 良好", "grade", "no grade was found in the line: choose it"),
    ("T1-1 称职", "reason", "the suggestion is 优秀: a decision that departs from it needs a reason"),
]


@pytest.mark.parametrize(("line", "field", "words"), WRONG)
def test_what_is_wrong_stands_beside_its_field(line: str, field: str, words: str, year: AssessmentYear) -> None:
    (row,) = rows_read(year, line)
    assert row.errors == {field: words}


def test_headings_and_empty_lines_are_passed_over(year: AssessmentYear) -> None:
    rows = rows_read(year, "工号\t姓名\t档次\t理由\n\nT1-1\t王伟\t优秀\t\n   \nT1-2\t李强\t优秀\t\n")
    assert [(row.subject, row.grade, row.errors) for row in rows] == [("T1-1", "优秀", {}), ("T1-2", "优秀", {})]


def test_one_line_twice_is_told(year: AssessmentYear) -> None:
    rows = rows_read(year, "T1-1 优秀\nT1-1 优秀")
    assert [sorted(row.errors) for row in rows] == [[], ["subject"]]


def test_reading_saves_nothing_and_saving_enters_all_at_once(year: AssessmentYear, client_for: ClientFor) -> None:
    client = client_for("office")
    page = client.post(LIST, {"lines": "T1-1 优秀\n王伟 T2镇 基本称职 问责"})
    assert (len(page.context["rows"]), GradeDecision.objects.count()) == (2, 0)
    sent = posted(("T1-1 优秀", "T1-1", "优秀", ""), ("王伟 T2镇 基本称职 问责", "T2-1", "基本称职", "问责"))
    assert client.post(LIST, sent)["Location"] == CADRES
    stored = GradeDecision.objects.order_by("cadre__number").values_list("cadre__number", "grade", "reason")
    assert list(stored) == [("T1-1", "优秀", ""), ("T2-1", "基本称职", "问责")]


def posted(*rows: tuple[str, str, str, str]) -> dict[str, str]:
    """The corrected rows as the browser sends them: line, subject, grade, reason."""
    names = ("line", "subject", "grade", "reason")
    return {f"{name}-{n}": text for n, row in enumerate(rows) for name, text in zip(names, row, strict=True)}


def test_homonyms_are_asked_and_everything_typed_is_kept(year: AssessmentYear, client_for: ClientFor) -> None:
    """The second row lacks its reason, the first its person: nothing is saved, all of it stands."""
    client = client_for("office")
    page = client.post(LIST, posted(("王伟 称职", "王伟", "称职", "县委"), ("T1-2 称职", "T1-2", "称职", "")))
    rows = page.context["rows"]
    assert [one.code for one in rows[0].candidates] == ["T1-1", "T2-1"]
    assert [sorted(row.errors) for row in rows] == [["subject"], ["reason"]]
    body = page.content.decode()
    assert ('value="县委"' in body, "T2-1 · T2镇 · Party secretary" in body) == (True, True)
    assert GradeDecision.objects.count() == 0


def test_a_line_can_be_left_out(year: AssessmentYear, client_for: ClientFor) -> None:
    sent = posted(("孙悟空 称职", "孙悟空", "-", ""), ("T1-1 优秀", "T1-1", "优秀", ""))
    assert client_for("office").post(LIST, sent).status_code == 302
    assert GradeDecision.objects.get().cadre.number == "T1-1"  # type: ignore[union-attr]


def test_a_list_without_lines_says_so(year: AssessmentYear, client_for: ClientFor) -> None:
    page = client_for("office").post(LIST, {"lines": " \n"})
    assert "The list holds no line to enter." in page.content.decode()
