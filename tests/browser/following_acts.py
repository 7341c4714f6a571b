"""What the office does in tests/browser/test_following.py, one function an act, by the words on its pages."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.following_county import YEAR
from tests.browser.round_acts import press, said

HOME = f"/years/{YEAR}/"


def grade(page: Page, code: str) -> Locator:
    """The drop-down of this team's or cadre's decided grade."""
    return page.locator(f"select[name='grade-{code}']")


def reason(page: Page, code: str) -> Locator:
    return page.locator(f"input[name='reason-{code}']")


def decisions_saved(page: Page) -> None:
    press(page, "Save the decisions")


def suggestions_adopted(page: Page, *, of: str, number: int) -> None:
    """Whoever is undecided gets what is suggested; a tie on the quota line is left out."""
    page.goto(f"{HOME}grades/{of}/")
    page.get_by_role("link", name=f"Adopt {number} suggestions").click()
    press(page, "Adopt the suggestions")
    expect(page.get_by_role("link", name="Adopt")).to_have_count(0)


def year_moved(page: Page, step: str, phase: str) -> None:
    page.goto(f"{HOME}{step}/")
    page.locator("main form button[type=submit]").click()
    said(page, f"The year is now: {phase}")


def letters_written(page: Page) -> bytes:
    """All at once: the page follows by itself until the file is there."""
    page.goto(f"{HOME}letters/")
    press(page, "Write the letters")
    expect(page.locator("#letter-batches .state-done")).to_have_text("ready", timeout=60_000)
    with page.expect_download() as download:
        page.locator("#letter-batches").get_by_role("link", name="Download").click()
    return download.value.path().read_bytes()


def everybody_told(page: Page, *, by: str, number: int) -> None:
    """One occasion for all teams and cadres; a table's first box ticks the whole township."""
    page.goto(f"{HOME}feedback/new/")
    page.get_by_label("How").select_option("letter")
    page.get_by_label("Given by").fill(by)
    for all_of in page.locator("[data-select-all]").all():
        all_of.check()
    expect(page.locator("[data-selected]")).to_have_text(f"{number} are ticked")
    press(page, "Save")


def bulletin_published(page: Page, *, title: str, document: str) -> None:
    page.goto(f"{HOME}bulletin/edit/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Document number").fill(document)
    expect(page.locator("#bulletin-preview")).to_contain_text(document)
    press(page, "Publish the bulletin")


def measure_accepted(page: Page, measure: str, *, body: str, document: str, deadline: str) -> None:
    page.goto(f"{HOME}measures/{measure}/decide/")
    page.get_by_label("accept: as proposed").check()
    page.get_by_label("Deciding body").fill(body)
    page.get_by_label("Document").fill(document)
    page.get_by_label("Deadline").fill(deadline)
    page.locator("main form button[type=submit]").click()
    said(page, "The decision is on record")


def talk_recorded(page: Page, measure: str, *, place: str, talker: str, recorder: str, content: str) -> None:
    page.goto(f"{HOME}measures/{measure}/talks/new/")
    page.get_by_label("Place of the talk").fill(place)
    page.get_by_label("Talker").fill(talker)
    page.get_by_label("Recorder").fill(recorder)
    page.get_by_label("What was said").fill(content)
    press(page, "Save")


def appeal_received(page: Page, subject: str, *, applicant: str, grounds: str, contested: str) -> str:
    """The address of the appeal."""
    page.goto(f"{HOME}appeals/new/")
    page.get_by_label("Whose result is contested").select_option(subject)
    press(page, "Continue")
    page.get_by_label("Applicant").fill(applicant)
    page.get_by_label("Grounds").fill(grounds)
    page.locator(f"input[name=contested][value='{contested}']").check()
    press(page, "Receive the appeal")
    said(page, "The appeal is received; its clock runs.")
    return page.url


def source_read(page: Page, appeal: str, value: str, *, unseen: str) -> None:
    """Blind: neither the stored figure nor the other reading is on the page."""
    page.goto(appeal)
    page.get_by_role("link", name="Read the source").click()
    expect(page.locator("main")).not_to_contain_text(unseen)
    page.get_by_label("Value").fill(value)
    press(page, "Keep this reading")
    said(page, "Your reading is kept.")


def posted(page: Page, path: str) -> int:
    """The request that no button of this page sends; its status."""
    cookie = next(found["value"] for found in page.context.cookies() if found.get("name") == "csrftoken")
    return page.request.post(path, form={"csrfmiddlewaretoken": cookie}, headers={"Referer": page.url}).status
