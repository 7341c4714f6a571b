"""A server of its own on a loopback port: temporary database, one county, a leader signed in.

python -m bench.server TOWNSHIPS FOLDER      prints "ready PORT YEAR COOKIES" and serves until its input is closed
"""

import os
import sys
import threading
from pathlib import Path

from bench.environment import prepare


def main(townships: str, folder: str) -> None:
    prepare(Path(folder))
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.urls"
    year = fill(int(townships))
    serve(f"{year} {cookies()}")


def fill(townships: int) -> int:
    """The number of the year that holds the county."""
    from bench.county import county, county_store

    return county_store(county(townships)).number


def cookies() -> str:
    """What the browser of a leader who has signed in sends with each request."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from cadres.models import Role
    from cadres.services.account import account_create

    leader = account_create(
        username="leader",
        name="leader",
        role=Role.LEADER,
        password="Mountain-River-7",  # noqa: S106
        must_change_password=False,
        by=None,
    )
    session = SessionStore()
    session[SESSION_KEY] = str(leader.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = leader.get_session_auth_hash()
    session.create()
    return f"sessionid={session.session_key};csrftoken={'x' * 32}"


def serve(told: str) -> None:
    import waitress

    from config.wsgi import application

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    print("ready", server.effective_port, told, flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
