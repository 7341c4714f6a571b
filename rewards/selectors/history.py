"""The county's cadres over the years: computed here or imported, one history a person (RULES P6, U1)."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assessment.models import AssessmentYear
from cadres.selectors.audit import data_revision
from rewards.models import PastResult
from rewards.rules import AnnualGrade
from rewards.selectors.grade import GradeInForce, grades_in_force
from scoring.engine import CadreGrade, CadreResult
from scoring.results import current_result


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
