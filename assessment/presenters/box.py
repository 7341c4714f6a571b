"""Ballot boxes on the page: the list, one box, its steps with what they do in words."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear, Box, BoxState, Electorate, SlipState
from assessment.numbers import percent_text
from assessment.scheme import Attendance
from assessment.selectors.box import (
    BallotNumbers,
    Presence,
    Quorum,
    ballot_numbers,
    boxes_of,
    opening_problems,
    presence_of,
    slips_by_state,
    units_without_box,
)
from assessment.selectors.year import scheme_current
from assessment.voters import group_text

LOOKS = {
    BoxState.PREPARED: ("none", "pencil"),
    BoxState.OPEN: ("open", "unlock"),
    BoxState.CLOSED: ("warning", "hourglass-split"),
    BoxState.COUNTED: ("done", "check2-all"),
    BoxState.VOID: ("problem", "x-octagon"),
}
"""State → the look and the sign of its badge."""


@dataclass(frozen=True)
class BoxStep:
    """A named transition: its button, what it does, and in which states it can be taken."""

    name: str
    label: str | Promise
    consequence: str | Promise
    states: tuple[BoxState, ...]
    danger: bool = False
    rehearsal_only: bool = False

    @property
    def view(self) -> str:
        return f"assessment:box_{self.name}"

    def fits(self, box: Box) -> bool:
        return box.state in self.states and (box.is_rehearsal or not self.rehearsal_only)


STEPS = (
    BoxStep(
        "open",
        gettext_lazy("Open the box"),
        gettext_lazy(
            "Ballots are taken from now on. What they ask (the team, every cadre in the order of posts) is fixed, and "
            "the voter groups can no longer be changed. Until the box is closed nobody sees anything but how many "
            "ballots were issued and returned."
        ),
        (BoxState.PREPARED,),
    ),
    BoxStep(
        "close",
        gettext_lazy("Close the box"),
        gettext_lazy(
            "Nobody can vote with a slip of this box any more, and it cannot be opened again. What was cast online is "
            "counted; where there is paper, its counts are keyed next. Slips are deleted, only their numbers stay."
        ),
        (BoxState.OPEN,),
        danger=True,
    ),
    BoxStep(
        "void",
        gettext_lazy("Make the box void"),
        gettext_lazy(
            "The ballots of this box are never counted, and what was counted of them is withdrawn. The box stays on "
            "record with your reason; a new one can be prepared for another meeting. This cannot be undone."
        ),
        (BoxState.PREPARED, BoxState.OPEN, BoxState.CLOSED, BoxState.COUNTED),
        danger=True,
    ),
    BoxStep(
        "clear",
        gettext_lazy("Clear the rehearsal"),
        gettext_lazy("Slips, ballots and opinions of this rehearsal are deleted; it begins anew as a prepared box."),
        (BoxState.PREPARED, BoxState.CLOSED, BoxState.COUNTED, BoxState.VOID),
        danger=True,
        rehearsal_only=True,
    ),
)


@dataclass(frozen=True)
class BoxRow:
    """One box in the list, or at the head of its page."""

    box: Box
    presence: Presence
    numbers: BallotNumbers

    @property
    def way(self) -> str:
        return way_text(self.box)

    @property
    def look(self) -> str:
        return LOOKS[BoxState(self.box.state)][0]

    @property
    def icon(self) -> str:
        return LOOKS[BoxState(self.box.state)][1]

    @property
    def returned_known(self) -> bool:
        """Paper is not, until it is counted."""
        opened = self.box.opened_at is not None
        return opened and (self.box.online or (self.box.state == BoxState.COUNTED and not self.box.is_rehearsal))

    @property
    def quorum(self) -> str:
        """What is to be said about the attendance, blank where it is well."""
        if self.box.state == BoxState.VOID or self.box.is_rehearsal:
            return ""
        return quorum_text(self.presence, opened=self.box.opened_at is not None)

    @property
    def quorum_blocks(self) -> bool:
        return self.presence.quorum == Quorum.BLOCKED


def box_rows(year: AssessmentYear) -> list[BoxRow]:
    """Every box of the year. Five queries, whatever the number."""
    terms, numbers = scheme_current(year).attendance, ballot_numbers(year)
    return [box_row(box, terms, numbers.get(box.pk, BallotNumbers(0, 0))) for box in boxes_of(year)]


def box_row(box: Box, terms: Attendance, numbers: BallotNumbers) -> BoxRow:
    return BoxRow(box, presence_of(box.electorates.all(), terms), numbers)


def without_box(year: AssessmentYear) -> list[str]:
    return [str(unit) for unit in units_without_box(year)]


@dataclass(frozen=True)
class GroupRow:
    """One voter group of a box: numbers alone."""

    name: str
    electorate: Electorate
    void: int
    returned: int

    @property
    def drawn(self) -> int:
        return self.electorate.slips_drawn

    @property
    def issued(self) -> int:
        return self.electorate.slips_issued


@dataclass(frozen=True)
class BoxPage:
    """One box: what may be said of it in its state."""

    row: BoxRow
    groups: list[GroupRow]
    steps: list[BoxStep]
    problems: list[str]

    @property
    def box(self) -> Box:
        return self.row.box

    @property
    def totals(self) -> dict[str, int]:
        """Of all groups together."""
        sums: dict[str, Callable[[GroupRow], int]] = {
            "drawn": lambda group: group.drawn,
            "void": lambda group: group.void,
            "left": lambda group: group.electorate.slips_left,
            "issued": lambda group: group.issued,
            "returned": lambda group: group.returned,
        }
        return {name: sum(map(number, self.groups)) for name, number in sums.items()}


def box_page(box: Box) -> BoxPage:
    groups = group_rows(box)
    numbers = BallotNumbers(sum(group.issued for group in groups), sum(group.returned for group in groups))
    problems = opening_problems(box) if box.state == BoxState.PREPARED else []
    row = box_row(box, scheme_current(box.year).attendance, numbers)
    return BoxPage(row, groups, [step for step in STEPS if step.fits(box)], problems)


def group_rows(box: Box) -> list[GroupRow]:
    """Slips of each voter group: two queries."""
    states = slips_by_state(box)
    return [_group_row(electorate, states) for electorate in box.electorates.all()]


def _group_row(electorate: Electorate, states: dict[tuple[int, str], int]) -> GroupRow:
    returned = states.get((electorate.pk, SlipState.USED), 0) or electorate.slips_used
    return GroupRow(group_text(electorate.category), electorate, electorate.slips_void, returned)


def slips_suggested(box: Box) -> dict[str, int]:
    """Voter group → how many slips are still wanted: one for each who is present, else for each entitled."""
    wanted = {group.category: group.present or group.entitled for group in box.electorates.all()}
    issued = {group.category: group.slips_issued for group in box.electorates.all()}
    return {category: max(0, number - issued[category]) for category, number in wanted.items()}


def way_text(box: Box) -> str:
    if box.online:
        return _("paper and online") if box.on_paper else _("online")
    return _("on paper")


def present_text(box: Box) -> str:
    """What the attendance is now, for whoever corrected it."""
    presence = presence_of(box.electorates.all(), scheme_current(box.year).attendance)
    values = {"present": presence.present, "entitled": presence.entitled}
    return _("Present are now %(present)s of %(entitled)s.") % values


def quorum_text(presence: Presence, *, opened: bool) -> str:
    """The attendance where it is under a line of the scheme (RULES E5)."""
    if presence.share is None or presence.quorum == Quorum.MET:
        return ""
    line = presence.terms.minimum if presence.quorum == Quorum.BLOCKED else presence.terms.warning
    values = {"share": percent_text(presence.share), "line": percent_text(line)}
    if presence.quorum == Quorum.BLOCKED and opened:
        return (
            _("%(share)s present, under the quorum of %(line)s: is the number right, or is the meeting to be void?")
            % values
        )
    if presence.quorum == Quorum.BLOCKED:
        return _("%(share)s present, under the quorum of %(line)s: the box cannot be opened") % values
    return _("%(share)s present, under %(line)s") % values
