"""Applying a workbook through the services that forms use: all or nothing, in one transaction."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.services.roster import roster_save
from assessment.services.scheme import lines_relink, scheme_save
from assessment.services.tally import cadre_tallies_save, team_tallies_save
from assessment.services.value import values_save
from assessment.services.value_entry import value_entries_import
from assessment.services.veto import vetoes_save
from assessment.services.year import year_create, year_townships_set
from cadres.errors import Refused
from cadres.models import Account, Township
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.post import posts_save
from cadres.services.unit import departments_save, townships_save
from cadres.services.upsert import Change, Changes
from rewards.services.grade import grade_decision_problems, grade_decisions_save
from rewards.services.past_result import past_results_save
from workbook.services.changes import SheetChanges, scheme_changes, scheme_rows, sheet_changes
from workbook.services.reading import SCHEME_SHEETS, Reading, workbook_read
from workbook.services.resting import collector_resting
from workbook.sheets.problems import Problem

PERMISSION = "workbook.import_workbook"


@dataclass
class ImportReport:
    """What an import did, or would do. With problems nothing is saved."""

    reading: Reading
    year_created: bool = False
    sheets: list[SheetChanges] = field(default_factory=list)
    applied: bool = False
    values_wait: bool = False
    """The target values become entries that a second clerk confirms."""

    @property
    def good(self) -> bool:
        return self.reading.good

    @property
    def added(self) -> int:
        return sum(len(sheet.added) for sheet in self.sheets)

    @property
    def changed(self) -> int:
        return sum(len(sheet.changed) for sheet in self.sheets)

    @property
    def unchanged(self) -> int:
        return sum(sheet.unchanged for sheet in self.sheets)

    @property
    def removed(self) -> int:
        return sum(len(sheet.removed) for sheet in self.sheets)

    @property
    def changes_anything(self) -> bool:
        return self.year_created or bool(self.added or self.changed or self.removed)

    @property
    def digest(self) -> str:
        """The same for the same changes: whoever confirms them confirms these and no others."""
        kinds = ([*map(_plain, (sheet.added, sheet.changed, sheet.removed))] for sheet in self.sheets)
        counts = [(sheet.sheet, sheet.unchanged) for sheet in self.sheets]
        content = [self.year_created, counts, list(kinds)]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


class _TakenBack(Exception):
    """Ends a trial run: everything it wrote goes back."""


@collector_resting()
def year_import_preview(*, data: bytes, number: int, by: Account | None) -> ImportReport:
    """What `year_import` would do: the same run, taken back."""
    require(by=by, permission=PERMISSION)
    return _run(workbook_read(data=data, number=number), by=by, keep=lambda _report: False)


@collector_resting()
def year_import(
    *,
    data: bytes,
    number: int,
    file_name: str,
    confirmed: str | None = None,
    saved: Callable[[ImportReport], None] | None = None,
    by: Account | None,
) -> ImportReport:
    """Save a whole workbook, or nothing: `applied` tells. The year is created where it is not there yet.

    `confirmed` is the digest of the preview that was agreed to; where the import would do something else by now,
    nothing is saved. `saved` is called in the same transaction. Raises PermissionDenied.
    """
    require(by=by, permission=PERMISSION)
    reading = workbook_read(data=data, number=number)
    source = {"file": file_name, "sha256": hashlib.sha256(data).hexdigest()}

    def keep(report: ImportReport) -> bool:
        if confirmed is not None and report.digest != confirmed:
            return False
        if report.changes_anything:
            counts = {"added": report.added, "changed": report.changed, "removed": report.removed}
            details = source | counts | {"unchanged": report.unchanged}
            audit_record(by=by, action="year_import", year=number, subject=file_name, details=details)
        if saved:
            saved(report)
        return True

    return _run(reading, by=by, keep=keep)


def _run(reading: Reading, *, by: Account | None, keep: Callable[[ImportReport], bool]) -> ImportReport:
    report = ImportReport(reading)
    if not reading.good and not reading.only_decisions_refused:
        return report
    try:
        with transaction.atomic():
            _apply(report, by)
            if not reading.good or not keep(report):
                raise _TakenBack
            report.applied = True
    except _TakenBack:
        reading.sort()
    return report


def _apply(report: ImportReport, by: Account | None) -> None:
    """Each sheet by its step; what a service refuses becomes a problem of its sheet and ends the run."""
    reading = report.reading
    for names, step in _STEPS:
        present = [name for name in names if name in reading.contents]
        if not present and names:
            continue
        try:
            changes = step(report, by)
        except Refused as refusal:
            place = reading.header_of(present[0]) if present else ("", "")
            reading.problems.extend(Problem(*place, message) for message in refusal.messages)
            return
        if present and changes is not None:
            report.sheets.append(sheet_changes(present[0], changes, reading.scheme))


def _units(report: ImportReport, by: Account | None) -> Changes:
    return townships_save(rows=report.reading.contents["乡镇"], by=by)


def _departments(report: ImportReport, by: Account | None) -> Changes:
    changes = departments_save(rows=report.reading.contents["县直单位"], by=by)
    year = report.reading.year
    if changes and year and year.scheme_open:
        lines_relink(year=year, by=by)
    return changes


def _posts(report: ImportReport, by: Account | None) -> Changes | None:
    rows = report.reading.contents["职务"]
    return posts_save(rows=rows, by=by) if rows else None


def _year(report: ImportReport, by: Account | None) -> None:
    """Create the year, and let the listed townships take part."""
    reading = report.reading
    listed = [row.code for row in reading.contents.get("乡镇", ())]
    if reading.year is None:
        reading.year = year_create(number=reading.number, scheme=reading.scheme, by=by)
        report.year_created = True
        if listed:
            year_townships_set(year=reading.year, townships=Township.objects.filter(code__in=listed), by=by)
    elif listed:
        _join(report, reading.year, listed, by)


def _join(report: ImportReport, year: AssessmentYear, listed: list[str], by: Account | None) -> None:
    joining = list(Township.objects.filter(code__in=listed).exclude(years=year))
    if joining:
        year_townships_set(year=year, townships=[*year.townships.all(), *joining], by=by)
        joined = Changes(changed=[Change(str(unit), (("year", "", str(year)),)) for unit in joining])
        report.sheets.append(sheet_changes("乡镇", joined))


def _scheme(report: ImportReport, by: Account | None) -> None:
    """A new year was created with it; the changes of a stored one stand under the sheet that holds each."""
    reading = report.reading
    present = [name for name in SCHEME_SHEETS if name in reading.contents]
    if report.year_created or reading.scheme is None:
        report.sheets += [sheet_changes(name, Changes(added=scheme_rows(reading.scheme, name))) for name in present]
        return
    year = _year_of(reading)
    differences: tuple[tuple[str, str, str], ...] = ()
    if year.scheme_open:
        saved = scheme_save(year=year, scheme=reading.scheme, reason=_("from the workbook"), by=by)
        differences = saved.differences
    report.sheets += scheme_changes(reading.scheme, differences, present)


def _roster(report: ImportReport, by: Account | None) -> Changes:
    return roster_save(year=_year_of(report.reading), rows=report.reading.contents["干部"], by=by)


def _values(report: ImportReport, by: Account | None) -> Changes:
    """At once in force; or as entries that a second clerk confirms, where the settings ask for it and somebody signed
    in brings the file."""
    year, cells = _year_of(report.reading), report.reading.contents["目标完成"]
    if by is None or settings.WORKBOOK_VALUES_CONFIRMED:
        return values_save(year=year, cells=cells, by=by)
    report.values_wait = True
    return value_entries_import(year=year, cells=cells, by=by)


def _vetoes(report: ImportReport, by: Account | None) -> Changes:
    return vetoes_save(year=_year_of(report.reading), rows=report.reading.contents["否决"], by=by)


def _team_tallies(report: ImportReport, by: Account | None) -> Changes:
    return team_tallies_save(year=_year_of(report.reading), tallies=report.reading.contents["班子测评"], by=by)


def _cadre_tallies(report: ImportReport, by: Account | None) -> Changes:
    return cadre_tallies_save(year=_year_of(report.reading), tallies=report.reading.contents["干部测评"], by=by)


def _decisions(report: ImportReport, by: Account | None) -> Changes | None:
    """Whether a decision departs from the suggestion is known only now that everything else is saved."""
    year, decisions = _year_of(report.reading), report.reading.contents["档次决定"]
    problems = grade_decision_problems(year=year, rows=decisions.rows)
    for problem in problems:
        decisions.refuse(problem)
    return None if problems else grade_decisions_save(year=year, rows=decisions.rows, by=by)


def _past_results(report: ImportReport, by: Account | None) -> Changes:
    return past_results_save(rows=report.reading.contents["历年结果"], by=by)


_STEPS: tuple[tuple[tuple[str, ...], Callable[[ImportReport, Account | None], Changes | None]], ...] = (
    (("乡镇",), _units),
    (("县直单位",), _departments),
    (("职务",), _posts),
    ((), _year),
    (SCHEME_SHEETS, _scheme),
    (("干部",), _roster),
    (("目标完成",), _values),
    (("否决",), _vetoes),
    (("班子测评",), _team_tallies),
    (("干部测评",), _cadre_tallies),
    (("档次决定",), _decisions),
    (("历年结果",), _past_results),
)
"""Sheets and what saves them, in order; the step without a sheet always runs."""


def _year_of(reading: Reading) -> AssessmentYear:
    if reading.year is None:
        raise LookupError(reading.number)
    return reading.year


def _plain(changes: tuple[Change, ...]) -> list[Any]:
    return [[change.subject, [list(texts) for texts in change.fields]] for change in changes]
