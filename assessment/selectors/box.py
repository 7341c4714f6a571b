"""Boxes as the office may see them. While one is open this is numbers of slips and ballots, nothing else (RULES Y4)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from secrets import SystemRandom

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from assessment.counts import SMALL_GROUP
from assessment.models import (
    AssessmentYear,
    Box,
    BoxState,
    Electorate,
    FreeOpinion,
    Phase,
    Slip,
    SlipState,
    Tally,
)
from assessment.questions import Question, Subject
from assessment.scheme import Attendance, CadreItem, Evaluation, Scheme
from assessment.selectors.roster import cadre_question, graded_entries
from assessment.selectors.year import scheme_current
from assessment.voters import CATEGORIES, DEMOCRATIC
from cadres.models import Department, Township

LIVE = (BoxState.OPEN, BoxState.CLOSED, BoxState.COUNTED)
"""A real box in one of these states is the one source of its subjects' votes."""


class Quorum(StrEnum):
    """What the attendance of a meeting says about its box (RULES E5)."""

    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    WARNED = "warned"
    MET = "met"


@dataclass(frozen=True)
class Presence:
    """应到, 实到: of all voter groups together; `present` None while one group's is not known."""

    entitled: int
    present: int | None
    terms: Attendance

    @property
    def share(self) -> Fraction | None:
        """Present ÷ entitled; None while it is not known."""
        return None if self.present is None or not self.entitled else Fraction(self.present, self.entitled)

    @property
    def quorum(self) -> Quorum:
        if self.share is None:
            return Quorum.UNKNOWN
        if self.share < self.terms.minimum:
            return Quorum.BLOCKED
        return Quorum.WARNED if self.share < self.terms.warning else Quorum.MET


@dataclass(frozen=True)
class BallotNumbers:
    """How many ballots went out and came back. Nothing else of an open box is for anybody's eyes."""

    issued: int
    returned: int


def presence_of(electorates: Iterable[Electorate], terms: Attendance) -> Presence:
    groups = list(electorates)
    known = [group.present if group.entitled else 0 for group in groups]
    present = None if None in known else sum(number or 0 for number in known)
    return Presence(sum(group.entitled for group in groups), present, terms)


def boxes_of(year: AssessmentYear) -> QuerySet[Box]:
    """All boxes of the year with their voter groups, the townships' first. Two queries."""
    boxes = year.boxes.select_related("year", "township", "department").prefetch_related("electorates")
    townships_first = F("department__order").asc(nulls_first=True)
    return boxes.order_by(townships_first, "department__code", "township__order", "township__code", "pk")


def units_without_box(year: AssessmentYear) -> list[Township]:
    """The townships of the year whose meeting has no box yet, rehearsals and void ones aside."""
    real = year.boxes.filter(is_rehearsal=False, township__isnull=False).exclude(state=BoxState.VOID)
    return list(year.townships.exclude(pk__in=real.values("township")))


def ballot_numbers(year: AssessmentYear) -> dict[int, BallotNumbers]:
    """Box key → online slips handed out and used, with the paper ballots once the box is counted. Two queries."""
    slips = Count("slips", filter=Q(slips__state=SlipState.USED))
    found: dict[int, BallotNumbers] = {}
    for group in Electorate.objects.filter(box__year=year).annotate(used=slips):
        before = found.get(group.box_id, BallotNumbers(0, 0))
        returned = group.used or group.slips_used
        found[group.box_id] = BallotNumbers(before.issued + group.slips_issued, before.returned + returned)
    return found | _counted_numbers(year)


def _counted_numbers(year: AssessmentYear) -> dict[int, BallotNumbers]:
    """Of real boxes that are counted: every question's tally of a voter group holds the same two numbers."""
    groups = Tally.objects.filter(year=year, box__isnull=False).values_list("box", "group", "issued", "returned")
    found: dict[int, BallotNumbers] = {}
    for box, _group, issued, returned in groups.order_by("box", "group").distinct():
        before = found.get(box or 0, BallotNumbers(0, 0))
        found[box or 0] = BallotNumbers(before.issued + (issued or 0), before.returned + (returned or 0))
    return found


def opening_problems(box: Box) -> list[str]:
    """Why the box cannot be opened now, in words; empty when it can (RULES E5)."""
    if box.year.phase != Phase.COLLECTING:
        return [_("Boxes are opened while the year is collecting.")]
    questions = questions_asked(box.year, box.unit)
    if not questions:
        return [_("There is nobody to vote on: the scheme has no democratic evaluation.")]
    if box.is_rehearsal:
        return []
    return [*_tallied(box, questions), *_quorum_problems(box)]


