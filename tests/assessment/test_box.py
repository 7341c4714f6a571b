"""Ballot boxes (票箱): list, preparation, opening with a quorum, void, rehearsals, what is printed (RULES E5, Y4)."""

from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Box, BoxState, FreeOpinion, Phase, Tally
from assessment.presenters.box_print import ballot_sections, protocol_of, sign_in_sheets
from assessment.scheme import default_scheme, scheme_with
from assessment.selectors.box import opening_problems, questions_asked
from assessment.services.box import ElectorateRow, Meeting, box_clear, box_create, box_make_void, box_open, box_prepare
from assessment.services.box_closing import box_close
from assessment.services.roster import roster_transfer
from assessment.services.scheme import scheme_save
from assessment.services.tally import TallyCounts, team_tallies_save
from assessment.voters import CATEGORIES
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Township
from tests.assessment.voting import RETIRED, STAFF, box_at, cast, paper_agreed, voting_year
from tests.conftest import unit_of_department
from tests.county import year_in_phase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def year() -> AssessmentYear:
    return voting_year()


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """T1's box on paper and online, prepared; 7 of 10 present."""
    return box_at(year, groups=((STAFF, 10, 7),), on_paper=True, by=office)


def address(name: str, box: Box | None = None) -> str:
    return reverse(f"assessment:{name}", args=[2025, box.pk] if box else [2025])


def page(clerk: Client, name: str, box: Box | None = None) -> str:
    return unescape(clerk.get(address(name, box)).content.decode())


def posted(clerk: Client, name: str, box: Box | None = None, **data: object) -> str:
    """The page that refuses; blank where the post was taken."""
    return unescape(clerk.post(address(name, box), data).content.decode())


# --- preparing ----------------------------------------------------------------------------------------------------


def test_a_box_is_prepared_for_every_township_that_has_none(
    year: AssessmentYear, box: Box, clerk: Client, office: Account
) -> None:
    """T1 has one; T2 has a rehearsal and a void one, which do not count."""
    box_at(year, township="T2", is_rehearsal=True, by=office)
    box_make_void(box=box_at(year, township="T2", by=office), reason="改期", by=office)
    assert posted(clerk, "boxes_prepare", way="both") == ""
    made = Box.objects.exclude(pk=box.pk).get(is_rehearsal=False, state=BoxState.PREPARED)
    assert (str(made.township), made.on_paper, made.online) == ("T2镇", True, True)
    assert [group.category for group in made.electorates.all()] == list(CATEGORIES)
    assert "Every township has a box" in page(clerk, "boxes_prepare")


def test_a_township_has_one_box_and_any_number_of_rehearsals(year: AssessmentYear, box: Box, clerk: Client) -> None:
    assert "T1镇 has a box already." in posted(clerk, "box_new", unit="t-T1", way="paper")
    assert posted(clerk, "box_new", unit="t-T1", way="paper", is_rehearsal="on") == ""
    assert posted(clerk, "box_new", unit="t-T1", way="online", is_rehearsal="on") == ""
    assert Box.objects.filter(township__code="T1", is_rehearsal=True).count() == 2


def test_a_department_has_a_box_like_a_township(year: AssessmentYear, clerk: Client) -> None:
    unit_of_department()
    assert posted(clerk, "box_new", unit="d-D01", way="online") == ""
    made = Box.objects.get(department__code="D01")
    assert [section.subject for section in ballot_sections(made)] == ["department"]
    assert "财政局" in page(clerk, "boxes")


def test_weighted_groups_are_the_groups_of_a_box(year: AssessmentYear, office: Account) -> None:
    """E3: the scheme weighs 甲 and 乙, so nobody else votes, and a group without anybody stays."""
    year_in_phase(year, Phase.DRAFT)
    scheme_save(year=year, scheme=scheme_with(default_scheme(), {"票别权重": "民主测评:甲=0.4,乙=0.6"}), by=None)
    year_in_phase(year, Phase.COLLECTING)
    made = box_create(year=year, unit=Township.objects.get(code="T1"), by=office)
    assert [group.category for group in made.electorates.all()] == ["甲", "乙"]
    rows = [ElectorateRow("甲", 5, 5), ElectorateRow("乙", 0)]
    box_prepare(box=made, on_paper=True, online=False, electorates=rows, meeting=Meeting(), by=office)
    box_open(box=made, by=office)
    assert [group.category for group in made.electorates.all()] == ["甲", "乙"]


