"""The bonus pages: the proof with its numbers, reasons in words, the remedy and the confirmation by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.models import AssessmentYear, Phase
from rewards.models import BonusConfirmation, BonusDecision
from rewards.services.grade import DecisionRow, grade_decisions_save
from tests.conftest import ClientFor
from tests.county import MEMBERS, county, ladder
from tests.rewards import committee

pytestmark = pytest.mark.django_db

BONUS, REMEDY, CONFIRM = (f"/years/2025/bonus/{part}" for part in ("", "remedy/", "confirm/"))


def outstanding(teams: int, *, members: tuple[tuple[str, bool], ...] = MEMBERS) -> AssessmentYear:
    """So many outstanding teams, all grades decided."""
    return committee.outstanding(ladder(teams, members=members))


def text(client_for: ClientFor, path: str, who: str = "office") -> str:
    return " ".join(client_for(who).get(path).content.decode().split())


def test_both_equations_are_written_out_b4(client_for: ClientFor) -> None:
    outstanding(2, members=(("党委书记", True), ("副乡镇长", False)))
    page = text(client_for, BONUS)
    assert "40,000.00 + 0.00 + 10,000.00 + 0.00 = 50,000.00" in page  # T1: the township head's share is vacant
    assert "36,000.00 + 0.00 + 9,000.00 + 0.00 = 45,000.00" in page
    assert "76,000.00 + 0.00 + 19,000.00 + 0.00 = 95,000.00" in page
    assert "50,000.00 + 45,000.00 + 155,000.00 = 250,000.00" in page


def test_unpaid_share_has_its_reason_in_words(client_for: ClientFor) -> None:
    outstanding(1, members=(("党委书记", True),))
    page = text(client_for, BONUS)
    assert ("（B2）" in page, page.count("（B2）")) == (True, 2)


def test_page_has_a_fixed_number_of_queries(client_for: ClientFor) -> None:
    assert page_queries(client_for, 2) == page_queries(client_for, 7, number=2026) == 22


def page_queries(client_for: ClientFor, teams: int, number: int = 2025) -> int:
    county(ladder(teams), number=number)
    client = client_for("office")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/years/{number}/bonus/").status_code == 200
    return len(captured)


def test_remedy_is_compared_chosen_and_shown_b5(client_for: ClientFor) -> None:
    outstanding(8)
    assert REMEDY in text(client_for, BONUS)
    assert "14,423.07" in text(client_for, REMEDY)  # 15,000 scaled by 250 / 260
    answer = client_for("office").post(REMEDY, {"remedy": "scale", "pool": "", "reason": "财力不足"})
    assert (answer.status_code, answer["Location"]) == (302, BONUS)
    page = text(client_for, BONUS)
    assert [figure in page for figure in ("财力不足", "260,000.00", "249,999.96", "14,423.07")] == [True] * 4


def test_refused_remedy_keeps_what_was_typed_b5(client_for: ClientFor) -> None:
    outstanding(8)
    answer = client_for("office").post(REMEDY, {"remedy": "raise", "pool": "255000", "reason": "追加预算"})
    page = answer.content.decode()
    assert (answer.status_code, BonusDecision.objects.count()) == (200, 0)
    assert ("追加预算" in page, "255000" in page, "260000" in page) == (True, True, True)


def test_confirmed_and_corrected(client_for: ClientFor) -> None:
    year = outstanding(2)
    client = client_for("office")
    assert client.post(CONFIRM)["Location"] == BONUS
    grade_decisions_save(year=year, rows=[DecisionRow("T2", "实绩较好", "复核更正")], by=None)
    assert client.post(CONFIRM, {"reason": ""}).status_code == 200
    assert client.post(CONFIRM, {"reason": "第二名档次更正"}).status_code == 302
    assert list(BonusConfirmation.objects.order_by("number").values_list("number", "reason")) == [
        (1, ""),
        (2, "第二名档次更正"),
    ]


def test_what_is_confirmed_is_not_offered_again(client_for: ClientFor) -> None:
    outstanding(2)
    client = client_for("office")
    assert "<textarea" not in client.get(CONFIRM).content.decode()  # the first needs no reason
    assert b'method="post"' in client.get(CONFIRM).content.split(b"<h1>")[1]
    client.post(CONFIRM)
    page = client.get(CONFIRM).content.split(b"<h1>")[1]
    assert (b'method="post"' in page, "该分配已经确认，没有变化。" in page.decode()) == (False, True)


def test_suggested_grades_are_told_and_need_a_tick_and_a_reason(client_for: ClientFor) -> None:
    county(ladder(4))
    client = client_for("office")
    page = client.get(CONFIRM)
    assert list(page.context["form"].fields) == ["on_suggested", "reason"]
    assert page.context["undecided"] in page.content.decode()
    assert list(client.post(CONFIRM, {"reason": "先行发放"}).context["form"].errors) == ["on_suggested"]
    assert list(client.post(CONFIRM, {"on_suggested": "on"}).context["form"].errors) == ["reason"]
    assert client.post(CONFIRM, {"on_suggested": "on", "reason": "先行发放"}).status_code == 302


def test_decided_grades_ask_for_nothing(client_for: ClientFor) -> None:
    outstanding(2)
    page = client_for("office").get(CONFIRM)
    assert (list(page.context["form"].fields), page.context["undecided"]) == ([], "")


def test_nothing_is_confirmed_while_awards_exceed_the_pool_b5(client_for: ClientFor) -> None:
    outstanding(8)
    assert client_for("office").post(CONFIRM).status_code == 200
    assert BonusConfirmation.objects.count() == 0


@pytest.mark.parametrize("who", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_others_are_refused_by_direct_post(who: str, client_for: ClientFor) -> None:
    outstanding(8)
    client = client_for(who)
    answers = [
        client.post(REMEDY, {"remedy": "scale", "reason": "理由"}).status_code,
        client.post(CONFIRM).status_code,
    ]
    assert answers == [403, 403]
    assert (BonusDecision.objects.count(), BonusConfirmation.objects.count()) == (0, 0)


def test_leader_reads_and_is_offered_nothing_to_do(client_for: ClientFor) -> None:
    outstanding(8)
    page = text(client_for, BONUS, "leader")
    assert ("260,000.00" in page, REMEDY in page, CONFIRM in page) == (True, False, False)


def test_year_that_is_not_computable_says_so(client_for: ClientFor) -> None:
    inputs = ladder(1)
    inputs.teams[0].tallies["E1"].clear()  # type: ignore[attr-defined]
    county(inputs, phase=Phase.COLLECTING)
    assert "/years/2025/results/missing/" in text(client_for, BONUS)
