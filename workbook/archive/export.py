"""An export is a service: who may, what is written, a record in the audit trail that data did not change."""

import json
from io import BytesIO

from assessment.models import AssessmentYear, Phase
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from workbook.archive.book import archive_write
from workbook.archive.source import archive_source
from workbook.score_json import Record, record_text, score_record
from workbook.selectors.seal import seal_latest

PERMISSION = "scoring.view_results"


def archive_export(*, year: AssessmentYear, by: Account | None) -> bytes:
    """The archive workbook of a year. Raises PermissionDenied."""
    require(by=by, permission=PERMISSION, target=year)
    source = archive_source(year=year, by=by)
    file = BytesIO()
    archive_write(source=source, file=file)
    audit_record(
        by=by,
        action="archive_export",
        year=year.number,
        subject=source.title,
        details={"sha256": source.digest, "tallies": source.shows_tallies},
        changes=False,
    )
    return file.getvalue()


def record_export(*, year: AssessmentYear, by: Account | None) -> str:
    """The machine-readable record of a year, as `score_year --json` prints it. Raises PermissionDenied."""
    require(by=by, permission=PERMISSION, target=year)
    text = record_text(_record(year))
    audit_record(by=by, action="record_export", year=year.number, subject=str(year), changes=False)
    return text


def _record(year: AssessmentYear) -> Record:
    """As sealed where the year is archived."""
    seal = seal_latest(year) if year.phase == Phase.ARCHIVED else None
    if seal is None:
        return score_record(year)
    sealed: Record = json.loads(seal.record)
    return sealed
