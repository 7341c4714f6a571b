"""A disk as in an office machine, for whoever is started with `Disk.environment`: each sync takes 5 ms longer.

Nothing of the program is changed: a library that is loaded before the C library waits, then calls the real sync
(bench/slow_disk.c). Needs Linux and a C compiler.
"""

import shutil
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.environment import remove, temporary_folder

LONGER = 5000
"""Microseconds."""


@dataclass(frozen=True)
class Disk:
    environment: dict[str, str]
    counter: Path

    def syncs(self) -> int:
        """How many there were so far."""
        return int(struct.unpack("q", self.counter.read_bytes())[0])


@contextmanager
def slow_disk() -> Iterator[Disk | None]:
    """None where it cannot be made."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        yield None
        return
    folder = temporary_folder()
    folder.chmod(0o755)
    library, counter = folder / "slow_disk.so", folder / "syncs"
    source = Path(__file__).with_suffix(".c")
    subprocess.run([compiler, "-O1", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    counter.write_bytes(bytes(8))
    counter.chmod(0o666)
    try:
        environment = {"LD_PRELOAD": str(library), "DISK_SYNCS": str(counter), "DISK_DELAY": str(LONGER)}
        yield Disk(environment, counter)
    finally:
        remove(folder)