FORM = {
    "way": "paper",
    "place": "镇政府",
    "chair": "张建国",
    "groups-TOTAL_FORMS": 3,
    "groups-INITIAL_FORMS": 1,
    "groups-0-category": STAFF,
    "groups-0-entitled": 12,
    "groups-0-present": 9,
    "groups-1-category": RETIRED,
    "groups-1-entitled": 3,
    "groups-2-category": "",
}


def test_numbers_officers_and_way_are_saved_together(box: Box, clerk: Client) -> None:
    assert posted(clerk, "box_edit", box, **FORM) == ""
    box.refresh_from_db()
    groups = [(group.category, group.entitled, group.present) for group in box.electorates.all()]
    assert groups == [(STAFF, 12, 9), (RETIRED, 3, None)]
    assert (box.on_paper, box.online, box.place, box.chair) == (True, False, "镇政府", "张建国")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"groups-0-present": 13}, "More are present than are entitled."),
        ({"groups-1-category": STAFF}, "This voter group stands here twice."),
        ({"groups-1-category": ""}, "Name the voter group."),
        ({"groups-1-entitled": -1}, "greater than or equal to 0"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(
    box: Box, clerk: Client, change: dict[str, object], words: str
) -> None:
    shown = posted(clerk, "box_edit", box, **{**FORM, **change})
    assert words in shown
    assert 'value="张建国"' in shown
    box.refresh_from_db()
    assert (box.place, [group.entitled for group in box.electorates.all()]) == ("", [10])


def test_a_box_without_voter_groups_is_refused(box: Box, clerk: Client) -> None:
    none = {**FORM, "groups-0-category": "", "groups-0-entitled": "", "groups-0-present": ""}
    none |= {"groups-1-category": "", "groups-1-entitled": ""}
    assert "At least one voter group is needed." in posted(clerk, "box_edit", box, **none)


def test_an_open_box_is_no_longer_prepared(box: Box, clerk: Client, office: Account) -> None:
    box_open(box=box, by=office)
    assert clerk.post(address("box_edit", box), FORM)["Location"] == address("box", box)
    with pytest.raises(Refused, match="The box is open"):
        box_prepare(
            box=box, on_paper=True, online=True, electorates=[ElectorateRow(STAFF, 1)], meeting=Meeting(), by=office
        )
    assert [group.entitled for group in box.electorates.all()] == [10]


# --- attendance and opening ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entitled", "present", "opens", "warns"),
    [(9, 6, True, False), (9, 5, True, True), (10, 5, True, True), (11, 5, False, True), (10, 0, False, True)],
)
def test_e5_two_thirds_warn_and_half_blocks(
    year: AssessmentYear, office: Account, clerk: Client, entitled: int, present: int, opens: bool, warns: bool
) -> None:
    """E5: exactly 2/3 is enough, exactly 1/2 still opens."""
    box = box_at(year, groups=((STAFF, entitled, present),), by=office)
    [row] = clerk.get(address("boxes")).context["rows"]
    assert (opening_problems(box) == [], row.quorum != "") == (opens, warns)
    posted(clerk, "box_open", box)
    box.refresh_from_db()
    assert box.state == (BoxState.OPEN if opens else BoxState.PREPARED)


def test_e5_attendance_is_that_of_all_groups_together(year: AssessmentYear, office: Account) -> None:
    """3 of 10 and 9 of 10 are 12 of 20."""
    box_open(box=box_at(year, groups=((STAFF, 10, 3), (RETIRED, 10, 9)), by=office), by=office)


