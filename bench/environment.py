"""A place of its own for whatever is measured: a temporary database, the settings of a workplace."""

import os
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepare(folder: Path) -> None:
    """Set Django up on an empty database in `folder`; before any model is imported."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{(folder / 'bench.sqlite3').as_posix()}",
        "ENVIRONMENT": "local",
        "SECRET_KEY": "local-for-benches-only-" + "x" * 40,
        "ALLOWED_HOSTS": "127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }
    from django.core.management import call_command

    from config import wsgi  # noqa: F401  Django set up as a server sets it up

    call_command("migrate", verbosity=0)


def temporary_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="bench-"))


def remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
