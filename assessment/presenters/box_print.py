"""What is printed for a box: ballots, sign-in sheets, slips, the protocol. Never a count by grade."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import segno
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from assessment.models import Box, BoxState, Electorate, PaperCount
from assessment.presenters.tally import CADRE_WORDS, TEAM_WORDS
from assessment.questions import Question, Subject
from assessment.selectors.box import questions_asked
from assessment.selectors.paper import accepted, paper_states
from assessment.services.slip import code_text
from assessment.voters import group_text

SIGN_IN_ROWS = 20
"""Blank rows where nobody said how many are entitled."""


@dataclass(frozen=True)
class BallotSection:
    """One table of the paper ballot: questions with the same grades."""

    subject: Subject
    grades: tuple[str, ...]
    questions: tuple[Question, ...]


def ballot_sections(box: Box) -> list[BallotSection]:
    """The team (or the department), then every cadre in the order of posts, as the box asks or would ask now."""
    questions = box.asked or questions_asked(box.year, box.unit)
    sections = [
        BallotSection(subject, _grades(subject), tuple(q for q in questions if q.subject == subject))
        for subject in Subject
    ]
    return [section for section in sections if section.questions]


def _grades(subject: Subject) -> tuple[str, ...]:
    return tuple((CADRE_WORDS if subject == Subject.CADRE else TEAM_WORDS).values())


def groups_printed(box: Box) -> list[str]:
    """A sheet for each voter group to which somebody belongs; for all where that is not known yet."""
    groups = list(box.electorates.all())
    at_meeting = [group for group in groups if group.entitled] or groups
    return [group_text(group.category) for group in at_meeting]


@dataclass(frozen=True)
class SignInSheet:
    """One voter group's blank lines."""

    group: str
    rows: range


def sign_in_sheets(box: Box) -> list[SignInSheet]:
    entitled = [group for group in box.electorates.all() if group.entitled] or list(box.electorates.all())
    return [SignInSheet(group_text(e.category), range(1, (e.entitled or SIGN_IN_ROWS) + 1)) for e in entitled]


@dataclass(frozen=True)
class PrintedSlip:
    """One slip: the code to type and the QR code that holds it."""

    group: str
    code: str
    picture: SafeString


def printed_pages(codes: dict[str, list[str]], *, address: str, per_page: int) -> list[list[PrintedSlip]]:
    """Sheets of slips, a new one for each voter group, in the order in which chance drew them."""
    return [page for category, drawn in codes.items() for page in _pages(category, drawn, address, per_page)]


def _pages(category: str, drawn: Iterable[str], address: str, per_page: int) -> Iterator[list[PrintedSlip]]:
    slips = (PrintedSlip(group_text(category), code_text(code), qr_picture(f"{address}#{code}")) for code in drawn)
    while page := list(islice(slips, per_page)):
        yield page


def qr_picture(text: str) -> SafeString:
    """An inline SVG of it. What stands after # never leaves the phone's browser: no server logs it."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    return mark_safe(code.svg_inline(omitsize=True, border=2, svgclass="slip-qr", lineclass=None))  # noqa: S308  # our own drawing


def vote_path() -> str:
    """Where slips are used."""
    return reverse("assessment:vote")


@dataclass(frozen=True)
class ProtocolRow:
    """One voter group in the protocol; paper is None until two people agree on its count."""

    group: str
    electorate: Electorate
    paper: PaperCount | None

    @property
    def counted(self) -> bool:
        return self.paper is not None or not self.electorate.box.on_paper

    @property
    def issued(self) -> int:
        return self.electorate.slips_issued + (self.paper.issued if self.paper else 0)

    @property
    def returned(self) -> int:
        return self.electorate.slips_used + (self.paper.returned if self.paper else 0)

    @property
    def void(self) -> int:
        return self.paper.void if self.paper else 0

    @property
    def valid(self) -> int:
        return self.returned - self.void


@dataclass(frozen=True)
class Protocol:
    """Numbers of ballots by voter group and altogether."""

    rows: list[ProtocolRow]

    @property
    def counted(self) -> bool:
        return all(row.counted for row in self.rows)

    @property
    def sums(self) -> dict[str, int]:
        """Over all voter groups; what is on paper only where every group is counted."""
        groups = [row.electorate for row in self.rows]
        papers = [row.paper for row in self.rows if row.paper]
        return {
            "entitled": sum(group.entitled for group in groups),
            "present": sum(group.present or 0 for group in groups),
            "paper_issued": sum(paper.issued for paper in papers),
            "paper_returned": sum(paper.returned for paper in papers),
            "drawn": sum(group.slips_drawn for group in groups),
            "slips_void": sum(group.slips_void for group in groups),
            "left": sum(group.slips_left for group in groups),
            "slips_issued": sum(group.slips_issued for group in groups),
            "used": sum(group.slips_used for group in groups),
            "issued": sum(row.issued for row in self.rows),
            "returned": sum(row.returned for row in self.rows),
            "void": sum(row.void for row in self.rows),
            "valid": sum(row.valid for row in self.rows),
        }


def protocol_of(box: Box) -> Protocol | None:
    """None while there is nothing to put on record: before the box is closed."""
    if box.closed_at is None or box.state not in (BoxState.CLOSED, BoxState.COUNTED, BoxState.VOID):
        return None
    states = paper_states(box.electorates.select_related("box"))
    return Protocol([ProtocolRow(group_text(s.electorate.category), s.electorate, accepted(s.keyed)) for s in states])
