"""The workbook in the browser: template, upload, preview, problems, apply (WORKBOOK 1)."""

from datetime import timedelta
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from assessment.models import AssessmentYear, LineValue, ValueEntry
from assessment.services.value_entry import value_entries_save
from cadres.models import Account, AuditEntry, Township
from tests.conftest import ClientFor, account_of
from tests.workbook.books import book_of, county, spoilt
from workbook.models import Upload
from workbook.services.import_year import year_import
from workbook.services.template import template_write
from workbook.services.upload import upload_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_for: ClientFor) -> Client:
    client = client_for("office")
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def year(db: None) -> AssessmentYear:
    assert year_import(data=book_of(county()), number=2025, file_name="county.xlsx", by=None).applied
    return AssessmentYear.objects.get()


def uploaded(client: Client, data: bytes, url: str = "/years/2025/workbook/", **fields: object) -> Upload:
    """Upload a file and follow to its preview's upload."""
    file = SimpleUploadedFile("county.xlsx", data)
    answer = client.post(url, {"file": file, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def preview(client: Client, upload: Upload) -> str:
    return client.get(f"/workbook/uploads/{upload.pk}/").content.decode()


def apply(client: Client, upload: Upload, page: str) -> str:
    confirmed = page.partition('name="confirmed" value="')[2].partition('"')[0]
    answer = client.post(f"/workbook/uploads/{upload.pk}/apply/", {"confirmed": confirmed}, follow=True)
    return answer.content.decode()


def test_a_fresh_county_uploads_its_first_year(client: Client) -> None:
    upload = uploaded(client, book_of(county()), "/workbook/new/", number=2025)
    page = preview(client, upload)
    assert "The year 2025 does not exist yet and will be created." in page
    assert not AssessmentYear.objects.exists()
    done = apply(client, upload, page)
    assert "county.xlsx was saved:" in done
    assert AssessmentYear.objects.get().townships.count() == 2
    upload.refresh_from_db()
    assert (upload.applied_at is None, upload.applied_by) == (False, Account.objects.get(username="office"))
    assert AuditEntry.objects.filter(action="year_import", subject="county.xlsx").count() == 1


def test_preview_names_old_and_new(client: Client, year: AssessmentYear) -> None:
    page = preview(client, uploaded(client, spoilt("目标完成", "B2", 61)))
    assert "红塘乡 Fiscal revenue" in page
    assert [word in page for word in (">50.5<", ">61<")] == [True, True]
    assert str(LineValue.objects.get(line__code="K1", township__code="001").value) == "101/2"


def test_uploaded_values_await_a_second_clerk_where_the_settings_say_so(
    client: Client, year: AssessmentYear, settings: Any
) -> None:
    """An entry of 财政收入 that waits already is left alone: the workbook says of it what is in force."""
    settings.WORKBOOK_VALUES_CONFIRMED = False
    clerk = account_of("second_clerk")
    value_entries_save(year=year, cells={("002", "K1"): Fraction(77)}, by=clerk)
    upload = uploaded(client, spoilt("目标完成", "B2", 61))
    page = preview(client, upload)
    assert "The target values await a second clerk" in page
    assert "was saved" in apply(client, upload, page)
    assert str(LineValue.objects.get(line__code="K1", township__code="001").value) == "101/2"
    waiting = ValueEntry.objects.filter(state="pending").order_by("township__code")
    assert [(entry.township.code, str(entry.value), entry.entered_by.username) for entry in waiting] == [
        ("001", "61", "office"),
        ("002", "77", "second_clerk"),
    ]
    assert "there is nothing to save" in preview(client, uploaded(client, spoilt("目标完成", "B2", 61)))


def test_the_command_line_writes_values_at_once_whatever_the_settings(year: AssessmentYear, settings: Any) -> None:
    settings.WORKBOOK_VALUES_CONFIRMED = False
    assert year_import(data=spoilt("目标完成", "B2", 61), number=2025, file_name="c.xlsx", by=None).applied
    assert str(LineValue.objects.get(line__code="K1", township__code="001").value) == "61"


def test_nothing_to_save_offers_no_button(client: Client, year: AssessmentYear) -> None:
    page = preview(client, uploaded(client, book_of(county())))
    assert "there is nothing to save" in page
    assert 'name="confirmed"' not in page


def test_problems_are_listed_and_marked(client: Client, year: AssessmentYear) -> None:
    upload = uploaded(client, spoilt("干部", "D3", "副镇长"))
    page = preview(client, upload)
    assert "干部!D3" in page
    marked = load_workbook(BytesIO(client.get(f"/workbook/uploads/{upload.pk}/marked/").content))
    cell = marked["干部"]["D3"]
    assert (cell.fill.fgColor.rgb, "is not in the county" in cell.comment.text) == ("00FFC7CE", True)
    assert marked["干部"]["D2"].comment is None
    assert [cell.value for cell in marked["问题"][2]][:2] == ["干部", "D3"]


def test_not_a_workbook_is_told_beside_the_field(client: Client, year: AssessmentYear) -> None:
    answer = client.post("/years/2025/workbook/", {"file": SimpleUploadedFile("a.csv", b"a,b")})
    assert "This is not an .xlsx workbook." in answer.content.decode()
    assert not Upload.objects.exists()


def test_changed_meanwhile_shows_a_new_preview(client: Client, year: AssessmentYear) -> None:
    upload = uploaded(client, spoilt("目标完成", "B2", 61))
    page = preview(client, upload)
    assert year_import(data=spoilt("目标完成", "B2", 60), number=2025, file_name="other.xlsx", by=None).applied
    again = apply(client, upload, page)
    assert "The data changed since the preview." in again
    assert ">60<" in again
    assert str(LineValue.objects.get(line__code="K1", township__code="001").value) == "60"
    assert "was saved" in apply(client, upload, again)


def test_expired_drafts_go_and_applied_ones_stay(client: Client, year: AssessmentYear) -> None:
    for applied in (None, timezone.now()):
        upload = upload_store(data=b"PK", file_name="old.xlsx", number=2025, by=None)
        day_before = timezone.now() - timedelta(days=2)
        Upload.objects.filter(pk=upload.pk).update(uploaded_at=day_before, applied_at=applied)
    uploaded(client, book_of(county()))
    assert [upload.file_name for upload in Upload.objects.order_by("pk")] == ["old.xlsx", "county.xlsx"]


def test_template_comes_back_without_a_change(year: AssessmentYear) -> None:
    before = AuditEntry.objects.count()
    report = year_import(data=template_write(year=year, by=None), number=2025, file_name="t.xlsx", by=None)
    assert (report.reading.problems.lines(), report.changes_anything, report.reading.notices) == ([], False, [])
    assert (report.unchanged > 50, AuditEntry.objects.count()) == (True, before)


def test_template_of_one_sheet(client: Client, year: AssessmentYear) -> None:
    answer = client.get("/years/2025/workbook/template/?sheet=干部")
    book = load_workbook(BytesIO(answer.content))
    sheet = book["干部"]
    assert book.sheetnames == ["说明", "干部", "选项"]
    assert [cell.value for cell in sheet[1]] == ["工号", "姓名", "乡镇", "职务", "类别", "分管", "考核状态", "兼任"]
    assert sheet["A2"].value.startswith("示例")
    assert (sheet["A3"].value, sheet.freeze_panes) == ("0001", "A2")
    assert len(sheet.data_validations.dataValidation) == 5
    assert client.get("/years/2025/workbook/template/?sheet=工资").status_code == 404


def test_text_that_looks_like_a_formula_stays_text(year: AssessmentYear) -> None:
    Township.objects.filter(code="001").update(name="=1+1")
    book = load_workbook(BytesIO(template_write(year=year, sheet="乡镇", by=None)))
    assert (book["乡镇"]["B3"].value, book["乡镇"]["B3"].data_type) == ("=1+1", "s")


def test_template_of_a_fresh_county_reads_back(client: Client) -> None:
    answer = client.get("/workbook/new/template/")
    report = year_import(data=answer.content, number=2025, file_name="t.xlsx", by=None)
    assert (report.reading.problems.lines(), report.applied) == ([], True)
