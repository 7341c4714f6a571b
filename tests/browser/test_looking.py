"""A leader looks and compares, the office tries and adopts; by keyboard, and on paper. The numbers are those of
tests/browser/looking_county.py."""

import re
from fractions import Fraction

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from assessment.models import AssessmentYear
from assessment.scheme import RankRule, StepPercent
from assessment.selectors.year import scheme_current
from scoring.models import SchemeDraft
from tests.browser.conftest import Open
from tests.browser.looking_county import KEPT, draft_kept, wide, years
from tests.browser.round_acts import press, said
from tests.conftest import account_of
from tests.county import county

RESULTS = "/years/2025/results/"
WHAT_IF = "/years/2025/what-if/"
NOTE = "常委会要求再算一稿"
SCORES = (RESULTS, f"{RESULTS}teams/", f"{RESULTS}teams/T1/derivation/", f"{RESULTS}rankings/county/")

TOKEN = re.compile(rb'(?<=")\w{64}(?=")')


def follow(page: Page, name: str, address: str) -> None:
    """The page's link of this name, and where it leads."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))


def drawn(page: Page, chart: str, text: str) -> Locator:
    """The first of these words on the drawing."""
    return page.locator(f"[data-chart='{chart}'] text").get_by_text(text, exact=True).first


def section(page: Page, heading: str) -> Locator:
    """The innermost part of the page with this heading."""
    return page.locator("main section", has=page.get_by_role("heading", name=heading)).last


def row(table: Locator, name: str) -> list[str]:
    """The cells of the table's row that begins with the name."""
    return table.locator("tr", has=table.page.get_by_role("rowheader", name=name)).first.locator("td").all_inner_texts()


# A leader


def test_a_leader_looks_and_compares(open_page: Open) -> None:
    years()
    page = open_page("/", account=account_of("leader"), language="en")
    over_the_years(page)
    address = three_compared(page)
    again = open_page(address, account=account_of("leader"), language="en")
    assert again.locator("main").inner_text() == page.locator("main").inner_text()
    how_firm(page)


def over_the_years(page: Page) -> None:
    """From a segment to its derivation, to the team, to all its years."""
    page.get_by_role("link", name="Scores and rankings").first.click()
    drawn(page, "team-points", "58.80").click()
    expect(page).to_have_url(f"{RESULTS}teams/T1/derivation/")
    said(page, "11.76 + 11.76 + 11.76 + 11.76 + 11.76 = 58.80")
    page.get_by_role("navigation", name="You are here").get_by_role("link", name="青石镇").click()
    follow(page, "All years", "/townships/T1/years/")
    results = section(page, "Results over the years")
    assert [row(results, year)[:3] for year in ("2025", "2024")] == [
        ["148.20 / 150", "98.80%", "1 / 3"],
        ["150.00 / 150", "100.00%", "1 / 3"],
    ]
    follow(page, "2025", f"{RESULTS}teams/T1/")


def three_compared(page: Page) -> str:
    """Three cadres ticked in the county's ranking, one of them found by a search; the address of their comparison."""
    follow(page, "Of the county", f"{RESULTS}rankings/county/")
    for number in ("T1-1", "T2-1"):
        page.locator(f"input[form=compare-chosen][value='{number}']").check()
    page.locator("#q").fill("孙立军")
    expect(page.locator("input[form=compare-chosen]")).to_have_count(1)
    page.locator("input[form=compare-chosen][value='T3-3']").check()
    said(page, "Ticked: 3")
    press(page, "Compare chosen")
    said(page, "刘志强 stands before 陈国栋 by 0.80 points: ahead in Work results +0.80.")
    said(page, "孙立军 (the only one of them in the group Deputy township head)")
    assert row(section(page, "Line by line"), "Total") == ["99.20", "100.00", "98.40"]
    return page.url


