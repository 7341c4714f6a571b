"""Cadres over the years: places, scores and rates side by side, with a chart (RULES P4, P6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cadres.models import Account, Cadre
from cadres.templatetags.labels import term
from scoring.charts import LineChart, Radar, place_lines, radar
from scoring.engine import Rank
from scoring.rankings import RANKINGS, Ranking
from scoring.selectors.result import CadreYear, cadre_history
from scoring.standing import rate
from scoring.years import HistoryPage, history_page


@dataclass(frozen=True)
class ComparedYear:
    """One year in one ranking; None where it does not hold that cadre."""

    year: int
    first: Rank | None
    second: Rank | None
    together: bool


@dataclass(frozen=True)
class ComparedRanking:
    """A ranking that held both in at least one year; `chart` shows the years it did."""

    ranking: Ranking
    years: tuple[ComparedYear, ...]
    chart: LineChart


@dataclass(frozen=True)
class ComparedItem:
    """An item of the latest year they share: points of both."""

    code: str
    name: str
    out_of: Fraction
    first: Decimal | None
    second: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Two cadres beside each other."""

    histories: tuple[HistoryPage, HistoryPage]
    rankings: tuple[ComparedRanking, ...]
    year: int | None
    items: tuple[ComparedItem, ...]
    radar: Radar | None


@dataclass(frozen=True)
class CompareField:
    """One of the two personnel numbers as typed; `mark` stands for the person in tables and charts."""

    name: str
    label: str
    mark: str
    value: str
    cadre: Cadre | None

    @property
    def unknown(self) -> bool:
        """Whether the page has to say so."""
        return bool(self.value) and self.cadre is None


@dataclass(frozen=True)
class ComparePage:
    """The form, and the comparison where it names two people."""

    fields: tuple[CompareField, CompareField]
    choices: tuple[Cadre, ...]
    same: bool
    comparison: Comparison | None


def compare_page(numbers: tuple[str, str], *, by: Account) -> ComparePage:
    """Two cadres by personnel number, as far as the account may see their years."""
    choices = tuple(Cadre.objects.filter(roster_entries__isnull=False).distinct())
    known = {cadre.number: cadre for cadre in choices}
    first, second = (
        CompareField(name, label, mark, number.strip(), known.get(number.strip()))
        for name, label, mark, number in zip(("a", "b"), (_("Cadre A"), _("Cadre B")), _marks(), numbers, strict=True)
    )
    same = first.cadre is not None and first.cadre == second.cadre
    found = None
    if first.cadre and second.cadre and not same:
        found = comparison(*cadre_history(cadres=(first.cadre, second.cadre), by=by))
    return ComparePage((first, second), choices, same, found)


def _marks() -> tuple[str, str]:
    return pgettext("one of two cadres", "A"), pgettext("one of two cadres", "B")


def comparison(first: Sequence[CadreYear], second: Sequence[CadreYear]) -> Comparison:
    """All rankings that hold both, year by year, and the items of the latest year in which both are graded."""
    pairs = _pairs(first, second)
    latest = next((pair for pair in pairs if pair[0].cadre.graded and pair[1].cadre.graded), None)
    compared = (_ranking(ranking, pairs) for ranking in RANKINGS.values())
    items = _items(*latest) if latest else ()
    return Comparison(
        histories=(history_page(first), history_page(second)),
        rankings=tuple(ranking for ranking in compared if ranking),
        year=latest[0].year.number if latest else None,
        items=items,
        radar=_radar(*latest) if latest else None,
    )


def _pairs(first: Sequence[CadreYear], second: Sequence[CadreYear]) -> list[tuple[CadreYear, CadreYear]]:
    others = {entry.year.number: entry for entry in second}
    return [(entry, others[entry.year.number]) for entry in first if entry.year.number in others]


def _ranking(ranking: Ranking, pairs: Sequence[tuple[CadreYear, CadreYear]]) -> ComparedRanking | None:
    years = tuple(_compared(ranking, one, other) for one, other in pairs)
    together = [year for year in years if year.together]
    if not together:
        return None
    numbers = [year.year for year in together]
    one_mark, other_mark = _marks()
    lines = [
        (one_mark, {year.year: (year.first.place, year.first.ranked) for year in together if year.first}),
        (other_mark, {year.year: (year.second.place, year.second.ranked) for year in together if year.second}),
    ]
    return ComparedRanking(ranking, years, place_lines(numbers, lines))


def _compared(ranking: Ranking, one: CadreYear, other: CadreYear) -> ComparedYear:
    """Both in the same group of the same ranking: only then do their places compare."""
    ranks = ranking.rank(one.cadre), ranking.rank(other.cadre)
    together = all(ranks) and ranking.group(one.cadre) == ranking.group(other.cadre)
    return ComparedYear(one.year.number, *ranks, together=bool(together))


def _items(one: CadreYear, other: CadreYear) -> tuple[ComparedItem, ...]:
    lines = zip(one.cadre.lines, other.cadre.lines, strict=True)
    return tuple(
        ComparedItem(line.code, term(line.name), line.out_of, line.points, theirs.points) for line, theirs in lines
    )


def _radar(one: CadreYear, other: CadreYear) -> Radar | None:
    scored = [line for line in one.cadre.lines if line.out_of]
    rates = [
        [rate(entry.cadre.line(line.code).points, line.out_of) or Fraction(0) for line in scored]
        for entry in (one, other)
    ]
    return radar([line.code for line in scored], rates)
