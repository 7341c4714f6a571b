"""What a ballot box or a round of sheets counts is not written by hand, and small groups of a box are not shown."""

import pytest
from django.test import Client
from django.utils import timezone

from assessment.counts import TallyCounts, groups_hidden
from assessment.models import AssessmentYear, Ballot, Box, SheetRound, Slip, SlipState, Tally
from assessment.services.box import ElectorateRow, box_create, box_make_void, box_open
from assessment.services.box_closing import box_close
from assessment.services.slip import slips_draw
from assessment.services.tally import cadre_tallies_save, team_tallies_save
from cadres.errors import Refused
from cadres.models import Account, Township
from tests.assessment.test_tally import CADRES, TEAMS, stored, typed

GROUPS = {"机关工作人员": 9, "老干部": 3, "村书记、村主任": 6}
"""Voter group → ballots in the box of 青石镇, all best."""


@pytest.fixture
def open_box(year: AssessmentYear, office: Account) -> Box:
    """青石镇's box, online, its ballots cast."""
    rows = [ElectorateRow(group, number, number) for group, number in GROUPS.items()]
    unit = Township.objects.get(code="T01")
    box = box_create(year=year, unit=unit, on_paper=False, online=True, electorates=rows, by=office)
    slips_draw(box=box, numbers=GROUPS, by=office)
    box_open(box=box, by=office)
    Slip.objects.update(state=SlipState.USED)
    for electorate in box.electorates.all():
        for _number in range(electorate.entitled):
            Ballot.objects.create(electorate=electorate, marks="1" * len(box.asked))
    return box


@pytest.fixture
def box(open_box: Box, office: Account) -> Box:
    """The same, closed and counted."""
    box_close(box=open_box, by=office)
    return open_box


NINE = TallyCounts((9, 0, 0, 0), 0, 9, 9, 9)


def test_the_box_has_counted(box: Box) -> None:
    assert stored()["T01/E1/机关工作人员"] == [9, 9, 9, 9, 0, 0, 0, 0]


@pytest.mark.parametrize(
    "counts", [TallyCounts((8, 1, 0, 0), 0, 9, 9, 9), TallyCounts((9, 0, 0, 0)), None], ids=["other", "less", "none"]
)
def test_tally_of_a_counted_box_is_neither_changed_nor_cleared(
    year: AssessmentYear, box: Box, counts: TallyCounts | None
) -> None:
    before = stored()
    with pytest.raises(Refused) as refusal:
        team_tallies_save(year=year, tallies={("T01", "E1", "机关工作人员"): counts}, by=None)
    assert "青石镇" in refusal.value.messages[0]
    assert stored() == before


def test_the_very_numbers_that_stand_there_pass(year: AssessmentYear, box: Box) -> None:
    assert not team_tallies_save(year=year, tallies={("T01", "E1", "机关工作人员"): NINE}, by=None)


def test_the_numbers_of_a_hidden_group_cannot_be_tried_out(year: AssessmentYear, box: Box) -> None:
    for ballots in (2, 3, 4):
        counts = TallyCounts((ballots, 0, 0, 0), 0, ballots, ballots, ballots)
        with pytest.raises(Refused):
            team_tallies_save(year=year, tallies={("T01", "E1", "老干部"): counts}, by=None)


def test_another_group_is_not_added_beside_a_box(year: AssessmentYear, box: Box) -> None:
    with pytest.raises(Refused):
        cadre_tallies_save(year=year, tallies={("0001", "C1", "乙票"): NINE}, by=None)


def test_an_open_box_takes_no_votes_by_hand(year: AssessmentYear, open_box: Box) -> None:
    for save, key in ((team_tallies_save, ("T01", "E1", "")), (cadre_tallies_save, ("0001", "C1", ""))):
        with pytest.raises(Refused):
            save(year=year, tallies={key: NINE}, by=None)
    assert stored() == {}


def test_what_the_box_does_not_ask_is_entered_as_ever(year: AssessmentYear, open_box: Box) -> None:
    team_tallies_save(year=year, tallies={("T01", "E2", ""): NINE, ("T02", "E1", ""): NINE}, by=None)
    cadre_tallies_save(year=year, tallies={("0001", "C3", ""): NINE, ("0003", "C1", ""): NINE}, by=None)
    assert len(stored()) == 4


