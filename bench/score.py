"""Goal 5, from tallies on: a county (25 teams, 300 cadres) from the database to three rankings.

Ours: `year_input` (nine queries), `score_year` in exact fractions with every derivation, the rankings in order.
The other side: the same points, totals and places by NumPy from arrays in memory (bench/floor.py).
Counting ballots belongs to the ballots' own issue and is on neither side.
"""

from assessment.models import AssessmentYear
from bench.county import county, county_store
from bench.floor import scorer
from bench.measure import Row, Size, alternate, milliseconds
from scoring.engine import YearResult, score_year
from scoring.inputs import year_input
from scoring.rankings import RANKINGS


def run(size: Size) -> list[Row]:
    data = county(size.townships)
    year = county_store(data)
    pairs = alternate(lambda: year_scored(year), scorer(data), pairs=size.pairs)
    ours = milliseconds("read, score, rank", pairs.ours)
    floor = milliseconds("NumPy on arrays", pairs.other)
    return [Row("5 score a county from tallies, ours ÷ floor", ours, floor, pairs.ours_to_other, "≤ 20", "≤ 8")]


def year_scored(year: AssessmentYear) -> tuple[YearResult, list[list[object]]]:
    result = score_year(year_input(year))
    return result, [list(ranking.subjects(result)) for ranking in RANKINGS.values()]
