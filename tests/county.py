"""A whole year in the database from the engine's inputs, saved through the services as a clerk would."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from assessment.scheme import default_scheme
from assessment.services.roster import RosterRow, roster_save
from assessment.services.tally import TallyCounts, cadre_tallies_save, team_tallies_save
from assessment.services.value import NOT_APPLICABLE as STORED_NOT_APPLICABLE
from assessment.services.value import Cell, values_save
from assessment.services.veto import VetoRow, vetoes_save
from assessment.services.year import year_create, year_townships_set
from cadres.models import Township
from cadres.services.unit import UnitRow, townships_save
from rewards.selectors.grade import grades_in_force
from scoring.engine import CadreInput, Counts, Tallies, TeamInput, YearInput
from scoring.results import result_if_decided, results_forget
from scoring.services.version import DecidedGrades, version_freeze

VETO_DAY = date(2025, 12, 20)


def county(inputs: YearInput, *, number: int = 2025, phase: Phase = Phase.CLOSED) -> AssessmentYear:
    """The year of these inputs, in `phase`."""
    townships_save(rows=[UnitRow(team.code, team.name, team.order) for team in inputs.teams], by=None)
    year = year_create(number=number, scheme=inputs.scheme, by=None)
    taking_part = Township.objects.filter(code__in=[team.code for team in inputs.teams])
    year_townships_set(year=year, townships=taking_part, by=None)
    roster_save(year=year, rows=[_roster_row(cadre) for cadre in inputs.cadres], by=None)
    values_save(year=year, cells=dict(_cells(inputs)), by=None)
    vetoes_save(year=year, rows=list(_vetoes(inputs)), by=None)
    teams = {key: counts for team in inputs.teams for key, counts in _tallies(team.code, team.tallies)}
    cadres = {key: counts for cadre in inputs.cadres for key, counts in _tallies(cadre.number, cadre.tallies)}
    team_tallies_save(year=year, tallies=teams, by=None)
    cadre_tallies_save(year=year, tallies=cadres, by=None)
    return year_in_phase(year, phase)


def year_in_phase(year: AssessmentYear, phase: Phase) -> AssessmentYear:
    """Straight into a phase, past the checklists."""
    if phase.position >= Phase.CONFIRMED.position and not year.result_versions.exists():
        _freeze(year)
    published_on = timezone.localdate() if phase.position >= Phase.PUBLISHED.position else None
    AssessmentYear.objects.filter(pk=year.pk).update(phase=phase, published_on=published_on)
    year.refresh_from_db()
    results_forget()
    return year


def _freeze(year: AssessmentYear) -> None:
    """Every grade as decided, else as suggested; a year that lacks something has nothing to freeze."""
    result = result_if_decided(year, {})
    if not result.computable:
        return
    grades = grades_in_force(year=year, result=result)
    decided = DecidedGrades(
        {code: grade.grade or "" for code, grade in grades.teams.items()},
        {number: grade.grade or "" for number, grade in grades.cadres.items()},
    )
    version_freeze(year=year, result=result, grades=decided, by=None)


def _roster_row(cadre: CadreInput) -> RosterRow:
    return RosterRow(
        number=cadre.number,
        name=cadre.name,
        township=cadre.township,
        post=cadre.post,
        is_principal=cadre.principal,
        in_charge=cadre.in_charge,
        not_graded=cadre.not_graded,
        second_post=cadre.second_post,
    )


def _cells(inputs: YearInput) -> Iterator[tuple[tuple[str, str], Cell]]:
    for team in inputs.teams:
        for line, value in team.values.items():
            yield (team.code, line), value if isinstance(value, Fraction) else STORED_NOT_APPLICABLE


def _vetoes(inputs: YearInput) -> Iterator[VetoRow]:
    for team in inputs.teams:
        for line in team.vetoes:
            yield VetoRow(team.code, line, "发生重大责任事件", "县委常委会", VETO_DAY, "县委发〔2025〕1号")


def _tallies(subject: str, tallies: Tallies) -> Iterator[tuple[tuple[str, str, str], TallyCounts]]:
    for evaluation, groups in tallies.items():
        for group, counts in groups.items():
            yield (subject, evaluation, group), _tally_counts(counts)


def _tally_counts(counts: Counts) -> TallyCounts:
    return TallyCounts(counts.grades, counts.abstain)


MEMBERS = (("党委书记", True), ("乡镇长", True), ("党委副书记", False), ("副乡镇长", False), ("副乡镇长", False))
"""A usual leadership: two principals, three deputies."""


def ladder(teams: int, *, members: tuple[tuple[str, bool], ...] = MEMBERS) -> YearInput:
    """So many teams T1, T2 … each better than the next in every line; cadres T1-1, T1-2 … by post; all votes best."""
    scheme = default_scheme()
    team_votes = {entry.code: {"": Counts((20, 0, 0, 0))} for entry in scheme.evaluations}
    cadre_votes = {item.code: {"": Counts((20, 0, 0, 0))} for item in scheme.cadre_items if not item.is_work}
    codes = [f"T{place}" for place in range(1, teams + 1)]
    return YearInput(
        scheme=scheme,
        teams=tuple(
            TeamInput(
                code=code,
                name=f"{code}镇",
                order=place,
                values={line.code: Fraction(100 - place) for line in scheme.lines},
                tallies=team_votes,
            )
            for place, code in enumerate(codes, start=1)
        ),
        cadres=tuple(
            CadreInput(f"{code}-{seat}", "王伟", code, post, principal, tallies=cadre_votes)
            for code in codes
            for seat, (post, principal) in enumerate(members, start=1)
        ),
    )
