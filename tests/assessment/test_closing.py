"""A box from its preparation to its tally, and what of it is left (RULES E3, E5, Y4)."""

import pytest

from assessment.models import AssessmentYear, Ballot, Box, BoxState, Phase, Slip, SlipState, Tally
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.closing import box_close
from assessment.services.slip import digest_of, slips_draw
from cadres.errors import Refused
from cadres.models import Account, Township
from tests.county import county, ladder, year_in_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> AssessmentYear:
    """Two townships with five cadres each, collecting; no votes of the democratic evaluation yet."""
    made = county(ladder(2), phase=Phase.COLLECTING)
    Tally.objects.filter(evaluation__in=("E1", "C1")).delete()
    return year_in_phase(made, Phase.COLLECTING)


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """T1's box, online, open, with three slips."""
    made = box_create(
        year=year,
        unit=Township.objects.get(code="T1"),
        on_paper=False,
        online=True,
        electorates=[ElectorateRow("机关工作人员", 3, 3)],
        by=office,
    )
    slips_draw(box=made, numbers={"机关工作人员": 3}, by=office)
    box_open(box=made, by=office)
    return made


def cast(box: Box, *ballots: str) -> None:
    """Ballots as voting leaves them."""
    for marks in ballots:
        electorate = box.electorates.get()
        slip = electorate.slips.filter(state=SlipState.DRAWN).first()
        assert slip is not None
        Slip.objects.filter(pk=slip.pk).update(state=SlipState.USED)
        Ballot.objects.create(electorate=electorate, marks=marks)


def test_closing_counts_every_ballot_into_tallies(box: Box, office: Account) -> None:
    cast(box, "111110", "120000")
    box_close(box=box, slips_left={"机关工作人员": 1}, by=office)
    assert box.state == BoxState.COUNTED
    team = Tally.objects.get(township__code="T1", evaluation="E1")
    assert (team.issued, team.returned, team.valid, team.grades, team.abstain) == (2, 2, 2, (2, 0, 0, 0), 0)
    first = Tally.objects.get(cadre__number="T1-1", evaluation="C1")
    assert (first.grades, first.abstain, first.box) == ((1, 1, 0, 0), 0, box)
    assert Tally.objects.get(cadre__number="T1-5", evaluation="C1").abstain == 2
    assert Tally.objects.filter(box=box).count() == 6


def test_closing_leaves_no_slip_and_no_ballot_under_its_former_id(box: Box, office: Account) -> None:
    cast(box, "111111", "222222")
    before = set(Ballot.objects.values_list("pk", flat=True))
    box_close(box=box, by=office)
    assert Slip.objects.count() == 0
    assert sorted(Ballot.objects.values_list("marks", flat=True)) == ["111111", "222222"]
    assert before.isdisjoint(Ballot.objects.values_list("pk", flat=True))


def test_more_slips_left_over_than_unused_closes_nothing(box: Box, office: Account) -> None:
    cast(box, "111111")
    with pytest.raises(Refused):
        box_close(box=box, slips_left={"机关工作人员": 3}, by=office)
    box.refresh_from_db()
    assert (box.state, Slip.objects.filter(state=SlipState.DRAWN).count()) == (BoxState.OPEN, 2)


def test_a_code_is_stored_as_its_digest_alone(box: Box, office: Account) -> None:
    [codes] = slips_draw(box=box, numbers={"机关工作人员": 1}, by=office).values()
    assert Slip.objects.get(digest=digest_of(codes[0].lower())).state == SlipState.DRAWN
    assert not Slip.objects.filter(digest__icontains=codes[0]).exists()
