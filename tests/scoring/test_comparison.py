"""Cadres over the years (RULES P4, P6)."""

from dataclasses import replace

import pytest

from assessment.models import Phase
from cadres.models import Cadre
from scoring.comparison import comparison
from scoring.engine import YearInput
from scoring.selectors.result import cadre_history
from scoring.years import history_page
from tests.conftest import ClientFor, account_of
from tests.county import county
from tests.scoring.pages import CADRES, small_inputs

pytestmark = pytest.mark.django_db


def two_years() -> None:
    """2024 without 0006, 2025 with everybody but 0001, who is not graded then."""
    inputs = small_inputs()
    first = YearInput(inputs.scheme, inputs.teams, CADRES[:5])
    second = YearInput(inputs.scheme, inputs.teams, (replace(CADRES[0], not_graded="6A"), *CADRES[1:]))
    county(first, number=2024)
    county(second, number=2025, phase=Phase.COLLECTING)


def histories(*numbers: str, who: str = "office") -> list[list[object]]:
    cadres = [Cadre.objects.get(number=number) for number in numbers]
    return cadre_history(cadres=cadres, by=account_of(who))  # type: ignore[return-value]


def test_p4_only_rankings_that_hold_both() -> None:
    two_years()
    first, second = histories("0002", "0004")
    found = comparison(first, second)  # type: ignore[arg-type]
    assert [(one.ranking.code, [(y.year, y.together) for y in one.years]) for one in found.rankings] == [
        ("post", [(2025, True), (2024, True)]),
        ("county", [(2025, True), (2024, True)]),
    ]


def test_p4_a_year_that_does_not_hold_both_is_said() -> None:
    two_years()
    first, second = histories("0001", "0005")
    found = comparison(first, second)  # type: ignore[arg-type]
    assert [(y.year, y.together) for y in found.rankings[0].years] == [(2025, False), (2024, True)]
    assert found.year == 2024


def test_p6_each_year_keeps_place_number_ranked_and_rate() -> None:
    two_years()
    page = history_page(histories("0004")[0])  # type: ignore[arg-type]
    assert [(row.year.number, row.cadre.in_county.ranked) for row in page.rows] == [(2025, 4), (2024, 4)]  # type: ignore[union-attr]
    assert page.rows[0].rate == page.rows[1].rate
    assert [[row.label for row in chart.rows] for chart in page.places] == [["2024", "2025"]] * 3


def test_leaders_see_closed_years_only(client_for: ClientFor) -> None:
    two_years()
    assert [[entry.year.number for entry in one] for one in histories("0004", who="leader")] == [[2024]]  # type: ignore[attr-defined]
    html = client_for("leader").get("/cadres/0004/").content.decode()
    assert "/years/2024/results/cadres/0004/" in html
    assert "/years/2025/" not in html


def test_the_page_of_two(client_for: ClientFor) -> None:
    two_years()
    html = client_for("office").get("/compare/", {"a": "0002", "b": "0004"}).content.decode()
    assert html.count('class="line-chart"') == 2
    assert 'class="radar"' in html


@pytest.mark.parametrize(
    ("query", "sign"),
    [
        ({}, "empty-state"),
        ({"a": "0002"}, "empty-state"),
        ({"a": "0002", "b": "9999"}, "is-invalid"),
        ({"a": "0002", "b": "0002"}, "notice-info"),
    ],
)
def test_without_two_people_the_form_says_what_to_do(query: dict[str, str], sign: str, client_for: ClientFor) -> None:
    two_years()
    html = client_for("office").get("/compare/", query).content.decode()
    assert sign in html
    assert "line-chart" not in html
