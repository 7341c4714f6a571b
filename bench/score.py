"""Goal 5: a county (25 teams, 300 cadres) from the database to its places in all rankings, by two yardsticks.

Ours, in both rows: `year_input` (a fixed number of queries) and `score_year`, in exact fractions with every derivation.
Both sides end with totals and places; neither sorts them for a page.

- 5a: from the stored tallies on. The other side gives the same points, totals and places by NumPy on arrays in memory
  (bench/floor.py). PERFORMANCE names no number for it; it shows what exactness, explanations and a database cost.
- 5: the whole goal, to which PERFORMANCE's numbers belong: both sides first count 5,000 ballots of 30 marks, a box for
  each township, and then do as in 5a. Ours reads the ballots from the database as closing a box does; the other side
  holds them as bytes in memory. Rewriting ballots and scrubbing are measured in bench/closing.py.
"""

from random import Random

from assessment.models import AssessmentYear, Ballot, Box, Electorate
from assessment.questions import Counts, marks_counted
from assessment.selectors.marks import marks_online
from bench.county import county, county_store
from bench.floor import BALLOTS, MARKS, counter, scorer
from bench.measure import Row, Size, alternate, milliseconds
from scoring.engine import YearResult, score_year
from scoring.inputs import year_input


def run(size: Size) -> list[Row]:
    data = county(size.townships)
    year = county_store(data)
    boxes = ballots_store(year)
    score, count = scorer(data), counter(size.townships)
    same = alternate(lambda: year_scored(year), score, pairs=size.pairs)
    whole = alternate(lambda: (ballots_counted(boxes), year_scored(year)), lambda: (count(), score()), pairs=size.pairs)
    scored, counted = milliseconds("NumPy scores", same.other), milliseconds("NumPy counts and scores", whole.other)
    ours, ours_whole = milliseconds("read, score, rank", same.ours), milliseconds("and count ballots", whole.ours)
    return [
        Row("5a from tallies on, both sides", ours, scored, same.ours_to_other, "—", "—"),
        Row("5 from ballots on, both sides", ours_whole, counted, whole.ours_to_other, "≤ 20", "≤ 8"),
    ]


def ballots_store(year: AssessmentYear) -> list[Box]:
    """A box a township of the year, with the ballots that the floor has in memory."""
    choice = Random(year.number)
    boxes = Box.objects.bulk_create([Box(year=year, township=township) for township in year.townships.all()])
    groups = Electorate.objects.bulk_create([Electorate(box=box) for box in boxes])
    marks = ["".join(choice.choices("01234", k=MARKS)) for _ in range(BALLOTS * len(groups))]
    Ballot.objects.bulk_create(
        [Ballot(electorate=groups[at % len(groups)], marks=given) for at, given in enumerate(marks)]
    )
    return boxes


def ballots_counted(boxes: list[Box]) -> list[list[Counts]]:
    return [marks_counted(marks, BALLOTS, MARKS) for box in boxes for marks in marks_online(box).values()]


def year_scored(year: AssessmentYear) -> YearResult:
    return score_year(year_input(year))
