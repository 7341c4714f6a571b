"""Beside a result, never scored: for the office and, once the year is closed, leaders (RULES Y5 to Y7)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from assessment.models import AssessmentYear, Direction, Interviewee, Occasion, Phase, Source
from assessment.record_places import RecordSubject
from assessment.services.interview import InterviewRow, interview_record
from assessment.services.note import NoteRow, note_record, note_withdraw
from assessment.services.opinion import OpinionRow, opinion_record
from cadres.models import Account, Cadre
from scoring.results import current_result
from tests.assessment.records import DAY, township
from tests.conftest import ClientFor, account_of
from tests.county import year_in_phase
from tests.scoring.pages import small_county

Queries = Callable[[int], AbstractContextManager[object]]

pytestmark = pytest.mark.django_db

TEAM = "/years/2025/results/teams/T01/"
CADRE = "/years/2025/results/cadres/0002/"


@pytest.fixture
def year(db: None) -> AssessmentYear:
    """The small county, collecting, with one opinion and one note of T01, and of its cadre 0002; one talk."""
    year = small_county(Phase.COLLECTING)
    clerk = account_of("office")
    for about, words in ((None, "班子"), ("0002", "个人")):
        subject = RecordSubject(township("T01"), Cadre.objects.get(number=about) if about else None)
        opinion = OpinionRow(subject, Source.RETIRED, Direction.UP, DAY, f"意见：{words}", "老张")
        opinion_record(year=year, row=opinion, by=clerk)
        note_record(year=year, row=NoteRow(subject, Occasion.SURVEY, DAY, f"见闻：{words}"), by=clerk)
    row = InterviewRow(Interviewee.MEMBER, DAY, cadre=Cadre.objects.get(number="0002"), content="谈话内容")
    interview_record(year=year, township=township("T01"), row=row, by=clerk)
    return year


def shown(page: str) -> dict[str, bool]:
    words = (
        "意见：班子",
        "见闻：班子",
        "意见：个人",
        "见闻：个人",
        "老张",
        'count">1 / 3<',
        "谈话内容",
        "beside-result",
    )
    return {word: word in page for word in words}


OF_TEAM = {"意见：班子": True, "见闻：班子": True, "意见：个人": False, "见闻：个人": False}
OF_CADRE = {"意见：班子": False, "见闻：班子": False, "意见：个人": True, "见闻：个人": True}
SECTION = {'count">1 / 3<': True, "谈话内容": False, "beside-result": True}


@pytest.mark.parametrize(("url", "own"), [(TEAM, OF_TEAM), (CADRE, OF_CADRE)])
def test_the_office_sees_what_is_of_the_subject_and_who_gave_it(
    client_for: ClientFor, year: AssessmentYear, url: str, own: dict[str, bool]
) -> None:
    page = client_for("office").get(url).content.decode()
    assert shown(page) == own | SECTION | {"老张": True}
    assert "office" in page.partition("beside-result")[2].partition("见闻")[0]


@pytest.mark.parametrize(("url", "own"), [(TEAM, OF_TEAM), (CADRE, OF_CADRE)])
def test_leaders_once_closed_without_names(
    client_for: ClientFor, year: AssessmentYear, url: str, own: dict[str, bool]
) -> None:
    leader = client_for("leader")
    assert leader.get(url).status_code == 403
    year_in_phase(year, Phase.CLOSED)
    page = leader.get(url).content.decode()
    assert shown(page) == own | SECTION | {"老张": False}
    assert "office" not in page.partition("beside-result")[2].partition("</section>")[0]


def test_the_township_never(client_for: ClientFor, year: AssessmentYear) -> None:
    year_in_phase(year, Phase.PUBLISHED)
    answer = client_for("township").get(TEAM)
    assert (answer.status_code, shown(answer.content.decode())) == (200, dict.fromkeys(shown(""), False))


def test_a_new_note_appears_and_a_withdrawn_one_goes_though_pages_are_kept(
    client_for: ClientFor, year: AssessmentYear, office: Account
) -> None:
    client = client_for("office")

    def seen() -> list[bool]:
        pages = [client.get(TEAM).content.decode() for _twice in range(2)]
        return ["昨夜暴雨" in page for page in pages]

    assert seen() == [False, False]
    row = NoteRow(RecordSubject(township("T01")), Occasion.INSPECTION, DAY, "昨夜暴雨")
    note = note_record(year=year, row=row, by=office)
    assert seen() == [True, True]
    note_withdraw(note=note, reason="误记", by=office)
    assert seen() == [False, False]


def test_nothing_of_it_is_scored(year: AssessmentYear, office: Account) -> None:
    before = current_result(year)
    note_record(year=year, row=NoteRow(RecordSubject(township("T04")), Occasion.TALK, DAY, "x"), by=office)
    assert current_result(year) == before


def test_what_is_said_cannot_run_in_the_page(client_for: ClientFor, year: AssessmentYear, office: Account) -> None:
    row = NoteRow(RecordSubject(township("T01")), Occasion.TALK, DAY, "<script>alert(1)</script>")
    note_record(year=year, row=row, by=office)
    assert "<script>alert" not in client_for("office").get(TEAM).content.decode()


@pytest.mark.parametrize("more", [0, 20])
@pytest.mark.parametrize("url", [TEAM, CADRE])
def test_pages_cost_the_same_for_one_and_many(
    client_for: ClientFor,
    year: AssessmentYear,
    office: Account,
    url: str,
    more: int,
    django_assert_num_queries: Queries,
) -> None:
    """Session, account, revision and the year; then the seven of the section."""
    for number in range(more):
        cadre = Cadre.objects.get(number="0002") if number % 2 else None
        note_record(year=year, row=NoteRow(RecordSubject(township("T01"), cadre), Occasion.TALK, DAY, "x"), by=office)
    client = client_for("office")
    client.get("/years/2025/results/teams/")
    with django_assert_num_queries(10):
        client.get(url)
