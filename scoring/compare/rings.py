"""Each group of a ranking that holds at least two of the subjects in some year, year by year (RULES P4, P6)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from scoring.compare.subjects import ComparedRanking, Kind, Standing, Subject
from scoring.engine import Rank


@dataclass(frozen=True)
class RingCell:
    """Place and total where they compare; else `reason` says why they do not."""

    rank: Rank | None = None
    total: Decimal | None = None
    href: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RingYear:
    """One year of a ring, a cell a subject."""

    number: int
    cells: tuple[RingCell, ...]

    @property
    def compares(self) -> bool:
        """Whether at least two stand in it."""
        return any(cell.rank for cell in self.cells)


@dataclass(frozen=True)
class Ring:
    """A ranking within one group: those in it stand against each other, and nobody else."""

    ranking: ComparedRanking
    group: str
    group_name: str
    years: tuple[RingYear, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """The positions of the subjects that stand in it in some year."""
        return tuple(at for at in range(len(self.years[0].cells)) if any(year.cells[at].rank for year in self.years))

    def year(self, number: int) -> RingYear | None:
        """That year, if it compares anybody."""
        return next((year for year in self.years if year.number == number and year.compares), None)


def rings_of(kind: Kind, subjects: Sequence[Subject], years: Sequence[int]) -> list[Ring]:
    """Ranking by ranking; `years` latest first."""
    return [ring for ranking in kind.rankings for ring in _rings(ranking, subjects, years)]


def _rings(ranking: ComparedRanking, subjects: Sequence[Subject], years: Sequence[int]) -> Iterator[Ring]:
    standings = [subject.standing(year, ranking.code) for year in years for subject in subjects]
    names: dict[str, str] = {}
    for standing in standings:
        if standing.rank:
            names.setdefault(standing.group, standing.group_name)
    for group, name in names.items():
        ring = Ring(ranking, group, name, tuple(_ring_year(ranking, group, subjects, year) for year in years))
        if any(year.compares for year in ring.years):
            yield ring


def _ring_year(ranking: ComparedRanking, group: str, subjects: Sequence[Subject], year: int) -> RingYear:
    standings = [subject.standing(year, ranking.code) for subject in subjects]
    compares = sum(is_within(standing, group) for standing in standings) > 1
    pairs = zip(subjects, standings, strict=True)
    return RingYear(year, tuple(_cell(subject, standing, group, year, compares) for subject, standing in pairs))


def _cell(subject: Subject, standing: Standing, group: str, year: int, compares: bool) -> RingCell:
    if not is_within(standing, group):
        return RingCell(reason=reason_apart(standing))
    if not compares:
        return RingCell(reason=_("the only one of them here"))
    held = subject.years[year]
    return RingCell(standing.rank, held.total, held.href)


def is_within(standing: Standing, group: str) -> bool:
    """Whether it has a place in that group."""
    return standing.rank is not None and standing.group == group


def reason_apart(standing: Standing) -> str:
    """Why somebody does not stand with the others."""
    return standing.reason or _("in another group: %(group)s") % {"group": standing.group_name}
