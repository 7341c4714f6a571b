"""How the totals of cadres are spread, where their grades begin, where the quota cuts."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from assessment.numbers import number_text
from cadres.templatetags.labels import points, term
from scoring.addresses import SubjectAddresses
from scoring.chart import Chart, ChartKind, Guide, Mark, Row, number
from scoring.engine import CadreGrade, CadreResult, YearResult

STEPS, MOST_STEPS = (1, 2, 5, 10, 20, 50, 100), 25
"""How many points wide a column may be, and how many there are at most."""

NAMED = 5
"""So many cadres of a column are named."""

Scored = tuple[Decimal, CadreResult]


def cadre_spread(result: YearResult, year: int) -> Chart:
    """A column for each step of points, with the lines of the grades and the last total inside the quota (RULES G2)."""
    scored = [(cadre.total, cadre) for cadre in result.cadres if cadre.total is not None]
    return Chart(
        name="spread",
        kind=ChartKind.COLUMNS,
        title=_("How the totals of the cadres are spread"),
        series=(_("Cadres"),),
        rows=tuple(_rows(sorted(scored, key=lambda entry: -entry[0]), year)),
        corner=_("Points"),
        guides=tuple(_guides(result)),
        lead=_("Cadres by total. The lines show where grades begin, and the last total inside the quota."),
    )


def _rows(scored: Sequence[Scored], year: int) -> Iterator[Row]:
    """From the lowest step to the highest; a step holds its lower end, not its upper one."""
    totals = [total for total, _cadre in scored]
    for low, high in _steps(totals):
        within = [entry for entry in scored if low <= entry[0] < high]
        middle = Decimal(low + high) / 2
        yield Row(f"{low} – {high}", (_mark(within, year),), at=number(middle))


def _steps(totals: Sequence[Decimal]) -> list[tuple[int, int]]:
    if not totals:
        return []
    low, high = int(min(totals) // 1), int(max(totals) // 1)
    width = next((step for step in STEPS if (high - low) // step < MOST_STEPS), high - low + 1)
    first = low // width * width
    return [(start, start + width) for start in range(first, high + 1, width)]


def _mark(within: Sequence[Scored], year: int) -> Mark:
    """To the one cadre of a column, else to the ranking."""
    count, note = len(within), "\n".join(f"{cadre.input.name} {points(total)}" for total, cadre in within[:NAMED])
    if count > NAMED:
        note += "\n…"
    if count == 1:
        href = SubjectAddresses("cadre", year).page(within[0][1].input.number)
    else:
        href = reverse("scoring:ranking", kwargs={"year": year, "ranking": "county"})
    return Mark(number(count), str(count), href, note)


def _guides(result: YearResult) -> Iterator[Guide]:
    grading = result.scheme.cadre_grading
    begins = (
        (CadreGrade.BASIC, grading.basic),
        (CadreGrade.COMPETENT, grading.competent),
        (CadreGrade.EXCELLENT, grading.excellent),
    )
    for grade, line in begins:
        yield Guide(f"{term(grade)} {number_text(line)}", number(line))
    inside = [result.cadre(number).total for number in result.cadre_quota.inside]
    if last := min((total for total in inside if total is not None), default=None):
        yield Guide(_("last inside the quota %(points)s") % {"points": points(last)}, number(last))
