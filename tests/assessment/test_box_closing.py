"""A box from its preparation to its tally, and what of it is left (RULES E3, E5, Y4)."""

import pytest
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Ballot, Box, BoxState, FreeOpinion, Slip, SlipState, Tally
from assessment.services.box import ElectorateRow, box_create, box_make_void, box_open, box_present_correct
from assessment.services.box_closing import box_close
from assessment.services.slip import slips_draw
from assessment.services.tally import TallyCounts, team_tallies_save
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from tests.assessment.voting import RETIRED, STAFF, box_at, cast, paper_agreed, voting_year
from tests.conftest import unit_of_department

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def year() -> AssessmentYear:
    return voting_year()


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """T1's box, online, open, with three slips."""
    made = box_at(year, groups=((STAFF, 3, 3),), slips=3, by=office)
    box_open(box=made, by=office)
    return made


def refusal(box: Box, by: Account) -> list[str]:
    """In which words closing is refused."""
    with pytest.raises(Refused) as refused:
        box_close(box=box, by=by)
    return list(refused.value.messages)


def test_closing_counts_every_ballot_into_tallies(box: Box, office: Account) -> None:
    cast(box, "111110", "120000")
    box_close(box=box, slips_left={STAFF: 1}, by=office)
    assert box.state == BoxState.COUNTED
    team = Tally.objects.get(township__code="T1", evaluation="E1")
    assert (team.issued, team.returned, team.valid, team.grades, team.abstain) == (2, 2, 2, (2, 0, 0, 0), 0)
    first = Tally.objects.get(cadre__number="T1-1", evaluation="C1")
    assert (first.grades, first.abstain, first.box) == ((1, 1, 0, 0), 0, box)
    assert Tally.objects.get(cadre__number="T1-5", evaluation="C1").abstain == 2
    assert Tally.objects.filter(box=box).count() == 6


def test_closing_leaves_no_slip_and_no_ballot_under_its_former_id(box: Box, office: Account) -> None:
    cast(box, "111111", "222222")
    FreeOpinion.objects.create(box=box, text="作风扎实")
    before = {*Ballot.objects.values_list("pk", flat=True), *FreeOpinion.objects.values_list("pk", flat=True)}
    box_close(box=box, by=office)
    assert Slip.objects.count() == 0
    assert sorted(Ballot.objects.values_list("marks", flat=True)) == ["111111", "222222"]
    assert FreeOpinion.objects.get().text == "作风扎实"
    assert before.isdisjoint(Ballot.objects.values_list("pk", flat=True))
    assert before.isdisjoint(FreeOpinion.objects.values_list("pk", flat=True))


def test_more_slips_left_over_than_unused_closes_nothing(box: Box, office: Account) -> None:
    cast(box, "111111")
    with pytest.raises(Refused) as refused:
        box_close(box=box, slips_left={STAFF: 3}, by=office)
    assert refused.value.messages == ["“Township staff”: 3 slips left over, but 2 are unused."]
    box.refresh_from_db()
    assert (box.state, Slip.objects.filter(state=SlipState.DRAWN).count()) == (BoxState.OPEN, 2)


def test_more_ballots_than_people_present_close_nothing_until_the_number_is_corrected(
    year: AssessmentYear, office: Account
) -> None:
    box = box_at(year, groups=((STAFF, 10, 6),), slips=8, by=office)
    box_open(box=box, by=office)
    cast(box, *["111111"] * 7)
    assert refusal(box, office) == [
        "“Township staff”: 7 ballots came in online, but 6 people were present. Correct the number present if somebody "
        "came late; else make the box void."
    ]
    box_present_correct(box=box, present={STAFF: 7}, by=office)
    box_close(box=box, by=office)
    assert Tally.objects.get(box=box, evaluation="E1").valid == 7


def test_a_ballot_too_many_is_not_counted(box: Box, office: Account) -> None:
    Ballot.objects.create(electorate=box.electorates.get(), marks="111111")
    assert refusal(box, office) == [
        "The ballots received and the slips used are not the same number: do not count this box."
    ]
    assert Tally.objects.filter(box=box).count() == 0


def test_a_box_is_closed_once(box: Box, office: Account, second_clerk: Account) -> None:
    """Two clerks have the page before them; the second finds it done."""
    other = Box.objects.get(pk=box.pk)
    box_close(box=box, by=office)
    assert refusal(other, second_clerk) == ["The box is counted."]
    assert Tally.objects.filter(box=box).count() == 6


def test_a_void_box_and_one_not_opened_are_not_closed(year: AssessmentYear, box: Box, office: Account) -> None:
    box_make_void(box=box, reason="停电", by=office)
    assert refusal(box, office) == ["The box is void."]
    assert refusal(box_at(year, township="T2", by=office), office) == ["The box is prepared."]


