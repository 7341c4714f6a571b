"""The letters of a year, as one account may read them (RULES U4)."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.models import Account, Role
from rewards.letters.content import cadre_letter, team_letter
from rewards.letters.kinds import LetterKind
from rewards.letters.values import Earlier, Letter, Occasion
from rewards.models import LetterBatch
from rewards.selectors.appeal import appeal_days
from rewards.selectors.earlier import result_before, team_before
from rewards.selectors.grade import Grades, grades_in_force
from rewards.selectors.history import History, HistoryYear, cadre_histories
from scoring.engine import YearResult
from scoring.results import current_result


class Subject(NamedTuple):
    """A team by its township's code, or a cadre by the personnel number."""

    of_team: bool
    code: str


@dataclass(frozen=True)
class YearLetters:
    """Makes the letters of a year; what they share is asked for once."""

    year: AssessmentYear
    result: YearResult

    @cached_property
    def occasion(self) -> Occasion:
        """Two queries."""
        terms, days = self.result.scheme.follow_up, appeal_days(self.year)
        return Occasion(
            year=self.year.number,
            county=settings.COUNTY_NAME,
            published=self.year.is_published,
            confirmed=self.year.is_confirmed,
            appeal_days=terms.appeal_days,
            review_days=terms.review_days,
            appeals_until=days.last if days else None,
            dated=days.first if days else timezone.localdate(),
        )

    @cached_property
    def grades(self) -> Grades:
        """One query."""
        return grades_in_force(year=self.year, result=self.result)

    @cached_property
    def before(self) -> YearResult | None:
        return result_before(self.year)

    @cached_property
    def histories(self) -> History:
        """What every cadre had in the year before."""
        before = self.year.number - 1
        return cadre_histories(since=before, until=before, closed_only=True)

    def letter(self, subject: Subject) -> Letter:
        """Raises KeyError where the year has no such team or cadre."""
        return self._team(subject.code) if subject.of_team else self._cadre(subject.code)

    def subjects(self, kind: LetterKind) -> list[Subject]:
        """Whom a batch is for: team by team, each followed by its cadres where it is for both."""
        teams = [Subject(True, team.input.code) for team in self.result.teams]
        if kind is LetterKind.TEAMS:
            return teams
        order = {team.code: position for position, team in enumerate(teams)}
        ordered = sorted(self.result.cadres, key=lambda cadre: order.get(cadre.input.township, len(order)))
        cadres = [Subject(False, cadre.input.number) for cadre in ordered]
        return cadres if kind is LetterKind.CADRES else teams + cadres

    def _team(self, code: str) -> Letter:
        earlier = team_before(self.before, year=self.year.number - 1, code=code)
        return team_letter(
            self.result,
            self.result.team(code),
            grade=self.grades.teams[code],
            earlier=earlier,
            occasion=self.occasion,
        )

    def _cadre(self, number: str) -> Letter:
        cadre = self.result.cadre(number)
        known = self.histories.get(number, [])
        return cadre_letter(
            self.result,
            cadre,
            grade=self.grades.cadres[number],
            earlier=_earlier(known[-1]) if known else None,
            occasion=self.occasion,
        )


def _earlier(known: HistoryYear) -> Earlier | None:
    """None where the year holds the cadre and knows nothing yet."""
    annual = known.annual
    if annual.not_graded:
        return Earlier(annual.year, not_graded=True)
    if known.score is None and annual.rank_county is None:
        return None
    return Earlier(annual.year, known.score, known.rate, annual.rank_county, annual.ranked)


def year_letters(year: AssessmentYear) -> YearLetters:
    return YearLetters(year, current_result(year))


def letters_obstacle(letters: YearLetters) -> str:
    """Why there are no letters now; empty where nothing is in the way."""
    if not letters.year.is_closed:
        return _("Letters are written from the results of a closed year.")
    if not letters.result.computable:
        return _("The year is not computable: what is missing stands under “Missing data” (clause A3).")
    return ""


def letter_for(*, letters: YearLetters, subject: Subject, by: Account) -> Letter:
    """A township reads its own team's letter, once published, and nobody else's.

    Raises PermissionDenied, and KeyError where the year has no such team or cadre.
    """
    own = subject.of_team and by.township is not None and by.township.code == subject.code
    if by.role == Role.TOWNSHIP and not (own and letters.year.is_published):
        raise PermissionDenied("rewards.view_letter")
    return letters.letter(subject)


def letter_batches(year: AssessmentYear) -> QuerySet[LetterBatch]:
    """Latest first, without their files."""
    return year.letter_batches.select_related("started_by").defer("file")
