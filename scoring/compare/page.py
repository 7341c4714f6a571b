"""The page of a comparison: the choice, and what the chosen come to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from cadres.models import Account
from scoring.chart import Chart
from scoring.compare.choice import FEWEST, MOST, Asked, Choice, choice_of, compare_address
from scoring.compare.drawings import places_chart, radar_chart
from scoring.compare.lines import LineRow, line_rows
from scoring.compare.rings import Ring, RingYear, rings_of
from scoring.compare.subjects import Kind, Subject, SubjectYear
from scoring.compare.verdicts import RankingVerdict, lead_text, verdicts_of
from scoring.selectors.compared import years_seen


@dataclass(frozen=True)
class YearLink:
    """A year that can be looked at line by line."""

    number: int
    href: str
    is_here: bool


@dataclass(frozen=True)
class RingPage:
    """A ring and its chart; `heads` are those who stand in it in some year, by their numbers on the page."""

    ring: Ring
    heads: tuple[tuple[int, Subject], ...]
    rows: tuple[RingYear, ...]
    chart: Chart | None


@dataclass(frozen=True)
class HistoryRow:
    """A year of all subjects: None where the year does not hold one."""

    number: int
    cells: tuple[SubjectYear | None, ...]


@dataclass(frozen=True)
class Comparison:
    """The chosen beside each other; `year` is the one that is shown line by line."""

    subjects: tuple[Subject, ...]
    year: int
    years: tuple[YearLink, ...]
    verdicts: tuple[RankingVerdict, ...]
    lines: tuple[LineRow, ...]
    ends: tuple[SubjectYear | None, ...]
    lead: str
    radar: Chart | None
    heads: tuple[tuple[int, Subject], ...]
    rings: tuple[RingPage, ...]
    history: tuple[HistoryRow, ...]


@dataclass(frozen=True)
class ComparePage:
    """The form, and the comparison once it names two."""

    kind: Kind
    choice: Choice
    comparison: Comparison | None


def compare_page(kind: Kind, asked: Asked, *, by: Account) -> ComparePage:
    """As far as the account may see the years. Two queries beside what is in memory."""
    years = years_seen(by=by)
    found = [subject for key in asked.keys if (subject := kind.subject(key, years))]
    subjects = labelled(found[:MOST])
    choice = choice_of(kind, asked, subjects, years)
    return ComparePage(kind, choice, comparison_of(kind, subjects, asked.year) if len(subjects) >= FEWEST else None)


def labelled(subjects: Sequence[Subject]) -> list[Subject]:
    """Homonyms are called by name and number."""
    words = _("%(name)s (%(number)s)")
    times = Counter(subject.name for subject in subjects)
    return [
        replace(subject, label=words % {"name": subject.name, "number": subject.key})
        if times[subject.name] > 1
        else subject
        for subject in subjects
    ]


def comparison_of(kind: Kind, subjects: Sequence[Subject], year: str = "") -> Comparison:
    """`year` as asked for; else the latest that compares anybody."""
    numbers = sorted({number for subject in subjects for number in subject.years}, reverse=True)
    rings = rings_of(kind, subjects, numbers)
    here = _year(year, numbers, rings)
    compared = _compared(subjects, rings, here)
    return Comparison(
        subjects=tuple(subjects),
        year=here,
        years=tuple(_year_link(kind, subjects, number, here) for number in numbers),
        verdicts=tuple(verdicts_of(kind, subjects, rings, here)),
        lines=tuple(line_rows(subjects, here, compared)),
        ends=tuple(subject.years.get(here) for subject in subjects),
        lead=lead_text(subjects, here) if len(subjects) == len(compared) == FEWEST else "",
        radar=radar_chart(subjects, here),
        heads=tuple(enumerate(subjects, start=1)),
        rings=tuple(_ring_page(ring, subjects, f"places-{at}") for at, ring in enumerate(rings)),
        history=tuple(HistoryRow(number, tuple(one.years.get(number) for one in subjects)) for number in numbers),
    )


def _ring_page(ring: Ring, subjects: Sequence[Subject], name: str) -> RingPage:
    return RingPage(
        ring=ring,
        heads=tuple((at + 1, subjects[at]) for at in ring.members),
        rows=tuple(RingYear(year.number, tuple(year.cells[at] for at in ring.members)) for year in ring.years),
        chart=places_chart(ring, subjects, name),
    )


def _year(asked: str, numbers: Sequence[int], rings: Sequence[Ring]) -> int:
    if asked in map(str, numbers):
        return int(asked)
    return next((number for number in numbers if any(ring.year(number) for ring in rings)), numbers[0])


def _year_link(kind: Kind, subjects: Sequence[Subject], number: int, here: int) -> YearLink:
    href = compare_address(kind, [subject.key for subject in subjects], number)
    return YearLink(number, href, number == here)


def _compared(subjects: Sequence[Subject], rings: Sequence[Ring], year: int) -> frozenset[str]:
    """Those whom the widest ring of the year holds: the last ranking is the county's."""
    widest = next((held for ring in reversed(rings) if (held := ring.year(year))), None)
    cells = zip(subjects, widest.cells if widest else (), strict=False)
    return frozenset(subject.key for subject, cell in cells if cell.rank)
