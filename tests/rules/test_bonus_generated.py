"""RULES 6 on generated counties: whatever the county, the two equations hold, and nobody gets what is not theirs."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.scheme import Forfeited
from rewards.rules import BonusResult, Remedy, ShareReason, ShareState, split_bonus, split_differences
from scoring.engine import CadreGrade
from tests.oracle.money import money
from tests.oracle.years import bonuses

GENERATED = settings(
    max_examples=80,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REMEDIES = st.sampled_from([None, *Remedy])
NOTHING = Decimal("0.00")
LOW = (CadreGrade.BASIC, CadreGrade.INCOMPETENT)


def _split(case: Any, remedy: Remedy | None) -> BonusResult:
    terms, teams, cadres, posts = case
    return split_bonus(terms, teams, cadres, posts, remedy)


def _assert_equations(bonus: BonusResult) -> None:
    for team in bonus.teams:
        assert team.paid + team.withheld + team.unpaid + team.odd_cents == team.award
    assert bonus.awards == sum((team.award for team in bonus.teams), NOTHING)
    assert bonus.paid + bonus.withheld + bonus.unpaid + bonus.odd_cents == bonus.awards
    assert bonus.awards + bonus.rest == bonus.pool


@GENERATED
@given(bonuses(), REMEDIES)
def test_b4_both_equations_hold_to_the_cent(case: Any, remedy: Remedy | None) -> None:
    _assert_equations(_split(case, remedy))


@GENERATED
@given(bonuses(), REMEDIES)
def test_b4_nothing_is_negative_and_cents_are_few(case: Any, remedy: Remedy | None) -> None:
    for team in _split(case, remedy).teams:
        amounts = [team.award, team.odd_cents, *(share.amount for share in team.shares)]
        assert min(amounts) >= 0
        assert team.odd_cents < Decimal("0.01") * max(len(team.shares), 1)


@GENERATED
@given(bonuses(), st.sampled_from(Remedy))
def test_b5_under_every_remedy_the_awards_fit_the_pool(case: Any, remedy: Remedy) -> None:
    bonus = _split(case, remedy)
    assert bonus.awards <= bonus.pool
    assert not bonus.exceeds_pool
    assert bonus.paid <= bonus.pool


@GENERATED
@given(bonuses())
def test_b5_the_raised_pool_fits_exactly_and_moves_no_award(case: Any) -> None:
    terms, teams, cadres, posts = case
    before = split_bonus(terms, teams, cadres, posts)
    after = split_bonus(replace(terms, pool=Fraction(before.awards)), teams, cadres, posts)
    assert (after.rest, after.exceeds_pool) == (NOTHING, False)
    assert after.teams == before.teams


@GENERATED
@given(bonuses(), REMEDIES)
def test_b1_the_same_place_gets_the_same_and_a_better_one_no_less(case: Any, remedy: Remedy | None) -> None:
    placed = sorted(((team.place, team.award) for team in _split(case, remedy).teams if team.place), key=str)
    for place, award in placed:
        assert {other for at, other in placed if at == place} == {award}
        assert all(other <= award for at, other in placed if at > place)


@GENERATED
@given(bonuses(), REMEDIES)
def test_b3_nobody_low_graded_or_not_graded_is_paid(case: Any, remedy: Remedy | None) -> None:
    bonus = _split(case, remedy)
    for cadre in case[2]:
        if cadre.grade is None or cadre.grade in LOW:
            assert bonus.amount_of(cadre.number) == NOTHING


@GENERATED
@given(bonuses(), REMEDIES)
def test_b2_nobody_is_paid_twice_or_by_another_team(case: Any, remedy: Remedy | None) -> None:
    township = {cadre.number: cadre.township for cadre in case[2]}
    paid: dict[str, int] = defaultdict(int)
    for team in _split(case, remedy).teams:
        for share in team.shares:
            assert not share.number or township[share.number] == team.team
            paid[share.number] += share.state is ShareState.PAID
    assert paid.pop("", 0) == 0
    assert set(paid.values()) <= {0, 1}


@GENERATED
@given(bonuses(), REMEDIES)
def test_b2_equal_shares_are_equal(case: Any, remedy: Remedy | None) -> None:
    """Deputies of one team: all the same; under 均分 all who are paid the same, the others nothing."""
    terms, _teams, cadres, posts = case
    principal = {post.name for post in posts if post.principal}
    deputies = {cadre.number for cadre in cadres if not principal & {cadre.post, cadre.second_post}}
    for team in _split(case, remedy).teams:
        shares = [share for share in team.shares if share.number in deputies]
        paid = {share.amount for share in shares if share.state is ShareState.PAID}
        withheld = {share.amount for share in shares if share.state is ShareState.WITHHELD}
        if paid and terms.forfeited is Forfeited.REDIVIDE:
            assert (len(paid), withheld <= {NOTHING}) == (1, True)
        else:
            assert len(paid | withheld) <= 1


@GENERATED
@given(bonuses(), REMEDIES)
def test_b3_every_share_that_is_not_paid_says_why(case: Any, remedy: Remedy | None) -> None:
    expected: dict[ShareState, set[ShareReason | None]] = {
        ShareState.PAID: {None},
        ShareState.WITHHELD: {ShareReason.NOT_GRADED, ShareReason.LOW_GRADE},
        ShareState.UNPAID: {
            ShareReason.VACANT,
            ShareReason.SECOND_POST,
            ShareReason.NO_DEPUTIES,
            ShareReason.NO_SHARE,
        },
    }
    for team in _split(case, remedy).teams:
        assert all(share.reason in expected[share.state] for share in team.shares)


@GENERATED
@given(bonuses())
def test_b3_redivided_pays_no_less_than_returned(case: Any) -> None:
    """均分 only moves withheld money to deputies who are paid; awards stay."""
    terms, teams, cadres, posts = case
    returned = split_bonus(replace(terms, forfeited=Forfeited.RETURN), teams, cadres, posts)
    redivided = split_bonus(replace(terms, forfeited=Forfeited.REDIVIDE), teams, cadres, posts)
    assert redivided.awards == returned.awards
    for cadre in cadres:
        assert redivided.amount_of(cadre.number) >= returned.amount_of(cadre.number)


@GENERATED
@given(bonuses(), st.sampled_from(Remedy))
def test_b5_every_cent_under_a_remedy_is_the_oracles(case: Any, remedy: Remedy) -> None:
    """The slow reading divides the awards that the remedy leaves: given one by one, as the first place's."""
    terms, teams, cadres, posts = case
    bonus = split_bonus(terms, teams, cadres, posts, remedy)
    for team, award in zip(teams, bonus.teams, strict=True):
        if not award.award:
            continue
        alone = replace(terms, first=Fraction(award.award), decrement=Fraction(0))
        expected = money(alone, [team], cadres, posts)[team.code]
        found = {"award": award.award, "paid": award.paid, "withheld": award.withheld, "unpaid": award.unpaid}
        assert {name: int(amount * 100) for name, amount in found.items()} == {name: expected[name] for name in found}


@GENERATED
@given(bonuses(), REMEDIES, REMEDIES)
def test_b4_a_corrections_differences_are_what_is_to_pay_and_to_recover(
    case: Any, first: Remedy | None, second: Remedy | None
) -> None:
    before, after = _split(case, first), _split(case, second)
    found = split_differences(before, after)
    assert before.paid + found.to_pay - found.to_recover == after.paid
    for share in found.shares:
        assert share.to_pay * share.to_recover == 0
    changed = {share.number for share in found.shares}
    for cadre in case[2]:
        assert cadre.number in changed or before.amount_of(cadre.number) == after.amount_of(cadre.number)
    nothing = split_differences(after, after)
    assert (nothing.teams, nothing.shares) == ((), ())
