"""RULES 3, P1 to P3, P5, P6: three rankings, ties, the tie-break chain."""

from assessment.scheme import default_scheme
from scoring.engine import competition_places
from tests.engine.cases import full_cadre, full_team, score, votes, votes_scheme


def test_p5_places_1_2_2_4() -> None:
    places = competition_places({"甲": 9, "乙": 7, "丙": 7, "丁": 5})
    assert [(who, rank.place, rank.tied, rank.ranked) for who, rank in places.items()] == [
        ("甲", 1, 1, 4),
        ("乙", 2, 2, 4),
        ("丙", 2, 2, 4),
        ("丁", 4, 1, 4),
    ]
    assert [rank.place for rank in competition_places({"甲": 9, "乙": 7}, higher_first=False).values()] == [1, 2]


def test_p1_p2_p3_the_three_rankings() -> None:
    cadres = [
        full_cadre("1", principal=True, post="党委书记"),
        full_cadre("2", c1=votes(9, 1)),
        full_cadre("3", c1=votes(8, 2)),
        full_cadre("4", "T2", c1=votes(9, 1)),
        full_cadre("5", "T2", post="人大主席", c1=votes(0, 10)),
        full_cadre("6", "T2", not_graded="6A"),
    ]
    result = score(default_scheme(), [full_team("T1"), full_team("T2")], cadres)
    assert [(c.rank_township, c.rank_post, c.rank_county) for c in result.cadres] == [
        (None, 1, 1),
        (1, 1, 2),
        (2, 3, 4),
        (1, 1, 2),
        (2, 1, 5),
        (None, None, None),
    ]
    third = result.cadre("3")
    assert third.in_county is not None
    assert third.in_post is not None
    assert (third.in_county.ranked, third.in_post.ranked) == (5, 3)
    assert [c.in_county.is_tied for c in result.cadres if c.in_county] == [False, True, False, True, False]


def test_p5_the_chain_parts_cadres_by_item_and_teams_by_line() -> None:
    scheme = votes_scheme(同分排序="C3;E2")
    teams = [full_team("T1"), full_team("T2")]
    cadres = [full_cadre("1", c1=votes(9, 1)), full_cadre("2", c3=votes(9, 1)), full_cadre("3", c4=votes(9, 1))]
    result = score(scheme, teams, cadres)
    assert {str(cadre.total) for cadre in result.cadres} == {"99.60"}
    assert [cadre.rank_county for cadre in result.cadres] == [1, 3, 1]
    assert [(team.rank, team.tied) for team in result.teams] == [(1, True), (1, True)]


def test_p5_teams_are_parted_by_an_evaluation_of_the_chain() -> None:
    half = votes(0, 1)
    one = full_team("T1", e1=half)
    two = full_team("T2")
    two = full_team("T2", tallies={**two.tallies, "E2": half})
    assert [team.rank for team in score(votes_scheme(), [one, two]).teams] == [1, 1]
    assert [team.rank for team in score(votes_scheme(同分排序="E1"), [one, two]).teams] == [2, 1]
