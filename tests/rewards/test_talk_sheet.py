"""集体谈话 (RULES U3, U4): the order of talks, and the sheet of one: what it says, to whom, on paper."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from assessment.models import AssessmentYear, Direction, Phase, SolicitedOpinion, Source
from cadres.models import Account, Township
from rewards.letters.talk_sheet import TEMPLATE
from rewards.models import FeedbackWay
from rewards.presenters.talk_sheet import U3_MARK, TalkSheet, talk_sheet
from rewards.selectors.talk_sheet import talk_matter
from rewards.services.feedback import FeedbackGiven, feedback_record
from rewards.services.grade import DecisionRow, grade_decisions_save
from tests.conftest import ClientFor
from tests.county import county, ladder

pytestmark = pytest.mark.django_db

LIST = "/years/2025/talks/"


@pytest.fixture
def year() -> AssessmentYear:
    """Three teams, T1 the best, closed; T3 decided 实绩一般, its secretary 基本称职."""
    found = county(ladder(3), phase=Phase.CLOSED)
    rows = [DecisionRow("T3", "实绩一般", "县委研究决定"), DecisionRow("T3-1", "基本称职", "县委研究决定")]
    grade_decisions_save(year=found, rows=rows, by=None)
    return found


def sheet_of(year: AssessmentYear, code: str, by: Account) -> TalkSheet:
    return talk_sheet(talk_matter(year=year, code=code, by=by))


def test_result_change_and_next_place_u4(year: AssessmentYear, office: Account) -> None:
    """By rank, −2 % a place (1.1): of the targets' 90 points T2 has 88.20 and all 60 of the evaluations."""
    county(ladder(3), number=2024)
    sheet = sheet_of(year, "T2", office)
    assert sheet.result[0] == "得148.20分（满分150分），得分率98.80%，居全县第2名（共3个班子）。"
    assert sheet.result[2] == "2024年度得分率98.80%，第2名（共3名）；本年度得分率持平，位次不变。"
    assert "1.80" in sheet.result[3]
    assert (sheet.mark, sheet.weak, sheet.measures) == ("", (), ())


def test_low_team_is_talked_to_and_mends_within_a_deadline_u3(year: AssessmentYear, office: Account) -> None:
    sheet = sheet_of(year, "T3", office)
    assert sheet.mark == U3_MARK == "集体谈话并限期改进"
    assert sheet.result[-1] == "班子为“实绩一般”，由县委有关领导集体谈话，限期改进，于2026年6月30日前整改到位（U3）。"
    assert sheet.measures == (
        "班子：集体谈话（U3，2025年度实绩一般）：建议，尚未研究决定。",
        "班子：限期改进（U3，2025年度实绩一般）：建议，尚未研究决定，限期至2026年6月30日。",
        "王伟：诫勉（U2，2025年度基本称职）：建议，尚未研究决定。",
        "王伟：限期改进（U2，2025年度基本称职）：建议，尚未研究决定，限期至2026年6月30日。",
    )


def test_lines_stand_beside_the_median_weak_ones_with_figures_u4(year: AssessmentYear, office: Account) -> None:
    sheet = sheet_of(year, "T3", office)
    first = sheet.pairs[0][0]
    assert (first.points, first.median, first.difference, first.mark) == ("11.52 / 12", "11.76", "-0.24", "▼")
    assert len(sheet.weak) == 3
    assert sheet.weak[0].endswith("11.52分（满分12分），第3名（共3个），低于全县中位数0.24分；前一名完成值为98。")


def test_members_with_low_grades_are_marked_u2(year: AssessmentYear, office: Account) -> None:
    members = sheet_of(year, "T3", office).members
    assert [(member.post, member.grade, member.mark) for member in members[:2]] == [
        ("党委书记", "基本称职", "▼"),
        ("乡镇长", "称职（建议）", ""),
    ]


def test_leader_reads_opinions_without_who_gave_them_y6(year: AssessmentYear, office: Account, leader: Account) -> None:
    SolicitedOpinion.objects.create(
        year=year,
        township=Township.objects.get(code="T3"),
        source=Source.LEADER,
        direction=Direction.DOWN,
        dated=date(2025, 12, 1),
        given_by="分管县领导 何志强",
        content="项目推进\n偏慢",
        recorded_by=office,
        recorded_at=year.created_at,
    )
    (to_office,), (to_leader,) = (sheet_of(year, "T3", by).opinions for by in (office, leader))
    assert ("何志强" in to_office, "何志强" in to_leader) == (True, False)
    assert to_leader.endswith("：项目推进 偏慢")


def test_word_file_and_page_say_the_same(year: AssessmentYear, client_for: ClientFor, leader: Account) -> None:
    sheet = sheet_of(year, "T3", leader)
    answer = client_for("leader").get(f"{LIST}T3/word/")
    word = Document(BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    paper = [paragraph.text for paragraph in word.paragraphs] + cells
    page = client_for("leader").get(f"{LIST}T3/").content.decode()
    said = [sheet.title, *sheet.result, *sheet.weak, *sheet.measures]
    said += [line.name for pair in sheet.pairs for line in pair if line] + [member.grade for member in sheet.members]
    assert [text for text in said if text not in paper and f"{text}▼" not in paper] == []
    assert [text for text in said if text not in page] == []
    assert [text for text in paper if "{" in text] == []


def test_template_is_what_its_script_makes() -> None:
    assert [style.name for style in Document(str(TEMPLATE)).styles if style.name.startswith("谈话")] == [
        "谈话标题",
        "谈话标记",
        "谈话一级标题",
        "谈话正文",
        "谈话表头",
        "谈话表格",
    ]


def test_date_of_the_talk_held_stands_in_the_list(year: AssessmentYear, client_for: ClientFor) -> None:
    given = FeedbackGiven(FeedbackWay.COLLECTIVE_TALK, date(2026, 1, 20), "县委书记 高建国")
    feedback_record(year=year, subjects=["team:T2"], given=given, by=None)
    page = client_for("leader").get(f"{LIST}?sort=held")
    rows = [(row.record.team.input.code, row.record.latest) for row in page.context["table"].rows]
    assert rows == [("T1", ""), ("T3", ""), ("T2", "2026-01-20")]
    text = page.content.decode()
    assert ("高建国" in text, "feedback/new" in text) == (True, False)
    assert "way=collective_talk&amp;subject=team:T1" in client_for("office").get(LIST).content.decode()


def test_team_that_is_not_there(year: AssessmentYear, client_for: ClientFor) -> None:
    client = client_for("office")
    assert [client.get(f"{LIST}T9/{part}").status_code for part in ("", "word/")] == [404, 404]


def test_year_that_is_not_computable_says_so(office: Account) -> None:
    inputs = ladder(1)
    inputs.teams[0].tallies["E1"].clear()  # type: ignore[attr-defined]
    sheet = sheet_of(county(inputs, phase=Phase.COLLECTING), "T1", office)
    assert sheet.result == ("有未录入的数据，班子得分暂不能计算。",)


def test_list_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    assert list_queries(client_for, 1) == list_queries(client_for, 8, number=2026) == 6


def list_queries(client_for: ClientFor, teams: int, number: int = 2025) -> int:
    county(ladder(teams), number=number)
    client = client_for("office")
    client.get(f"/years/{number}/talks/")  # the result is computed once
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/years/{number}/talks/").status_code == 200
    return len(captured)
