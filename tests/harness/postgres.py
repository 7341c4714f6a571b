"""A PostgreSQL of its own for one run of the tests: made in a temporary folder, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def postgres_bin() -> Path | None:
    """The folder of pg_ctl and initdb, or None where PostgreSQL is not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    found = str(debian[-1]) if debian else shutil.which("pg_ctl")
    return Path(found).parent if found else None


@contextmanager
def temporary_postgres(
    bin_folder: Path, *, durable: bool = False, environment: dict[str, str] | None = None
) -> Iterator[str]:
    """The DATABASE_URL of a fresh server on 127.0.0.1. It refuses root, so root runs it as user postgres.

    Tests need no commit to survive a power cut: without `durable` none waits for the disk.
    """
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    data, port = folder / "data", free_port()
    if user:
        shutil.chown(folder, user)
    sockets = "" if os.name == "nt" else f"-k {folder} "
    hasty = "" if durable else " -c fsync=off -c synchronous_commit=off"
    options = f"{sockets}-p {port} -c listen_addresses=127.0.0.1{hasty}"

    def run(program: str, *arguments: str) -> None:
        command = [str(bin_folder / program), "-D", str(data), *arguments]
        own = os.environ | (environment or {})
        subprocess.run(command, check=True, user=user, cwd=folder, env=own, stdout=subprocess.DEVNULL)

    try:
        run("initdb", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync", "-U", "postgres")
        run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgres://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
