"""The overview in a browser: a mark of a drawing opens what it stands for."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.conftest import account_of
from tests.county import county, ladder

HOME = "/years/2025/results/"


@pytest.mark.parametrize(
    ("path", "chart", "text", "opens"),
    [
        ("", "team-points", "1 T1镇", "teams/T1/"),
        ("", "team-points", "60.00", "teams/T1/derivation/"),
        ("?bars=lines", "team-points", "12.00", "teams/T1/K1/"),
        ("", "heat", "11.76", "teams/T2/K1/"),
        ("", "team-grades", "1", "teams/?grade=%E5%AE%9E%E7%BB%A9%E7%AA%81%E5%87%BA"),
    ],
)
def test_a_mark_opens_its_derivation(path: str, chart: str, text: str, opens: str, open_page: Open) -> None:
    county(ladder(3))
    page = open_page(f"{HOME}{path}", account=account_of("leader"))
    page.locator(f"[data-chart={chart}] text").get_by_text(text, exact=True).first.click()
    expect(page).to_have_url(f"{HOME}{opens}")
