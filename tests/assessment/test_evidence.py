"""Evidence: five kinds known by their content, served to the office and the department of the line alone (issue 3)."""

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from assessment.errors import YearClosed
from assessment.evidence_file import LARGEST, file_kind, file_name_clean
from assessment.models import AssessmentYear, Evidence, Phase, ScoredLine
from assessment.services.evidence import evidence_add, evidence_withdraw
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Department, Township
from cadres.services.account import account_create
from tests.conftest import PASSWORD, unit_of_department
from tests.county import county, ladder, year_in_phase
from workbook.archive.export import archive_export

ClientFor = Callable[[str], Client]

PDF = b"%PDF-1.7\n1 0 obj"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"


def package(*parts: str) -> bytes:
    """A zip file with these entries."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for part in parts:
            packed.writestr(part, "x")
    return file.getvalue()


DOCX = package("[Content_Types].xml", "word/document.xml")
XLSX = package("[Content_Types].xml", "xl/workbook.xml")


@pytest.fixture
def line(year: AssessmentYear) -> ScoredLine:
    """财政收入, for which 财政局 answers."""
    year.lines.filter(code="K1").update(department=unit_of_department())
    return year.lines.get(code="K1")


@pytest.fixture
def other_department(db: None) -> Account:
    """The account of 农业局, which answers for nothing here."""
    unit = Department.objects.create(code="D02", name="农业局")
    return account_create(
        username="farming", name="农业局", role="department", password=PASSWORD, department=unit, by=None
    )


def attach(line: ScoredLine, by: Account, name: str = "报表.pdf", content: bytes = PDF) -> Evidence:
    return evidence_add(line=line, file_name=name, content=content, by=by)


def sign_in(account: Account) -> Client:
    client = Client()
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


# --- what is taken -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.png", PNG, "image/png"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_five_kinds_are_taken(name: str, content: bytes, content_type: str) -> None:
    assert file_kind(name, content).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", b"<script>alert(1)</script>"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.exe", b"MZ"),
        ("a", PDF),
        ("a.pdf.html", PDF),
        ("a.pdf", b"<html>%PDF-"),
        ("a.pdf", PNG),
        ("a.png", JPEG),
        ("a.jpg", b"GIF89a"),
        ("a.docx", XLSX),
        ("a.xlsx", DOCX),
        ("a.docx", b"PK\x03\x04 not a zip"),
        ("a.xlsx", package("a.txt")),
        ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/VBAPROJECT.BIN")),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.pdf", b""),
    ],
)
def test_everything_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        file_kind(name, content)


@pytest.mark.parametrize(("size", "good"), [(LARGEST, True), (LARGEST + 1, False)])
def test_ten_mebibytes_and_no_more(size: int, good: bool) -> None:
    content = PDF.ljust(size, b"0")
    if good:
        assert file_kind("a.pdf", content).content_type == "application/pdf"
    else:
        with pytest.raises(Refused, match="10 MiB"):
            file_kind("a.pdf", content)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("财政收入 报表.pdf", "财政收入 报表.pdf"),
        ("../../etc/a.pdf", "a.pdf"),
        ("C:\\用户\\a.pdf", "a.pdf"),
        ('a"b\r\nX: y;.pdf', "abX y;.pdf"),
        ("a\u202efdp.exe.pdf", "afdp.exe.pdf"),
        (".pdf", "evidence.pdf"),
        ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ],
)
def test_name_without_path_and_unseen_characters(given: str, kept: str) -> None:
    assert file_name_clean(given) == kept


# --- who attaches and withdraws --------------------------------------------------------------------


def test_a_file_with_its_digest_and_on_record(line: ScoredLine, department: Account) -> None:
    evidence = attach(line, department)
    assert (bytes(evidence.content), evidence.size) == (PDF, len(PDF))
    assert evidence.sha256 == hashlib.sha256(PDF).hexdigest()
    entry = AuditEntry.objects.get(action="evidence_add")
    assert (entry.subject, entry.year, entry.details["sha256"]) == ("财政收入", 2025, evidence.sha256)


def test_another_departments_line_takes_no_file(line: ScoredLine, other_department: Account) -> None:
    with pytest.raises(PermissionDenied):
        attach(line, other_department)
    assert (Evidence.objects.count(), AuditEntry.objects.filter(refused=True).count()) == (0, 1)


@pytest.mark.parametrize("who", ["township", "assessor", "leader", "auditor", "administrator"])
def test_other_roles_attach_nothing(line: ScoredLine, cast: dict[str, Account], who: str) -> None:
    with pytest.raises(PermissionDenied):
        attach(line, cast[who])
    assert Evidence.objects.count() == 0


def test_a_closed_year_takes_and_loses_no_file(line: ScoredLine, department: Account, office: Account) -> None:
    evidence = attach(line, department)
    year_in_phase(line.year, Phase.CLOSED)
    for by in (department, office):
        with pytest.raises(YearClosed):
            attach(line, by)
        with pytest.raises(YearClosed):
            evidence_withdraw(evidence=evidence, by=by)
    assert list(Evidence.objects.values_list("withdrawn_at", flat=True)) == [None]


def test_a_township_that_takes_no_part_is_refused(line: ScoredLine, office: Account) -> None:
    outside = Township.objects.create(code="T99", name="外镇")
    with pytest.raises(Refused):
        evidence_add(line=line, township=outside, file_name="a.pdf", content=PDF, by=office)


def test_a_withdrawn_file_stays_on_record(line: ScoredLine, department: Account) -> None:
    evidence = attach(line, department)
    evidence_withdraw(evidence=evidence, by=department)
    with pytest.raises(Refused):
        evidence_withdraw(evidence=evidence, by=department)
    assert Evidence.objects.exclude(withdrawn_at=None).count() == 1
    assert AuditEntry.objects.filter(action="evidence_withdraw").count() == 1


# --- pages ---------------------------------------------------------------------------------------


def test_a_file_by_form(client_for: ClientFor, line: ScoredLine) -> None:
    client = client_for("department")
    url = "/years/2025/values/lines/K1/evidence/"
    township = Township.objects.get(code="T02")
    answer = client.post(url, {"file": SimpleUploadedFile("附 件.pdf", PDF), "township": township.pk})
    assert answer["Location"] == "/years/2025/values/lines/K1/"
    evidence = Evidence.objects.get()
    assert (evidence.file_name, evidence.township) == ("附 件.pdf", township)
    page = client.get("/years/2025/values/lines/K1/").content.decode()
    assert ("附 件.pdf" in page, evidence.sha256 in page) == (True, True)


@pytest.mark.parametrize(("name", "content"), [("a.html", b"<b>"), ("a.pdf", PNG), ("a.pdf", b"")])
def test_a_bad_file_is_told_beside_its_field(
    client_for: ClientFor, line: ScoredLine, name: str, content: bytes
) -> None:
    url = "/years/2025/values/lines/K1/evidence/"
    page = client_for("department").post(url, {"file": SimpleUploadedFile(name, content)})
    assert (list(page.context["form"].errors), Evidence.objects.count()) == (["file"], 0)


@pytest.mark.parametrize("who", ["office", "department"])
def test_a_file_comes_back_to_be_kept_never_to_be_shown(
    client_for: ClientFor, line: ScoredLine, who: str, department: Account
) -> None:
    evidence = attach(line, department, name="一季度.pdf")
    answer = client_for(who).get(f"/years/2025/values/evidence/{evidence.pk}/")
    names = ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy", "Cache-Control")
    assert answer.content == PDF
    assert [answer.headers[name] for name in names] == [
        "application/pdf",
        "nosniff",
        "sandbox; default-src 'none'",
        "no-store",
    ]
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E4%B8%80%E5%AD%A3%E5%BA%A6.pdf"


@pytest.mark.parametrize("phase", [Phase.COLLECTING, Phase.CLOSED, Phase.PUBLISHED])
def test_others_by_direct_address_are_refused_on_record(
    client_for: ClientFor, line: ScoredLine, department: Account, other_department: Account, phase: Phase
) -> None:
    evidence = attach(line, department)
    year_in_phase(line.year, phase)
    addresses = [
        f"/years/2025/values/evidence/{evidence.pk}/",
        f"/years/2025/values/evidence/{evidence.pk}/withdraw/",
        "/years/2025/values/lines/K1/",
        "/years/2025/values/lines/K1/evidence/",
    ]
    browsers = [sign_in(other_department), *map(client_for, ("township", "assessor", "leader", "auditor"))]
    assert {browser.get(address).status_code for browser in browsers for address in addresses} == {403}
    assert {browser.post(addresses[1]).status_code for browser in browsers} == {403}
    assert AuditEntry.objects.filter(refused=True, actor=other_department).count() == 5
    assert Evidence.objects.filter(withdrawn_at=None).count() == 1


def test_a_file_of_another_year_is_not_found(client_for: ClientFor, line: ScoredLine, department: Account) -> None:
    evidence = attach(line, department)
    county(ladder(2), number=2026)
    assert client_for("office").get(f"/years/2026/values/evidence/{evidence.pk}/").status_code == 404


def test_withdrawing_asks_first_and_marks_the_file(
    client_for: ClientFor, line: ScoredLine, department: Account
) -> None:
    evidence = attach(line, department)
    client = client_for("department")
    url = f"/years/2025/values/evidence/{evidence.pk}/withdraw/"
    assert client.get(url).status_code == 200
    assert Evidence.objects.filter(withdrawn_at=None).exists()
    client.post(url)
    assert not Evidence.objects.filter(withdrawn_at=None).exists()
    page = client.get("/years/2025/values/lines/K1/").content.decode()
    assert ('class="withdrawn"' in page, "报表.pdf" in page) == (True, True)


def test_evidence_is_in_no_export(office: Account) -> None:
    year = county(ladder(2), phase=Phase.COLLECTING)
    evidence = attach(year.lines.get(code="K1"), office, name="秘密附件.pdf")
    year_in_phase(year, Phase.CLOSED)
    book = load_workbook(BytesIO(archive_export(year=year, by=None)))
    texts = {str(cell) for sheet in book for row in sheet.values for cell in row}
    output = StringIO()
    call_command("score_year", "2025", "--json", stdout=output)
    assert not [text for text in (*texts, output.getvalue()) if "秘密附件" in text or evidence.sha256 in text]
