"""The ranking of departments (RULES Y6): shares by the vote rule of teams, their mean, competition places."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from assessment.models import AssessmentYear, Phase, Tally
from cadres.models import AuditEntry, Department
from scoring.departments import department_rows, departments_ranked
from scoring.results import current_result, results_forget
from scoring.sight import Sight
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.factories import DepartmentFactory

pytestmark = pytest.mark.django_db

ALL, ONE = "/years/2025/results/departments/", "/years/2025/results/departments/D01/"
Grades = tuple[int, int, int, int]
OFFICE, OTHERS = Sight(counts=True), Sight(counts=False)


def rated(year: AssessmentYear, code: str, *questions: Grades, abstain: int = 0, evaluation: str = "S") -> Department:
    """S1, S2, S3 as given, in order."""
    department = DepartmentFactory(code=code, name=f"{code}局")
    for place, (first, second, third, fourth) in enumerate(questions, start=1):
        Tally.objects.create(
            year=year,
            department=department,
            evaluation=f"S{place}" if evaluation == "S" else evaluation,
            first=first,
            second=second,
            third=third,
            fourth=fourth,
            abstain=abstain,
            entered_at=timezone.now(),
        )
    return department


def scores(year: AssessmentYear) -> list[tuple[str, Decimal | None, int | None]]:
    return [(s.code, s.score, s.rank.place if s.rank else None) for s in departments_ranked(year)]


def test_the_score_is_100_times_the_mean_of_the_three_shares() -> None:
    """E1 with 1, 0.8, 0.6, 0: (10 + 8·0 …): shares 1, 0.8, 0.9 make 90."""
    year = county(ladder(2))
    rated(year, "D01", (10, 0, 0, 0), (0, 10, 0, 0), (5, 5, 0, 0), abstain=3)
    assert scores(year) == [("D01", Decimal("90.00"), 1)]


def test_it_is_rounded_once_half_up() -> None:
    """Shares 2/3, 2/3 and 1 make 77.777…; 1, 1 and 7/8 make 95.8333…."""
    year = county(ladder(2))
    rated(year, "D01", (4, 0, 0, 2), (4, 0, 0, 2), (6, 0, 0, 0))
    rated(year, "D02", (8, 0, 0, 0), (8, 0, 0, 0), (7, 0, 0, 1))
    assert scores(year) == [("D02", Decimal("95.83"), 1), ("D01", Decimal("77.78"), 2)]


def test_places_are_1_2_2_4() -> None:
    year = county(ladder(2))
    for code, first in (("D01", 7), ("D02", 9), ("D03", 7), ("D04", 5)):
        rated(year, code, *[(first, 0, 0, 10 - first)] * 3)
    assert [(code, place) for code, _score, place in scores(year)] == [("D02", 1), ("D01", 2), ("D03", 2), ("D04", 4)]


@pytest.mark.parametrize("questions", [[(9, 0, 0, 0), (9, 0, 0, 0)], [(9, 0, 0, 0), (9, 0, 0, 0), (0, 0, 0, 0)]])
def test_without_one_of_the_three_there_is_no_score_and_no_place(questions: list[Grades]) -> None:
    """A3, E4: missing is never zero."""
    year = county(ladder(2))
    rated(year, "D01", *questions, abstain=9)
    rated(year, "D02", *[(5, 0, 0, 5)] * 3)
    assert scores(year) == [("D02", Decimal("50.00"), 1), ("D01", None, None)]


def test_what_its_own_staff_said_stands_beside_and_is_not_ranked() -> None:
    year = county(ladder(2))
    rated(year, "D01", *[(5, 0, 0, 5)] * 3)
    rated(year, "D01", (10, 0, 0, 0), evaluation="E1")
    row = department_rows(departments_ranked(year), OTHERS)[0]
    assert (row.score, row.democratic) == (Decimal("50.00"), 100)


def test_departments_change_no_score_of_a_township() -> None:
    year = county(ladder(2))
    before = [team.total for team in current_result(year).teams]
    rated(year, "D01", *[(5, 0, 0, 5)] * 3)
    results_forget()
    assert [team.total for team in current_result(year).teams] == before


# Small groups


def test_fewer_than_5_votes_on_one_question_hide_the_row_from_all_but_the_office() -> None:
    year = county(ladder(2))
    rated(year, "D01", (4, 0, 0, 0), (9, 0, 0, 0), (9, 0, 0, 0))
    hidden, full = (department_rows(departments_ranked(year), sight)[0] for sight in (OTHERS, OFFICE))
    assert (hidden.hidden, hidden.score, hidden.rank, [share for _c, share, _v in hidden.shares]) == (
        True,
        None,
        None,
        [None, None, None],
    )
    assert (full.hidden, full.score) == (False, Decimal("100.00"))


def test_a_small_box_of_its_own_staff_is_shown_to_nobody() -> None:
    year = county(ladder(2))
    rated(year, "D01", *[(5, 0, 0, 5)] * 3)
    rated(year, "D01", (3, 1, 0, 0), evaluation="E1")
    assert [department_rows(departments_ranked(year), s)[0].democratic for s in (OFFICE, OTHERS)] == [None, None]


# Pages


def page(client_for: ClientFor, username: str, url: str = ALL) -> Any:
    return client_for(username).get(url)


def test_the_office_sees_counts_a_leader_none(client_for: ClientFor) -> None:
    year = county(ladder(2))
    rated(year, "D01", *[(7, 6, 5, 4)] * 3)
    assert ["7 / 6 / 5 / 4" in page(client_for, who).content.decode() for who in ("office", "leader")] == [True, False]


def test_a_leader_waits_for_the_close(client_for: ClientFor) -> None:
    county(ladder(2), phase=Phase.COLLECTING)
    assert [page(client_for, who).status_code for who in ("office", "leader")] == [200, 403]


def test_a_department_sees_its_own_row_once_published_and_nobody_elses(client_for: ClientFor) -> None:
    year = county(ladder(2))
    rated(year, "D02", *[(5, 0, 0, 5)] * 3)
    browser = client_for("department")
    assert [browser.get(url).status_code for url in (ONE, ALL)] == [403, 403]
    year_in_phase(year, Phase.PUBLISHED)
    rated(year, "D01", *[(9, 0, 0, 1)] * 3)
    answers = [browser.get(url).status_code for url in (ONE, ALL, ONE.replace("D01", "D02"))]
    assert (answers, AuditEntry.objects.filter(refused=True).count()) == ([200, 403, 403], 4)
    shown = browser.get(ONE).content.decode()
    assert ("90.00" in shown, "50.00" in shown) == (True, False)


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_asks_the_database_the_same_for_all(
    client_for: ClientFor, django_assert_num_queries: Any, many: int
) -> None:
    year = county(ladder(2))
    for place in range(many):
        rated(year, f"D{place:02}", *[(9, 0, 0, place % 9)] * 3)
    browser = client_for("office")
    with django_assert_num_queries(7):
        answer = browser.get(ALL)
    assert len(answer.context["rows"]) == many
