"""RULES 6, B1 to B5: the bonus to the cent."""

from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.scheme import BonusTerms, Forfeited, default_scheme
from rewards.rules import (
    BonusCadre,
    BonusError,
    BonusPost,
    BonusResult,
    BonusTeam,
    Remedy,
    ShareReason,
    ShareState,
    TeamAward,
    split_bonus,
)
from scoring.engine import CadreGrade, TeamGrade

POSTS = [
    BonusPost("党委书记", True),
    BonusPost("乡镇长", True),
    BonusPost("副乡镇长", False),
    BonusPost("顾问", False, False),
]
TERMS = default_scheme().bonus


def _team(code: str, rank: int, grade: TeamGrade = TeamGrade.OUTSTANDING, *, vetoed: bool = False) -> BonusTeam:
    return BonusTeam(code, rank, grade, vetoed)


def _cadre(
    number: str, post: str = "副乡镇长", grade: CadreGrade | None = CadreGrade.COMPETENT, second_post: str = ""
) -> BonusCadre:
    return BonusCadre(number, "T1", post, grade, second_post)


SECRETARY, HEAD = _cadre("书记", "党委书记"), _cadre("乡长", "乡镇长")


def _awards(bonus: BonusResult) -> list[str]:
    return [str(team.award) for team in bonus.teams]


def _one_team(*cadres: BonusCadre, terms: BonusTerms = TERMS) -> TeamAward:
    """The first team's 50,000 among these cadres, whose parts always make up the award (B4)."""
    (award,) = split_bonus(terms, [_team("T1", 1)], cadres, POSTS).teams
    assert award.paid + award.withheld + award.unpaid + award.odd_cents == award.award
    return award


def _shares(award: TeamAward) -> list[tuple[str, str, ShareState, ShareReason | None]]:
    return [(share.number, str(share.amount), share.state, share.reason) for share in award.shares]


PAID, WITHHELD, UNPAID = ShareState.PAID, ShareState.WITHHELD, ShareState.UNPAID


def test_b1_places_among_the_outstanding_1_1_3() -> None:
    teams = [
        _team("T1", 2),
        _team("T2", 1, TeamGrade.GOOD),
        _team("T3", 2),
        _team("T4", 4, vetoed=True),
        _team("T5", 9),
    ]
    bonus = split_bonus(TERMS, teams, [], POSTS)
    assert _awards(bonus) == ["50000.00", "0.00", "50000.00", "0.00", "40000.00"]
    assert [team.place for team in bonus.teams] == [1, None, 1, None, 3]


def test_b1_never_under_0() -> None:
    terms = replace(TERMS, decrement=Fraction(30000))
    assert _awards(split_bonus(terms, [_team(str(n), n) for n in (1, 2, 3)], [], POSTS)) == [
        "50000.00",
        "20000.00",
        "0.00",
    ]


def test_b2_20_20_and_60_equally() -> None:
    assert _shares(_one_team(SECRETARY, HEAD, _cadre("1"), _cadre("2"))) == [
        ("书记", "10000.00", PAID, None),
        ("乡长", "10000.00", PAID, None),
        ("1", "15000.00", PAID, None),
        ("2", "15000.00", PAID, None),
    ]


def test_b2_one_person_in_both_principal_posts_gets_one_share() -> None:
    award = _one_team(_cadre("一肩挑", "党委书记", second_post="乡镇长"), _cadre("1"))
    assert _shares(award)[:2] == [
        ("一肩挑", "10000.00", PAID, None),
        ("一肩挑", "10000.00", UNPAID, ShareReason.SECOND_POST),
    ]
    assert str(award.unpaid) == "10000.00"


def test_b2_vacant_posts_and_no_deputies_stay_unpaid() -> None:
    assert _shares(_one_team(SECRETARY)) == [
        ("书记", "10000.00", PAID, None),
        ("", "10000.00", UNPAID, ShareReason.VACANT),
        ("", "30000.00", UNPAID, ShareReason.NO_DEPUTIES),
    ]


def test_b2_a_post_outside_the_bonus_gets_nothing_and_takes_nothing() -> None:
    bonus = split_bonus(TERMS, [_team("T1", 1)], [_cadre("1"), _cadre("顾问", "顾问")], POSTS)
    assert (str(bonus.amount_of("1")), str(bonus.amount_of("顾问"))) == ("30000.00", "0.00")


EXCLUDED = [
    (CadreGrade.BASIC, ShareReason.LOW_GRADE),
    (CadreGrade.INCOMPETENT, ShareReason.LOW_GRADE),
    (None, ShareReason.NOT_GRADED),
]


