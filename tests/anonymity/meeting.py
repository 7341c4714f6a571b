"""A meeting as an attacker saw it who missed nothing: who held which slip, and who voted when.

What each voter marked is noted as well; attacks may not read it, it is what their guesses are checked against.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from assessment.models import Ballot, Box, Phase, Tally
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.box_closing import box_close
from assessment.services.slip import slips_draw
from cadres.models import Township
from tests.anonymity.casting import cast
from tests.conftest import account_of
from tests.county import county, ladder, year_in_phase

GROUPS = {"机关工作人员": 18, "老干部": 12, "村书记、村主任": 10}
VOTERS = sum(GROUPS.values())
TOWNSHIPS = 6


@dataclass(frozen=True)
class Voter:
    """Voters stand in the order in which they voted. `marks` are nobody else's; `former` is the ballot's first key."""

    group: str
    code: str
    marks: str
    opinion: str
    former: str


@dataclass
class Meeting:
    box: Box
    slips: dict[str, list[str]]
    voters: list[Voter] = field(default_factory=list)

    def vote(self, *, at_most: int = VOTERS) -> None:
        """Everybody (or so many) votes, in an order that has nothing to do with the slips'; every third says more."""
        choice = Random(f"{self.box.pk} {len(self.voters)}")
        taken = {voter.code for voter in self.voters}
        waiting = [(group, code) for group, codes in self.slips.items() for code in codes if code not in taken]
        choice.shuffle(waiting)
        for (group, code), marks in zip(waiting[:at_most], self._marks(choice), strict=False):
            opinion = f"意见{marks}号" if len(self.voters) % 3 == 0 else ""
            cast(code=code, marks=marks, opinion=opinion)
            former = str(Ballot.objects.get(electorate__box=self.box, marks=marks).pk)
            self.voters.append(Voter(group, code, marks, opinion, former))

    def close(self) -> None:
        box_close(box=self.box, by=account_of("office"))

    def _marks(self, choice: Random) -> list[str]:
        """Every ballot is unlike all others, and none is nearer to its neighbours than to strangers."""
        taken = {voter.marks for voter in self.voters}
        questions = len(self.box.asked)
        fresh = {"".join(choice.choice("01234") for _ in range(questions)) for _ in range(4 * VOTERS)} - taken
        ordered = sorted(fresh)
        choice.shuffle(ordered)
        return ordered


def meeting_begin(code: str) -> Meeting:
    """A county with as many townships as meetings; this township's box is open."""
    from assessment.models import AssessmentYear

    if not AssessmentYear.objects.exists():
        year = county(ladder(TOWNSHIPS), phase=Phase.COLLECTING)
        Tally.objects.filter(evaluation__in=("E1", "C1")).delete()
        year_in_phase(year, Phase.COLLECTING)
    office = account_of("office")
    box = box_create(
        year=AssessmentYear.objects.get(),
        unit=Township.objects.get(code=code),
        on_paper=False,
        online=True,
        electorates=[ElectorateRow(group, number, number) for group, number in GROUPS.items()],
        by=office,
    )
    slips = slips_draw(box=box, numbers=GROUPS, by=office)
    box_open(box=box, by=office)
    return Meeting(box, slips)


def meetings_held(codes: Iterable[str]) -> list[Meeting]:
    """One after another, as on one afternoon: each is voted in, then all are closed."""
    held = [meeting_begin(code) for code in codes]
    for meeting in held:
        meeting.vote()
    for meeting in held:
        meeting.close()
    return held