def test_e5_the_lines_are_the_scheme_s(year: AssessmentYear, office: Account) -> None:
    year_in_phase(year, Phase.DRAFT)
    scheme_save(year=year, scheme=scheme_with(default_scheme(), {"到会提醒线": "90%", "到会底线": "80%"}), by=None)
    year_in_phase(year, Phase.COLLECTING)
    box = box_at(year, groups=((STAFF, 10, 7),), by=office)
    assert opening_problems(box) == ["7 of 10 are present: under the quorum, the meeting cannot vote."]


@pytest.mark.parametrize("groups", [((STAFF, 10, None),), ((STAFF, 0, None),), ((STAFF, 9, 9), (RETIRED, 3, None))])
def test_a_meeting_that_nobody_has_counted_does_not_vote(
    year: AssessmentYear, office: Account, groups: tuple[tuple[str, int, int | None], ...]
) -> None:
    with pytest.raises(Refused, match="how many are entitled and how many are present"):
        box_open(box=box_at(year, groups=groups, by=office), by=office)


def test_opening_fixes_what_is_asked_and_drops_groups_without_anybody(year: AssessmentYear, office: Account) -> None:
    box = box_at(year, groups=((STAFF, 4, 4), (RETIRED, 0, None)), by=office)
    box_open(box=box, by=office)
    assert [question.key for question in box.asked] == ["E1:T1", *(f"C1:T1-{seat}" for seat in range(1, 6))]
    assert [group.category for group in box.electorates.all()] == [STAFF]


def test_a_box_is_opened_once_while_the_year_collects(box: Box, clerk: Client, office: Account) -> None:
    year_in_phase(box.year, Phase.ANNOUNCED)
    assert "Boxes are opened while the year is collecting." in posted(clerk, "box_open", box)
    year_in_phase(box.year, Phase.COLLECTING)
    assert posted(clerk, "box_open", box) == ""
    assert "The box is open." in posted(clerk, "box_open", box)
    assert "The box is open." in page(clerk, "box_open", box)


def test_c4_who_was_voted_on_before_a_move_is_not_asked_about_again(year: AssessmentYear, office: Account) -> None:
    first, second = box_at(year, slips=6, by=office), box_at(year, township="T2", slips=6, by=office)
    box_open(box=first, by=office)
    moved, unit = year.roster.get(cadre__number="T1-5"), Township.objects.get(code="T2")
    roster_transfer(entry=moved, township=unit, posts=(moved.post,), on=date(2025, 6, 1), by=office)
    box_open(box=second, by=office)
    assert "C1:T1-5" not in [question.key for question in second.asked]
    for box in (first, second):
        cast(box, *["1" * len(box.asked)] * 6)
        box_close(box=box, by=office)
    assert Tally.objects.get(cadre__number="T1-5", evaluation="C1").box == first
    box_make_void(box=first, reason="票箱封条破损", by=office)
    assert "C1:T1-5" in [question.key for question in questions_asked(year, unit)]


def test_votes_typed_by_hand_keep_the_box_shut(year: AssessmentYear, box: Box, clerk: Client) -> None:
    team_tallies_save(year=year, tallies={("T1", "E1", ""): TallyCounts((5, 0, 0, 0))}, by=None)
    assert "Votes for T1镇 were entered by hand or by workbook already" in posted(clerk, "box_open", box)
    team_tallies_save(year=year, tallies={("T1", "E1", ""): None}, by=None)
    assert posted(clerk, "box_open", box) == ""


# --- while it is open, and after ----------------------------------------------------------------------------------

NOON = datetime(2025, 12, 1, 4, tzinfo=UTC)
OPEN_PAGES = ("box", "box_numbers", "box_ballot", "box_sign_in", "box_protocol", "box_opinions", "slips", "box_close")


