"""Workbooks handed in by the browser: kept with digest, who and when; drafts that nobody applies go after a day."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cadres.models import Account
from cadres.permissions import require
from workbook.models import Upload
from workbook.services.import_year import PERMISSION, ImportReport, year_import

DRAFT_LIFE = timedelta(days=1)


def upload_store(*, data: bytes, file_name: str, number: int, by: Account | None) -> Upload:
    """Keep a draft for the year of this number; expired drafts of everyone are cleared away."""
    require(by=by, permission=PERMISSION)
    with transaction.atomic():
        Upload.objects.filter(applied_at=None, uploaded_at__lt=timezone.now() - DRAFT_LIFE).delete()
        return Upload.objects.create(
            number=number,
            file_name=file_name[-200:],
            content=data,
            sha256=hashlib.sha256(data).hexdigest(),
            uploaded_by=by,
            uploaded_at=timezone.now(),
        )


def upload_apply(*, upload: Upload, confirmed: str, by: Account | None) -> ImportReport:
    """Apply what the preview with the digest `confirmed` showed; `applied` of the report tells whether it was."""

    def mark(_report: ImportReport) -> None:
        Upload.objects.filter(pk=upload.pk).update(applied_by=by, applied_at=timezone.now())

    return year_import(
        data=upload.data,
        number=upload.number,
        file_name=upload.file_name,
        confirmed=confirmed,
        saved=mark,
        by=by,
    )
