"""What run.py asks of Django on a workplace: `setup` prepares the database, `serve` serves the site."""

import os
import socket
import sys

import django
from django.core.management import call_command, get_commands


def set_up() -> None:
    """Make or update the tables; a database without a year gets the demo county, on a workplace only."""
    from django.conf import settings

    call_command("migrate", verbosity=0)
    if settings.LOCAL and "demo_county" in get_commands() and not holds_a_year():
        call_command("demo_county")


def holds_a_year() -> bool:
    """Whether somebody's data is in the database."""
    from assessment.models import AssessmentYear

    return AssessmentYear.objects.exists()


def serve() -> int:
    """Serve on HOST:PORT (127.0.0.1:8000) until interrupted. Waitress turns browsers away at its default of 100
    connections, hence the limit; a workbook above 20 MiB must still arrive, so that the page can refuse it in words."""
    import waitress

    from config.wsgi import application

    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    if port_taken(host, port):
        print(f"Port {port} is in use; choose another: PORT={port + 1}", file=sys.stderr)
        return 1
    print(f"\nServing on http://{host}:{port}/ (Ctrl-C ends it)", flush=True)
    print_demo_accounts()
    waitress.serve(
        application, host=host, port=port, threads=12, connection_limit=500,
        max_request_body_size=64 * 1024 * 1024, ident=None, _quiet=True,
    )  # fmt: skip
    return 0


def port_taken(host: str, port: int) -> bool:
    """Whether something answers there already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def print_demo_accounts() -> None:
    """One demo account per role, where the database holds the demo county."""
    if "demo_accounts" in get_commands():
        call_command("demo_accounts")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if sys.argv[1:] == ["serve"]:
        sys.exit(serve())
    set_up()
