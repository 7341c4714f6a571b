"""A township's paper ballots keyed by keyboard alone: one team and twelve cadres, five columns, by two clerks."""

from playwright.sync_api import Page, expect

from assessment.models import AssessmentYear, Box, BoxState, PaperCount, Phase, Tally
from assessment.services.box import ElectorateRow, box_create, box_open
from assessment.services.box_closing import box_close
from assessment.services.roster import RosterRow, roster_save
from assessment.services.year import year_create
from cadres.models import Account, Township
from cadres.services.unit import UnitRow, townships_save
from tests.browser.conftest import Open, overflow
from tests.conftest import account_of
from tests.county import year_in_phase

POSTS = ("党委书记", "乡镇长", "人大主席", "党委副书记", *["副乡镇长"] * 8)
ROW = ("6", "2", "1", "0", "1")
"""Ten valid ballots."""


def closed_box() -> Box:
    """青石镇: twelve cadres, one voter group, the box closed."""
    townships_save(rows=[UnitRow("T01", "青石镇")], by=None)
    year = year_create(number=2025, by=None)
    rows = [RosterRow(f"{seat:04}", "王伟", "T01", post) for seat, post in enumerate(POSTS, start=1)]
    roster_save(year=year, rows=rows, by=None)
    year_in_phase(AssessmentYear.objects.get(), Phase.COLLECTING)
    office = account_of("office")
    voters = [ElectorateRow("机关工作人员", 12, 12)]
    year.refresh_from_db()
    box = box_create(year=year, unit=Township.objects.get(), electorates=voters, by=office)
    box_open(box=box, by=office)
    box_close(box=box, by=office)
    return box


def address(box: Box) -> str:
    return f"/years/2025/boxes/{box.pk}/paper/{box.electorates.get().pk}/"


def press(page: Page, *texts: str, key: str) -> None:
    """Type each text and go on with the key."""
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press(key)


def key_by_rows(page: Page, *, first: tuple[str, ...] = ROW) -> None:
    """Ballots with Enter, then row by row with Tab, and Ctrl+Enter; no mouse, no click."""
    expect(page.locator("#ballots-issued")).to_be_focused()
    press(page, "12", "11", "1", key="Enter")
    for row in (first, *[ROW] * 12):
        press(page, *row, key="Tab")
    page.keyboard.press("Shift+Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def keyings() -> list[tuple[int, str]]:
    return list(PaperCount.objects.order_by("hand").values_list("hand", "keyed_by__username"))


def test_two_clerks_key_a_township_without_the_mouse(open_page: Open) -> None:
    box = closed_box()
    for clerk in ("office", "second_clerk"):
        page = open_page(address(box), account=account_of(clerk))
        key_by_rows(page)
    box.refresh_from_db()
    assert (keyings(), box.state) == ([(1, "office"), (2, "second_clerk")], BoxState.COUNTED)
    assert {(t.first, t.second, t.third, t.fourth, t.abstain) for t in Tally.objects.all()} == {(6, 2, 1, 0, 1)}
    assert Tally.objects.count() == 13


def test_enter_goes_down_and_the_page_says_which_rows_add_up(open_page: Open) -> None:
    box = closed_box()
    page = open_page(address(box), account=account_of("office"), language="en")
    press(page, "12", "11", "1", key="Enter")
    expect(page.locator("[data-paper-valid]")).to_have_text("10")
    press(page, "10", "9", key="Enter")
    checks = page.locator("[data-paper-check]")
    expect(checks.nth(0)).to_have_text("✓ 10")
    expect(checks.nth(1)).to_have_text("9 of 10")
    expect(page.locator("[data-paper-status]")).to_have_text("1 of 13 rows add up")


def test_what_does_not_add_up_is_kept_and_shown(open_page: Open) -> None:
    box = closed_box()
    page = open_page(address(box), account=account_of("office"), language="en")
    key_by_rows(page, first=("7", "2", "1", "0", "1"))
    expect(page.locator(".problems")).to_contain_text("青石镇")
    assert [
        page.locator("[data-paper-votes] tbody tr").nth(0).locator("input").nth(place * 2).input_value()
        for place in range(5)
    ] == ["7", "2", "1", "0", "1"]
    assert keyings() == []


def test_a_difference_is_decided_by_a_third_on_a_narrow_screen_too(open_page: Open) -> None:
    box = closed_box()
    for clerk, first in (("office", ROW), ("second_clerk", ("5", "3", "1", "0", "1"))):
        key_by_rows(open_page(address(box), account=account_of(clerk)), first=first)
    third = Account.objects.create(username="third", name="third clerk", role="office")
    page = open_page(f"{address(box)}differences/", account=third, width=375, language="en")
    expect(page.locator("td.paper-differs")).to_have_count(4)
    assert overflow(page) == 0
    page.goto(f"{address(box)}decide/")
    assert overflow(page) == 0
    cells = page.locator("[data-paper-votes] tbody tr").nth(0).locator("input:not([type=hidden])")
    assert [cell.input_value() for cell in cells.all()] == ["", "", "1", "0", "1"]
    cells.nth(0).focus()
    press(page, "5", key="Tab")
    page.keyboard.type("3")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert Tally.objects.get(township__isnull=False).grades == (5, 3, 1, 0)
