"""Databases and servers for the hall, each a process of its own: SQLite or PostgreSQL, waitress or gunicorn."""

import atexit
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Any

from bench.connection import Connection
from bench.environment import ROOT, remove, temporary_folder
from tests.harness.postgres import free_port, postgres_bin, temporary_postgres

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
WAITRESS, GUNICORN = "waitress", "gunicorn"
_PATIENCE = 60

Environment = dict[str, str]

_COMMON: Environment = {
    "DJANGO_SETTINGS_MODULE": "bench.settings",
    "ENVIRONMENT": "local",
    "SECRET_KEY": "local-for-benches-only-" + "x" * 40,
    "ALLOWED_HOSTS": "127.0.0.1",
    "LOG_LEVEL": "ERROR",
}


@cache
def _sqlite_tables() -> Path:
    """A database with all tables and nothing else, made once a run: migrations take longer than a small hall."""
    folder = temporary_folder()
    atexit.register(remove, folder)
    file = folder / "tables.sqlite3"
    environment = os.environ | _COMMON | {"DATABASE_URL": f"sqlite:///{file.as_posix()}"}
    command = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    return file


@contextmanager
def database(kind: str, extra: Environment | None = None) -> Iterator[Environment | None]:
    """What processes need to know to use an empty database; None where this machine has none of this kind.

    Every commit waits for the disk, also on PostgreSQL. `extra` is for the process that writes: on PostgreSQL its own.
    """
    folder = temporary_folder()
    try:
        if kind == SQLITE:
            file = shutil.copy(_sqlite_tables(), folder / "hall.sqlite3")
            yield {**_COMMON, **(extra or {}), "DATABASE_URL": f"sqlite:///{Path(file).as_posix()}"}
        elif programs := postgres_bin():
            with temporary_postgres(programs, durable=True, environment=extra) as url:
                yield {**_COMMON, "DATABASE_URL": url}
        else:
            yield None
    finally:
        remove(folder)


class Keeper:
    """bench.keeper at the other end of two pipes."""

    def __init__(self, environment: Environment) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.keeper"],
            cwd=ROOT, env=os.environ | environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def ask(self, command: str, **arguments: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([command, arguments]), file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.communicate()


@contextmanager
def keeper(environment: Environment, townships: int) -> Iterator[tuple[Keeper, list[list[str]]]]:
    """The keeper of a hall that is open, and the keys of each box's questions."""
    made = Keeper(environment)
    try:
        yield made, made.ask("begin", townships=townships)["keys"]
    finally:
        made.end()


@contextmanager
def server(kind: str, environment: Environment) -> Iterator[int]:
    """The port of a server as a workplace (waitress) or a Linux server (gunicorn, two processes) runs it."""
    port = free_port()
    process = subprocess.Popen(
        _command(kind, port), cwd=ROOT, env=os.environ | environment | {"PORT": str(port)}, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _command(kind: str, port: int) -> list[str]:
    if kind == WAITRESS:
        return [sys.executable, "-m", "config.workplace", "serve"]
    options = ["--workers", "2", "--threads", "8", "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    return [str(Path(sys.executable).with_name("gunicorn")), "config.wsgi", *options]


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _PATIENCE
    while monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            connection = Connection(port, "")
        except OSError:
            Event().wait(0.05)
            continue
        assert connection.get(connection.request("/hello/", signed_in=False))[0] == 200
        connection.close()
        return
    raise AssertionError("the server does not answer")
