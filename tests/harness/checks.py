"""Everything that reads the code without running it: `python run.py check`."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
TEMPLATES = ("templates", "--extension", "html")

CHECKS: dict[str, list[str]] = {
    "ruff": [PYTHON, "-m", "ruff", "check"],
    "format": [PYTHON, "-m", "ruff", "format", "--check"],
    "imports": [str(BIN / "lint-imports")],
    "types": [PYTHON, "-m", "mypy"],
    "templates": [PYTHON, "-m", "djlint", *TEMPLATES, "--lint", "--quiet"],
    "template format": [PYTHON, "-m", "djlint", *TEMPLATES, "--check", "--quiet"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "production": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}


def production_environment() -> dict[str, str]:
    """What a server sets; its settings must start and satisfy Django's own deployment checks."""
    return {"ENVIRONMENT": "production", "SECRET_KEY": secrets.token_urlsafe(60), "ALLOWED_HOSTS": "khzx.example.test"}


def failed_checks() -> list[str]:
    """Run every check; the names of those that failed."""
    return [name for name, command in CHECKS.items() if not passes(name, command)]


def passes(name: str, command: list[str]) -> bool:
    """Run one check and show its output."""
    print(f"--- check: {name}", flush=True)
    environment = os.environ | {"DATABASE_URL": "sqlite:///:memory:"}
    if name == "production":
        environment |= production_environment()
    return subprocess.run(command, env=environment).returncode == 0


def checks_line(failed: list[str]) -> str:
    """One line that says how the checks ended."""
    return f"Checks: {len(CHECKS) - len(failed)} passed" + (f", failed: {', '.join(failed)}" if failed else "")


if __name__ == "__main__":
    failures = failed_checks()
    print(checks_line(failures))
    sys.exit(bool(failures))
