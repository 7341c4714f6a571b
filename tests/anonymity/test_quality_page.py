"""The page of the collection's quality gives nobody's vote away (RULES Y4): not to the office, not to a leader.

What a small group, its neighbour or the last few of a box marked is changed; the page must stay the same, byte for
byte. Points are public and move with every vote, so they are compared apart: the parts made of them are left out.
"""

import re
from collections.abc import Mapping

import pytest
from django.db import transaction

from assessment.models import AssessmentYear, Phase
from assessment.services.box import box_open
from assessment.services.box_closing import box_close
from assessment.services.sheet_round import sheet_round_close
from scoring.finished import pages_forget
from scoring.results import results_forget
from tests.assessment.sheets import opened, signed
from tests.assessment.test_sheet_round import departments
from tests.assessment.voting import RETIRED, STAFF, box_at, cast, voting_year
from tests.conftest import ClientFor, account_of
from tests.county import year_in_phase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

PAGE = "/years/2025/results/quality/"
DEPUTIES = "人大代表、政协委员"
VIEWERS = ("office", "leader")
OF_POINTS = re.compile(r"<h3>The directions about the same team</h3>.*?<h3>Departments</h3>", re.S)
SECRETS = re.compile(r'"X-CSRFToken": ?"[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"')

Ballots = Mapping[str, list[str]]
Pages = dict[str, str]


def box_voted(year: AssessmentYear, ballots: Ballots) -> None:
    """T1's box, counted."""
    office = account_of("office")
    groups = tuple((group, len(cast_), len(cast_)) for group, cast_ in ballots.items())
    box = box_at(year, groups=groups, slips=max(map(len, ballots.values())), by=office)
    box_open(box=box, by=office)
    for group, marks in ballots.items():
        cast(box, *marks, group=group)
    box_close(box=box, by=office)


def pages(client_for: ClientFor, year: AssessmentYear) -> Pages:
    """What each viewer is shown once the year is closed."""
    year_in_phase(year, Phase.CLOSED)
    browsers = {who: client_for(who) for who in VIEWERS}
    results_forget()
    pages_forget()
    found = {who: browser.get(PAGE).content.decode() for who, browser in browsers.items()}
    assert all(OF_POINTS.search(html) for html in found.values())
    return {who: SECRETS.sub("", OF_POINTS.sub("", html)) for who, html in found.items()}


def seen(client_for: ClientFor, ballots: Ballots) -> Pages:
    """The same county each time, with these ballots in T1's box."""
    with transaction.atomic():
        year = voting_year()
        box_voted(year, ballots)
        found = pages(client_for, year)
        transaction.set_rollback(True)
    return found


STAFF_VOTED = ["111111"] * 20 + ["123123"] * 20


def test_what_a_group_of_three_and_its_neighbour_marked_changes_nothing(client_for: ClientFor) -> None:
    """Three retired cadres: all best, or all worst and abstaining. With the seven deputies they are left out, for the
    box's sum less all others would give the three away. Both worlds hold as many uniform ballots in the box."""
    worlds = (
        {STAFF: STAFF_VOTED, RETIRED: ["111111"] * 3, DEPUTIES: ["121212"] * 7},
        {STAFF: STAFF_VOTED, RETIRED: ["444440"] * 3, DEPUTIES: ["111111"] * 3 + ["040404"] * 4},
    )
    first, second = (seen(client_for, world) for world in worlds)
    assert first == second


def test_what_of_them_is_shown_is_the_box_as_a_whole(client_for: ClientFor) -> None:
    """50 ballots, 23 of them all best. The only voter group with numbers is the staff."""
    world = {STAFF: STAFF_VOTED, RETIRED: ["111111"] * 3, DEPUTIES: ["121212"] * 7}
    rows = rows_of(seen(client_for, world)["office"])
    assert [row for row in rows if row[0] in ("T1镇", "Township staff", "Retired cadres")] == [
        ("T1镇", "50", "40% – 50%", "40% – 50%"),
        ("Township staff", "40", "50% – 60%", "50% – 60%"),
        ("Retired cadres", "3", "not shown", "not shown"),
    ]
    assert [row[1] for row in rows if row[0].startswith("E1 ")] == ["Township staff"]


