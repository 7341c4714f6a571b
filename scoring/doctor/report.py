"""The scheme doctor: everything doubtful about a scheme for a year, from the scheme alone and from the last years.

It advises and changes nothing: no result depends on what it says.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from assessment.models import AssessmentYear
from assessment.scheme import Scheme, SchemeProblem, SchemeWarning, scheme_problems, scheme_warnings
from cadres.models import Department
from cadres.selectors.audit import data_revision
from scoring.doctor.words import Finding, Level, problem_finding, scheme_finding, unknown_finding, year_finding
from scoring.doctor.years import LookedAt, YearWarning, earlier_years, year_warnings

_KEPT = 8
"""Schemes kept: a draft is asked about on several pages, a slider returns to where it was."""


@dataclass(frozen=True)
class Diagnosis:
    """What is found of one scheme under one state of the data, without words. `unknown`: (department, lines)."""

    townships: int
    years: tuple[LookedAt, ...] = ()
    problems: tuple[SchemeProblem, ...] = ()
    of_scheme: tuple[SchemeWarning, ...] = ()
    unknown: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of_years: tuple[YearWarning, ...] = ()


@dataclass(frozen=True)
class DoctorReport:
    """The findings in words, warnings before remarks, and what was looked at."""

    findings: tuple[Finding, ...]
    townships: int
    years: tuple[LookedAt, ...]

    @property
    def refused(self) -> bool:
        """Whether the scheme cannot be saved as it is; earlier years are then not scored by it."""
        return any(finding.level is Level.PROBLEM for finding in self.findings)

    @property
    def pressing(self) -> tuple[Finding, ...]:
        """What should be mended or understood before the announcement."""
        return tuple(finding for finding in self.findings if finding.level is not Level.REMARK)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What is true of many a sound scheme and good to know."""
        return tuple(finding for finding in self.findings if finding.level is Level.REMARK)


def doctor_findings(scheme: Scheme, year: AssessmentYear) -> tuple[Finding, ...]:
    """What is doubtful about any scheme, saved or not, if it were the year's."""
    return doctor_report(scheme, year).findings


def doctor_report(scheme: Scheme, year: AssessmentYear) -> DoctorReport:
    """The findings with what was looked at; scored once for each scheme and state of the data."""
    found = _diagnosis(scheme, year.pk, data_revision())
    findings = [
        *(problem_finding(scheme, problem) for problem in found.problems),
        *(scheme_finding(scheme, warning) for warning in found.of_scheme),
        *(unknown_finding(scheme, name, lines) for name, lines in found.unknown),
        *(year_finding(scheme, warning) for warning in found.of_years),
    ]
    return DoctorReport(tuple(sorted(findings, key=lambda each: each.level.order)), found.townships, found.years)


def diagnoses_forget() -> None:
    """Drop what is kept in memory; tests that write past the services need it."""
    _diagnosis.cache_clear()


@lru_cache(maxsize=_KEPT)
def _diagnosis(scheme: Scheme, year_pk: int, revision: str) -> Diagnosis:
    year = AssessmentYear.objects.get(pk=year_pk)
    townships = year.townships.count()
    of_scheme, unknown = scheme_warnings(scheme, townships), _unknown_departments(scheme)
    if problems := scheme_problems(scheme):
        return Diagnosis(townships, (), problems, of_scheme, unknown)
    years = earlier_years(scheme, year, revision=revision)
    said = {place for warning in of_scheme for place in warning.where}
    of_years = tuple(warning for warning in year_warnings(scheme, years) if not said.issuperset(warning.where))
    return Diagnosis(townships, tuple(year.looked for year in years), (), of_scheme, unknown, of_years)


def _unknown_departments(scheme: Scheme) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Departments that lines name, by code or by name, and that are none in use."""
    units = Department.objects.filter(is_active=True).values_list("code", "name")
    known = {text for unit in units for text in unit}
    lines: dict[str, list[str]] = defaultdict(list)
    for line in scheme.lines:
        lines[line.department.strip()].append(line.code)
    return tuple((name, tuple(codes)) for name, codes in lines.items() if name and name not in known)
