"""A shortlist is checked in the moment in which grades are decided: neither waits for the other in a circle (U1)."""

from functools import partial

from rewards.models import GradeDecision, PromotionCheck
from rewards.services.grade import DecisionRow, grade_decisions_save
from rewards.services.promotion import promotion_check
from tests.conftest import account_of
from tests.county import county, ladder
from tests.database import database, template_database
from tests.rewards.test_appeal_race import at_once

__all__ = ["database", "template_database"]

ROUNDS = 6


def test_check_beside_decisions_on_one_year(database: str) -> None:
    year, clerks = county(ladder(2)), [account_of("office"), account_of("second_clerk")]
    for round_ in range(ROUNDS):
        row = DecisionRow("T1", "实绩较好", f"县委研究决定{round_}")
        said = at_once(
            lambda: promotion_check(year=year, purpose="换届", numbers=["T1-1"], by=clerks[0]),
            partial(grade_decisions_save, year=year, rows=[row], by=clerks[1]),
        )
        assert said == {"done": 2}
    assert (PromotionCheck.objects.count(), GradeDecision.objects.count()) == (ROUNDS, ROUNDS)