def test_paper_and_online_add_up_to_one_tally(
    year: AssessmentYear, office: Account, cast_of_two: tuple[Account, Account]
) -> None:
    """E5: 2 ballots online; on paper 6 issued, 5 returned, 1 of them void."""
    box = box_at(year, slips=3, on_paper=True, by=office)
    box_open(box=box, by=office)
    cast(box, "111111", "240000")
    paper_agreed(box, [[3, 1, 0, 0, 0]] + [[0, 2, 1, 0, 1]] * 5, issued=6, void=1, by=cast_of_two)
    box_close(box=box, slips_left={STAFF: 1}, by=office)
    team = Tally.objects.get(township__code="T1", evaluation="E1")
    assert (team.issued, team.returned, team.valid, team.grades, team.abstain) == (8, 7, 6, (4, 2, 0, 0), 0)
    first = Tally.objects.get(cadre__number="T1-1", evaluation="C1")
    assert (first.grades, first.abstain, first.valid) == ((1, 2, 1, 1), 1, 6)


def test_a_box_with_paper_waits_for_its_count(year: AssessmentYear, office: Account) -> None:
    box = box_at(year, slips=1, on_paper=True, by=office)
    box_open(box=box, by=office)
    cast(box, "111111")
    box_close(box=box, by=office)
    assert (box.state, Tally.objects.filter(box=box).count()) == (BoxState.CLOSED, 0)


def test_each_voter_group_has_its_tally(year: AssessmentYear, office: Account) -> None:
    box = box_at(year, groups=((STAFF, 2, 2), (RETIRED, 2, 2)), slips=2, by=office)
    box_open(box=box, by=office)
    cast(box, "111111")
    cast(box, "400000", group=RETIRED)
    box_close(box=box, by=office)
    tallies = Tally.objects.filter(township__code="T1", evaluation="E1")
    assert {tally.group: tally.grades for tally in tallies} == {STAFF: (1, 0, 0, 0), RETIRED: (0, 0, 0, 1)}


def test_a_department_s_box_leaves_a_tally_of_the_department(year: AssessmentYear, office: Account) -> None:
    unit = unit_of_department()
    box = box_create(
        year=year, unit=unit, on_paper=False, online=True, electorates=[ElectorateRow(STAFF, 5, 5)], by=office
    )
    slips_draw(box=box, numbers={STAFF: 2}, by=office)
    box_open(box=box, by=office)
    assert [(question.subject, question.name) for question in box.asked] == [("department", "财政局")]
    cast(box, "1", "3")
    box_close(box=box, by=office)
    tally = Tally.objects.get(box=box)
    assert (tally.department, tally.township, tally.grades, tally.valid) == (unit, None, (1, 0, 1, 0), 2)


def test_a_rehearsal_is_counted_into_nothing(year: AssessmentYear, office: Account) -> None:
    box = box_at(year, slips=2, is_rehearsal=True, by=office)
    box_open(box=box, by=office)
    cast(box, "111111")
    box_close(box=box, by=office)
    assert (box.state, Tally.objects.filter(evaluation="E1").count()) == (BoxState.COUNTED, 0)


def test_a_void_box_withdraws_its_tally_and_makes_room(year: AssessmentYear, box: Box, office: Account) -> None:
    cast(box, "111111")
    box_close(box=box, by=office)
    box_make_void(box=box, reason="发票有误", by=office)
    assert (box.state, box.void_reason, Tally.objects.filter(box=box).count()) == (BoxState.VOID, "发票有误", 0)
    counts = TallyCounts((5, 0, 0, 0))
    team_tallies_save(year=year, tallies={("T1", "E1", ""): counts}, by=office)
    assert Tally.objects.get(township__code="T1", evaluation="E1").first == 5
    assert box_at(year, by=office).state == BoxState.PREPARED


def test_an_open_box_made_void_leaves_no_slip_either(box: Box, office: Account) -> None:
    cast(box, "111111")
    before = Ballot.objects.get().pk
    box_make_void(box=box, reason="停电", by=office)
    assert (box.state, Slip.objects.count()) == (BoxState.VOID, 0)
    assert box.closed_at is not None
    assert Ballot.objects.get().pk != before
    assert Tally.objects.filter(box=box).count() == 0


def test_the_trail_says_that_a_box_was_counted_not_how(box: Box, office: Account) -> None:
    cast(box, "111111", "444444")
    box_close(box=box, by=office)
    entries = AuditEntry.objects.filter(action__in=("box_close", "box_count")).order_by("number")
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        ("box_close", "T1镇", {}),
        ("box_count", "T1镇", {"returned": 2, "valid": 2}),
    ]


def test_posts_straight_to_the_address_are_refused_in_words(box: Box, office: Account, clerk: Client) -> None:
    address = reverse("assessment:box_close", args=[2025, box.pk])
    page = clerk.post(address, {"group-0": "9"})
    assert "9 slips left over, but 3 are unused." in page.content.decode()
    assert clerk.post(address, {"group-0": "1"}).status_code == 302
    assert "The box is counted." in clerk.post(address, {"group-0": "0"}).content.decode()
    box.refresh_from_db()
    assert (box.state, box.electorates.get().slips_left) == (BoxState.COUNTED, 1)


@pytest.fixture
def cast_of_two(office: Account, second_clerk: Account) -> tuple[Account, Account]:
    return office, second_clerk
