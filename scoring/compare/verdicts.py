"""Who stands higher in one year, ranking by ranking, and by which lines, in sentences (RULES P4, P5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.templatetags.labels import points
from scoring.compare.rings import Ring
from scoring.compare.subjects import ComparedRanking, Kind, LinePoints, Subject, SubjectYear
from scoring.engine import Rank
from scoring.marks import signed_points

NAMED = 3
"""How many lines a sentence names on each side; the others are added up."""


@dataclass(frozen=True)
class Placed:
    """A subject at its place; `number` is its number on the page, from 1."""

    number: int
    subject: Subject
    rank: Rank
    year: SubjectYear


@dataclass(frozen=True)
class RingVerdict:
    """Those of one group in the order of their places, and a sentence for each two neighbours."""

    group_name: str
    placed: tuple[Placed, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class RankingVerdict:
    """A ranking in one year; `apart` are those it does not compare, and why."""

    ranking: ComparedRanking
    rings: tuple[RingVerdict, ...]
    apart: tuple[tuple[str, str], ...]


def verdicts_of(kind: Kind, subjects: Sequence[Subject], rings: Sequence[Ring], year: int) -> list[RankingVerdict]:
    """Every ranking of the kind, those that compare nobody too: with the reasons."""
    told: set[tuple[str, str]] = set()
    return [
        _verdict(ranking, subjects, [ring for ring in rings if ring.ranking is ranking], year, told)
        for ranking in kind.rankings
    ]


def _verdict(
    ranking: ComparedRanking, subjects: Sequence[Subject], rings: Sequence[Ring], year: int, told: set[tuple[str, str]]
) -> RankingVerdict:
    placed = [(ring, _placed(ring, subjects, year)) for ring in rings if ring.year(year)]
    within = {one.subject.key for _ring, ones in placed for one in ones}
    apart = [subject for subject in subjects if subject.key not in within]
    return RankingVerdict(
        ranking,
        tuple(RingVerdict(ring.group_name, ones, tuple(_sentences(ones, told))) for ring, ones in placed),
        tuple((subject.label, _apart(subject, ranking, year)) for subject in apart),
    )


def _placed(ring: Ring, subjects: Sequence[Subject], year: int) -> tuple[Placed, ...]:
    held = ring.year(year)
    cells = enumerate(zip(subjects, held.cells if held else (), strict=True), start=1)
    ones = (Placed(number, one, cell.rank, one.years[year]) for number, (one, cell) in cells if cell.rank)
    return tuple(sorted(ones, key=lambda one: one.rank.place))


def _apart(subject: Subject, ranking: ComparedRanking, year: int) -> str:
    standing = subject.standing(year, ranking.code)
    if standing.rank and standing.group_name:
        return _("the only one of them in the group %(group)s") % {"group": standing.group_name}
    return standing.reason or _("the only one of them here")


def _sentences(placed: Sequence[Placed], told: set[tuple[str, str]]) -> Iterator[str]:
    """One for each two neighbours; which lines it comes from is told once on the page."""
    for higher, lower in pairwise(placed):
        pair = (higher.subject.key, lower.subject.key)
        yield _sentence(_head(higher, lower), *(((), ()) if pair in told else _leads(higher.year, lower.year)))
        told.add(pair)


def _head(higher: Placed, lower: Placed) -> str:
    first, second, total = higher.subject.label, lower.subject.label, points(higher.year.total)
    names = {"first": first, "second": second, "place": higher.rank.place, "total": total}
    if higher.rank.place == lower.rank.place:
        return _("%(first)s and %(second)s share place %(place)s with %(total)s points each") % names
    lead = (higher.year.total or Decimal(0)) - (lower.year.total or Decimal(0))
    if not lead:
        words = _("%(first)s stands before %(second)s by the scheme's order for ties, both with %(total)s points")
        return words % names
    return _("%(first)s stands before %(second)s by %(points)s points") % {**names, "points": points(lead)}


def _sentence(head: str, ahead: Sequence[str], behind: Sequence[str]) -> str:
    separator = pgettext("between lines of a list", ", ")
    parts = {"head": head, "ahead": separator.join(ahead), "behind": separator.join(behind)}
    if ahead and behind:
        return _("%(head)s: ahead in %(ahead)s; behind in %(behind)s.") % parts
    if ahead:
        return _("%(head)s: ahead in %(ahead)s.") % parts
    return _("%(head)s: behind in %(behind)s.") % parts if behind else _("%(head)s.") % parts


def _leads(higher: SubjectYear, lower: SubjectYear) -> tuple[list[str], list[str]]:
    """The lines in which the higher is ahead and behind, the largest difference first."""
    pairs = [pair for pair in zip(higher.lines, lower.lines, strict=True) if not pair[0].is_sum]
    leads = [(one, difference(one, other) or Decimal(0)) for one, other in pairs]
    ahead = sorted((lead for lead in leads if lead[1] > 0), key=lambda lead: -lead[1])
    behind = sorted((lead for lead in leads if lead[1] < 0), key=lambda lead: lead[1])
    return _named(ahead), _named(behind)


def _named(leads: Sequence[tuple[LinePoints, Decimal]]) -> list[str]:
    texts = [f"{line.name} {signed_points(lead)}" for line, lead in leads[:NAMED]]
    others = leads[NAMED:]
    if others:
        rest = sum((lead for _line, lead in others), Decimal(0))
        texts.append(_("%(count)s more %(points)s") % {"count": len(others), "points": signed_points(rest)})
    return texts


def lead_text(subjects: Sequence[Subject], year: int) -> str:
    """The total of the first of two over the second's."""
    first, second = (subject.years[year].total or Decimal(0) for subject in subjects)
    return signed_points(first - second)


def difference(one: LinePoints, other: LinePoints) -> Decimal | None:
    """Points of the first over the second; None where one of them has none."""
    return None if one.points is None or other.points is None else one.points - other.points
