"""A slider in a real browser: the number beside it, the answer, the address, and what is refused beside its field."""

from urllib.parse import unquote

from playwright.sync_api import Locator, Page, expect

from assessment.models import AssessmentYear
from tests.browser.conftest import Open, overflow
from tests.conftest import account_of
from tests.county import county, ladder

PAGE = "/years/2025/what-if/"


def control(page: Page, name: str) -> Locator:
    return page.locator("[data-control]").filter(has=page.locator(f'[name="{name}"]'))


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def address(page: Page) -> str:
    return unquote(page.url.partition("/what-if/")[2])


def total_of(page: Page, township: str) -> Locator:
    return page.locator(".what-if-table tr").filter(has_text=township).first.locator("td").nth(1)


def test_a_slider_moves_its_number_the_scores_and_the_address(open_page: Open) -> None:
    """Second of two at 2.5 %: 5 × 11.70, 2 × 4.88, 2 × 3.90, 4 × 2.93, each line rounded by itself (RULES A2)."""
    county(ladder(2))
    page = open_page(PAGE, account=account_of("office"))
    expect(total_of(page, "T2镇")).to_have_text("148.20")
    slider = control(page, "步长").locator("input[type=range]")
    slider.press("ArrowRight")
    expect(field(page, "步长")).to_have_value("2.5%")
    expect(total_of(page, "T2镇")).to_contain_text("148.20 → 147.78")
    expect(page.locator("#what-if-query")).to_have_value("%E6%AD%A5%E9%95%BF=2.5%25")
    assert address(page) == "?步长=2.5%"
    control(page, "步长").locator("[data-reset]").click()
    expect(total_of(page, "T2镇")).to_have_text("148.20")
    assert (field(page, "步长").input_value(), slider.input_value(), address(page)) == ("2%", "2", "")


def test_quick_moves_end_with_the_answer_to_the_last(open_page: Open) -> None:
    county(ladder(2))
    page = open_page(PAGE, account=account_of("office"))
    slider = control(page, "步长").locator("input[type=range]")
    for _ in range(16):
        slider.press("ArrowRight")
    expect(field(page, "步长")).to_have_value("10%")
    expect(total_of(page, "T2镇")).to_contain_text("148.20 → 141.00")
    assert address(page) == "?步长=10%"


def test_what_is_refused_stands_beside_the_field_and_goes_when_mended(open_page: Open) -> None:
    county(ladder(2))
    page = open_page(PAGE, account=account_of("office"), language="en")
    field(page, "优秀线").fill("high")
    words = control(page, "优秀线").locator("[data-error]")
    expect(words).to_have_text("“high” is not a number; expected for example 0.5, 50% or 1/3")
    expect(field(page, "优秀线")).to_have_value("high")
    field(page, "优秀线").fill("85")
    expect(words).to_have_text("")
    expect(page.locator(".what-if-table").first).to_be_visible()


def test_another_rule_shows_its_own_parameters(open_page: Open) -> None:
    county(ladder(2))
    page = open_page(PAGE, account=account_of("office"))
    page.locator(".what-if-group", has=field(page, "K1.折分方法")).locator("summary").first.click()
    page.locator("[data-line]", has=field(page, "K1.折分方法")).locator("summary").click()
    expect(control(page, "K1.步长")).to_be_visible()
    field(page, "K1.折分方法").select_option("线性")
    expect(control(page, "K1.步长")).to_be_hidden()
    expect(control(page, "K1.最低")).to_be_visible()
    field(page, "K1.最低").fill("50%")
    expect(total_of(page, "T2镇")).to_contain_text("148.20 → 142.44")
    assert address(page) == "?K1.折分方法=线性&K1.最低=50%"


def test_without_script_the_page_leads_to_the_same_address(open_page: Open) -> None:
    county(ladder(2))
    page = open_page(PAGE, account=account_of("office"), scripts=False)
    field(page, "步长").fill("10%")
    page.locator("#what-if-form [type=submit]").first.click()
    expect(total_of(page, "T2镇")).to_contain_text("148.20 → 141.00")
    assert address(page) == "?步长=10%"


def test_fits_a_phone(open_page: Open) -> None:
    year: AssessmentYear = county(ladder(2))
    page = open_page(f"/years/{year.number}/what-if/?步长=5%25", account=account_of("office"), width=375)
    expect(page.locator(".what-if-summary")).to_be_in_viewport()
    assert overflow(page) == 0