@pytest.mark.parametrize(("grade", "reason"), EXCLUDED)
def test_b3_an_excluded_deputys_share_goes_back(grade: CadreGrade | None, reason: ShareReason) -> None:
    award = _one_team(SECRETARY, HEAD, _cadre("1"), _cadre("2", grade=grade))
    assert _shares(award)[2:] == [("1", "15000.00", PAID, None), ("2", "15000.00", WITHHELD, reason)]
    assert (str(award.paid), str(award.withheld)) == ("35000.00", "15000.00")


@pytest.mark.parametrize(("grade", "reason"), EXCLUDED)
def test_b3_redivided_among_the_remaining_deputies(grade: CadreGrade | None, reason: ShareReason) -> None:
    terms = replace(TERMS, forfeited=Forfeited.REDIVIDE)
    award = _one_team(SECRETARY, HEAD, _cadre("1"), _cadre("2", grade=grade), terms=terms)
    assert _shares(award)[2:] == [("1", "30000.00", PAID, None), ("2", "0.00", WITHHELD, reason)]


def test_b3_redivided_with_nobody_left_is_withheld() -> None:
    terms = replace(TERMS, forfeited=Forfeited.REDIVIDE)
    award = _one_team(SECRETARY, HEAD, _cadre("1", grade=None), terms=terms)
    assert (str(award.withheld), str(award.unpaid)) == ("30000.00", "0.00")


def test_b3_a_principals_withheld_share_always_goes_back() -> None:
    terms = replace(TERMS, forfeited=Forfeited.REDIVIDE)
    award = _one_team(_cadre("书记", "党委书记", grade=CadreGrade.BASIC), HEAD, _cadre("1"), terms=terms)
    assert _shares(award)[0] == ("书记", "10000.00", WITHHELD, ShareReason.LOW_GRADE)
    assert str(award.paid) == "40000.00"


def test_b4_rounded_down_the_odd_cents_stay() -> None:
    award = _one_team(SECRETARY, HEAD, *(_cadre(str(number)) for number in range(7)))
    assert {str(share.amount) for share in award.shares[2:]} == {"4285.71"}
    assert str(award.odd_cents) == "0.03"


def test_b4_awards_and_rest_are_the_pool() -> None:
    bonus = split_bonus(TERMS, [_team("T1", 1), _team("T2", 2)], [SECRETARY], POSTS)
    assert [str(part) for part in (bonus.pool, bonus.awards, bonus.rest)] == ["250000.00", "95000.00", "155000.00"]
    assert [str(part) for part in (bonus.paid, bonus.withheld, bonus.unpaid, bonus.odd_cents)] == [
        "10000.00",
        "0.00",
        "85000.00",
        "0.00",
    ]


@pytest.mark.parametrize(("count", "awards", "exceeds"), [(7, "245000.00", False), (8, "260000.00", True)])
def test_b5_seven_teams_fit_eight_do_not(count: int, awards: str, exceeds: bool) -> None:
    bonus = split_bonus(TERMS, [_team(str(rank), rank) for rank in range(1, count + 1)], [], POSTS)
    assert (str(bonus.awards), bonus.exceeds_pool) == (awards, exceeds)


def test_b5_dropping_the_last_places_drops_all_who_share_one() -> None:
    teams = [_team(str(index), min(index, 7)) for index in range(1, 9)]
    bonus = split_bonus(TERMS, teams, [], POSTS, Remedy.DROP_LAST)
    assert _awards(bonus)[5:] == ["25000.00", "0.00", "0.00"]
    assert (str(bonus.rest), bonus.exceeds_pool) == ("25000.00", False)


def test_b5_scaling_all_awards_to_the_pool() -> None:
    bonus = split_bonus(TERMS, [_team(str(rank), rank) for rank in range(1, 9)], [], POSTS, Remedy.SCALE)
    assert _awards(bonus)[:2] == ["48076.92", "43269.23"]
    assert (str(bonus.rest), bonus.exceeds_pool) == ("0.04", False)


def test_a_remedy_changes_nothing_where_the_awards_fit() -> None:
    teams = [_team("T1", 1)]
    assert split_bonus(TERMS, teams, [], POSTS, Remedy.SCALE) == split_bonus(TERMS, teams, [], POSTS)


def test_shares_that_leave_something_leave_it_unpaid() -> None:
    award = _one_team(SECRETARY, HEAD, _cadre("1"), terms=replace(TERMS, deputy_share=Fraction(1, 2)))
    assert _shares(award)[-1] == ("", "5000.00", UNPAID, ShareReason.NO_SHARE)


def test_shares_of_more_than_the_award_are_refused() -> None:
    with pytest.raises(BonusError):
        _one_team(SECRETARY, terms=replace(TERMS, principal_share=Fraction(1, 4)))