def test_an_open_box_says_issued_and_returned_and_nothing_else(
    year: AssessmentYear, office: Account, clerk: Client
) -> None:
    """Two boxes with as many ballots, marked best and marked worst: every page of them is the same."""
    boxes = [box_at(year, township=code, slips=8, on_paper=True, by=office) for code in ("T1", "T2")]
    for box, marks in zip(boxes, ("111111", "444444"), strict=True):
        box_open(box=box, by=office)
        cast(box, *[marks] * 6)
        FreeOpinion.objects.create(box=box, text=f"意见{marks}")
    Box.objects.update(opened_at=NOON)
    best, worst = ([_bare(page(clerk, name, box), box) for name in OPEN_PAGES] for box in boxes)
    assert best == worst
    rows = clerk.get(address("boxes")).context["rows"]
    assert [(row.numbers.issued, row.numbers.returned) for row in rows] == [(8, 6), (8, 6)]


def _bare(shown: str, box: Box) -> str:
    """A page without what tells its box apart."""
    lines = [line for line in shown.splitlines() if "csrf" not in line.lower() and "data-printed" not in line]
    return "\n".join(lines).replace(f"boxes/{box.pk}/", "boxes/1/").replace("T2镇", "T1镇")


def test_opinions_are_read_after_counting_from_five_online_ballots_on(
    year: AssessmentYear, office: Account, clerk: Client
) -> None:
    """5 and 4 ballots; what 4 wrote would be as good as signed."""
    for code, ballots in (("T1", 5), ("T2", 4)):
        box = box_at(year, township=code, slips=6, by=office)
        box_open(box=box, by=office)
        cast(box, *["111111"] * ballots)
        FreeOpinion.objects.create(box=box, text="作风<扎实>")
        assert "作风" not in page(clerk, "box_opinions", box)
        box_close(box=box, by=office)
    first, second = Box.objects.order_by("pk")
    assert "作风&lt;扎实&gt;" in clerk.get(address("box_opinions", first)).content.decode()
    shown = page(clerk, "box_opinions", second)
    assert ("作风" in shown, "Fewer than 5 people voted online" in shown) == (False, True)


def test_void_needs_a_reason_and_stays_on_record(box: Box, clerk: Client) -> None:
    assert "This field is required." in posted(clerk, "box_void", box, reason=" ")
    assert posted(clerk, "box_void", box, reason="到会人数不足") == ""
    assert "到会人数不足" in page(clerk, "boxes")
    assert "The box is void." in posted(clerk, "box_void", box, reason="又一次")
    assert AuditEntry.objects.get(action="box_make_void").details == {"reason": "到会人数不足"}


def test_a_rehearsal_is_cleared_and_begins_anew(year: AssessmentYear, office: Account, clerk: Client) -> None:
    """Nobody needs to come to a rehearsal; an open one is closed first, so that nothing is left in the files."""
    box = box_at(year, groups=((STAFF, 0, None),), slips=4, is_rehearsal=True, by=office)
    box_open(box=box, by=office)
    cast(box, "111111")
    assert "The box is open." in posted(clerk, "box_clear", box)
    box_close(box=box, by=office)
    assert posted(clerk, "box_clear", box) == ""
    box.refresh_from_db()
    group = box.electorates.get()
    assert (box.state, box.questions, box.closed_at, group.slips_drawn) == (BoxState.PREPARED, [], None, 0)
    assert group.ballots.count() == 0


def test_a_real_box_is_never_cleared(box: Box, clerk: Client, office: Account) -> None:
    assert "Only a rehearsal can be cleared." in posted(clerk, "box_clear", box)
    with pytest.raises(Refused):
        box_clear(box=box, by=office)
    assert box.electorates.count() == 1


REHEARSAL_PAGES = (
    "box",
    "box_edit",
    "box_open",
    "box_void",
    "box_clear",
    "box_ballot",
    "box_sign_in",
    "slips",
    "slip_void",
)


@pytest.mark.parametrize("name", REHEARSAL_PAGES)
def test_a_rehearsal_is_marked_by_a_word_on_every_page(
    year: AssessmentYear, box: Box, office: Account, clerk: Client, name: str
) -> None:
    rehearsal = box_at(year, on_paper=True, is_rehearsal=True, by=office)
    assert ("演练" in page(clerk, name, box), "演练" in page(clerk, name, rehearsal)) == (False, True)


