"""WORKBOOK 历年结果: by personnel number and year, corrected in place, saved twice without a change."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from cadres.models import Account
from rewards.models import PastResult
from rewards.services.past_result import PastResultRow, past_results_save
from tests.factories import CadreFactory

pytestmark = pytest.mark.django_db

GOOD = PastResultRow("0007", 2024, "优秀", Decimal("91.20"), 3, 140)


@pytest.fixture(autouse=True)
def cadre() -> None:
    CadreFactory(number="0007")


def stored() -> list[tuple[object, ...]]:
    return list(PastResult.objects.values_list("cadre__number", "year", "grade", "score", "rank_county", "ranked"))


def test_saved_and_saved_again(office: Account) -> None:
    assert len(past_results_save(rows=[GOOD], by=office).added) == 1
    again = past_results_save(rows=[GOOD], by=office)
    assert (bool(again), again.unchanged) == (False, 1)
    assert stored() == [("0007", 2024, "优秀", Decimal("91.20"), 3, 140)]


def test_corrected(office: Account) -> None:
    past_results_save(rows=[GOOD], by=office)
    changes = past_results_save(rows=[PastResultRow("0007", 2024, "称职", None, 30, 140)], by=office)
    assert len(changes.changed) == 1
    assert stored() == [("0007", 2024, "称职", None, 30, 140)]


@pytest.mark.parametrize(
    "row",
    [
        PastResultRow("0007", 2024, "良好"),
        PastResultRow("0007", 1900, "优秀"),
        PastResultRow("0007", 2024, "优秀", None, 141, 140),
        PastResultRow("0007", 2024, "优秀", None, 0, 140),
    ],
)
def test_database_refuses(row: PastResultRow, office: Account) -> None:
    with pytest.raises(IntegrityError):
        past_results_save(rows=[row], by=office)


def test_leader_may_not(leader: Account) -> None:
    with pytest.raises(PermissionDenied):
        past_results_save(rows=[GOOD], by=leader)
    assert stored() == []
