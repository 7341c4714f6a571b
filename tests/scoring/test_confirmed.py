"""Once a year is confirmed, pages of results show the decided grade beside the suggested one (RULES 4, Y1)."""

import pytest

from assessment.models import AssessmentYear, Phase
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.overview.sides import Side
from scoring.results import NOT_CONFIRMED, confirmed_grades, current_result
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.rewards.committee import cadres_decided
from tests.scoring.pages import rows, small_county, text_of

pytestmark = pytest.mark.django_db

RESULTS = "/years/2025/results/"
CONFIRMED = "Confirmed results, version 1"
SUGGESTIONS = "The grades on this page are suggestions; the county committee decides."


@pytest.fixture
def year() -> AssessmentYear:
    """Two teams, the second decided 实绩一般 where another grade is suggested; ten cadres decided as suggested."""
    year = county(ladder(2), phase=Phase.CLOSED)
    first, second = (team.code for team in ladder(2).teams)
    decisions = [DecisionRow(first, "实绩突出", "县委研究决定"), DecisionRow(second, "实绩一般", "县委研究决定")]
    grade_decisions_save(year=year, rows=decisions, by=None)
    cadres_decided(year)
    return year


def page(client_for: ClientFor, path: str, role: str = "office") -> str:
    return str(client_for(role).get(RESULTS + path).content.decode())


@pytest.mark.usefixtures("english")
def test_before_confirming_pages_say_that_grades_are_suggestions(year: AssessmentYear, client_for: ClientFor) -> None:
    html = page(client_for, "teams/")
    assert SUGGESTIONS in html
    assert CONFIRMED not in html
    assert "Decided grade<" not in html
    assert confirmed_grades(year) == NOT_CONFIRMED


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("path", ["", "teams/", "rankings/county/", "teams/T01/"])
@pytest.mark.parametrize(
    ("phase", "words"), [(Phase.CONFIRMED, ", not published yet."), (Phase.PUBLISHED, ", published on ")]
)
def test_a_confirmed_year_says_its_version(
    path: str, phase: Phase, words: str, year: AssessmentYear, client_for: ClientFor
) -> None:
    code = ladder(2).teams[0].code
    year_in_phase(year, phase)
    text = text_of(page(client_for, path.replace("T01", code), "leader"))
    assert CONFIRMED in text
    assert words in text
    assert SUGGESTIONS not in text


def test_y1_the_table_of_teams_names_the_suggestion_where_another_grade_is_decided(
    year: AssessmentYear, client_for: ClientFor
) -> None:
    year_in_phase(year, Phase.CONFIRMED)
    first, second = current_result(year).teams
    assert second.grade != "实绩一般"
    assert {row[1]: row[3] for row in rows(page(client_for, "teams/"))} == {
        first.input.name: "实绩突出",
        second.input.name: f"实绩一般 建议：{second.grade}",
    }


def test_who_is_not_graded_keeps_the_reason(client_for: ClientFor) -> None:
    year_in_phase(small_county(), Phase.CONFIRMED)
    cells = {row[2]: row[-1] for row in rows(page(client_for, "rankings/county/"))}
    assert cells["0003"] == "5A 试用期"


def test_the_overview_counts_both(year: AssessmentYear, client_for: ClientFor) -> None:
    year_in_phase(year, Phase.CONFIRMED)
    overview = client_for("leader").get(RESULTS).context["overview"]
    assert _decided(overview.teams) == [1, 0, 1, 0]
    assert sum(_decided(overview.cadres)) == len(ladder(2).cadres)


def _decided(side: Side) -> list[int]:
    """The lower of the two bars: how often each grade was decided."""
    return [int(mark.text) if mark else 0 for mark in side.grades.rows[1].marks]