@pytest.mark.parametrize("kind", ["prepared", "rehearsal", "void"])
def test_a_box_that_counts_nothing_protects_nothing(year: AssessmentYear, office: Account, kind: str) -> None:
    box = box_create(year=year, unit=Township.objects.get(code="T01"), is_rehearsal=kind == "rehearsal", by=office)
    if kind == "void":
        box_make_void(box=box, reason="未召开", by=office)
    if kind == "rehearsal":
        box_open(box=box, by=office)
    assert team_tallies_save(year=year, tallies={("T01", "E1", ""): NINE}, by=None)


def test_sheets_that_are_being_filled_in_keep_others_out_of_their_evaluation(year: AssessmentYear) -> None:
    SheetRound.objects.create(year=year, kind="leader", opened_at=timezone.now())
    for save, key in ((team_tallies_save, ("T01", "E3", "")), (cadre_tallies_save, ("0001", "C3", ""))):
        with pytest.raises(Refused):
            save(year=year, tallies={key: NINE}, by=None)
    assert team_tallies_save(year=year, tallies={("T01", "E4", ""): NINE}, by=None)


# --- small groups --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("votes", "hidden"),
    [
        ({"甲": 9, "乙": 5}, []),
        ({"甲": 9, "乙": 4}, ["乙", "甲"]),
        ({"甲": 9, "乙": 4, "丙": 6}, ["丙", "乙"]),
        ({"甲": 9, "乙": 3, "丙": 3}, ["丙", "乙"]),
        ({"甲": 9, "乙": 1, "丙": 1}, ["丙", "乙", "甲"]),
        ({"甲": 4}, ["甲"]),
        ({}, []),
    ],
)
def test_a_small_group_takes_another_with_it(votes: dict[str, int], hidden: list[str]) -> None:
    assert sorted(groups_hidden(votes)) == sorted(hidden)


def test_grid_reads_only_what_the_box_counted_and_hides_small_groups(clerk: Client, box: Box) -> None:
    rows = {row.key: row for row in clerk.get(TEAMS).context["grid"].rows}
    texts = {group: [cell.stored for cell in rows["T01", "E1", group].cells.values()] for group in GROUPS}
    assert texts == {
        "机关工作人员": ["9", "9", "9", "9", "0", "0", "0", "0"],
        "老干部": ["3", "3", "3", "", "", "", "", ""],
        "村书记、村主任": ["6", "6", "6", "", "", "", "", ""],
    }
    assert all(rows["T01", "E1", group].source for group in GROUPS)
    assert not any(rows["T02", "E1", group].source for group in GROUPS)
    sums = clerk.get(TEAMS).context["grid"].sections[-1].sums
    assert sums[0].counts == ["18", "18", "18", "18", "0", "0", "0", "0"]


def test_grid_of_cadres_hides_them_too(clerk: Client, box: Box) -> None:
    page = clerk.get(CADRES)
    rows = {row.key: row for row in page.context["grid"].rows}
    assert [cell.stored for cell in rows["0001", "C1", "老干部"].cells.values()] == [""] * 5
    assert 'name="0001/C1/机关工作人员/first"' not in page.content.decode()
    assert 'name="0001/C3//first"' in page.content.decode()


def test_direct_post_over_a_counted_row_saves_nothing_and_says_so(clerk: Client, box: Box) -> None:
    before = stored()
    page = clerk.post(TEAMS, typed("T01/E1/老干部", "3 3 3 3 0 0 0 0") | typed("T02/E1/老干部", "- - - 9 0 0 0 0"))
    grid = page.context["grid"]
    assert ([row.key for row in grid.rows if row.error], grid.errors) == ([("T01", "E1", "老干部")], 1)
    assert stored() == before


def test_a_row_beside_a_counted_one_is_saved(clerk: Client, box: Box) -> None:
    assert clerk.post(TEAMS, typed("T02/E1/老干部", "- - - 9 0 0 0 0")).status_code == 302
    assert Tally.objects.get(township__code="T02").grades == (9, 0, 0, 0)
