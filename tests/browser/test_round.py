"""The collecting of a year, in browsers side by side: what comes out is what the same numbers in a workbook give."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from assessment.models import LineValue, ValueEntry
from cadres.models import AuditEntry
from tests.browser import round_acts as act
from tests.browser import round_county as plain
from tests.browser.conftest import Open, overflow, sign_in
from tests.browser.round_county import YEAR

Cast = dict[str, Page]


@pytest.fixture
def cast(contexts: Callable[..., BrowserContext], live_server: LiveServer) -> Cast:
    """Everybody's browser, side by side, signed in."""
    plain.county()
    pages = {}
    for name in plain.ACCOUNTS:
        context = contexts(language="en")
        sign_in(context, plain.account(name), live_server.url)
        pages[name] = context.new_page()
    return pages


def test_a_whole_round(cast: Cast, open_page: Open, tmp_path: Path) -> None:
    announce(cast, open_page)
    codes = prepare_boxes(cast)
    vote(cast, open_page, codes)
    key_paper(cast)
    enter_values(cast)
    fill_sheets(cast)
    act.year_moved(cast["first_clerk"], "close", "Close the year", "closed")
    scores_are_those_of_the_workbook(cast, tmp_path)
    trail_names_no_choice(cast, codes)


def announce(cast: Cast, open_page: Open) -> None:
    """The notice is public before anybody goes out; then collecting begins."""
    office = cast["first_clerk"]
    act.notice_written(office, contact="组织部考评办", phone="0576-1234567")
    act.year_moved(office, "announce", "Announce the year", "announced")
    stranger = open_page(f"/notice/{YEAR}/", language="en")
    for words in ("组织部考评办", "0576-1234567", "2025-11-24", "第一考评组", "head assessor", "青石镇", "李娜"):
        expect(stranger.locator(".public-notice")).to_contain_text(words)
    act.year_moved(office, "collect", "Start collecting", "collecting")


def prepare_boxes(cast: Cast) -> dict[str, list[str]]:
    """青石镇 on paper, 柳河镇 by slips, 红塘乡 both; the codes are read from the pages to print."""
    office = cast["second_clerk"]
    act.boxes_prepared(office)
    act.box_told(office, "青石镇", entitled=12, present=12, way="on paper")
    act.box_told(office, "柳河镇", entitled=4, present=3, way="online, with slips")
    act.box_told(office, "红塘乡", entitled=8, present=7, way="both: paper and slips add up to one tally")
    codes = {unit: act.slips_drawn(office, unit, number=number) for unit, number in (("柳河镇", 3), ("红塘乡", 1))}
    for unit in plain.TOWNSHIPS.values():
        act.box_stepped(office, unit, "Open the box", "open")
    return codes


def vote(cast: Cast, open_page: Open, codes: dict[str, list[str]]) -> None:
    """Four phones; while the boxes are open everything that the office can open tells no more than how many."""
    office = cast["third_clerk"]
    before, trail = told(office), AuditEntry.objects.count()
    first, second, third = codes["柳河镇"]
    by_picture(open_page, first, plain.PHONES_T02[0])
    by_typing(open_page, second, plain.PHONES_T02[1], opinion=plain.OPINION)
    by_typing(open_page, third, plain.PHONES_T02[2], scripts=False)
    by_picture(open_page, codes["红塘乡"][0], plain.PHONE_T03)
    assert AuditEntry.objects.count() == trail
    changed = [pair for pair in zip(before, told(office), strict=True) if pair[0] != pair[1]]
    assert changed == [("0", "3"), ("0", "3"), ("0", "1")]  # returned: on the box's page, in the list of boxes
    assert office.request.post("/vote/", form={"code": first}).status == 409
    refusal = AuditEntry.objects.get(action="vote_refused")
    assert (refusal.actor_name, refusal.subject, refusal.details, refusal.refused) == ("anonymous", "柳河镇", {}, True)
    for unit, state in (
        ("青石镇", "closed, being counted"),
        ("柳河镇", "counted"),
        ("红塘乡", "closed, being counted"),
    ):
        act.box_stepped(office, unit, "Close the box", state)


def by_picture(open_page: Open, code: str, marks: str) -> None:
    """The QR code's address: the code stands behind the #."""
    phone = open_page(f"/vote/#{unhyphened(code)}", width=360, language="en")
    expect(phone.locator("form[data-ballot]")).to_be_visible()
    assert (overflow(phone), phone.url.endswith("/vote/")) == (0, True)
    act.voted(phone, marks)


def by_typing(open_page: Open, code: str, marks: str, *, opinion: str = "", scripts: bool = True) -> None:
    phone = open_page("/vote/", width=360, language="en", scripts=scripts)
    phone.get_by_label("The code on your slip").fill(code.lower())
    act.press(phone, "Open my ballot")
    act.voted(phone, marks, opinion=opinion)


def told(office: Page) -> list[str]:
    """Every cell that the office reads about the year: a box, the boxes, the board, the archive, the record."""
    act.box_of(office, "柳河镇")
    cells = texts(office)
    for page in ("boxes", "board", "tallies"):
        office.goto(f"{act.HOME}{page}/")
        cells += texts(office)
    return [*cells, *archive(office), record(YEAR)]


def texts(page: Page) -> list[str]:
    return page.locator("main").locator("th, td, li, .notice").all_inner_texts()


