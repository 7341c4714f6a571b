"""A participant on a phone: by finger, by keyboard, without JavaScript; once."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from assessment.models import Ballot, FreeOpinion
from assessment.services.slip import code_text
from tests.assessment.slips import opened
from tests.assessment.voting import voting_year
from tests.browser.conftest import overflow

PHONE: ViewportSize = {"width": 360, "height": 740}
BALLOT = "form[data-ballot]"
SEND = ".bar button"
RECEIPT = ".message-done"


@pytest.fixture
def codes() -> list[str]:
    """The slips of a box that is open: a team and five cadres."""
    return opened(voting_year())[1]


@pytest.fixture
def phone(contexts: Callable[..., BrowserContext]) -> Page:
    """Watched: no console error, nothing leaves the server."""
    return contexts(**PHONE).new_page()


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone without JavaScript. A refused page is an error on the console, so this one is not watched."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)
    yield context.new_page()
    context.close()


def choose(page: Page, *marks: str) -> None:
    """The first questions get these marks."""
    for place, mark in enumerate(marks, start=1):
        page.locator(f"#q{place} label", has=page.locator(f"input[value='{mark}']")).click()


def marks() -> list[str]:
    return list(Ballot.objects.values_list("marks", flat=True))


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_code_of_the_slip_opens_the_ballot_and_leaves_the_address(phone: Page, codes: list[str]) -> None:
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url))
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    assert phone.evaluate("location.pathname + location.search + location.hash") == "/vote/"
    assert [url for url in sent if codes[0] in url.partition("#")[0]] == []
    assert [cookie["name"] for cookie in phone.context.cookies()] == ["django_language"]  # as every test begins
    phone.go_back()
    assert codes[0] not in phone.url


def test_a_ballot_by_finger_from_the_slip_to_the_receipt(phone: Page, codes: list[str]) -> None:
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    assert "6" in phone.locator("[data-progress]").inner_text()
    choose(phone, "1", "2", "3", "4", "1", "2")
    phone.fill("#opinion", "路修得快")
    phone.click(SEND)
    phone.wait_for_selector(RECEIPT)
    assert (marks(), FreeOpinion.objects.get().text) == (["123412"], "路修得快")
    assert [word in phone.inner_text("body") for word in ("路修得快", "王伟", codes[0])] == [False] * 3


def test_what_stands_on_abstention_is_asked_about_once(phone: Page, codes: list[str]) -> None:
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    choose(phone, "1", "2", "3")
    phone.click(SEND)
    phone.wait_for_selector("#asked")
    assert (focused(phone), phone.locator("#asked a").count(), marks()) == ("asked", 3, [])
    choose(phone, "4")
    phone.click(SEND)
    phone.wait_for_selector(RECEIPT)
    assert marks() == ["423000"]


@pytest.mark.parametrize("width", [360, 180])
def test_it_fits_a_small_phone_also_at_twice_the_size(phone: Page, codes: list[str], width: int) -> None:
    phone.set_viewport_size({"width": width, "height": 740})
    phone.goto("/vote/")
    assert overflow(phone) == 0
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    assert overflow(phone) == 0
    boxes = [label.bounding_box() for label in phone.locator(".answers label, button").all()]
    assert [box for box in boxes if not box or box["height"] < 44 or box["width"] < 44] == []
    phone.goto("/vote/privacy/")
    assert overflow(phone) == 0


def test_by_keyboard_alone(phone: Page, codes: list[str]) -> None:
    """Tab goes from question to question, arrows choose, what has the focus is not hidden behind the bar."""
    phone.goto("/vote/")
    phone.keyboard.press("Tab")
    phone.keyboard.type(code_text(codes[0]).lower())
    phone.keyboard.press("Enter")
    phone.wait_for_selector(BALLOT)
    for _question in range(6):
        phone.keyboard.press("Tab")
        phone.keyboard.press("ArrowUp")  # from 弃权 to the worst grade
        assert clear_of_bar(phone)
    phone.keyboard.press("Tab")
    phone.keyboard.type("辛苦了")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    phone.wait_for_selector(RECEIPT)
    assert (marks(), FreeOpinion.objects.get().text) == (["444444"], "辛苦了")


def clear_of_bar(page: Page) -> bool:
    return bool(
        page.evaluate(
            "document.activeElement.getBoundingClientRect().bottom"
            " <= document.querySelector('.bar').getBoundingClientRect().top"
        )
    )


def test_a_screen_reader_hears_whom_and_what(phone: Page, codes: list[str]) -> None:
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    group = phone.get_by_role("group", name="王伟 党委书记")
    assert group.get_by_role("radio").count() == 5
    assert group.get_by_role("radio", name="弃权").is_checked()
    assert phone.get_by_role("textbox").count() == 1
    assert phone.get_by_role("heading", level=1).count() == 1


def test_without_javascript_and_a_second_use(plain: Page, codes: list[str]) -> None:
    plain.goto(f"/vote/#{codes[0]}")
    plain.fill("#code", code_text(codes[0]))
    plain.click("button")
    plain.click("#q1 label >> nth=0")
    plain.click(SEND)
    assert (plain.locator("#asked a").count(), marks()) == (5, [])
    plain.click(SEND)
    assert (plain.locator(RECEIPT).count(), marks()) == (1, ["100000"])
    plain.goto("/vote/")
    plain.fill("#code", code_text(codes[0]))
    plain.click("button")
    assert plain.locator("#refusal").count() == 1
    assert plain.input_value("#code") == code_text(codes[0])
    assert marks() == ["100000"]


def test_a_second_tap_sends_nothing(phone: Page, codes: list[str]) -> None:
    posts: list[str] = []
    phone.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    phone.goto(f"/vote/#{codes[0]}")
    phone.wait_for_selector(BALLOT)
    choose(phone, "1", "1", "1", "1", "1", "1")
    phone.dblclick(SEND)
    phone.wait_for_selector(RECEIPT)
    assert (len(posts), marks()) == (2, ["111111"])
