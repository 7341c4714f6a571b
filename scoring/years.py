"""One subject over the years: score, rate, places, grade (RULES P6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.models import AssessmentYear
from scoring.addresses import SubjectAddresses
from scoring.cadre_page import township_name
from scoring.charts import LineChart, place_lines
from scoring.engine import CadreResult
from scoring.rankings import RANKINGS, Ranking
from scoring.selectors.result import CadreYear
from scoring.standing import rate
from scoring.wording import not_graded_text


@dataclass(frozen=True)
class YearRow:
    """A cadre's year: where, as what, and what it came to."""

    year: AssessmentYear
    cadre: CadreResult
    township: str
    rate: Fraction | None
    not_graded: str
    href: str


@dataclass(frozen=True)
class HistoryPage:
    """All years of one cadre; the chart shows the places in the county."""

    rows: tuple[YearRow, ...]
    chart: LineChart | None


def history_page(history: Sequence[CadreYear]) -> HistoryPage:
    """All years of one cadre, latest first."""
    places = _places(history, RANKINGS["county"])
    chart = place_lines(list(places), [("", places)]) if places else None
    return HistoryPage(tuple(map(_row, history)), chart)


def _row(entry: CadreYear) -> YearRow:
    cadre = entry.cadre
    return YearRow(
        year=entry.year,
        cadre=cadre,
        township=township_name(entry.result, cadre.input.township),
        rate=rate(cadre.total, cadre.out_of),
        not_graded=not_graded_text(cadre.input.not_graded),
        href=SubjectAddresses("cadre", entry.year.number).page(cadre.input.number),
    )


def _places(history: Sequence[CadreYear], ranking: Ranking) -> dict[int, tuple[int, int]]:
    ranks = ((entry.year.number, ranking.rank(entry.cadre)) for entry in history)
    return {year: (rank.place, rank.ranked) for year, rank in ranks if rank}
