"""Two clerks at the same appeal in the same moment, each on a connection of their own: one is first (RULES Y8)."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from threading import Barrier, Thread

from django.db import connections

from assessment.models import Phase
from cadres.errors import Refused
from cadres.models import Role
from rewards.models import AppealDecision, AppealReading
from rewards.services.appeal import appeal_read
from rewards.services.appeal_decision import appeal_decide
from scoring.models import ResultVersion
from tests.conftest import account_of
from tests.county import county
from tests.database import database, template_database
from tests.factories import AccountFactory
from tests.rewards.test_appeal import FIGURE, close_county, received, settled, terms

__all__ = ["database", "template_database"]


def at_once(*steps: Callable[[], object]) -> Counter[str]:
    """How many of the steps were taken, and how many refused."""
    gate, said = Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            gate.wait()
            step()
            said.append("done")
        except Refused:
            said.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(said)


def test_of_two_who_decide_at_once_one_does(database: str) -> None:
    appeal = settled(county(close_county(2), phase=Phase.PUBLISHED), "T2", {"K1/": FIGURE})
    seen, clerks = terms(appeal), [account_of("office"), account_of("second_clerk")]
    said = at_once(*[lambda by=by: appeal_decide(appeal=appeal, terms=seen, by=by) for by in clerks])
    assert said == {"done": 1, "refused": 1}
    assert (AppealDecision.objects.count(), ResultVersion.objects.count()) == (1, 2)


def test_of_three_who_read_alike_at_once_two_settle_it(database: str) -> None:
    item = received(county(close_county(2), phase=Phase.PUBLISHED), "T2").items.get()
    clerks = [account_of("office"), account_of("second_clerk"), AccountFactory(username="third", role=Role.OFFICE)]
    said = at_once(*[lambda by=by: appeal_read(item=item, value=Fraction(120), by=by) for by in clerks])
    assert said == {"done": 2, "refused": 1}
    assert list(AppealReading.objects.order_by("hand").values_list("hand", flat=True)) == [1, 2]