def archive(office: Page) -> Iterator[str]:
    """The cells of the workbook, but for the cover, which holds the time."""
    office.goto(f"{act.HOME}archive/")
    with office.expect_download() as download:
        office.locator("a[href$='/archive/workbook/']").click()
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    sheets = [sheet for sheet in book.worksheets if sheet.title != "封面"]
    return (str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


def record(number: int) -> str:
    """What `score_year --json` prints."""
    printed = io.StringIO()
    call_command("score_year", str(number), "--json", stdout=printed)
    return printed.getvalue()


def key_paper(cast: Cast) -> None:
    """Two clerks differ in two cells; both see where, neither may decide, a third does."""
    first, second, third = (cast[name] for name in ("first_clerk", "second_clerk", "third_clerk"))
    act.paper_keyed(first, "青石镇", ballots=(12, 11, 1), rows=plain.PAPER_T01)
    act.paper_keyed(second, "青石镇", ballots=(12, 11, 1), rows=plain.SLIP_OF_THE_FINGER)
    for clerk in (first, second):
        act.paper_compared(clerk, "青石镇", differing=["≠differs 6", "≠differs 2", "≠differs 5", "≠differs 3"])
    act.paper_decided(third, "青石镇", numbers=(6, 2))
    for clerk in (first, third):
        act.paper_keyed(clerk, "红塘乡", ballots=(6, 5, 0), rows=plain.PAPER_T03)
    act.said(third, "the box is counted")


def enter_values(cast: Cast) -> None:
    """Departments type; nobody confirms what he typed, whichever way he asks; a second clerk confirms it all."""
    for name, (_unit, lines) in plain.ANSWERS_FOR.items():
        act.values_entered(cast[name], lines, block(lines))
    act.values_entered(cast["first_clerk"], plain.UNCLAIMED, block(plain.UNCLAIMED))
    for name in ("finance", "first_clerk"):
        own = ValueEntry.objects.filter(entered_by__username=name).values_list("pk", flat=True)
        assert act.confirmed_directly(cast[name], own) == 403
        refusal = AuditEntry.objects.filter(actor__username=name, refused=True).get()
        assert refusal.subject.startswith("assessment.confirm_values")
    assert not LineValue.objects.exists()
    act.values_confirmed(cast["second_clerk"], number=39)


def block(lines: tuple[str, ...]) -> list[tuple[str, ...]]:
    """These lines' columns of the table of values."""
    start = plain.LINES.index(lines[0])
    return [row[start : start + len(lines)] for row in plain.VALUES.values()]


def fill_sheets(cast: Cast) -> None:
    office = cast["second_clerk"]
    for kind in plain.SHEETS:
        act.round_stepped(office, kind, "open", "Open the round", "The round is open")
    for sheets in plain.SHEETS.values():
        for name, marks in sheets.items():
            act.sheet_signed(cast[name], marks)
    for kind in plain.SHEETS:
        act.round_stepped(office, kind, "close", "Close the round", "its signed sheets are counted")


def scores_are_those_of_the_workbook(cast: Cast, tmp_path: Path) -> None:
    """Number for number; and one of them by hand: (6 + 0.8 · 2 + 0.6 · 1) ÷ 9 of 15 is 13.67 (RULES E1)."""
    file = tmp_path / "year.xlsx"
    file.write_bytes(plain.workbook())
    call_command("import_year", str(file), "--year", str(plain.AGAIN), stdout=io.StringIO())
    played, imported = json.loads(record(YEAR)), json.loads(record(plain.AGAIN))
    assert played | {"year": plain.AGAIN} == imported
    assert (played["computable"], played["teams"][0]["lines"]["E1"]) == (True, "13.67")
    leader = cast["secretary"]
    leader.goto(f"{act.HOME}results/teams/")
    for team in played["teams"]:
        expect(leader.locator(".result-table tbody tr", has_text=team["name"])).to_contain_text(team["total"])
    leader.goto(f"{act.HOME}results/departments/")
    expect(leader.get_by_text("fewer than 5 votes")).to_have_count(2)  # three townships have rated each


KEPT = {"drawn", "round", "hand", "returned", "valid", "version"}
"""What entries about boxes, slips, paper and sheets hold beside who and when: how many, and which keying or version."""


def trail_names_no_choice(cast: Cast, codes: dict[str, list[str]]) -> None:
    """No grade, no code, no opinion; whoever reads the trail sees the three that were refused."""
    entries = list(AuditEntry.objects.all())
    about_votes = [entry for entry in entries if entry.action.startswith(("box_", "slip", "vote", "paper_", "sheet_"))]
    assert {key for entry in about_votes for key in entry.details} == KEPT
    held = "\n".join(f"{entry.actor_name} {entry.subject} {json.dumps(entry.details)}" for entry in entries)
    drawn = [code for some in codes.values() for code in some]
    assert [word for word in (*drawn, *map(unhyphened, drawn), json.dumps(plain.OPINION)) if word in held] == []
    auditor = cast["auditor"]
    auditor.goto("/audit/?refused=true")
    expect(auditor.locator("main tbody td:nth-child(3)")).to_have_text(["first_clerk", "finance", "not signed in"])


def unhyphened(code: str) -> str:
    """As the address of the slip's picture holds it."""
    return code.replace("-", "")
