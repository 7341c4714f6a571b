"""Results as one account may see them, and where their inputs came from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, LineValue, RosterEntry, Tally
from cadres.models import Account, Cadre, Role
from cadres.permissions import allows, require
from cadres.selectors.audit import data_revision
from cadres.templatetags.labels import term
from scoring.engine import CadreResult, TeamResult, YearResult
from scoring.results import confirmed_grades, current_result


@dataclass(frozen=True)
class Trace:
    """Who entered an input, and when; `groups` of voters entered together. `by` is empty for the command line,
    `confirmed_by` where nobody confirmed it apart: what a workbook brought."""

    line: str
    groups: str
    by: str
    at: datetime
    confirmed_by: str = ""

    @property
    def who(self) -> str:
        """The account's name, or what stands for whoever holds the machine."""
        return self.by or _("the command line")


@dataclass(frozen=True)
class CadreYear:
    """One year of a cadre, with the whole year's result it is part of; `decided` is the confirmed grade, or empty."""

    year: AssessmentYear
    result: YearResult
    cadre: CadreResult
    decided: str = ""


@dataclass(frozen=True)
class TeamYear:
    """One year of a team, likewise."""

    year: AssessmentYear
    result: YearResult
    team: TeamResult
    decided: str = ""


def team_result(
    *, year: AssessmentYear, code: str, by: Account, revision: str | None = None
) -> tuple[YearResult, TeamResult]:
    """A team's result: any team for those who see results, a township's own once published.

    Raises PermissionDenied, and KeyError where the year has no such team.
    """
    require(by=by, permission="scoring.view_team", target=year)
    if by.role == Role.TOWNSHIP and (by.township is None or by.township.code != code):
        raise PermissionDenied("scoring.view_team")
    result = current_result(year, revision=revision)
    return result, result.team(code)


def cadre_history(*, cadres: Sequence[Cadre], by: Account) -> list[list[CadreYear]]:
    """For each cadre the years that hold them and that the account may see, latest first. Three queries,
    and those of each year's result and confirmed grades."""
    revision = data_revision()
    on_roster = set(RosterEntry.objects.filter(cadre__in=cadres).values_list("cadre_id", "year_id"))
    years = AssessmentYear.objects.filter(pk__in={year for _cadre, year in on_roster}).order_by("-number")
    visible = [year for year in years if allows(by, "scoring.view_results", year)]
    results = {year.pk: current_result(year, revision=revision) for year in visible}
    grades = {year.pk: confirmed_grades(year, revision=revision).cadre_grades for year in visible}
    return [
        [
            CadreYear(
                year, results[year.pk], results[year.pk].cadre(cadre.number), grades[year.pk].get(cadre.number, "")
            )
            for year in visible
            if (cadre.pk, year.pk) in on_roster
        ]
        for cadre in cadres
    ]


def team_history(*, code: str, by: Account) -> list[TeamYear]:
    """The years in which the team took part and that the account may see, latest first; likewise. Whose team a
    township asks for is checked before (`scoring.view_team_years`)."""
    revision = data_revision()
    years = AssessmentYear.objects.filter(townships__code=code).order_by("-number")
    return [_team_year(year, code, revision) for year in years if allows(by, "scoring.view_team", year)]


def _team_year(year: AssessmentYear, code: str, revision: str) -> TeamYear:
    result = current_result(year, revision=revision)
    return TeamYear(
        year, result, result.team(code), confirmed_grades(year, revision=revision).team_grades.get(code, "")
    )


def year_before(*, year: AssessmentYear, by: Account) -> AssessmentYear | None:
    """The latest earlier year with results that the account may see. One query."""
    earlier = AssessmentYear.objects.filter(number__lt=year.number).order_by("-number")
    return next((one for one in earlier if one.is_closed and allows(by, "scoring.view_results", one)), None)


def team_traces(year: AssessmentYear, code: str) -> list[Trace]:
    """The entries a team's lines rest on. Two queries."""
    values = LineValue.objects.filter(line__year=year, township__code=code)
    entered = values.values_list("line__code", "entered_by__name", "entered_at", "confirmed_by__name")
    traces = [Trace(line, "", name or "", at, second or "") for line, name, at, second in entered]
    return traces + _tally_traces(year.tallies.filter(township__code=code))


def cadre_traces(year: AssessmentYear, number: str) -> list[Trace]:
    """The entries a cadre's items rest on, beside the team's. One query."""
    return _tally_traces(year.tallies.filter(cadre__number=number))


def _tally_traces(tallies: QuerySet[Tally]) -> list[Trace]:
    """One trace for all groups of an evaluation that one person entered at one time."""
    groups: dict[tuple[str, str, datetime], list[str]] = defaultdict(list)
    for evaluation, group, name, at in tallies.values_list("evaluation", "group", "entered_by__name", "entered_at"):
        groups[evaluation, name or "", at].append(term(group))
    return [Trace(line, "、".join(filter(None, names)), by, at) for (line, by, at), names in groups.items()]