def how_firm(page: Page) -> None:
    """One ballot parts the first two teams; a cadre's page tells the band of the place."""
    page.goto(RESULTS)
    follow(page, "Stability of the places", f"{RESULTS}stability/")
    said(page, "places 1 to 2: 青石镇, 柳河镇")
    assert row(section(page, "Teams"), "柳河镇")[:3] == ["1–2", "2", "1 · 青石镇"]
    follow(page, "杨丽华", f"{RESULTS}cadres/T2-2/")
    expect(page.locator(".stability-band")).to_contain_text("place 4; between 4 and 8 when ballots are drawn anew")
    expect(page.locator(".stability-band svg")).to_be_visible()


# The office


def test_the_office_tries_and_adopts(open_page: Open) -> None:
    draft_kept(years())
    page = open_page(RESULTS, account=account_of("office"), language="en")
    before = scores(page)
    slide(page)
    keep(page)
    compare(page)
    backtest(page)
    adopt(page)
    assert scores(page) == before


def scores(page: Page) -> list[bytes]:
    """What the server sends for the year's scores, but for the token that every answer has of its own."""
    return [TOKEN.sub(b"", page.request.get(address).body()) for address in SCORES]


def slide(page: Page) -> None:
    """Half a point more a place: 柳河镇 goes to the head with 148.00 before 147.78, and so does the money."""
    follow(page, "What-if", WHAT_IF)
    slider = page.get_by_role("slider", name="step").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    table = section(page, "Teams")
    expect(table).to_contain_text("148.20 → 147.78")
    assert [texts(row(table, name))[:4] for name in ("柳河镇", "青石镇")] == [
        ["2 → 1 / 3 ▲ 1", "148.00", "Good results → Outstanding", "— → 50,000.00"],
        ["1 → 2 / 3 ▼ 1", "148.20 → 147.78 −0.42", "Outstanding → Good results", "50,000.00 → —"],
    ]


def texts(cells: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in cells]


def keep(page: Page) -> None:
    """The name is the second clerk's already: told beside it, and nothing typed or changed is lost."""
    page.locator("#draft-name").fill(KEPT)
    page.locator("#draft-note").fill(NOTE)
    press(page, "Save as draft")
    said(page, "There is a draft with this name already.")
    assert SchemeDraft.objects.count() == 1
    expect(page.get_by_label("Name")).to_have_value(KEPT)
    expect(page.get_by_label("Note")).to_have_value(NOTE)
    assert row(section(page, "What is changed"), "step")[:2] == ["2%", "2.5%"]
    page.get_by_label("Name").fill("第二稿")
    press(page, "Keep as a draft")
    said(page, "The draft is kept.")


def compare(page: Page) -> None:
    """Both beside the scheme in force."""
    page.goto("/years/2025/drafts/")
    for name in (KEPT, "第二稿"):
        page.get_by_label(f"Compare {name}").check()
    press(page, "Compare with the scheme in force")
    assert sorted(row(section(page, "What differs in the schemes"), "step")) == ["2%", "2.5%", "3%"]
    places = texts(row(section(page, "Teams"), "青石镇"))
    assert places == ["1", "Outstanding", "50,000.00", *["2 ▼ 1", "Good results", "—"] * 2]


def backtest(page: Page) -> None:
    """In 2024 nobody would have moved, in 2025 the first two, and all of 青石镇, who shared place 4 with 杨丽华."""
    page.goto("/years/2025/drafts/")
    follow_draft(page, "Try on earlier years", "backtest/")
    moved = {year: row(section(page, year), "Another place") for year in ("2025", "2024")}
    assert moved == {"2025": ["2 / 3", "4 / 12"], "2024": ["0 / 3", "0 / 12"]}


def follow_draft(page: Page, name: str, address: str) -> None:
    number = SchemeDraft.objects.get(name="第二稿").pk
    follow(page, "第二稿", f"/drafts/{number}/")
    follow(page, name, f"/drafts/{number}/{address}")


