"""Boxes for tests: a year that is voting, a box at its meeting, ballots as voting leaves them."""

from django.utils import timezone

from assessment.models import AssessmentYear, Ballot, Box, Hand, PaperCount, Phase, Slip, SlipState, Tally
from assessment.selectors.box import questions_asked
from assessment.services.box import ElectorateRow, box_create
from assessment.services.slip import slips_draw
from cadres.models import Account, Township
from tests.county import county, ladder, year_in_phase

STAFF, RETIRED = "机关工作人员", "老干部"


def voting_year(teams: int = 2) -> AssessmentYear:
    """Townships T1, T2 … with five cadres each, collecting; no votes of the democratic evaluation yet."""
    made = county(ladder(teams), phase=Phase.COLLECTING)
    Tally.objects.filter(evaluation__in=("E1", "C1")).delete()
    return year_in_phase(made, Phase.COLLECTING)


def box_at(
    year: AssessmentYear,
    *,
    township: str = "T1",
    groups: tuple[tuple[str, int, int | None], ...] = ((STAFF, 10, 10),),
    slips: int = 0,
    on_paper: bool = False,
    online: bool = True,
    is_rehearsal: bool = False,
    by: Account,
) -> Box:
    """A prepared box with these (group, entitled, present) and so many slips drawn for each group."""
    box = box_create(
        year=year,
        unit=Township.objects.get(code=township),
        on_paper=on_paper,
        online=online,
        is_rehearsal=is_rehearsal,
        electorates=[ElectorateRow(*group) for group in groups],
        by=by,
    )
    if slips:
        slips_draw(box=box, numbers={group[0]: slips for group in groups}, by=by)
    return box


def cast(box: Box, *ballots: str, group: str = STAFF) -> None:
    """Ballots as voting leaves them."""
    electorate = box.electorates.get(category=group)
    for marks in ballots:
        slip = electorate.slips.filter(state=SlipState.DRAWN).first()
        assert slip is not None
        Slip.objects.filter(pk=slip.pk).update(state=SlipState.USED)
        Ballot.objects.create(electorate=electorate, marks=marks)


def paper_agreed(
    box: Box, counts: list[list[int]], *, issued: int, void: int, by: tuple[Account, Account], group: str = STAFF
) -> None:
    """What two people keyed alike: five counts a question, in the order of the box."""
    electorate = box.electorates.get(category=group)
    keys = [question.key for question in questions_asked(box.year, box.unit)]
    for hand, account in zip((Hand.FIRST, Hand.SECOND), by, strict=True):
        PaperCount.objects.create(
            electorate=electorate,
            hand=hand,
            issued=issued,
            returned=sum(counts[0]) + void,
            void=void,
            counts=dict(zip(keys, counts, strict=True)),
            keyed_by=account,
            keyed_at=timezone.now(),
        )
