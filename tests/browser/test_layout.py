"""The frame of every page, wide and on a phone."""

import pytest

from tests.browser.conftest import Open, overflow


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_sign_in_page_fits_its_window(open_page: Open, width: int, language: str) -> None:
    page = open_page("/sign-in/", width=width, language=language)
    assert (page.locator("html").get_attribute("lang"), overflow(page)) == (language, 0)


def test_the_language_switch_turns_the_page(open_page: Open) -> None:
    page = open_page("/sign-in/")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_keyboard_can_skip_the_menus(open_page: Open) -> None:
    page = open_page("/sign-in/")
    first = page.locator("a, button, input:not([type=hidden])").first
    first.focus()
    page.keyboard.press("Enter")
    assert (first.get_attribute("class"), page.evaluate("document.activeElement.id")) == ("skip-link", "content")
