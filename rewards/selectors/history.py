"""The county's cadres over the years: computed here or imported, one history a person (RULES P6, U1)."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils import timezone

from assessment.models import AssessmentYear
from assessment.scheme import default_scheme
from assessment.selectors.year import scheme_current
from cadres.models import Cadre
from cadres.selectors.audit import data_revision
from cadres.selectors.cadre import cadres_listed
from rewards.models import PastResult
from rewards.rules import AnnualGrade
from rewards.selectors.grade import GradeInForce, grades_in_force
from scoring.engine import CadreGrade, CadreResult
from scoring.results import current_result

LAST_YEAR = 2200
"""No year is later."""


@dataclass(frozen=True)
class HistoryYear:
    """One year of one cadre. `suggested_only`: the grade is what the score suggests, nobody has decided it.

    `assessment` is the year it was computed in, None where the result was imported; then township, post and `out_of`
    are unknown.
    """

    annual: AnnualGrade
    score: Decimal | None = None
    out_of: Fraction | None = None
    township: str = ""
    post: str = ""
    assessment: AssessmentYear | None = None
    suggested_only: bool = False

    @property
    def rate(self) -> Fraction | None:
        """The score as a share of the full points (RULES P6)."""
        return None if self.score is None or not self.out_of else Fraction(self.score) / self.out_of


History = dict[str, list[HistoryYear]]
"""Personnel number → years, the earliest first."""


def cadre_histories(
    *, until: int, since: int = 0, numbers: Collection[str] | None = None, closed_only: bool = False
) -> History:
    """The years `since` … `until` of these cadres, or of all. `closed_only`: nothing of years that still take inputs.

    A year on whose roster a cadre stands is what was computed there; an imported result fills in where that gives
    neither a grade nor a reason for none.

    Three queries, and for every year its result and decisions.
    """
    found: dict[str, dict[int, HistoryYear]] = defaultdict(dict)
    past = PastResult.objects.filter(year__gte=since, year__lte=until).select_related("cadre")
    for stored in past if numbers is None else past.filter(cadre__number__in=numbers):
        found[stored.cadre.number][stored.year] = _imported(stored)
    revision = data_revision()
    for year in AssessmentYear.objects.filter(number__gte=since, number__lte=until):
        if closed_only and not year.is_closed:
            continue
        for number, entry in _computed(year, numbers, revision):
            if entry.annual.grade or entry.annual.not_graded or year.number not in found[number]:
                found[number][year.number] = entry
    return {number: [years[key] for key in sorted(years)] for number, years in found.items()}


def annual_grades(history: History, numbers: Collection[str]) -> dict[str, list[AnnualGrade]]:
    """What the rules look at, for each of these cadres."""
    return {number: [entry.annual for entry in history.get(number, ())] for number in numbers}


def _imported(past: PastResult) -> HistoryYear:
    annual = AnnualGrade(past.year, CadreGrade(past.grade), "", past.rank_county, past.ranked)
    return HistoryYear(annual, score=past.score)


def _computed(
    year: AssessmentYear, numbers: Collection[str] | None, revision: str
) -> Iterator[tuple[str, HistoryYear]]:
    result = current_result(year, revision=revision)
    grades = grades_in_force(year=year, result=result)
    names = {team.input.code: team.input.name for team in result.teams}
    for cadre in result.cadres:
        number = cadre.input.number
        if numbers is None or number in numbers:
            yield number, _of_year(year, cadre, grades.cadres[number], names.get(cadre.input.township, ""))


def _of_year(year: AssessmentYear, cadre: CadreResult, grade: GradeInForce, township: str) -> HistoryYear:
    place = cadre.in_county
    annual = AnnualGrade(
        year=year.number,
        grade=CadreGrade(grade.grade) if grade.grade else None,
        not_graded=cadre.input.not_graded,
        rank_county=place.place if place else None,
        ranked=place.ranked if place else None,
    )
    return HistoryYear(
        annual=annual,
        score=cadre.total,
        out_of=cadre.out_of,
        township=township,
        post=cadre.input.post,
        assessment=year,
        suggested_only=grade.stands_by_suggestion,
    )


@dataclass(frozen=True)
class PersonYears:
    """A cadre, what they hold today (`held`), and the years by number."""

    cadre: Any
    years: Mapping[int, HistoryYear]

    @property
    def township(self) -> str:
        return self.cadre.held[0].township.name if self.cadre.held else ""

    @property
    def post(self) -> str:
        return self.cadre.held[0].post.name if self.cadre.held else ""

    def is_excellent_in(self, years: Collection[int]) -> bool:
        """Whether each of these years is graded 优秀."""
        return all(year in self.years and self.years[year].annual.grade == CadreGrade.EXCELLENT for year in years)

    @property
    def excellent(self) -> int:
        """In how many of the years the grade is 优秀."""
        return sum(entry.annual.grade == CadreGrade.EXCELLENT for entry in self.years.values())


def people_with_years() -> list[PersonYears]:
    """Everybody, township by township, with all years that are closed or were imported.

    Five queries, and those of the years.
    """
    history = cadre_histories(until=LAST_YEAR, closed_only=True)
    return [
        PersonYears(cadre, {entry.annual.year: entry for entry in history.get(cadre.number, ())})
        for cadre in people_listed()
    ]


def person_years(cadre: Cadre) -> list[HistoryYear]:
    """All years of one person, the latest first."""
    history = cadre_histories(until=LAST_YEAR, numbers=[cadre.number], closed_only=True)
    return history.get(cadre.number, [])[::-1]


def people_listed(numbers: Collection[str] | None = None) -> list[Any]:
    """These cadres, or all, township by township, with what each holds today as `held`. Two queries."""
    people = cadres_listed(timezone.localdate())
    found = people if numbers is None else people.filter(number__in=numbers)
    return sorted(found, key=lambda one: (one.township_order, one.township_code or "", one.post_order, one.number))


def years_asked() -> int:
    """How many years a promotion looks at (RULES U1), by the scheme of the latest year, else of the default one."""
    latest = AssessmentYear.objects.order_by("-number").first()
    return scheme_current(latest).follow_up.promotion_years if latest else default_scheme().follow_up.promotion_years