def adopt(page: Page) -> None:
    """The next year is made with it; the draft stays as it was adopted."""
    page.goto("/years/2025/drafts/")
    follow_draft(page, "Adopt", "adopt/")
    said(page, "The year 2026 does not exist yet.")
    assert not AssessmentYear.objects.filter(number=2026).exists()
    press(page, "Adopt as the scheme of 2026")
    said(page, "The draft is the scheme of 2026 now.")
    expect(page.locator("main").get_by_role("link", name="Remove")).to_have_count(0)
    assert [rule_of(number) for number in (2025, 2026)] == [
        StepPercent(Fraction(2, 100), Fraction(60, 100)),
        StepPercent(Fraction(25, 1000), Fraction(60, 100)),
    ]


def rule_of(number: int) -> RankRule:
    return scheme_current(AssessmentYear.objects.get(number=number)).line("K1").rule


# By keyboard

UNSEEN = """() => {
  const element = document.activeElement;
  const look = () => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    return [outlineStyle === "none" ? "" : outlineStyle + outlineWidth + outlineColor, boxShadow].join();
  };
  const focused = look();
  element.blur();
  const plain = look();
  element.focus();
  return focused === plain ? element.outerHTML.slice(0, 160) : "";
}"""
"""What has the focus, where that changes nothing that one sees."""
AT_END = "() => document.activeElement === document.body"


@pytest.mark.parametrize(
    "path", [RESULTS, WHAT_IF, f"{RESULTS}stability/", "/compare/cadres/?n=T1-1&n=T2-1", "/years/2025/drafts/"]
)
def test_whoever_goes_by_keyboard_sees_where_they_are(path: str, open_page: Open) -> None:
    draft_kept(years())
    page = open_page(path, account=account_of("office"))
    page.emulate_media(reduced_motion="reduce")
    found = []
    page.keyboard.press("Tab")
    while not page.evaluate(AT_END):
        found.append(page.evaluate(UNSEEN))
        page.keyboard.press("Tab")
    assert list(filter(None, found)) == []
    assert len(found) > 20


def test_a_slider_is_reached_and_moved_by_keys_alone(open_page: Open) -> None:
    years()
    page = open_page(WHAT_IF, account=account_of("office"), language="en")
    slider = page.get_by_role("slider", name="step").first
    while not slider.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    for key, number in (("ArrowRight", "2.5%"), ("ArrowUp", "3%"), ("ArrowLeft", "2.5%"), ("Home", "0%")):
        page.keyboard.press(key)
        expect(page.locator("[name='步长']")).to_have_value(number)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[name='步长']")).to_have_value("2%")


def test_a_chart_is_read_by_keys_alone(open_page: Open) -> None:
    """Its numbers are unfolded, and a number opens its derivation."""
    years()
    page = open_page(RESULTS, account=account_of("leader"), language="en")
    chart = page.locator(".chart", has=page.locator("[data-chart=team-points]"))
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.locator("table")).to_be_visible()
    for _ in range(2):  # past the team's name
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{RESULTS}teams/T1/derivation/")


# On paper

A4_ACROSS = (842, 595)
"""Points."""
SHEET: ViewportSize = {"width": 1047, "height": 718}
"""Pixels of a sheet across within its margins of a centimetre."""
OUTSIDE = """(size) => [...document.querySelectorAll("[data-chart] svg")].filter((drawing) => {
  const { left, right, height } = drawing.getBoundingClientRect();
  return left < 0 || right > size.width || height > size.height || height === 0;
}).map((drawing) => drawing.closest("[data-chart]").dataset.chart)"""


def test_the_overview_of_a_large_county_is_printed_across(open_page: Open) -> None:
    """Thirty townships: figures, bars, map and spread, each chart whole on its sheet."""
    county(wide())
    page = open_page(RESULTS, account=account_of("leader"))
    paper = page.pdf(prefer_css_page_size=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", paper)
    assert {(round(float(width)), round(float(height))) for width, height in boxes} == {A4_ACROSS}
    assert len(boxes) == 5
    page.set_viewport_size(SHEET)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-chart] svg").count() == 5
    assert page.evaluate(OUTSIDE, SHEET) == []
