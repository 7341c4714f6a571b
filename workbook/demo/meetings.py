"""Ballot boxes of the year that is being collected, one in every state, filled through the services of the pages."""

from collections.abc import Iterator, Sequence
from random import Random

from assessment.counts import PaperBallots
from assessment.models import AssessmentYear, Box, Electorate
from assessment.questions import GRADES, Counts, Question, Subject
from assessment.selectors.box import questions_asked
from assessment.services.ballot import ballot_cast
from assessment.services.box import ElectorateRow, Meeting, box_create, box_open
from assessment.services.box_closing import box_close
from assessment.services.paper import paper_key
from assessment.services.slip import slips_draw
from assessment.voters import CATEGORIES
from cadres.models import Account, Department, Township
from workbook.demo.figures import strength
from workbook.demo.votes import standing

ENTITLED = (28, 12, 6, 9, 15)
"""People of each category at a meeting."""

COUNTED_ONLINE = "T01"
COUNTED_ON_PAPER = ("T02", "T03", "T04", "T05")
COUNTED_MIXED = "T06"
KEYED_DIFFERENTLY = "T07"
KEYED_ONCE = "T08"
OPEN = "T09"
PREPARED = ("T10", "T11", "T12", "T13", "T14")
REHEARSAL = "T10"
RATED_DEPARTMENT = "D14"

OPINIONS = (
    "班子团结，遇事能商量，但下村调研还可以再多一些。",
    "项目推进有力，建议多关心青年干部的成长。",
    "信访问题处置及时，希望把矛盾化解在平时。",
    "产业路子对头，水利设施管护要跟上。",
)

Clerks = tuple[Account, Account]


def meetings_build(year: AssessmentYear, clerks: Clerks) -> None:
    """Counted, differing, half keyed, open, prepared; a rehearsal; one department; the last townships have none yet."""
    _count_online(_box(year, COUNTED_ONLINE, clerks[0], on_paper=False, online=True), clerks[0])
    for code in COUNTED_ON_PAPER:
        _count_on_paper(_box(year, code, clerks[0]), clerks)
    _count_mixed(_box(year, COUNTED_MIXED, clerks[0], online=True), clerks)
    _key_differently(_box(year, KEYED_DIFFERENTLY, clerks[0]), clerks)
    _key_once(_box(year, KEYED_ONCE, clerks[0]), clerks[0])
    _vote(_box(year, OPEN, clerks[0], on_paper=False, online=True), clerks[0], voting=0.4)
    for code in PREPARED:
        _box(year, code, clerks[0], online=code in PREPARED[:2])
    _box(year, REHEARSAL, clerks[0], on_paper=False, online=True, is_rehearsal=True)
    _box(year, RATED_DEPARTMENT, clerks[0])


def _box(year: AssessmentYear, code: str, by: Account, *, on_paper: bool = True, **ways: bool) -> Box:
    model = Department if code.startswith("D") else Township
    unit: Department | Township = model._default_manager.get(code=code)
    rows = [
        ElectorateRow(category, people, people - Random(f"present {code} {category}").randint(0, people // 6))
        for category, people in zip(CATEGORIES, ENTITLED, strict=True)
    ]
    meeting = Meeting(f"{unit.name}三楼会议室", "组织委员", "纪委书记、人大主席", "考评组两人")
    return box_create(year=year, unit=unit, on_paper=on_paper, **ways, electorates=rows, meeting=meeting, by=by)


def _count_online(box: Box, by: Account) -> None:
    left = _vote(box, by, voting=1.0)
    box_close(box=box, slips_left=left, by=by)


def _count_on_paper(box: Box, clerks: Clerks) -> None:
    box_open(box=box, by=clerks[0])
    box_close(box=box, by=clerks[0])
    for electorate in box.electorates.all():
        for clerk in clerks:
            _key(electorate, clerk)


def _count_mixed(box: Box, clerks: Clerks) -> None:
    """A third votes by phone, the others on paper."""
    left = _vote(box, clerks[0], voting=0.3)
    box_close(box=box, slips_left=left, by=clerks[0])
    for electorate in box.electorates.all():
        for clerk in clerks:
            _key(electorate, clerk, share=0.7)


def _key_differently(box: Box, clerks: Clerks) -> None:
    """Both keyed the first group, and one of them slipped by a line."""
    box_open(box=box, by=clerks[0])
    box_close(box=box, by=clerks[0])
    electorate = box.electorates.all()[0]
    _key(electorate, clerks[0])
    _key(electorate, clerks[1], slip=True)


def _key_once(box: Box, by: Account) -> None:
    box_open(box=box, by=by)
    box_close(box=box, by=by)
    for electorate in box.electorates.all()[:2]:
        _key(electorate, by)


def _vote(box: Box, by: Account, *, voting: float) -> dict[str, int]:
    """This share of those who are present votes; two slips more than needed are drawn for each group, and left over."""
    present = {electorate.category: electorate.present or 0 for electorate in box.electorates.all()}
    votes = {category: round(people * voting) for category, people in present.items()}
    codes = slips_draw(box=box, numbers={category: number + 2 for category, number in votes.items()}, by=by)
    box_open(box=box, by=by)
    choice, opinions = Random(f"votes {box.unit}"), iter(OPINIONS)
    for category, drawn in codes.items():
        for code in drawn[: votes[category]]:
            opinion = next(opinions, "") if choice.random() < 0.1 else ""
            ballot_cast(code=code, marks=dict(_marks(box, choice)), opinion=opinion)
    return dict.fromkeys(codes, 2)


def _marks(box: Box, choice: Random) -> Iterator[tuple[str, str]]:
    for question in box.asked:
        if choice.random() > 0.03:
            yield question.key, choice.choices(GRADES, _weights(box, question))[0]


def _key(electorate: Electorate, by: Account, *, share: float = 1.0, slip: bool = False) -> None:
    """What the paper of one group says; the same whoever keys it, unless he slips."""
    issued = round((electorate.present or 0) * share)
    void = 1 if issued > 20 else 0
    ballots = PaperBallots(issued, issued, void)
    asked = questions_asked(electorate.box.year, electorate.box.unit)
    counts = {question.key: _counts(electorate, question, ballots.valid) for question in asked}
    if slip:
        first, second = list(counts)[1:3]
        counts[first], counts[second] = counts[second], counts[first]
    paper_key(electorate=electorate, ballots=ballots, counts=counts, by=by)


def _counts(electorate: Electorate, question: Question, valid: int) -> Counts:
    choice = Random(f"{electorate.box.unit} {electorate.category} {question.key}")
    abstain = int(valid > 8 and choice.random() < 0.4)
    drawn = choice.choices(range(4), _weights(electorate.box, question), k=valid - abstain)
    first, second, third, fourth = (drawn.count(grade) for grade in range(4))
    return first, second, third, fourth, abstain


def _weights(box: Box, question: Question) -> Sequence[float]:
    """About half of the votes for the best grade."""
    number = box.year.number
    of_cadre = question.subject == Subject.CADRE
    good = standing(question.code, number) if of_cadre else strength(question.code, number)
    return 0.3 + 0.4 * good, 0.35, 0.2 - 0.1 * good, 0.07 - 0.06 * good
