"""考评通报: which bulletin of a year everybody may read, and exactly what it tells (RULES Y1) [S4]."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import F, Max, QuerySet

from assessment.models import AssessmentYear, Phase
from rewards.models import Bulletin
from rewards.selectors.grade import Grades, grades_in_force
from scoring.engine import CadreGrade, CadreResult, Rank, TeamResult, YearResult
from scoring.results import current_result

PUBLIC_PHASES = (Phase.PUBLISHED, Phase.ARCHIVED)
ON_SIGN_IN_PAGE = 3
"""Years whose bulletins the sign-in page points to, the latest."""


@dataclass(frozen=True)
class BulletinText:
    """What the office composes: its words, and what of the result is shown."""

    title: str
    document: str = ""
    opening: str = ""
    closing: str = ""
    shows_team_grades: bool = True
    shows_team_places: bool = True
    shows_team_scores: bool = False
    shows_excellent: bool = True

    @property
    def shows_teams(self) -> bool:
        return self.shows_team_grades or self.shows_team_places or self.shows_team_scores

    @property
    def tells_something(self) -> bool:
        return self.shows_teams or self.shows_excellent


@dataclass(frozen=True)
class BulletinTeam:
    """A team as the bulletin names it; what is not shown is None."""

    name: str
    standing: Rank | None
    total: Decimal | None
    out_of: Fraction | None
    grade: str | None


@dataclass(frozen=True)
class BulletinCadre:
    """A cadre decided 优秀: no score, no place."""

    name: str
    post: str


@dataclass(frozen=True)
class BulletinPage:
    """The whole sheet. `excellent`: name of a township with its cadres; `published_on` None: a draft."""

    year: AssessmentYear
    text: BulletinText
    teams: tuple[BulletinTeam, ...]
    excellent: tuple[tuple[str, tuple[BulletinCadre, ...]], ...]
    published_on: date | None = None


def bulletin_page(*, year: AssessmentYear, text: BulletinText, published_on: date | None = None) -> BulletinPage:
    """What was chosen of the year's result and nothing else; of grades only decided ones. One query beside it.

    Teams stand by place where places are shown, else in the townships' order; cadres in the order of the roster: an
    order tells as much as a number.
    """
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    return BulletinPage(
        year=year,
        text=text,
        teams=tuple(_teams(result, grades, text)) if text.shows_teams else (),
        excellent=tuple(_excellent(result, grades)) if text.shows_excellent else (),
        published_on=published_on,
    )


def bulletin_text(bulletin: Bulletin) -> BulletinText:
    """The words and choices of a stored bulletin."""
    return BulletinText(**{name: getattr(bulletin, name) for name in BulletinText.__dataclass_fields__})


def bulletin_in_force(year: AssessmentYear) -> Bulletin | None:
    """The one that everybody may read: the latest; where that was withdrawn, none. One query."""
    return _public().filter(year=year).first()


def bulletins_of(year: AssessmentYear) -> list[Bulletin]:
    """All of the year, withdrawn too, the latest first. One query."""
    return list(year.bulletins.select_related("entered_by", "withdrawn_by").order_by("-id"))


def years_with_bulletin() -> list[AssessmentYear]:
    """The latest years whose bulletin the public is pointed to. One query."""
    years = AssessmentYear.objects.filter(pk__in=_public().values("year"))
    return list(years.order_by("-number")[:ON_SIGN_IN_PAGE])


def _public() -> QuerySet[Bulletin]:
    """The latest of each published year if it was not withdrawn and tells of the results in force: what is confirmed
    anew is told anew."""
    latest = Bulletin.objects.order_by().values("year").annotate(latest=Max("id")).values("latest")
    return Bulletin.objects.filter(
        pk__in=latest,
        withdrawn_at=None,
        year__phase__in=PUBLIC_PHASES,
        year__result_versions__reopening=None,
        year__result_versions__frozen_at__lte=F("entered_at"),
    )


def _teams(result: YearResult, grades: Grades, text: BulletinText) -> Iterable[BulletinTeam]:
    for team in sorted(result.teams, key=_by_place if text.shows_team_places else _as_listed):
        yield BulletinTeam(
            name=team.input.name,
            standing=team.standing if text.shows_team_places else None,
            total=team.total if text.shows_team_scores else None,
            out_of=team.out_of if text.shows_team_scores else None,
            grade=grades.teams[team.input.code].decided if text.shows_team_grades else None,
        )


def _by_place(team: TeamResult) -> tuple[bool, int, int, str]:
    return team.rank is None, team.rank or 0, *_as_listed(team)


def _as_listed(team: TeamResult) -> tuple[int, str]:
    return team.input.order, team.input.code


def _excellent(result: YearResult, grades: Grades) -> Iterable[tuple[str, tuple[BulletinCadre, ...]]]:
    for team in sorted(result.teams, key=_as_listed):
        found = [cadre.input for cadre in result.cadres_of(team.input.code) if _decided_excellent(cadre, grades)]
        if found:
            yield team.input.name, tuple(BulletinCadre(cadre.name, cadre.post) for cadre in found)


def _decided_excellent(cadre: CadreResult, grades: Grades) -> bool:
    return grades.cadres[cadre.input.number].decided == CadreGrade.EXCELLENT
