"""A county's year as an office clerk lives it, in a real browser: from the workbook to the archive."""

from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, expect

from assessment.models import AssessmentYear
from cadres.models import Account
from scoring.engine import TeamResult
from scoring.results import current_result
from tests.browser.conftest import Open
from workbook.demo.accounts import DEMO_PASSWORD
from workbook.demo.build import demo_build
from workbook.demo.mistakes import MISTAKES

DEMO = Path(settings.BASE_DIR) / "docs" / "demo"


def signed_in(open_page: Open) -> Page:
    page = open_page("/")
    page.locator("input[name=username]").fill("office")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("nav").first).to_contain_text("年度")
    return page


def upload(page: Page, file_name: str) -> None:
    page.goto("/workbook/new/")
    page.locator("input[name=number]").fill("2027")
    page.locator("input[type=file]").set_input_files(DEMO / file_name)
    page.locator("main form[enctype] [type=submit]").click()


def best_team() -> TeamResult:
    result = current_result(AssessmentYear.objects.get(number=2027))
    return next(team for team in result.teams if team.rank == 1)


def test_a_clerk_takes_a_year_from_its_workbook_to_the_archive(open_page: Open) -> None:
    demo_build(accounts=True)
    page = signed_in(open_page)

    # every problem at once, by cell, and nothing saved
    upload(page, "demo-county-2027-with-mistakes.xlsx")
    for mistake in MISTAKES:
        expect(page.locator("main")).to_contain_text(mistake.sheet)
        expect(page.locator("main")).to_contain_text(mistake.cell)
    assert not AssessmentYear.objects.filter(number=2027).exists()
    with page.expect_download() as marked:
        page.locator("a[href$='/marked/']").click()
    assert marked.value.suggested_filename.endswith(".xlsx")

    # mended: a preview, then all of it
    upload(page, "demo-county-2027.xlsx")
    assert not AssessmentYear.objects.filter(number=2027).exists()
    page.locator("main form[action$='/apply/'] [type=submit]").click()
    expect(page.locator("main")).to_contain_text("2027")
    assert AssessmentYear.objects.get(number=2027).roster.count() > 150

    # the page shows what the engine says, and a number opens its derivation
    best = best_team()
    page.goto("/years/2027/results/teams/")
    row = page.locator("main tbody tr").first
    expect(row).to_contain_text(best.input.name)
    expect(row).to_contain_text(str(best.total))
    line = best.lines[0]
    page.goto(f"/years/2027/results/teams/{best.input.code}/")
    page.locator(f"a[href$='/{best.input.code}/{line.code}/']").first.click()
    expect(page.locator("main")).to_contain_text(str(line.points))
    expect(page.locator("main")).to_contain_text("录入")

    # the bonus proves itself, the archive comes down
    page.goto("/years/2027/bonus/")
    expect(page.locator("main")).to_contain_text("250,000.00")
    page.goto("/years/2027/archive/")
    with page.expect_download() as archive:
        page.locator("a[href$='/archive/workbook/']").click()
    assert archive.value.suggested_filename.endswith(".xlsx")
    assert Account.objects.get(username="office").audit_entries.filter(action="archive_export").exists()
