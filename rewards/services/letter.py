"""All letters of a year at once, written in the background, and single ones; each file taken is on record (U4)."""

import logging
from datetime import timedelta
from functools import partial
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from cadres.errors import Refused
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from rewards.letters.kinds import LetterKind
from rewards.letters.write import letters_file, letters_zip
from rewards.models import BatchState, LetterBatch
from rewards.selectors.letter import Subject, letter_for, letters_obstacle, year_letters
from scoring.selectors.version import version_number

log = logging.getLogger(__name__)

SILENCE = timedelta(minutes=1)
"""A batch that gave no sign of life for so long has stopped: its process was ended."""

LONGEST_PROBLEM = 300


class BatchStopped(Exception):
    """Somebody else has given the batch up in the meantime."""


def batch_stopped(batch: LetterBatch) -> bool:
    """Whether it says that it is being written, and nobody writes any more."""
    return batch.state == BatchState.RUNNING and batch.touched_at < timezone.now() - SILENCE


def letter_batch_start(*, year: AssessmentYear, kind: LetterKind, by: Account | None) -> LetterBatch:
    """Write these letters in the background. Raises Refused while another batch of the year is being written."""
    require(by=by, permission="rewards.change_feedback", target=year)
    letters = year_letters(year)
    if obstacle := letters_obstacle(letters):
        raise Refused(obstacle)
    with transaction.atomic():
        year = AssessmentYear.objects.select_for_update(no_key=True).get(pk=year.pk)
        _make_room(year)
        now = timezone.now()
        batch = LetterBatch.objects.create(
            year=year,
            kind=kind,
            total=len(letters.subjects(kind)),
            is_draft=not year.is_published,
            version=version_number(year),
            started_by=by,
            started_at=now,
            touched_at=now,
        )
        details = {"letters": batch.total}
        audit_record(by=by, action="letters_write", year=year.number, subject=str(year), details=details)
        transaction.on_commit(partial(_in_background, batch.pk))
    return batch


def _make_room(year: AssessmentYear) -> None:
    """Refuse beside a batch that lives; one that stopped is said to have."""
    for batch in year.letter_batches.filter(state=BatchState.RUNNING).defer("file"):
        if not batch_stopped(batch):
            raise Refused(_("Letters of this year are being written: wait until they are ready."))
        _failed(batch.pk, _("It was interrupted."))


def _in_background(batch_pk: int) -> None:
    Thread(target=letter_batch_run, args=(batch_pk,), name=f"letters-{batch_pk}", daemon=True).start()


def letter_batch_run(batch_pk: int) -> None:
    """What the thread does: write, on a connection of its own that it closes."""
    try:
        letter_batch_write(batch_pk)
    finally:
        connection.close()


def letter_batch_write(batch_pk: int) -> None:
    """Write the letters of a batch. Whatever goes wrong stands in the batch, in words."""
    try:
        content = _written(LetterBatch.objects.select_related("year").get(pk=batch_pk))
        _running(batch_pk, state=BatchState.READY, file=content)
    except BatchStopped:
        log.warning("batch of letters %s was given up before it was ready", batch_pk)
    except ValidationError as refusal:
        _failed(batch_pk, " ".join(refusal.messages))
    except Exception:
        log.exception("batch of letters %s", batch_pk)
        _failed(batch_pk, _("An error stopped it; the server's log says which."))


def _written(batch: LetterBatch) -> bytes:
    letters = year_letters(batch.year)
    if obstacle := letters_obstacle(letters):
        raise Refused(obstacle)
    kind = LetterKind(batch.kind)
    made = map(letters.letter, letters.subjects(kind))
    progress = partial(_progress, batch)
    if kind is LetterKind.APART:
        return letters_zip(made, progress=progress)
    return letters_file(made, title=f"{batch.year.number}年度考评结果反馈书", progress=progress)


def _progress(batch: LetterBatch, done: int) -> None:
    _running(batch.pk, done=min(done, batch.total))


def _running(batch_pk: int, **changes: object) -> None:
    """A sign of life; raises BatchStopped where the batch was given up."""
    running = LetterBatch.objects.filter(pk=batch_pk, state=BatchState.RUNNING)
    if not running.update(touched_at=timezone.now(), **changes):
        raise BatchStopped


def _failed(batch_pk: int, problem: str) -> None:
    running = LetterBatch.objects.filter(pk=batch_pk, state=BatchState.RUNNING)
    running.update(state=BatchState.FAILED, problem=problem[:LONGEST_PROBLEM])


def letter_batch_export(*, batch: LetterBatch, by: Account | None) -> bytes:
    """The file of a batch that is ready. Raises Refused otherwise."""
    require(by=by, permission="rewards.change_feedback", target=batch.year)
    if batch.file is None:
        raise Refused(_("This file is not ready."))
    details = {"letters": batch.total}
    audit_record(by=by, action="letters_export", year=batch.year.number, subject=str(batch.year), details=details)
    return bytes(batch.file)


def letter_export(*, year: AssessmentYear, subject: Subject, by: Account) -> tuple[str, bytes]:
    """One letter in Word: its file's name and content. Raises PermissionDenied, KeyError, Refused."""
    require(by=by, permission="rewards.view_letter", target=year)
    letters = year_letters(year)
    if obstacle := letters_obstacle(letters):
        raise Refused(obstacle)
    letter = letter_for(letters=letters, subject=subject, by=by)
    content = letters_file([letter], title=letter.title)
    audit_record(by=by, action="letters_export", year=year.number, subject=subject.code, details={"letters": 1})
    return f"{letter.file_name}.docx", content
