"""A database of a test's own, beside the shared one: real files, real commits, open to other processes.

For a conftest to import: `database` is the fixture, `template_database` what it copies.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

ALIAS = "default"


@pytest.fixture(scope="session")
def template_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database as migrations make it, which nobody uses; made before any test holds the shared one."""
    with django_db_blocker.unblock():
        shared: Any = connections[ALIAS]
        if shared.vendor == "sqlite":
            path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
            with shared.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
            yield str(path)
        else:
            shared.close()
            with _postgres_copied(shared.settings_dict["NAME"]) as name:
                yield name


@pytest.fixture
def database(template_database: str, db: None, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; until the test is over it is the one that everything here uses."""
    shared: Any = connections[ALIAS]
    if shared.vendor == "sqlite":
        path = tmp_path / "own.sqlite3"
        shutil.copy(template_database, path)
        with _in_use(shared, path):
            yield f"sqlite:///{path.as_posix()}"
    else:
        with _postgres_copied(template_database) as name, _in_use(shared, name):
            settings = shared.settings_dict
            yield f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{name}"


@contextmanager
def _in_use(shared: Any, name: object) -> Iterator[None]:
    """Instead of the shared database, by this thread and by those that it starts."""
    own = type(shared)({**shared.settings_dict, "NAME": str(name)}, ALIAS)
    usual = connections.settings[ALIAS]
    connections[ALIAS], connections.settings[ALIAS] = own, own.settings_dict
    try:
        yield
    finally:
        own.close()
        connections[ALIAS], connections.settings[ALIAS] = shared, usual


@contextmanager
def _postgres_copied(template: str) -> Iterator[str]:
    """A copy of a database to which nobody is connected."""
    name = f"own_{uuid.uuid4().hex[:12]}"
    with connections[ALIAS]._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield name
    with connections[ALIAS]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
