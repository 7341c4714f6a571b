"""What-if: a slider's answer on the county (25 teams, 300 cadres) ÷ the plain ranking page made anew, both as requests.

Ours: the fragment that a moving slider asks for, with another step each time: read the address, score the county under
the changed scheme, word both tables before and after, print their first rows. The other side: the ranking of the same
county with nothing kept. Both pass the whole of the site's middleware, in one process.
"""

from itertools import count
from urllib.parse import urlencode

from django.test import Client

from bench.county import county, county_store
from bench.measure import Row, Size, alternate, milliseconds
from cadres.models import Role
from cadres.services.account import account_create
from scoring.finished import pages_forget


def run(size: Size) -> list[Row]:
    year = county_store(county(size.townships)).number
    client, steps = office(), count(201)

    def moved() -> bytes:
        query = urlencode({"步长": f"{next(steps) / 100}%", "brief": "on"})
        return get(client, f"/years/{year}/what-if/outcome/?{query}")

    def ranking() -> bytes:
        pages_forget()
        return get(client, f"/years/{year}/results/rankings/county/")

    pairs = alternate(moved, ranking, pairs=size.pairs)
    goal = f"what-if, a slider's answer, {len(moved()) // 1024} KB"
    ours, plain = milliseconds("score, compare, print", pairs.ours), milliseconds("ranking page, cold", pairs.other)
    return [Row(goal, ours, plain, pairs.ours_to_other, "–", "–")]


def office() -> Client:
    """A clerk who has signed in."""
    account = account_create(
        username="clerk",
        name="clerk",
        role=Role.OFFICE,
        password="Mountain-River-7",  # noqa: S106
        must_change_password=False,
        by=None,
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["csrftoken"] = "x" * 32
    return client


def get(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path} answered {answer.status_code}"
    return answer.content
