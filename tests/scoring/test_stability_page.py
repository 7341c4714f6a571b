"""The page of stability, the band beside a place, the column in the rankings: what is shown, to whom, at what cost."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from assessment.models import Phase
from cadres.models import Account
from scoring.addresses import SubjectAddresses
from scoring.engine import CadreInput, Counts, Rank, YearInput
from scoring.finished import pages_forget
from scoring.results import results_forget
from scoring.selectors.stability import REPLICATES, SEED, year_stability
from scoring.stability import Flip, Interval, SubjectStability, stability_of
from scoring.stability_page.band import band_svg
from scoring.stability_page.flips import FlipWords, team_flips
from scoring.stability_page.page import hardly_apart
from scoring.stability_page.words import band_text, interval_text
from tests.conftest import ClientFor
from tests.county import county, ladder
from tests.scoring.pages import column, rows, small_county, text_of

PAGE = "/years/2025/results/stability/"
COUNTY = "/years/2025/results/rankings/county/"
TEAMS = "/years/2025/results/teams/"
english = pytest.mark.usefixtures("english")
database = pytest.mark.django_db


def one(code: str, place: int, low: int, high: int, *, ranked: int = 9, flip: Flip | None = None) -> SubjectStability:
    rank = Rank(place, 1, ranked)
    return SubjectStability(code, rank, Interval(low, high), Interval(place, place), flip, None, straddles=False)


def mixed_votes(*, voters: int = 20, cadres: int = 2) -> YearInput:
    """Three teams and some cadres of the first, about whom opinions differ."""
    year = ladder(3)
    votes = {"": Counts((voters // 2, voters - voters // 2, 0, 0), 0)}
    teams = tuple(replace(team, tallies=dict.fromkeys(team.tallies, votes)) for team in year.teams)
    deputy = next(cadre for cadre in year.cadres if cadre.post == "副乡镇长")
    people = [_person(deputy, number, votes) for number in range(1, cadres + 1)]
    return YearInput(year.scheme, teams, tuple(people))


def _person(like: CadreInput, number: int, votes: dict[str, Counts]) -> CadreInput:
    return replace(like, number=f"C{number}", tallies=dict.fromkeys(like.tallies, votes))


# Words


@english
@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (one("T1", 7, 5, 9), "place 7; between 5 and 9 when ballots are drawn anew"),
        (one("T1", 1, 2, 4), "place 1; between 2 and 4 when ballots are drawn anew"),
        (one("T1", 3, 3, 3), "place 3, also when ballots are drawn anew"),
    ],
)
def test_a_band_in_words(subject: SubjectStability, words: str) -> None:
    assert band_text(subject) == words


def test_an_interval_of_one_place_is_that_place() -> None:
    assert [interval_text(Interval(5, 9)), interval_text(Interval(4, 4))] == ["5–9", "4"]


def test_the_band_spans_its_places_and_the_dot_stands_on_the_place() -> None:
    """Of 9 places on 108 pixels with 4 at each end: 12.5 pixels a place."""
    svg = band_svg(one("T1", 5, 3, 9), 108)
    assert re.findall(r' (?:x|width|cx)="([\d.]+)"', svg.split("<rect")[1]) == ["25.0", "83.0", "54.0"]


def test_one_alone_has_a_band_too() -> None:
    assert 'cx="4.0"' in band_svg(one("T1", 1, 1, 1, ranked=1), 108)


def words_of(*codes: str, few: frozenset[str] = frozenset()) -> FlipWords:
    return FlipWords({code: f"{code}镇" for code in codes}, few, SubjectAddresses("team", 2025))


def test_places_that_can_hardly_be_told_apart() -> None:
    """1 and 2 reach each other; 3 reaches 2 but not 1, and 4 reaches 3 from one side alone."""
    subjects = [one("T3", 3, 2, 4), one("T1", 1, 1, 2), one("T2", 2, 1, 3), one("T4", 4, 4, 4)]
    found = hardly_apart(subjects, words_of("T1", "T2", "T3", "T4"))
    assert [(run.first, run.last, run.names) for run in found] == [(1, 2, ("T1镇", "T2镇"))]


# Small groups


@english
def test_an_exchange_that_rests_on_fewer_than_five_votes_is_not_told() -> None:
    flip = Flip("T2", 3)
    asked = one("T1", 1, 1, 2, flip=flip)
    texts = [
        words_of("T1", "T2", few=few).text(asked, flip) for few in (frozenset(), frozenset({"T1"}), frozenset({"T2"}))
    ]
    assert texts == ["3 · T2镇", "not told", "not told"]


@database
@pytest.mark.parametrize(("voters", "hidden"), [(4, True), (5, False)])
def test_few_votes_are_those_of_one_voter_group(voters: int, hidden: bool, office: Account) -> None:
    year = county(mixed_votes(voters=voters))
    result, found = year_stability(year=year, by=office)
    team = found.teams[0]
    assert team_flips(result, 2025).hides(team, Flip("T2", 1)) is hidden


@database
@english
def test_the_page_does_not_tell_it_either(client_for: ClientFor) -> None:
    county(mixed_votes(voters=4))
    page = client_for("office").get(PAGE).content.decode()
    assert {row[7] for row in rows(page)} == {"not told"}


# Pages


@database
def test_everybody_sees_the_same_as_the_fixed_seed_gives(office: Account, leader: Account) -> None:
    year = small_county()
    result, found = year_stability(year=year, by=office)
    assert found == stability_of(result, replicates=REPLICATES, seed=SEED)
    results_forget()
    assert year_stability(year=year, by=leader)[1] is found


@database
def test_what_was_computed_of_another_result_is_not_shown(office: Account) -> None:
    year = county(mixed_votes())
    before = year_stability(year=year, by=office)[1]
    year.tallies.filter(township__code="T3").update(first=20, second=0)
    results_forget()
    assert year_stability(year=year, by=office)[1] != before


@database
@pytest.mark.parametrize("who", ["department", "township", "assessor", "auditor", "administrator"])
def test_who_may_not_see_results_is_refused(who: str, request: pytest.FixtureRequest) -> None:
    year = small_county(Phase.PUBLISHED)
    with pytest.raises(PermissionDenied):
        year_stability(year=year, by=request.getfixturevalue(who))


@database
@english
def test_the_page_holds_every_ranked_cadre_and_team_in_order(client_for: ClientFor, office: Account) -> None:
    year = small_county()
    page = client_for("leader").get(PAGE).content.decode()
    assert column(page, 0) == ["1 / 5 tied", "1 / 5 tied", "3 / 5", "4 / 5", "5 / 5"]
    found = {one.code: one for one in year_stability(year=year, by=office)[1].cadres}
    shown = [row[5] for row in rows(page)]
    assert sorted(shown) == sorted(interval_text(one.votes) for one in found.values())
    chart = text_of(page[page.index("<tbody>") : page.index("</tbody>")])
    assert re.findall("乡镇T0.", chart)[0] == "乡镇T01"
    assert re.findall(r"(\d) (?:乡镇|$)", chart + " ") == ["1", "2", "2", "4"]


@database
@english
def test_search_filter_and_sort_stand_in_the_address(client_for: ClientFor) -> None:
    small_county()
    client = client_for("leader")
    assert [row[1] for row in rows(client.get(PAGE, {"q": "0004"}).content.decode())] == ["张敏"]
    assert [row[1] for row in rows(client.get(PAGE, {"township": "T04", "sort": "-in_county"}).content.decode())] == [
        row[1] for row in reversed(rows(client.get(PAGE, {"township": "T04"}).content.decode()))
    ]


@database
@english
def test_before_anybody_has_a_place_the_page_says_so(client_for: ClientFor) -> None:
    year = ladder(2)
    empty = tuple(replace(team, values={}) for team in year.teams)
    county(YearInput(year.scheme, empty, ()), phase=Phase.COLLECTING)
    page = client_for("office").get(PAGE).content.decode()
    assert ("Nobody has a place yet" in page, 'id="listing"' in page, "<figure" in page) == (True, False, False)


@database
@english
def test_the_page_of_a_team_asks_for_its_band(client_for: ClientFor) -> None:
    county(ladder(3))
    client = client_for("leader")
    assert f'hx-get="{PAGE}teams/T2/"' in client.get(f"{TEAMS}T2/").content.decode()
    band = client.get(f"{PAGE}teams/T2/").content.decode()
    assert "<html" not in band
    assert "place 2, also when ballots are drawn anew" in text_of(band)


@database
@english
def test_the_page_of_a_cadre_asks_for_its_band(client_for: ClientFor) -> None:
    small_county()
    client = client_for("leader")
    assert f'hx-get="{PAGE}cadres/0004/"' in client.get("/years/2025/results/cadres/0004/").content.decode()
    assert "place 3" in text_of(client.get(f"{PAGE}cadres/0004/").content.decode())


@database
def test_who_has_no_place_has_no_band(client_for: ClientFor) -> None:
    small_county()
    client = client_for("leader")
    assert "hx-get" not in client.get("/years/2025/results/cadres/0003/").content.decode()
    assert client.get(f"{PAGE}cadres/0003/").content.decode().strip() == ""
    assert client.get(f"{PAGE}cadres/9999/").status_code == 404
    assert client.get(f"{PAGE}teams/T99/").status_code == 404


@database
def test_a_township_reads_its_own_result_without_the_band(client_for: ClientFor, township: Account) -> None:
    code = township.township.code  # type: ignore[union-attr]
    teams = tuple(replace(team, code=code if team.code == "T2" else team.code) for team in ladder(3).teams)
    county(YearInput(ladder(3).scheme, teams), phase=Phase.PUBLISHED)
    client = client_for("township")
    page = client.get(f"{TEAMS}{code}/")
    assert (page.status_code, b"/stability/" in page.content) == (200, False)
    assert client.get(f"{PAGE}teams/{code}/").status_code == 403


@database
@english
@pytest.mark.parametrize(("address", "position"), [(COUNTY, -2), (TEAMS, 4)])
def test_a_table_of_results_shows_bands_when_asked(address: str, position: int, client_for: ClientFor) -> None:
    small_county()
    client = client_for("leader")
    plain, shown = (client.get(address, query).content.decode() for query in ({}, {"stability": "1", "sort": "name"}))
    assert ('class="band"' in plain, 'class="band"' in shown) == (False, True)
    assert all(re.fullmatch(r"\d+(–\d+)?|—", row[position]) for row in rows(shown))
    assert 'href="?sort=-name&amp;stability=1"' in shown
    assert '<input type="hidden" name="stability" value="1" />' in shown


@database
def test_a_plain_ranking_computes_no_band(client_for: ClientFor, monkeypatch: pytest.MonkeyPatch) -> None:
    small_county()
    monkeypatch.delattr("scoring.selectors.stability.stability_of")
    assert [client_for("leader").get(address).status_code for address in (COUNTY, TEAMS)] == [200, 200]


# Cost


@database
@pytest.mark.parametrize("cadres", [1, 12])
def test_queries_do_not_grow_with_the_county(
    cadres: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    county(mixed_votes(cadres=cadres))
    client = client_for("leader")
    client.get(PAGE)
    pages_forget()
    with django_assert_num_queries(3):
        client.get(PAGE)