@pytest.mark.parametrize("name", ["box_open", "box_void"])
def test_looking_at_a_step_does_not_take_it(box: Box, clerk: Client, name: str) -> None:
    assert clerk.get(address(name, box)).status_code == 200
    box.refresh_from_db()
    assert box.state == BoxState.PREPARED


# --- what is printed ----------------------------------------------------------------------------------------------


def test_the_paper_ballot_asks_what_the_box_asks(box: Box, office: Account, clerk: Client) -> None:
    """The team in 好 … 较差, every cadre in the order of posts in 优秀 … 不称职; 弃权 in both."""
    team, cadres = ballot_sections(box)
    assert ([question.name for question in team.questions], team.grades) == (["T1镇"], ("好", "较好", "一般", "较差"))
    posts = ["党委书记", "乡镇长", "党委副书记", "副乡镇长", "副乡镇长"]
    assert ([question.post for question in cadres.questions], cadres.grades[0]) == (posts, "优秀")
    box_open(box=box, by=office)
    assert ballot_sections(box) == [team, cadres]
    assert page(clerk, "box_ballot", box).count('<article class="print-sheet">') == 1


def test_the_sign_in_sheet_has_a_row_for_each_entitled(year: AssessmentYear, office: Account) -> None:
    box = box_at(year, groups=((STAFF, 12, None), (RETIRED, 3, None)), by=office)
    assert [len(sheet.rows) for sheet in sign_in_sheets(box)] == [12, 3]


def test_the_protocol_is_made_after_closing_with_the_void_ones_on_paper(
    year: AssessmentYear, office: Account, second_clerk: Account, clerk: Client
) -> None:
    """3 slips, 1 void, 1 left over; paper 6 issued, 5 returned, 2 of them void: 4 valid altogether."""
    box = box_at(year, slips=3, on_paper=True, by=office)
    assert "The protocol is made when the box is closed." in page(clerk, "box_protocol", box)
    box_open(box=box, by=office)
    assert protocol_of(box) is None
    cast(box, "111111")
    paper_agreed(box, [[3, 0, 0, 0, 0]] * 6, issued=6, void=2, by=(office, second_clerk))
    box_close(box=box, slips_left={STAFF: 1}, by=office)
    protocol = protocol_of(box)
    assert protocol is not None
    [row] = protocol.rows
    assert (row.issued, row.returned, row.void, row.valid) == (8, 6, 2, 4)
    assert (protocol.counted, protocol.sums["paper_issued"], protocol.sums["left"]) == (True, 6, 1)


def test_paper_not_yet_keyed_leaves_blank_cells_in_the_protocol(box: Box, office: Account, clerk: Client) -> None:
    box_open(box=box, by=office)
    box_close(box=box, by=office)
    protocol = protocol_of(box)
    assert protocol is not None
    assert not protocol.counted
    assert "Paper ballots are still to be keyed" in page(clerk, "box_protocol", box)


def test_the_protocol_never_counts_grades(year: AssessmentYear, office: Account, clerk: Client) -> None:
    shown = []
    for code, marks in (("T1", "111111"), ("T2", "444444")):
        box = box_at(year, township=code, slips=7, by=office)
        box_open(box=box, by=office)
        cast(box, *[marks] * 6)
        box_close(box=box, by=office)
        Box.objects.update(opened_at=NOON, closed_at=NOON, counted_at=NOON)
        shown.append(_bare(page(clerk, "box_protocol", box), box))
    assert Tally.objects.filter(evaluation="E1").values("first").distinct().count() == 2
    assert shown[0] == shown[1]


# --- cost ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("teams", [1, 12])
def test_the_list_costs_the_same_for_one_box_and_for_many(
    teams: int, office: Account, clerk: Client, django_assert_num_queries: Any
) -> None:
    year = voting_year(teams)
    for team in range(1, teams + 1):
        box = box_at(year, township=f"T{team}", slips=2, by=office)
        if team % 2:
            box_open(box=box, by=office)
    clerk.get(address("boxes"))
    with django_assert_num_queries(9):
        clerk.get(address("boxes"))
