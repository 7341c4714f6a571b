"""A browser that fails the test on any console error and on any request that leaves the server."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from cadres.models import Account
from tests.browser.chromium import ARGUMENTS, CHROMIUM, chinese_fonts

# Playwright's synchronous API keeps an event loop in the thread; Django's database calls there are safe all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The machine's Chromium."""
    assert chinese_fonts(), "no Chinese font: pages would be boxes"
    return {"executable_path": str(CHROMIUM), "args": ARGUMENTS}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test begins with what migrations put into the database: a live server's tests empty every table."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture
def contexts(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts that are watched, and look at what was seen when the test is over."""
    faults: list[str] = []
    opened: list[BrowserContext] = []

    def make(
        *, width: int = 1280, height: int = 900, language: str = "zh-hans", scripts: bool = True
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="en-US",
            java_script_enabled=scripts,
        )
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        watch(context, live_server.url, faults)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert faults == []


def watch(context: BrowserContext, origin: str, faults: list[str]) -> None:
    """Write down console errors, script errors, and requests to anywhere else."""

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            faults.append(f"left the server: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: faults.append(f"script: {error.error}"))
    context.on("request", on_request)


@pytest.fixture
def open_page(contexts: Callable[..., BrowserContext], live_server: LiveServer) -> Open:
    """`open_page(path, account=…, width=…, language=…)`: a page as this account sees it, wide or on a phone."""

    def open_at(path: str, *, account: Account | None = None, **options: Any) -> Page:
        context = contexts(**options)
        if account is not None:
            sign_in(context, account, live_server.url)
        page = context.new_page()
        page.goto(path)
        return page

    return open_at


def sign_in(context: BrowserContext, account: Account, origin: str) -> None:
    """Give the context a session of the account, as Django's test client does."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window: 0 on every page."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
