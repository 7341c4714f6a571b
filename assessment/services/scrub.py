"""Leaves no deleted slip or ballot behind in the database's files. The one place that speaks to a database by name.

Deleted rows live on: in free pages, in the write-ahead log, on PostgreSQL as dead rows for as long as anybody's
transaction might still see them. What of this the database can overwrite is overwritten here, after a box was closed.
A scrub that cannot be done now (somebody reads the files, a copy is being made) undoes nothing and hides nothing: the
box stays closed, `scrubbed_at` stays empty, and the next closing or `manage.py boxes_scrub` does it for all that wait.
"""

import logging

from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.utils import timezone

from assessment.models import Ballot, Box, FreeOpinion, Slip

SECRET: tuple[type[Model], ...] = (Slip, Ballot, FreeOpinion)
"""Tables whose former rows must not be found in free space."""

PATIENCE = 3000
"""Milliseconds that one step waits for others, and so the longest that a scrub in vain keeps voters waiting."""

ATTEMPTS = 5
"""Turns at emptying SQLite's log between those who read."""

log = logging.getLogger(__name__)


def boxes_waiting() -> QuerySet[Box]:
    """Closed, and their former rows may still be found in the files."""
    return Box.objects.filter(closed_at__isnull=False, scrubbed_at__isnull=True)


def boxes_scrub() -> bool:
    """Scrub for all boxes that wait; False when it has to be tried again. Never inside a transaction."""
    waiting = list(boxes_waiting().values_list("pk", flat=True))
    if not waiting:
        return True
    try:
        _scrub()
    except DatabaseError as error:
        log.warning("Free space was not scrubbed, %s boxes wait for it: %s", len(waiting), type(error).__name__)
        return False
    boxes_waiting().filter(pk__in=waiting).update(scrubbed_at=timezone.now())
    return True


def _scrub() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _scrub_sqlite(cursor)
        return
    for model in SECRET:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")
            cursor.execute(_rewrite(model))


def _scrub_sqlite(cursor: CursorWrapper) -> None:
    """Every page is written anew, then the log is emptied: as long as anybody reads from the log, it cannot be."""
    cursor.execute("PRAGMA busy_timeout")
    usual = cursor.fetchone()[0]
    try:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("VACUUM")
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE // ATTEMPTS}")
        if not any(_log_emptied(cursor) for _ in range(ATTEMPTS)):
            raise OperationalError("the write-ahead log is being read")
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {usual}")


def _log_emptied(cursor: CursorWrapper) -> bool:
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    busy: int = cursor.fetchone()[0]
    return not busy


def _rewrite(model: type[Model]) -> str:
    """A new file for the table, by one writer: only rows that are there now, all with the same xmin, no statistics.

    VACUUM FULL would carry deleted rows over while any transaction is older than their deletion, without a word, and
    would keep the xmin of the ballots of boxes that are still open. Changing columns to the type they have does not.
    """
    changes = ", ".join(
        f"ALTER COLUMN {column} TYPE {kind} USING ({column} || '')::{kind}" for column, kind in _own_columns(model)
    )
    return f"ALTER TABLE {connection.ops.quote_name(model._meta.db_table)} {changes}"


def _own_columns(model: type[Model]) -> list[tuple[str, str]]:
    """Columns that hold something of their own, quoted, with their type in this database."""
    own = (field for field in model._meta.local_concrete_fields if not field.is_relation)
    return [(connection.ops.quote_name(str(field.column)), str(field.db_type(connection))) for field in own]
