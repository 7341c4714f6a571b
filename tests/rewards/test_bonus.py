"""RULES 6 from the grades in force to confirmed rows; amounts in yuan."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from assessment.models import AssessmentYear, Phase
from assessment.services.veto import VetoRow, vetoes_save
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from rewards.models import (
    AppendOnlyError,
    BonusAward,
    BonusConfirmation,
    BonusDecision,
    BonusPayment,
    BonusRemedy,
)
from rewards.rules import TeamAward
from rewards.selectors.bonus import year_bonus
from rewards.services.bonus import bonus_confirm, bonus_remedy_choose
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import YearInput
from tests.county import MEMBERS, VETO_DAY, county, ladder
from tests.rewards.committee import outstanding

pytestmark = pytest.mark.django_db

NOT_OFFICE = ["department", "township", "assessor", "leader", "auditor", "administrator"]


def award(year: AssessmentYear, team: str) -> TeamAward:
    split = year_bonus(year=year).split
    assert split is not None
    return split.award_of(team)


def awards(year: AssessmentYear) -> list[int]:
    split = year_bonus(year=year).split
    assert split is not None
    return [int(team.award) for team in split.teams]


def shares(year: AssessmentYear, team: str) -> list[tuple[str, str, str, str]]:
    found = award(year, team).shares
    return [(share.number, str(share.state), str(share.amount), str(share.reason or "")) for share in found]


def with_cadre(inputs: YearInput, number: str, **changes: object) -> YearInput:
    cadres = tuple(
        replace(cadre, **changes) if cadre.number == number else cadre  # type: ignore[arg-type]
        for cadre in inputs.cadres
    )
    return replace(inputs, cadres=cadres)


# B1


def test_suggested_grades_count_until_one_is_decided_b1() -> None:
    year = county(ladder(4))  # a quota of 30 % of 4 teams: one is suggested 实绩突出
    bonus = year_bonus(year=year)
    assert awards(year) == [50000, 0, 0, 0]
    assert (bonus.grades.any_decided, bonus.grades.all_decided) == (False, False)


def test_each_further_place_gets_5000_less_b1() -> None:
    assert awards(outstanding(ladder(7))) == [50000, 45000, 40000, 35000, 30000, 25000, 20000]


def test_vetoed_team_takes_no_place_b1() -> None:
    year = county(ladder(3), phase=Phase.COLLECTING)
    vetoes_save(year=year, rows=[VetoRow("T1", "V5", "较大事故", "县委", VETO_DAY)], by=None)
    rows = [DecisionRow(f"T{place}", "实绩突出", "县委研究决定") for place in (2, 3)]
    grade_decisions_save(year=year, rows=rows, by=None)
    assert awards(year) == [0, 50000, 45000]


def test_tied_teams_share_a_place_b1() -> None:
    inputs = ladder(3)
    first, second, third = inputs.teams
    tied = replace(inputs, teams=(first, replace(second, values=first.values), third))
    assert awards(outstanding(tied)) == [50000, 50000, 40000]


# B2


def test_principals_and_deputies_b2() -> None:
    assert shares(outstanding(ladder(1)), "T1") == [
        ("T1-1", "paid", "10000.00", ""),
        ("T1-2", "paid", "10000.00", ""),
        ("T1-3", "paid", "10000.00", ""),
        ("T1-4", "paid", "10000.00", ""),
        ("T1-5", "paid", "10000.00", ""),
    ]


def test_one_person_in_both_principal_posts_b2() -> None:
    inputs = ladder(1, members=(("党委书记", True), ("党委副书记", False)))
    year = outstanding(with_cadre(inputs, "T1-1", second_post="乡镇长"))
    assert shares(year, "T1") == [
        ("T1-1", "paid", "10000.00", ""),
        ("T1-1", "unpaid", "10000.00", "second_post"),
        ("T1-2", "paid", "30000.00", ""),
    ]


def test_vacant_post_and_no_deputies_stay_unpaid_b2() -> None:
    year = outstanding(ladder(1, members=(("党委书记", True),)))
    assert shares(year, "T1") == [
        ("T1-1", "paid", "10000.00", ""),
        ("", "unpaid", "10000.00", "vacant"),
        ("", "unpaid", "30000.00", "no_deputies"),
    ]


# B3


def test_low_grade_and_not_graded_are_withheld_b3() -> None:
    year = county(with_cadre(ladder(1), "T1-2", not_graded="5A", tallies={}), phase=Phase.COLLECTING)
    rows = [DecisionRow("T1", "实绩突出", "县委研究决定"), DecisionRow("T1-4", "基本称职", "县委研究决定")]
    grade_decisions_save(year=year, rows=rows, by=None)
    assert shares(year, "T1") == [
        ("T1-1", "paid", "10000.00", ""),
        ("T1-2", "withheld", "10000.00", "not_graded"),
        ("T1-3", "paid", "10000.00", ""),
        ("T1-4", "withheld", "10000.00", "low_grade"),
        ("T1-5", "paid", "10000.00", ""),
    ]
    assert award(year, "T1").withheld == Decimal("20000.00")


# B4


def test_odd_cents_stay_in_the_pool_b4() -> None:
    seven = (*MEMBERS[:2], *((post, False) for post in ("党委副书记", *["副乡镇长"] * 6)))
    team = award(outstanding(ladder(1, members=seven)), "T1")  # 30,000 among 7 deputies: 4,285.71 each
    assert {str(share.amount) for share in team.shares[2:]} == {"4285.71"}
    assert (team.paid, team.withheld, team.unpaid, team.odd_cents) == (
        Decimal("49999.97"),
        Decimal("0.00"),
        Decimal("0.00"),
        Decimal("0.03"),
    )


def test_year_that_is_not_computable_has_no_bonus() -> None:
    inputs = ladder(2)
    first, second = inputs.teams
    values = {code: value for code, value in first.values.items() if code != "K1"}
    year = county(replace(inputs, teams=(replace(first, values=values), second)))
    assert year_bonus(year=year).split is None
    with pytest.raises(Refused):
        bonus_confirm(year=year, by=None)


# B5


@pytest.fixture
def eight() -> AssessmentYear:
    """Eight outstanding teams cost 50,000 … 15,000 = 260,000; the pool is 250,000."""
    return outstanding(ladder(8))


def test_awards_above_the_pool_block_the_confirmation_b5(eight: AssessmentYear, office: Account) -> None:
    bonus = year_bonus(year=eight)
    assert bonus.needs_remedy
    assert bonus.split is not None
    assert (bonus.split.awards, bonus.split.rest) == (Decimal("260000.00"), Decimal("-10000.00"))
    with pytest.raises(Refused):
        bonus_confirm(year=eight, by=office)
    assert BonusConfirmation.objects.count() == 0


REMEDIES = [
    (BonusRemedy.RAISE, Decimal("260000"), [50000, 45000, 40000, 35000, 30000, 25000, 20000, 15000], "0.00"),
    (BonusRemedy.DROP_LAST, None, [50000, 45000, 40000, 35000, 30000, 25000, 20000, 0], "5000.00"),
    (BonusRemedy.SCALE, None, [48076, 43269, 38461, 33653, 28846, 24038, 19230, 14423], "0.04"),
]


@pytest.mark.parametrize(("remedy", "pool", "expected", "rest"), REMEDIES)
def test_remedy_b5(
    remedy: BonusRemedy,
    pool: Decimal | None,
    expected: list[int],
    rest: str,
    eight: AssessmentYear,
    office: Account,
) -> None:
    bonus_remedy_choose(year=eight, remedy=remedy, pool=pool, reason="县委研究决定", by=office)
    bonus = year_bonus(year=eight)
    assert awards(eight) == expected
    assert bonus.split is not None
    assert str(bonus.split.rest) == rest
    assert (bonus.needs_remedy, bonus.remedied) == (False, True)
    assert bonus_confirm(year=eight, by=office).decision == bonus.decision


def test_latest_remedy_stands_and_the_first_stays_b5(eight: AssessmentYear, office: Account) -> None:
    bonus_remedy_choose(year=eight, remedy=BonusRemedy.SCALE, reason="财力不足", by=office)
    bonus_remedy_choose(year=eight, remedy=BonusRemedy.DROP_LAST, reason="县委改议", by=office)
    assert awards(eight)[-1] == 0
    kept = BonusDecision.objects.order_by("number").values_list("number", "remedy", "reason")
    assert list(kept) == [(1, "scale", "财力不足"), (2, "drop_last", "县委改议")]


@pytest.mark.parametrize(
    ("remedy", "pool", "reason"),
    [
        (BonusRemedy.SCALE, None, " "),  # no reason
        (BonusRemedy.RAISE, None, "追加预算"),  # raised to nothing
        (BonusRemedy.RAISE, Decimal("259999.99"), "追加预算"),  # still too small
    ],
)
def test_remedy_refused_b5(
    remedy: BonusRemedy, pool: Decimal | None, reason: str, eight: AssessmentYear, office: Account
) -> None:
    with pytest.raises(Refused):
        bonus_remedy_choose(year=eight, remedy=remedy, pool=pool, reason=reason, by=office)
    assert BonusDecision.objects.count() == 0


def test_nothing_to_remedy_within_the_pool_b5(office: Account) -> None:
    with pytest.raises(Refused):
        bonus_remedy_choose(year=outstanding(ladder(2)), remedy=BonusRemedy.SCALE, reason="理由", by=office)


# Confirmation


def test_confirmation_freezes_every_row(office: Account) -> None:
    year = outstanding(with_cadre(ladder(2), "T2-5", not_graded="6A", tallies={}))
    confirmation = bonus_confirm(year=year, by=office)
    assert (confirmation.number, confirmation.awards, confirmation.rest) == (
        1,
        Decimal("95000.00"),
        Decimal("155000.00"),
    )
    assert list(BonusAward.objects.values_list("township__code", "place", "grade", "award")) == [
        ("T1", 1, "实绩突出", Decimal("50000.00")),
        ("T2", 2, "实绩突出", Decimal("45000.00")),
    ]
    second = BonusPayment.objects.filter(award__township__code="T2")
    assert list(second.values_list("cadre__number", "post", "state", "reason", "amount")) == [
        ("T2-1", "党委书记", "paid", "", Decimal("9000.00")),
        ("T2-2", "乡镇长", "paid", "", Decimal("9000.00")),
        ("T2-3", "党委副书记", "paid", "", Decimal("9000.00")),
        ("T2-4", "副乡镇长", "paid", "", Decimal("9000.00")),
        ("T2-5", "副乡镇长", "withheld", "not_graded", Decimal("9000.00")),
    ]
    entry = AuditEntry.objects.get(action="bonus_confirm")
    assert (entry.year, entry.actor, entry.details["awards"]) == (2025, office, "95000.00")


def test_odd_cents_are_frozen_too(office: Account) -> None:
    seven = (*MEMBERS[:2], *[("副乡镇长", False)] * 7)
    confirmation = bonus_confirm(year=outstanding(ladder(1, members=seven)), by=office)
    assert (confirmation.paid, confirmation.odd_cents) == (Decimal("49999.97"), Decimal("0.03"))
    assert BonusAward.objects.get().odd_cents == Decimal("0.03")


def test_same_split_is_not_confirmed_twice(office: Account) -> None:
    year = outstanding(ladder(2))
    bonus_confirm(year=year, by=office)
    with pytest.raises(Refused):
        bonus_confirm(year=year, reason="再确认", by=office)
    assert BonusConfirmation.objects.count() == 1


def test_correction_is_a_new_confirmation_with_a_reason(office: Account) -> None:
    year = outstanding(ladder(2))
    bonus_confirm(year=year, by=office)
    grade_decisions_save(year=year, rows=[DecisionRow("T2", "实绩较好", "复核更正")], by=office)
    with pytest.raises(Refused):
        bonus_confirm(year=year, by=office)
    bonus_confirm(year=year, reason="第二名档次更正", by=office)
    kept = BonusConfirmation.objects.order_by("number").values_list("number", "awards", "reason")
    assert list(kept) == [(1, Decimal("95000.00"), ""), (2, Decimal("50000.00"), "第二名档次更正")]
    assert BonusPayment.objects.filter(award__confirmation__number=1).count() == 10


@pytest.mark.parametrize(
    ("said", "reason", "field"),
    [(False, "先行发放", "on_suggested"), (True, " ", "reason")],
)
def test_suggested_grades_are_confirmed_only_when_said_with_a_reason(
    said: bool, reason: str, field: str, office: Account
) -> None:
    year = county(ladder(4))
    with pytest.raises(Refused) as refusal:
        bonus_confirm(year=year, on_suggested=said, reason=reason, by=office)
    assert (list(refusal.value.error_dict), BonusConfirmation.objects.count()) == ([field], 0)


def test_confirmation_on_suggested_grades_is_told_in_the_trail(office: Account) -> None:
    year = county(ladder(4))
    assert year_bonus(year=year).undecided == (4, 5)  # four teams; the five cadres of the one that gets an award
    bonus_confirm(year=year, on_suggested=True, reason="先行发放", by=office)
    assert AuditEntry.objects.get(action="bonus_confirm").details["on_suggested"] == "True"


def test_one_undecided_cadre_of_an_awarded_team_is_enough(office: Account) -> None:
    year = county(ladder(1), phase=Phase.COLLECTING)
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出", "县委研究决定")], by=None)
    assert year_bonus(year=year).undecided == (0, 5)


def test_open_year_is_not_confirmed(office: Account) -> None:
    with pytest.raises(Refused):
        bonus_confirm(year=outstanding(ladder(2), phase=Phase.COLLECTING), by=office)


@pytest.mark.parametrize("name", NOT_OFFICE)
def test_only_the_office(name: str, eight: AssessmentYear, cast: dict[str, Account]) -> None:
    with pytest.raises(PermissionDenied):
        bonus_remedy_choose(year=eight, remedy=BonusRemedy.SCALE, reason="理由", by=cast[name])
    with pytest.raises(PermissionDenied):
        bonus_confirm(year=eight, by=cast[name])
    assert (BonusDecision.objects.count(), BonusConfirmation.objects.count()) == (0, 0)


@pytest.mark.parametrize("model", [BonusConfirmation, BonusAward, BonusPayment])
def test_money_is_append_only(model: type[BonusPayment], office: Account) -> None:
    bonus_confirm(year=outstanding(ladder(1)), by=office)
    row = model.objects.first()
    assert row is not None
    for attempt in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(id=1)):
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.parametrize(
    "wrong",
    [
        {"awards": Decimal("300000"), "rest": Decimal("-50000"), "paid": Decimal("300000")},  # above the pool
        {"rest": Decimal("1.00")},  # pool does not add up
        {"odd_cents": Decimal("0.01")},  # awards do not add up
        {"number": 2},  # a correction without a reason
    ],
)
def test_database_refuses_a_confirmation(wrong: dict[str, object], office: Account) -> None:
    year = county(ladder(1))
    right = {"pool": Decimal("250000"), "awards": Decimal("50000"), "rest": Decimal("200000"), "paid": Decimal("50000")}
    nothing = dict.fromkeys(("withheld", "unpaid", "odd_cents"), Decimal("0.00"))
    fields = {"number": 1, **right, **nothing, "confirmed_at": year.created_at, **wrong}
    with pytest.raises(IntegrityError), transaction.atomic():
        BonusConfirmation.objects.create(year=year, **fields)
