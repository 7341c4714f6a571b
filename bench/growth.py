"""Goal 7: how the work of goal 5 grows from one county to ten: the exponent log10(t10 ÷ t1). A spreadsheet's is 2.

Ours: read, score and rank 250 teams and 3,000 cadres. The other side: the same code on 25 teams and 300 cadres.
"""

from math import log10

from bench.county import county, county_store
from bench.measure import Row, Size, alternate, milliseconds
from bench.score import year_scored

TIMES = 10


def run(size: Size) -> list[Row]:
    one = county_store(county(size.townships))
    ten = county_store(county(size.townships * TIMES))
    pairs = alternate(lambda: year_scored(ten), lambda: year_scored(one), pairs=size.pairs)
    large = milliseconds(f"{TIMES} counties in one", pairs.ours)
    small = milliseconds("one county", pairs.other)
    exponent = log10(pairs.ours_to_other) / log10(TIMES)
    return [Row("7 growth exponent, one county to ten", large, small, exponent, "≤ 1.15", "≤ 1.05")]
