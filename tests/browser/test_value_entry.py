"""Values typed by a department and confirmed by a clerk, in real browsers side by side and by keyboard alone."""

from fractions import Fraction

from playwright.sync_api import Page, expect

from assessment.models import AssessmentYear, LineValue, Phase, ValueEntry
from assessment.services.value_entry import value_entries_save
from tests.browser.conftest import Open, overflow
from tests.browser.test_grid import PASTE
from tests.conftest import account_of
from tests.county import county, ladder

VALUES = "/years/2025/values/"


def collecting(townships: int) -> AssessmentYear:
    """So many townships; 财政局 answers for every line, nothing is in force yet."""
    year = county(ladder(townships, members=()), phase=Phase.COLLECTING)
    LineValue.objects.all().delete()
    year.lines.update(department=account_of("department").department)
    return year


def in_force() -> dict[str, str]:
    """“T1/K1” → value."""
    found = LineValue.objects.values_list("township__code", "line__code", "value")
    return {f"{township}/{line}": str(value) for township, line, value in found}


def ticked(page: Page) -> int:
    return page.locator("input[name=entry]:checked").count()


def test_a_department_pastes_a_block_and_a_clerk_confirms_it(open_page: Open) -> None:
    collecting(2)
    department = open_page(VALUES, account=account_of("department"))
    clerk = open_page(VALUES, account=account_of("office"))

    department.locator("input[name='T1/K1']").focus()
    department.evaluate(PASTE, "10.5\t20\n30\t不适用\n")
    expect(department.locator("[data-grid-status]")).to_have_attribute("data-unsaved", "4")
    department.locator(".grid-bar [type=submit]").click()
    expect(department.locator("[data-grid-status]")).to_have_attribute("data-unsaved", "0")
    expect(department.locator(".value-waiting")).to_have_count(4)
    assert (in_force(), ValueEntry.objects.count()) == ({}, 4)

    # who was faster is shown beside what was typed, nothing is overwritten
    clerk.locator("input[name='T1/K1']").fill("11")
    clerk.locator(".grid-bar [type=submit]").click()
    expect(clerk.locator("input[name='T1/K1']")).to_have_value("11")
    expect(clerk.locator("td .invalid-feedback")).to_contain_text("10.5")
    clerk.once("dialog", lambda dialog: dialog.accept())

    clerk.goto(f"{VALUES}confirm/")
    clerk.locator("input[data-select-all]").first.check()
    assert ticked(clerk) == 4
    clerk.locator("button[value=confirm]").click()
    expect(clerk.locator("input[name=entry]")).to_have_count(0)
    assert in_force() == {"T1/K1": "21/2", "T1/K2": "20", "T2/K1": "30", "T2/K2": "None"}


def test_260_entries_are_confirmed_by_keyboard_alone(open_page: Open) -> None:
    year = collecting(20)
    cells = {(f"T{n}", line.code): Fraction(n) for n in range(1, 21) for line in year.lines.all()}
    value_entries_save(year=year, cells=cells, by=account_of("department"))
    page = open_page(f"{VALUES}confirm/", account=account_of("office"))
    page.locator("#select-all").focus()
    page.keyboard.press("Space")
    assert ticked(page) == 260
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert ticked(page) == 240
    page.locator("button[value=confirm]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=entry]")).to_have_count(20)
    assert len(in_force()) == 240


def test_own_entries_and_a_return_on_a_phone(open_page: Open) -> None:
    year = collecting(2)
    value_entries_save(year=year, cells={("T1", "K1"): Fraction(5)}, by=account_of("office"))
    value_entries_save(year=year, cells={("T2", "K1"): Fraction(6)}, by=account_of("department"))
    page = open_page(f"{VALUES}confirm/", account=account_of("office"), width=375)
    assert overflow(page) == 0
    expect(page.locator("input[name=entry]").first).to_be_disabled()
    page.locator("input[name=entry]").nth(1).check()
    page.locator("#reason").fill("缺少佐证材料")
    page.locator("button[value=return]").click()
    expect(page.locator("input[name=entry]")).to_have_count(1)
    department = open_page(VALUES, account=account_of("department"), width=375)
    expect(department.locator("main")).to_contain_text("缺少佐证材料")
    assert (overflow(department), in_force()) == (0, {})
