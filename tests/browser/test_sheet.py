"""An assessor fills in a sheet by keyboard, loses the server once, loses no answer, and signs."""

from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import AssessmentYear, Phase, Sheet, SheetSignature
from assessment.services.roster import RosterRow, roster_save
from assessment.services.year import year_create
from cadres.models import Account, Role
from cadres.services.unit import UnitRow, townships_save
from tests.assessment.sheets import opened, team_of
from tests.browser.conftest import Open, overflow, sign_in
from tests.county import year_in_phase
from tests.factories import AccountFactory

URL, CHANGE = "/years/2025/sheet/", "**/sheet/change/"
ALL_BEST = {"E4:T01": "1", "C4:0001": "1", "C4:0002": "1", "E4:T02": "1", "C4:0003": "1"}


def assessor() -> Account:
    """In a team for two townships with three cadres, in an open round."""
    townships_save(rows=[UnitRow("T01", "青石镇", 1), UnitRow("T02", "柳河镇", 2)], by=None)
    year = year_in_phase(year_create(number=2025, by=None), Phase.COLLECTING)
    places = (("0001", "T01", "党委书记"), ("0002", "T01", "乡镇长"), ("0003", "T02", "党委书记"))
    roster_save(year=year, rows=[RosterRow(number, "王伟", unit, post) for number, unit, post in places], by=None)
    account: Account = AccountFactory(role=Role.ASSESSOR)
    team_of(year, account, "T01", "T02")
    opened(AssessmentYear.objects.get(), "assessor")
    return account


def marks() -> dict[str, str]:
    return Sheet.objects.values_list("marks", flat=True).first() or {}


def choose(page: Page, key: str, mark: str) -> None:
    """By mouse, until the server has answered."""
    with page.expect_response(CHANGE):
        page.locator(f"[data-key='{key}'] input[value='{mark}']").check()


def state(page: Page, name: str) -> None:
    """Wait until the page says so."""
    expect(page.locator("[data-state]")).to_have_attribute("data-state", name)


def test_filled_in_by_keyboard_and_signed(open_page: Open) -> None:
    page = open_page(URL, account=assessor())
    page.locator("[data-next]").click()
    for _row in range(4):
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    page.keyboard.press("4")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.keyboard.press("Enter")  # on to the button that signs
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheet/sign/")
    assert marks() == ALL_BEST
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{URL}")
    assert SheetSignature.objects.get().marks == ALL_BEST
    assert page.locator("form[data-sheet]").count() == 0


def test_a_lost_connection_loses_no_answer(browser: Browser, live_server: LiveServer) -> None:
    """A context of its own: the browser itself writes the lost request to the console."""
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, assessor(), live_server.url)
    page = context.new_page()
    page.goto(URL)
    page.route(CHANGE, lambda route: route.abort())
    page.locator("[data-next]").click()
    page.keyboard.press("1")
    state(page, "lost")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    state(page, "lost")
    assert marks() == {}
    page.unroute(CHANGE)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    state(page, "saved")
    assert marks() == {"E4:T01": "1", "C4:0001": "2"}
    page.reload()
    expect(page.locator(".sheet-here")).to_have_attribute("data-key", "C4:0001")
    assert page.locator("input:checked").count() == 2
    context.close()


def test_an_answer_whose_receipt_was_lost_is_no_conflict_with_oneself(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(base_url=live_server.url)
    sign_in(context, assessor(), live_server.url)
    page = context.new_page()
    page.goto(URL)

    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route(CHANGE, lose_the_receipt, times=1)
    page.locator("[data-next]").click()
    page.keyboard.press("1")
    state(page, "lost")
    assert marks() == {"E4:T01": "1"}
    page.keyboard.press("2")
    page.locator("[name=sign]").click()  # sends first, and stays where something is not saved
    page.wait_for_url("**/sheet/sign/")
    assert marks() == {"E4:T01": "2"}
    context.close()


def test_signing_waits_for_what_was_chosen_while_an_answer_was_under_way(open_page: Open) -> None:
    page = open_page(URL, account=assessor())
    under_way: list[Route] = []
    page.route(CHANGE, lambda route: under_way.append(route), times=1)
    page.locator("[data-next]").click()
    with page.expect_request(CHANGE):
        page.keyboard.press("1")
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    page.locator("[name=sign]").click()
    under_way[0].continue_()
    page.wait_for_url("**/sheet/sign/")
    assert marks() == {"E4:T01": "1", "C4:0001": "2"}


def test_an_older_window_is_told_and_does_not_overwrite(open_page: Open) -> None:
    account = assessor()
    older, newer = open_page(URL, account=account), open_page(URL, account=account)
    choose(newer, "C4:0001", "4")
    choose(newer, "C4:0002", "3")
    choose(older, "C4:0001", "1")
    expect(older.locator("[data-key='C4:0001'] .sheet-note")).not_to_be_empty()
    assert marks() == {"C4:0001": "4", "C4:0002": "3"}
    expect(older.locator("[data-key='C4:0001'] input[value='4']")).to_be_checked()
    expect(older.locator("[data-key='C4:0002'] input[value='3']")).to_be_checked()
    choose(older, "C4:0001", "1")
    expect(older.locator("[data-key='C4:0001'] .sheet-note")).to_be_empty()
    assert marks() == {"C4:0001": "1", "C4:0002": "3"}


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: Open) -> None:
    account = assessor()
    pages = [open_page(URL, account=account, width=width) for width in (375, 768, 1024)]
    assert [overflow(page) for page in pages] == [0, 0, 0]
    targets = pages[0].locator(".sheet-marks span").first.bounding_box()
    assert targets is not None
    assert targets["height"] >= 44
