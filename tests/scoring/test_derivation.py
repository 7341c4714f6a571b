"""The whole derivation of a subject: sums in figures that add up, and who entered what."""

import re
from decimal import Decimal

import pytest

from scoring.results import current_result
from tests.conftest import ClientFor
from tests.scoring.pages import small_county, text_of

pytestmark = pytest.mark.django_db

RESULTS = "/years/2025/results/"


def sums(html: str) -> list[tuple[list[Decimal], Decimal]]:
    """Every sum of the page that is written in figures: its parts and what it says they make."""
    found = re.findall(r"((?:\d+\.\d\d \+ )+\d+\.\d\d) = (\d+\.\d\d)", text_of(html))
    return [([Decimal(part) for part in parts.split(" + ")], Decimal(total)) for parts, total in found]


def test_a2_every_printed_sum_adds_up_to_the_total(client_for: ClientFor) -> None:
    year = small_county()
    page = client_for("office").get(f"{RESULTS}teams/T03/derivation/").content.decode()
    written = sums(page)
    team = current_result(year).team("T03")
    blocks = [block.points for block in team.blocks]
    assert [total for _parts, total in written] == [*blocks, team.evaluation_points, team.total]
    assert [sum(parts) for parts, _total in written] == [total for _parts, total in written]


def test_a_cadres_derivation_names_bars_and_places(client_for: ClientFor) -> None:
    small_county()
    text = text_of(client_for("office").get(f"{RESULTS}cadres/0006/derivation/").content.decode())
    assert "分管计分项有一票否决：安全生产工作" in text
    assert "5 / 5" in text


def test_who_entered_an_input_and_when(client_for: ClientFor) -> None:
    year = small_county()
    value = year.lines.get(code="K1").values.get(township__code="T01")
    value.entered_by_id = client_for("second_clerk").session["_auth_user_id"]
    value.save()
    text = text_of(client_for("office").get(f"{RESULTS}teams/T01/K1/").content.decode())
    assert "second clerk" in text


def test_c3_not_graded_has_the_reason_instead_of_numbers(client_for: ClientFor) -> None:
    small_county()
    client = client_for("office")
    for path in ("cadres/0003/", "cadres/0003/derivation/"):
        assert "5A 试用期" in client.get(RESULTS + path).content.decode()
    assert client.get(f"{RESULTS}cadres/0003/C1/").status_code == 404


def test_a_leader_sees_no_counts_on_any_page(client_for: ClientFor) -> None:
    small_county()
    paths = ("teams/T01/E1/", "teams/T01/derivation/", "cadres/0004/C1/", "cadres/0004/derivation/")
    seen = {
        who: ['class="num apart"' in client_for(who).get(RESULTS + path).content.decode() for path in paths]
        for who in ("office", "leader")
    }
    assert seen == {"office": [True] * 4, "leader": [False] * 4}
