"""Who rates a team or a cadre, side by side: where they agree and where they part (RULES 1.2, 2, Y6)."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.models import Phase
from assessment.scheme import default_scheme, scheme_with
from scoring.engine import Counts, YearInput, YearResult, score_year
from scoring.raters import Rater, Ratings, cadre_raters, cadre_ratings, team_raters, team_ratings
from tests.conftest import ClientFor
from tests.engine.cases import full_cadre, full_team
from tests.scoring.pages import small_county

pytestmark = pytest.mark.usefixtures("english")

BEST, SECOND = {"": Counts((20, 0, 0, 0))}, {"": Counts((0, 20, 0, 0))}


def two_teams(*masses: tuple[int, int, int, int]) -> YearResult:
    """Teams alike but for the votes of the masses, of which the default takes 1, 0.8, 0.6 and 0."""
    teams = [full_team(f"T{n}", e1={"": Counts(counts)}) for n, counts in enumerate(masses, start=1)]
    return score_year(YearInput(default_scheme(), tuple(teams), ()))


def ratings(result: YearResult, code: str = "T1") -> Ratings:
    return team_ratings(result, result.team(code), 2025)


def percents(one: Ratings) -> list[tuple[str, Fraction, Fraction]]:
    """Rater, rate, county's mean."""
    return [(rating.rater or "", rating.rate * 100, rating.mean * 100) for rating in one.ratings]


class TestWhoRates:
    def test_y6_the_four_evaluations_of_a_team(self) -> None:
        assert team_raters(default_scheme()) == {
            Rater.MASSES: "E1",
            Rater.DEPARTMENTS: "E2",
            Rater.LEADERS: "E3",
            Rater.ASSESSORS: "E4",
        }

    def test_2_the_three_evaluations_of_a_cadre(self) -> None:
        assert cadre_raters(default_scheme()) == {Rater.MASSES: "C1", Rater.LEADERS: "C3", Rater.ASSESSORS: "C4"}

    def test_an_evaluation_that_no_sheet_fills_is_none_of_them(self) -> None:
        scheme = default_scheme()
        others = tuple(replace(one, name="社会评价") if one.code == "E3" else one for one in scheme.evaluations)
        assert list(team_raters(replace(scheme, evaluations=others)).values()) == ["E1", "E2", "E4"]

    def test_an_evaluation_worth_nothing_is_none_either(self) -> None:
        scheme = scheme_with(
            default_scheme(), {"评价项分值": "民主测评=15;县直单位评价=15;县级领导评价=0;考评组评价=30"}
        )
        assert list(team_raters(scheme).values()) == ["E1", "E2", "E4"]


class TestBesideTheMean:
    def test_each_rater_beside_the_mean_of_the_same_raters(self) -> None:
        result = two_teams((20, 0, 0, 0), (0, 20, 0, 0))
        assert percents(ratings(result)) == [
            (Rater.MASSES, 100, 90),
            (Rater.DEPARTMENTS, 100, 100),
            (Rater.LEADERS, 100, 100),
            (Rater.ASSESSORS, 100, 100),
        ]
        assert [(one.rank.place, one.rank.ranked) for one in ratings(result, "T2").ratings] == [
            (2, 2),
            (1, 2),
            (1, 2),
            (1, 2),
        ]

    def test_agreement_reaches_to_five_percentage_points(self) -> None:
        """The masses give T2 90 %: a mean of 95 %, from which both teams differ by 5."""
        found = ratings(two_teams((20, 0, 0, 0), (10, 10, 0, 0)))
        assert (found.apart, found.agree) == (Fraction(5, 100), True)
        assert found.text == (
            "They agree: measured against the county's mean of each, all lie within 5.00 percentage points of each "
            "other (agreement reaches to 5.00)."
        )

    def test_beyond_they_part_and_the_ends_are_named(self) -> None:
        result = two_teams((20, 0, 0, 0), (0, 20, 0, 0))
        assert ratings(result).text == (
            "They part by 10.00 percentage points: Masses 10.00 above their county mean; "
            "Departments 0.00 above their county mean."
        )
        assert ratings(result, "T2").text == (
            "They part by 10.00 percentage points: Departments 0.00 above their county mean; "
            "Masses 10.00 below their county mean."
        )

    def test_one_team_alone_has_nothing_to_compare_with(self) -> None:
        found = ratings(two_teams((0, 20, 0, 0)))
        assert (len(found.ratings), found.apart, found.text) == (4, None, "")

    def test_a3_what_is_not_computable_is_left_out(self) -> None:
        missing = replace(full_team("T1"), tallies={"E1": BEST, "E2": BEST})
        result = score_year(YearInput(default_scheme(), (missing, full_team("T2")), ()))
        assert [one.rater for one in ratings(result).ratings] == [Rater.MASSES, Rater.DEPARTMENTS]
        assert ratings(result, "T2").ratings[2].rank.ranked == 1


class TestCadre:
    def test_three_raters_and_the_work_result_beside_them(self) -> None:
        cadres = (full_cadre("1"), full_cadre("2", c3=SECOND), full_cadre("3", not_graded="5A"))
        result = score_year(YearInput(default_scheme(), (full_team("T1"),), cadres))
        found = cadre_ratings(result, result.cadre("2"), 2025)
        assert percents(found) == [(Rater.MASSES, 100, 100), (Rater.LEADERS, 80, 90), (Rater.ASSESSORS, 100, 100)]
        assert found.beside is not None
        assert (found.beside.label, found.beside.rate) == ("Work results", 1)
        assert found.apart == Fraction(10, 100)

    def test_c3_nothing_of_who_is_not_graded(self) -> None:
        result = score_year(YearInput(default_scheme(), (full_team("T1"),), (full_cadre("3", not_graded="5A"),)))
        assert cadre_ratings(result, result.cadre("3"), 2025) == Ratings(())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "derivation"),
    [
        ("/years/2025/results/teams/T01/", "/years/2025/results/teams/T01/E4/"),
        ("/years/2025/results/cadres/0002/", "/years/2025/results/cadres/0002/C4/"),
    ],
)
def test_the_page_of_a_year_shows_them(url: str, derivation: str, client_for: ClientFor) -> None:
    small_county(Phase.CLOSED)
    html = client_for("leader").get(url).content.decode()
    section = html[html.index('class="panel raters"') :]
    assert f'<a href="{derivation}">Assessors</a>' in section
    assert "They " in section
