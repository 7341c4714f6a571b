"""Everything that is in the database: every table with every column, hidden ones too, and the files themselves."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

Row = dict[str, Any]
Dump = dict[str, list[Row]]

SLIPS, BALLOTS, OPINIONS = "assessment_slip", "assessment_ballot", "assessment_freeopinion"
SECRET = (SLIPS, BALLOTS, OPINIONS)

_HIDDEN = {"sqlite": "rowid AS place", "postgresql": "ctid::text AS place, xmin::text AS xmin, cmin::text AS cmin"}
_FILES = """
    SELECT pg_read_binary_file(pg_relation_filepath(oid)) FROM pg_class WHERE pg_relation_filepath(oid) <> ''
    AND oid NOT IN (SELECT unnest(ARRAY[oid, reltoastrelid]) FROM pg_class WHERE relname = 'pg_statistic')
"""
_STATISTICS = "SELECT tablename || attname, s::text FROM pg_stats s WHERE schemaname = 'public'"


def tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def dump() -> Dump:
    return {table: rows_of(table) for table in tables()}


def rows_of(table: str) -> list[Row]:
    """Rows in the order in which they lie in the file; `place` is rowid or ctid."""
    lying = "NOT INDEXED ORDER BY rowid" if connection.vendor == "sqlite" else "ORDER BY ctid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {_HIDDEN[connection.vendor]}, t.* FROM "{table}" t {lying}')  # noqa: S608
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def visible(rows: list[Row]) -> list[Row]:
    """Without what the database adds."""
    return [{name: value for name, value in row.items() if name not in ("place", "xmin", "cmin")} for row in rows]


def file_bytes() -> bytes:
    """All files of this database, as whoever takes the disk away would read them.

    Without two of PostgreSQL's: its log (pg_wal), and the free space of pg_statistic, where former samples of values
    lie sorted, with neither place nor transaction.
    """
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files = (Path(name + suffix) for suffix in ("", "-wal", "-shm", "-journal"))
        return b"".join(file.read_bytes() for file in files if file.exists())
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute(_FILES)
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def statistics() -> str:
    """Samples of values that the planner keeps."""
    if connection.vendor == "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute(_STATISTICS)
        return str(cursor.fetchall())


def id_bytes(ballot: str) -> bytes:
    """A ballot's key as this database stores it: 32 signs, or 16 bytes."""
    return UUID(ballot).hex.encode() if connection.vendor == "sqlite" else UUID(ballot).bytes


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
