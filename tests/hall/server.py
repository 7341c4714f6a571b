"""The site as a workplace serves it: a process of its own, that can be ended as a power cut would."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from threading import Event
from time import monotonic

from tests.harness.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30
"""Seconds after which a server that does not answer counts as broken."""


class Server:
    """`up` is set while it answers."""

    def __init__(self, database: str) -> None:
        self.port, self.up = free_port(), Event()
        self._environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DATABASE_URL": database,
            "PORT": str(self.port),
            "LOG_LEVEL": "ERROR",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it takes connections."""
        command = [sys.executable, "-m", "config.workplace", "serve"]
        self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=subprocess.DEVNULL)
        deadline = monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, "the server ended"
            assert monotonic() < deadline, "the server does not answer"
        self.up.set()

    def kill(self) -> None:
        """kill -9: it finishes nothing."""
        self.up.clear()
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.2):
                return True
        except OSError:
            return Event().wait(0.05)