def rows_of(html: str) -> list[tuple[str, ...]]:
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S))
    return [tuple(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in row) for row in cells]


def test_a_unanimous_box_looks_like_one_with_four_who_thought_otherwise(client_for: ClientFor) -> None:
    """Of 40 ballots all are best, or all but four: 90 % or more. Nor does the number of all alike tell."""
    unanimous = {STAFF: ["111111"] * 40}
    four = {STAFF: ["111111"] * 36 + ["222222"] * 4}
    first, second = (rows_of(seen(client_for, world)["office"]) for world in (unanimous, four))
    expected = [("T1镇", "40", "90% or more", "90% or more")]
    assert [[row for row in rows if row[0] == "T1镇"] for rows in (first, second)] == [expected, expected]


def test_that_nobody_ticked_one_column_looks_like_four_who_did(client_for: ClientFor) -> None:
    nobody = {STAFF: ["123123"] * 40}
    four = {STAFF: ["123123"] * 36 + ["111111"] * 4}
    first, second = (rows_of(seen(client_for, world)["leader"]) for world in (nobody, four))
    expected = [("T1镇", "10% or less", "10% or less")]
    assert [[row for row in rows if row[0] == "T1镇"] for rows in (first, second)] == [expected, expected]


def test_a_box_of_nine_tells_nothing(client_for: ClientFor) -> None:
    """Four on one side and five on the other leave nothing to tell."""
    worlds = ({STAFF: ["111111"] * 9}, {STAFF: ["321321"] * 9})
    for world in worlds:
        (row,) = [row for row in rows_of(seen(client_for, world)["office"]) if row[0] == "T1镇"]
        assert row == ("T1镇", "9", "not shown", "not shown")


def test_what_a_department_with_four_answers_signed_changes_nothing(client_for: ClientFor) -> None:
    """D1 could judge two townships alone. Its marks move the townships' means, which are public, and no department's
    row but those that are left out."""

    def rows(marks: str) -> list[str]:
        with transaction.atomic():
            year = voting_year(6)
            year.tallies.filter(evaluation="E2").delete()
            round_ = opened(year, "department")
            for account in departments("D1", "D2", "D3", "D4", "D5", "D6"):
                everyone = dict.fromkeys([f"E2:T{place}" for place in range(1, 7)], "2")
                own = {"E2:T1": marks, "E2:T2": marks}
                signed(year, account, own if account.username == "D1" else everyone)
            sheet_round_close(sheet_round=round_, by=account_of("office"))
            html = pages(client_for, year)["office"]
            transaction.set_rollback(True)
        return [row[0] for row in rows_of(html) if row[-1] == "not shown" and row[0].startswith("D")]

    assert [rows(marks) for marks in "14"] == [["D1局", "D2局"]] * 2


@pytest.mark.parametrize("who", VIEWERS)
def test_no_ballot_stands_in_the_page(client_for: ClientFor, who: str) -> None:
    """Nor a name of who voted, nor a row of marks."""
    html = seen(client_for, {STAFF: ["123401"] * 12 + ["111111"] * 12})[who]
    assert ("123401" in html, "111111" in html) == (False, False)


def test_an_open_year_shows_the_same_whatever_its_boxes_say(client_for: ClientFor) -> None:
    """A counted box of a year that still takes inputs is told to nobody: another one later would differ by a few."""

    def shown(ballots: list[str]) -> str:
        with transaction.atomic():
            box_voted(voting_year(), {STAFF: ballots})
            results_forget()
            pages_forget()
            html = client_for("office").get(PAGE).content.decode()
            transaction.set_rollback(True)
        return SECRETS.sub("", html.split("<main")[1])

    worlds = [shown(["111111"] * 40), shown(["444444"] * 40)]
    assert ("Shown once the year is closed" in worlds[0], worlds[0] == worlds[1]) == (True, True)
