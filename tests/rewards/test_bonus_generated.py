"""RULES 6 through the database on generated counties: rows, page, JSON, archive and sheets tell the same."""

import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Sum
from openpyxl import load_workbook

from assessment.models import AssessmentYear
from assessment.scheme import Forfeited
from cadres.templatetags.labels import yuan
from rewards.models import BonusConfirmation, BonusPayment, BonusRemedy
from rewards.selectors.bonus import year_bonus
from rewards.selectors.bonus_sheet import bonus_differences, bonus_sheet, confirmed_split
from rewards.services.bonus import bonus_confirm, bonus_remedy_choose
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.engine import CadreInput, YearInput
from tests.conftest import ClientFor
from tests.county import MEMBERS, ladder
from tests.rewards.committee import outstanding
from workbook.archive.export import archive_export
from workbook.score_json import score_record
from workbook.services.bonus_sheet import bonus_sheet_export

pytestmark = pytest.mark.django_db

PARTS = ("paid", "withheld", "unpaid", "odd_cents")


def generated(seed: int) -> YearInput:
    """Two to nine teams, ties among them; vacant and double posts, none to seven deputies, some not graded."""
    rng = random.Random(seed)
    inputs = ladder(rng.randint(2, 9))
    teams = [replace(team, values=rng.choice(inputs.teams).values) for team in inputs.teams]
    cadres = [cadre for team in teams for cadre in _members(rng, team.code, inputs.cadres[0])]
    terms = replace(
        inputs.scheme.bonus, forfeited=rng.choice(list(Forfeited)), pool=Fraction(rng.randint(90_000, 200_000))
    )
    return YearInput(replace(inputs.scheme, bonus=terms), tuple(teams), tuple(cadres))


def _members(rng: random.Random, team: str, like: CadreInput) -> Iterator[CadreInput]:
    posts = [*rng.sample(["党委书记", "乡镇长"], rng.randint(0, 2)), *["副乡镇长"] * rng.randint(0, 7)]
    for seat, post in enumerate(posts, start=1):
        number, principal = f"{team}-{seat}", post != "副乡镇长"
        cadre = replace(like, number=number, township=team, post=post, principal=principal)
        both = post == "党委书记" and "乡镇长" not in posts and rng.random() < 0.5
        out = rng.random() < 0.2
        yield replace(
            cadre,
            second_post="乡镇长" if both else "",
            not_graded="5A" if out else "",
            tallies={} if out else cadre.tallies,
        )


@pytest.mark.parametrize("remedy", BonusRemedy)
@pytest.mark.parametrize("seed", [1, 2])
def test_b4_b5_confirmed_rows_satisfy_both_equations(seed: int, remedy: BonusRemedy) -> None:
    inputs = generated(seed)
    year = outstanding(inputs)
    graded = [cadre.number for cadre in inputs.cadres if not cadre.not_graded]
    low = random.Random(seed).sample(graded, len(graded) // 4)
    grade_decisions_save(year=year, rows=[DecisionRow(number, "基本称职", "县委研究决定") for number in low], by=None)
    _assert_confirmed(_confirmed(year, remedy))
    assert not BonusPayment.objects.filter(cadre__number__in=low, state="paid").exists()


def _confirmed(year: AssessmentYear, remedy: BonusRemedy) -> BonusConfirmation:
    standing = year_bonus(year=year)
    assert standing.split is not None
    if standing.needs_remedy:
        pool = standing.split.awards if remedy == BonusRemedy.RAISE else None
        bonus_remedy_choose(year=year, remedy=remedy, pool=pool, reason="县委研究决定", by=None)
    return bonus_confirm(year=year, by=None)


def _assert_confirmed(confirmation: BonusConfirmation) -> None:
    confirmation.refresh_from_db()
    awards = confirmation.awards_by_team.all()
    for award in awards:
        shares = sum((payment.amount for payment in award.payments.all()), Decimal("0.00"))
        assert shares + award.odd_cents == award.award
    assert sum((award.award for award in awards), Decimal("0.00")) == confirmation.awards
    assert sum((getattr(confirmation, part) for part in PARTS), Decimal("0.00")) == confirmation.awards
    assert confirmation.awards + confirmation.rest == confirmation.pool
    _assert_read_back(confirmation)


def _assert_read_back(confirmation: BonusConfirmation) -> None:
    """The rows are the split that was confirmed; JSON and sheet say the same."""
    year = confirmation.year
    bonus = year_bonus(year=year)
    assert bonus.split is not None
    read = confirmed_split(confirmation)
    assert {team.team: team for team in read.teams} == {team.team: team for team in bonus.split.teams if team.award}
    assert not bonus_differences(bonus=bonus, confirmation=confirmation)
    record, sheet = score_record(year), bonus_sheet(year=year)
    assert sheet is not None
    assert sheet.split == read
    paid = {row["id"]: row["bonus"] for row in record["cadres"] if row["bonus"] != "0.00"}
    rows = BonusPayment.objects.filter(award__confirmation=confirmation, state="paid", amount__gt=0)
    assert paid == {row.cadre.number: f"{row.amount:.2f}" for row in rows.select_related("cadre") if row.cadre}
    assert record["bonus"]["paid"] == f"{confirmation.paid:.2f}"


def _odd_county() -> AssessmentYear:
    """Two teams: seven deputies each, so that cents are left over, and the second without a head."""
    members = (*MEMBERS[:2], *[("副乡镇长", False)] * 7)
    inputs = ladder(2, members=members)
    cadres = tuple(cadre for cadre in inputs.cadres if cadre.number != "T2-2")
    return outstanding(YearInput(inputs.scheme, inputs.teams, cadres))


EXPECTED = {
    "pool": "250000.00",
    "awards": "95000.00",
    "rest": "155000.00",
    "paid": "85999.95",
    "withheld": "0.00",
    "unpaid": "9000.00",
    "odd_cents": "0.05",
}
"""T1: 20,000 + 7 × 4,285.71, 3 cents over; T2: 9,000 + 7 × 3,857.14, 2 cents over, 9,000 unpaid."""


def test_page_json_archive_sheet_and_rows_tell_the_same(client_for: ClientFor) -> None:
    year = _odd_county()
    confirmation = bonus_confirm(year=year, by=None)
    assert {part: f"{getattr(confirmation, part):.2f}" for part in EXPECTED} == EXPECTED
    assert {part: score_record(year)["bonus"][part] for part in EXPECTED} == EXPECTED
    for path in ("bonus/", "bonus/sheet/"):
        page = client_for("office").get(f"/years/{year.number}/{path}").content.decode()
        assert [part for part, amount in EXPECTED.items() if yuan(Decimal(amount)) not in page] == []
    summed = BonusPayment.objects.filter(state="paid").aggregate(paid=Sum("amount"))["paid"]
    assert summed == Decimal(EXPECTED["paid"])
    assert _paid_in(archive_export(year=year, by=None), "奖金分配", "实发", "层级", "个人") == summed
    assert _paid_in(bonus_sheet_export(year=year, by=None), "汇总", "实发", "乡镇", "合计") == summed


def _paid_in(data: bytes, sheet: str, column: str, where: str, value: str) -> Decimal:
    """The sum of a column over the rows in which another column has that value."""
    header, *rows = load_workbook(BytesIO(data))[sheet].iter_rows(values_only=True)
    found: list[Any] = [row[header.index(column)] for row in rows if row[header.index(where)] == value]
    return sum((Decimal(f"{amount:.2f}") for amount in found), Decimal("0.00"))
