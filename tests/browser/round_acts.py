"""What each role does in tests/browser/test_round.py, one function an act, by the words on its pages."""

from collections.abc import Iterable, Sequence

from playwright.sync_api import Page, expect

from tests.browser.round_county import YEAR
from tests.browser.test_grid import PASTE

HOME = f"/years/{YEAR}/"
Rows = Sequence[tuple[int, ...]]


def press(page: Page, name: str) -> None:
    """The button of this name, on the page itself."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def said(page: Page, words: str) -> None:
    """Wait until the page says so."""
    expect(page.locator("main")).to_contain_text(words)


# The office


def notice_written(page: Page, *, contact: str, phone: str) -> None:
    page.goto(f"{HOME}notice/")
    page.get_by_label("Field work from").fill("2025-11-24")
    page.get_by_label("Field work until").fill("2025-12-12")
    page.get_by_label("Contact").fill(contact)
    page.get_by_label("Phone").fill(phone)
    press(page, "Save")
    expect(page.locator(".public-notice")).to_contain_text(phone)


def year_moved(page: Page, step: str, button: str, phase: str) -> None:
    page.goto(f"{HOME}{step}/")
    press(page, button)
    said(page, f"The year is now: {phase}")


def boxes_prepared(page: Page) -> None:
    """One for every township, on paper."""
    page.goto(f"{HOME}boxes/prepare/")
    page.get_by_label("on paper").check()
    press(page, "Prepare the boxes")
    said(page, "Boxes prepared: 3")


def box_of(page: Page, township: str) -> None:
    page.goto(f"{HOME}boxes/")
    page.locator("main").get_by_role("link", name=township, exact=True).click()
    expect(page.locator("h1")).to_contain_text(township)


def box_told(page: Page, township: str, *, entitled: int, present: int, way: str) -> None:
    """Who comes to the meeting, and how they vote."""
    box_of(page, township)
    page.get_by_role("link", name="Enter numbers, meeting and way of voting").click()
    page.get_by_label("Entitled 1", exact=True).fill(str(entitled))
    page.get_by_label("Present 1", exact=True).fill(str(present))
    page.get_by_label(way).check()
    press(page, "Save")
    said(page, "The box was saved")


def slips_drawn(page: Page, township: str, *, number: int) -> list[str]:
    """The codes as they stand on the page that is printed."""
    box_of(page, township)
    page.get_by_role("link", name="Draw and print slips").click()
    page.locator("input[name=group-0]").fill(str(number))
    press(page, "Draw the slips")
    expect(page.locator(".slip-code")).to_have_count(number)
    expect(page.locator("svg.slip-qr")).to_have_count(number)
    return page.locator(".slip-code").all_inner_texts()


def box_stepped(page: Page, township: str, step: str, state: str) -> None:
    """“Open the box” or “Close the box”, and its question answered."""
    box_of(page, township)
    page.get_by_role("link", name=step, exact=True).click()
    press(page, step)
    expect(page.locator("h1 .state")).to_have_text(state)
    page.goto(f"{HOME}boxes/")  # the page of an open box would go on asking how many are in


def paper_keyed(page: Page, township: str, *, ballots: Sequence[int], rows: Rows) -> None:
    """By keyboard alone, as fast as one can."""
    box_of(page, township)
    page.get_by_role("link", name="Key the paper ballots").click()
    page.get_by_role("link", name="Key the sheets").click()
    expect(page.locator("#ballots-issued")).to_be_focused()
    typed(page, ballots, key="Enter")
    for row in rows:
        typed(page, row, key="Tab")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")


def paper_compared(page: Page, township: str, *, differing: Sequence[str]) -> None:
    """The cells in which two keyings differ, side by side; who keyed one of them does not decide."""
    box_of(page, township)
    page.get_by_role("link", name="Key the paper ballots").click()
    expect(page.get_by_role("link", name="Decide")).to_have_count(0)
    page.get_by_role("link", name="Differences").click()
    expect(page.locator("td.paper-differs")).to_have_text(list(differing))


def paper_decided(page: Page, township: str, *, numbers: Sequence[int]) -> None:
    """A third person fills in what two keyed differently; the rest stands."""
    box_of(page, township)
    page.get_by_role("link", name="Key the paper ballots").click()
    page.get_by_role("link", name="Decide").click()
    empty = page.locator("[data-paper-votes] input:not([type=hidden])[value='']")
    expect(empty).to_have_count(len(numbers))
    for cell, number in zip(empty.all(), numbers, strict=True):
        cell.fill(str(number))
    press(page, "Save")
    said(page, "the box is counted")


def typed(page: Page, numbers: Iterable[int], *, key: str) -> None:
    for number in numbers:
        page.keyboard.type(str(number))
        page.keyboard.press(key)


def round_stepped(page: Page, kind: str, step: str, button: str, words: str) -> None:
    """A round of sheets is opened or closed."""
    page.goto(f"{HOME}sheets/{kind}/{step}/")
    press(page, button)
    said(page, words)


def values_confirmed(page: Page, *, number: int) -> None:
    """Everything that waits and is not one's own."""
    page.goto(f"{HOME}values/confirm/")
    page.get_by_label("Choose all", exact=True).check()
    expect(page.locator("[data-selected]")).to_have_text(f"{number} chosen")
    press(page, "Confirm the chosen")
    said(page, f"{number} values were confirmed")


# Everybody else


def voted(phone: Page, marks: str, *, opinion: str = "") -> None:
    """The open ballot is filled in and sent; where something stands on abstention, the page asks once."""
    for place, mark in enumerate(marks, start=1):
        phone.locator(f"#q{place} label", has=phone.locator(f"input[value='{mark}']")).click()
    phone.locator("#opinion").fill(opinion)
    press(phone, "Send the ballot")
    if "0" in marks:
        expect(phone.locator("#asked a")).to_have_count(marks.count("0"))
        press(phone, "Send the ballot as it is now")
    expect(phone.get_by_role("heading", name="Your ballot is in")).to_be_visible()


def values_entered(page: Page, lines: Sequence[str], block: Iterable[Sequence[str]]) -> None:
    """A block copied from a spreadsheet goes into the first cell of the lines."""
    rows = list(block)
    page.goto(f"{HOME}values/")
    page.locator(f"input[name='T01/{lines[0]}']").focus()
    page.evaluate(PASTE, "".join("\t".join(row) + "\n" for row in rows))
    count = len(rows) * len(lines)
    expect(page.locator("[data-grid-status]")).to_have_text(f"{count} unsaved cells")
    press(page, "Save")
    said(page, f"{count} values entered, awaiting confirmation")


def confirmed_directly(page: Page, entries: Iterable[int]) -> int:
    """The request that no button of this page sends; its status."""
    page.goto(f"{HOME}values/")
    token = page.locator("main input[name=csrfmiddlewaretoken]").first.input_value()
    form = f"csrfmiddlewaretoken={token}&action=confirm" + "".join(f"&entry={pk}" for pk in entries)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return page.request.post(f"{HOME}values/confirm/", data=form, headers=headers).status


def sheet_signed(page: Page, marks: str) -> None:
    """By keyboard from the first question to the signature."""
    page.goto(f"{HOME}sheet/")
    page.locator("[data-next]").click()
    for mark in marks:
        page.keyboard.press(mark)
        page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sheet/sign/")
    said(page, f"{len(marks)} of {len(marks)} questions are answered")
    press(page, "Sign")
    said(page, "The sheet is signed")