def _tallied(box: Box, questions: tuple[Question, ...]) -> list[str]:
    """A real box and votes entered by hand for the same subjects do not go together."""
    codes = [question.code for question in questions]
    tallied = box.year.tallies.filter(evaluation__in={question.evaluation for question in questions})
    subjects = ("township__code__in", "cadre__number__in", "department__code__in")
    if any(tallied.filter(**{subject: codes}).exists() for subject in subjects):
        text = _("Votes for %(unit)s were entered by hand or by workbook already: take them away first.")
        return [text % {"unit": box.unit}]
    return []


def _quorum_problems(box: Box) -> list[str]:
    presence = presence_of(box.electorates.all(), scheme_current(box.year).attendance)
    match presence.quorum:
        case Quorum.UNKNOWN:
            return [_("Enter first how many are entitled and how many are present, for every voter group.")]
        case Quorum.BLOCKED:
            text = _("%(present)s of %(entitled)s are present: under the quorum, the meeting cannot vote.")
            return [text % {"present": presence.present, "entitled": presence.entitled}]
    return []


def democratic(entries: tuple[Evaluation, ...] | tuple[CadreItem, ...]) -> Evaluation | CadreItem | None:
    """The democratic evaluation (民主测评) among the evaluations of a team or the items of a cadre."""
    return next((entry for entry in entries if entry.name == DEMOCRATIC), None)


def categories_of(scheme: Scheme) -> tuple[str, ...]:
    """The scheme's weighted voter groups where it has them, else the categories of the source (RULES E3)."""
    for entry in (democratic(scheme.evaluations), democratic(scheme.cadre_items)):
        if entry and entry.groups:
            return tuple(name for name, _weight in entry.groups)
    return CATEGORIES


def is_weighted(scheme: Scheme) -> bool:
    """Whether the scheme takes the democratic evaluation by weighted voter groups, and these only (RULES E3)."""
    entries = (democratic(scheme.evaluations), democratic(scheme.cadre_items))
    return any(entry is not None and entry.groups for entry in entries)


def questions_asked(year: AssessmentYear, unit: Township | Department) -> tuple[Question, ...]:
    """Of a township: its team, then every graded cadre in the order of posts; of a department: the department.

    A cadre who came after being voted on where they were before is not voted on twice: that vote stands (RULES C4).
    """
    scheme = scheme_current(year)
    of_team, of_cadre = democratic(scheme.evaluations), democratic(scheme.cadre_items)
    if isinstance(unit, Department):
        return (Question(Subject.DEPARTMENT, of_team.code, unit.code, unit.name),) if of_team else ()
    team = [Question(Subject.TEAM, of_team.code, unit.code, unit.name)] if of_team else []
    if not of_cadre:
        return tuple(team)
    entries = graded_entries(year).filter(township=unit).exclude(cadre__number__in=_voted_on_elsewhere(year, unit))
    return (*team, *(cadre_question(of_cadre.code, entry) for entry in entries))


def _voted_on_elsewhere(year: AssessmentYear, unit: Township) -> set[str]:
    """Personnel numbers that a live box of another township asks about: a second one could never be counted."""
    boxes = year.boxes.filter(is_rehearsal=False, state__in=LIVE, township__isnull=False).exclude(township=unit)
    return {question.code for box in boxes for question in box.asked if question.subject == Subject.CADRE}


def slips_by_state(box: Box) -> dict[tuple[int, str], int]:
    """How many slips of each voter group (its key) are in each state; nothing is left once the box is closed."""
    return Counter(Slip.objects.filter(electorate__box=box).values_list("electorate", "state"))


def returned_online(electorate: Electorate) -> int:
    """Ballots received so far: while the box is open the only thing that may be said about them."""
    used = electorate.slips.filter(state=SlipState.USED).count()
    return used or electorate.slips_used


def opinions_shown(box: Box) -> list[str] | None:
    """民主评议 of a counted box, in an order that says nothing; None where so few voted online that one is known."""
    if box.state != BoxState.COUNTED or _voted_online(box) < SMALL_GROUP:
        return None
    texts = list(FreeOpinion.objects.filter(box=box).values_list("text", flat=True))
    SystemRandom().shuffle(texts)
    return texts


def _voted_online(box: Box) -> int:
    """Opinions are handed in beside online ballots, so these are the ones who may have written them."""
    return sum(electorate.slips_used for electorate in box.electorates.all())
