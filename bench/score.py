"""Goal 5: a county (25 teams, 300 cadres) from the database to its places in all rankings, by two yardsticks.

Ours, in both rows: `year_input` (a fixed number of queries) and `score_year`, in exact fractions with every derivation.
It starts from the stored tallies: ballots are not part of the program yet, so ours counts none. Both sides end with
totals and places; neither sorts them for a page.

- 5a: the other side starts from tallies too and gives the same points, totals and places by NumPy on arrays in memory
  (bench/floor.py). Both do the same work, so this is the row that shows what exactness, explanations and a database
  cost. PERFORMANCE names no number for it.
- 5: the floor of the whole goal, to which PERFORMANCE's numbers belong: the other side first counts 5,000 ballots of
  30 marks (bytes in memory, a box for each township), then scores as in 5a. It does more than ours, which is why 5a
  stands beside it; when ballots come, ours must count them within the same numbers.
"""

from assessment.models import AssessmentYear
from bench.county import county, county_store
from bench.floor import counter, scorer
from bench.measure import Row, Size, alternate, milliseconds
from scoring.engine import YearResult, score_year
from scoring.inputs import year_input


def run(size: Size) -> list[Row]:
    data = county(size.townships)
    year = county_store(data)
    score, count = scorer(data), counter(size.townships)
    same = alternate(lambda: year_scored(year), score, pairs=size.pairs)
    whole = alternate(lambda: year_scored(year), lambda: (count(), score()), pairs=size.pairs)
    ours, ours_again = (milliseconds("read, score, rank", pairs.ours) for pairs in (same, whole))
    scored = milliseconds("NumPy scores", same.other)
    counted = milliseconds("NumPy counts and scores", whole.other)
    return [
        Row("5a from tallies on, both sides", ours, scored, same.ours_to_other, "—", "—"),
        Row("5 from tallies on ÷ floor of the whole goal", ours_again, counted, whole.ours_to_other, "≤ 20", "≤ 8"),
    ]


def year_scored(year: AssessmentYear) -> YearResult:
    return score_year(year_input(year))
