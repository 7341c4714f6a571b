"""Entry in a grid by keyboard alone; static/js/grid.js on a page that holds nothing else."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, Dialog, Page

GRID = """<!doctype html><html lang="en"><title>Grid</title><form>
<table data-grid><tbody>
  <tr><th>T01</th><td><input value="1"></td><td><input value="2"></td></tr>
  <tr><th>T02</th><td><input value="3"></td><td><input value="4" readonly></td></tr>
  <tr><th>T03</th><td><input value="5"></td><td><input value="6"></td></tr>
</tbody></table>
<span id="status" data-grid-status data-none="saved" data-one="1 unsaved" data-many="{n} unsaved"></span>
</form></html>"""

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def grid(contexts: Callable[..., BrowserContext]) -> Page:
    """Three rows of two cells; the second cell of the second row may not be changed."""
    page = contexts().new_page()
    page.set_content(GRID)
    page.add_script_tag(path=settings.BASE_DIR / "static" / "js" / "grid.js")
    page.locator("input").first.focus()
    return page


def values(page: Page) -> list[str]:
    """What the six cells hold."""
    return [cell.input_value() for cell in page.locator("input").all()]


def status(page: Page) -> str:
    """What the grid says about unsaved cells."""
    return page.locator("#status").inner_text()


def test_enter_goes_down_and_a_changed_cell_is_counted(grid: Page) -> None:
    grid.keyboard.type("7.5")
    grid.keyboard.press("Enter")
    grid.keyboard.type("8")
    assert (values(grid), status(grid)) == (["7.5", "2", "8", "4", "5", "6"], "2 unsaved")


def test_the_arrows_pass_over_a_cell_that_cannot_be_changed(grid: Page) -> None:
    grid.keyboard.press("Tab")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.type("9")
    assert values(grid) == ["1", "2", "3", "4", "5", "9"]


def test_typing_the_stored_value_again_leaves_nothing_unsaved(grid: Page) -> None:
    grid.keyboard.type("8")
    assert status(grid) == "1 unsaved"
    grid.keyboard.press("Escape")
    assert (values(grid)[0], status(grid)) == ("1", "saved")


def test_a_block_from_excel_fills_the_cells_from_the_focused_one(grid: Page) -> None:
    grid.evaluate(PASTE, "10\t20\r\n30\t40\r\n50\t60\r\n70\t80\r\n")
    assert (values(grid), status(grid)) == (["10", "20", "30", "4", "50", "60"], "5 unsaved")


def test_a_single_value_is_pasted_by_the_browser_itself(grid: Page) -> None:
    grid.evaluate(PASTE, "10")
    assert (values(grid), status(grid)) == (["1", "2", "3", "4", "5", "6"], "saved")


def test_leaving_with_unsaved_cells_asks_first(grid: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    grid.on("dialog", accept)
    grid.keyboard.type("8")
    with grid.expect_event("load"):
        grid.evaluate("location.reload()")
    assert asked == ["beforeunload"]
