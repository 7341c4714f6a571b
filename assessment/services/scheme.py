"""The scheme of a year: each save is a new version; the lines that values point at follow it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessment.errors import SchemeRefused
from assessment.models import AssessmentYear, SchemeVersion, ScoredLine
from assessment.scheme import (
    Scheme,
    scheme_differences,
    scheme_problems,
    scheme_to_dict,
)
from assessment.selectors.year import scheme_version_current
from assessment.services.guard import scheme_open
from cadres.errors import Refused
from cadres.models import Account, Department
from cadres.services.audit import audit_record
from cadres.services.upsert import rows_upsert


@dataclass(frozen=True)
class SchemeChange:
    """What differs between two schemes: (where, before, after); before is empty in the first version."""

    differences: tuple[tuple[str, str, str], ...]
    version: SchemeVersion | None


def scheme_save(*, year: AssessmentYear, scheme: Scheme, reason: str = "", by: Account | None) -> SchemeChange:
    """Put `scheme` in force as the next version; an unchanged scheme makes none.

    Raises SchemeRefused with every problem (RULES T2), YearClosed once announced, Refused when a line that holds
    values, vetoes or charges would vanish.
    """
    with scheme_open(year=year, permission="assessment.change_scheme", by=by):
        if problems := scheme_problems(scheme):
            raise SchemeRefused(problems)
        last = year.scheme_versions.order_by("-number").first()
        differences = scheme_differences(last.scheme, scheme) if last else ()
        if last and not differences:
            _lines_sync(year, scheme)  # a department that a line names may have come since
            return SchemeChange((), None)
        version = SchemeVersion.objects.create(
            year=year,
            number=last.number + 1 if last else 1,
            content=scheme_to_dict(scheme),
            reason=reason,
            made_by=by,
        )
        _lines_sync(year, scheme)
        details = {"version": version.number, "reason": reason, "differences": [list(row) for row in differences]}
        audit_record(by=by, action="scheme_save", year=year.number, subject=str(version), details=details)
    return SchemeChange(differences, version)


def lines_relink(*, year: AssessmentYear, by: Account | None) -> None:
    """Link lines to departments named in the scheme that exist only now."""
    with scheme_open(year=year, permission="assessment.change_scheme", by=by):
        _lines_sync(year, scheme_version_current(year).scheme)


def _lines_sync(year: AssessmentYear, scheme: Scheme) -> None:
    departments = {text: unit for unit in Department.objects.all() for text in (unit.code, unit.name)}
    existing = {line.code: line for line in year.lines.select_related("department")}
    _remove([line for code, line in existing.items() if code not in {line.code for line in scheme.lines}])
    _free_names(existing, scheme)
    rows_upsert(
        existing=existing,
        incoming={
            line.code: {"name": line.name, "department": departments.get(line.department), "order": order}
            for order, line in enumerate(scheme.lines, start=1)
        },
        make=lambda code: ScoredLine(year=year, code=code),
    )


def _remove(lines: list[ScoredLine]) -> None:
    for line in lines:
        if any(held.exists() for held in (line.values, line.entries, line.evidence, line.vetoes, line.deputies)):
            raise Refused(
                _("The line %(line)s cannot be removed: values, vetoes or charges are recorded for it.")
                % {"line": line.name}
            )
        line.delete()


def _free_names(existing: dict[str, ScoredLine], scheme: Scheme) -> None:
    """Lines may exchange names in one save: park the old ones, since names are unique within the year."""
    for line in scheme.lines:
        stored = existing.get(line.code)
        if stored and stored.name != line.name:
            ScoredLine.objects.filter(pk=stored.pk).update(name=f"#{stored.pk}")
