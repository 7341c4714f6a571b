"""A database of a test's own, beside the shared one: real files, real commits, open to other processes."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connections

ALIAS = "default"


@contextmanager
def own_database(folder: Path) -> Iterator[str]:
    """Until it is left, `default` is a copy of the tests' database as migrations made it. Yields its DATABASE_URL.

    To be entered before anything is written to the shared one.
    """
    shared = connections[ALIAS]
    make, drop = (_sqlite, _nothing) if shared.vendor == "sqlite" else (_postgres, _postgres_dropped)
    name = make(shared, folder)
    own: Any = type(shared)({**shared.settings_dict, "NAME": name}, ALIAS)
    connections[ALIAS] = own
    usual, connections.settings[ALIAS] = connections.settings[ALIAS], own.settings_dict
    try:
        yield _url(own)
    finally:
        own.close()
        connections[ALIAS], connections.settings[ALIAS] = shared, usual
        drop(shared, name)


def _sqlite(shared: Any, folder: Path) -> str:
    path = folder / "own.sqlite3"
    with shared.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return str(path)


def _postgres(shared: Any, folder: Path) -> str:
    name = f"own_{uuid.uuid4().hex[:12]}"
    template = shared.settings_dict["NAME"]
    shared.close()
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return name


def _nothing(shared: Any, name: str) -> None:
    """The folder is the test's, and goes with it."""


def _postgres_dropped(shared: Any, name: str) -> None:
    with shared._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _url(own: Any) -> str:
    settings = own.settings_dict
    if own.vendor == "sqlite":
        return f"sqlite:///{Path(settings['NAME']).as_posix()}"
    return f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
