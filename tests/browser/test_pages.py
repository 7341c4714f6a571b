"""Every main page of the demo county, in each role that opens it: fits its window, speaks one language, and draws
its charts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cadres import terms
from cadres.models import Account
from tests.browser.conftest import Open, overflow
from tests.browser.following_pages import FOLLOWING, address
from tests.browser.looking_pages import LOOKING
from workbook.demo.build import demo_build

PAGES = {
    "office": (
        "/",
        "/years/",
        "/years/new/",
        "/years/2025/",
        "/years/2025/back/",
        "/years/2025/scheme/",
        "/years/2025/scheme/versions/",
        "/years/2025/roster/",
        "/years/2025/roster/vacancies/",
        "/notice/2025/",
        "/years/2025/notice/",
        "/years/2025/teams/",
        "/years/2025/teams/new/",
        "/years/2025/board/",
        "/years/2025/values/",
        "/years/2025/vetoes/",
        "/years/2025/tallies/",
        "/years/2025/tallies/teams/E1/",
        "/years/2025/tallies/cadres/T01/",
        "/years/2025/workbook/",
        "/years/2025/results/",
        "/years/2025/results/?bars=lines",
        "/years/2026/results/",
        "/years/2025/results/missing/",
        "/years/2025/results/teams/",
        "/years/2025/results/teams/T01/",
        "/years/2025/results/teams/T01/derivation/",
        "/years/2025/results/teams/T01/K1/",
        "/years/2025/results/teams/T01/E1/",
        "/years/2025/results/rankings/township/",
        "/years/2025/results/rankings/post/",
        "/years/2025/results/rankings/county/",
        "/years/2025/results/cadres/001009/",
        "/years/2025/results/cadres/001009/C2/",
        "/years/2025/results/cadres/001009/derivation/",
        "/years/2025/bonus/",
        "/years/2025/bonus/confirm/",
        "/years/2025/archive/",
        "/workbook/new/",
        "/compare/cadres/?n=001009&n=001002",
        "/compare/teams/?t=T01&t=T02&t=T03",
        "/cadres/",
        "/cadres/001009/",
        "/cadres/001009/move/",
        "/townships/",
        "/departments/",
        "/posts/",
        *FOLLOWING["office"],
        *LOOKING["office"],
    ),
    "leader": (
        "/",
        "/years/2025/results/",
        "/years/2026/results/",
        "/years/2025/results/teams/T01/E1/",
        "/cadres/001009/",
        *FOLLOWING["leader"],
        *LOOKING["leader"],
    ),
    "finance": ("/", "/years/2025/", "/years/2025/scheme/", "/years/2025/values/"),
    "yunxi": ("/", "/years/2025/scheme/", "/years/2025/letters/teams/T01/"),
    "assessor": ("/", "/years/2025/scheme/"),
    "auditor": ("/", "/audit/", "/audit/verify/", "/seals/"),
    "admin": ("/", "/accounts/", "/accounts/new/", "/accounts/of/office/"),
    "": ("/sign-in/", "/years/2025/bulletin/", "/years/2024/bulletin/", "/certificates/"),
}

SPELLED = re.compile(r"https?://\S+|[A-Z0-9]{4}(-[A-Z0-9]{4}){3}")
"""Addresses and check codes, which are the same in every language."""
LATIN_NAMES = {"Excel", "WPS", "JSON", "SHA", "CSV", "PDF", "Word", "English", "xlsx", "MiB"}
"""What a Chinese page may spell in Latin letters, besides codes, digests and user names."""


def latin_words(page: Page) -> set[str]:
    """Runs of four and more Latin letters in what a person reads."""
    text = SPELLED.sub("", page.locator("body").inner_text())
    names = set(Account.objects.values_list("username", flat=True))
    return set(re.findall(r"(?<![\w.])[A-Za-z]{4,}(?![\w])", text)) - LATIN_NAMES - names


def untranslated_terms(page: Page) -> set[str]:
    """Data words that the English catalogue holds but the page shows in Chinese."""
    words = {word for name, listed in vars(terms).items() if name.isupper() for word in listed}
    lines = {line.strip() for line in page.locator("body").inner_text().splitlines()}
    return words & lines


def undrawn(page: Page) -> int:
    """How many charts of the page are without a drawing."""
    return page.locator("[data-chart]:not(:has(svg))").count()


def complete(page: Page) -> None:
    """Wait for the parts of the page that are asked for once it is shown."""
    expect(page.locator("[hx-trigger='load'], [hx-trigger^='load delay']:empty")).to_have_count(0)


def visited(open_page: Open, *, width: int, language: str) -> Iterator[tuple[str, str, Page]]:
    """Each page opened by its role."""
    demo_build(accounts=True)
    accounts = {account.username: account for account in Account.objects.filter(username__in=PAGES)}
    for username, paths in PAGES.items():
        page = open_page(address(paths[0]), account=accounts.get(username), width=width, language=language)
        for path in paths:
            page.goto(address(path))
            complete(page)
            yield username, path, page
        page.context.close()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1280, 375])
def test_pages_fit_their_window_and_speak_one_language(open_page: Open, width: int, language: str) -> None:
    faults = []
    for username, path, page in visited(open_page, width=width, language=language):
        foreign = latin_words(page) if language == "zh-hans" else untranslated_terms(page)
        if overflow(page) or foreign or undrawn(page):
            faults.append((username, path, overflow(page), undrawn(page), sorted(foreign)))
    assert faults == []
