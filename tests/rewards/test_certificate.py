"""考评结果证明: numbered, with a code that a public page confirms; nothing that is merely suggested, nothing more than
the paper says."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from assessment.models import AssessmentYear, Phase
from assessment.services.year import year_create
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre
from rewards.models import Certificate, PastResult, PromotionCandidate
from rewards.services.certificate import certificate_found, certificate_issue, certificate_revoke, number_typed
from rewards.services.grade import DecisionRow, grade_decisions_save
from rewards.services.promotion import promotion_check
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.factories import AppointmentFactory, CadreFactory, TownshipFactory

pytestmark = pytest.mark.django_db

PUBLIC = "/certificates/"


@pytest.fixture
def year(settings: object) -> AssessmentYear:
    settings.COUNTY_NAME = "平澜县"  # type: ignore[attr-defined]
    for number, name in {"70001": "欧阳<文>", "70002": "李娜"}.items():
        cadre = CadreFactory(number=number, name=name)
        AppointmentFactory(cadre=cadre, township=TownshipFactory(code="T1", name="马鞍乡"), post="副乡镇长")
        for back, grade in ((2023, "优秀"), (2024, "称职"), (2025, "称职" if name == "李娜" else "基本称职")):
            PastResult.objects.create(cadre=cadre, year=back, grade=grade, rank_county=37, ranked=411)
    return year_in_phase(year_create(number=2025, by=None), Phase.CLOSED)


def candidate(year: AssessmentYear, number: str = "70002") -> PromotionCandidate:
    return promotion_check(year=year, purpose="换届", numbers=[number], by=None).candidates.get()


def issued(year: AssessmentYear, number: str = "70002") -> Certificate:
    return certificate_issue(candidate=candidate(year, number), by=None)


def asked(number: str, code: str, **headers: str) -> str:
    return Client(headers=headers).post(PUBLIC, {"number": number, "code": code}).content.decode()


def test_numbers_run_within_the_year_of_issue(year: AssessmentYear) -> None:
    first, second = issued(year), issued(year, "70001")
    now = first.issued_on.year
    assert [first.number, second.number] == [f"考评证〔{now}〕1号", f"考评证〔{now}〕2号"]
    Certificate.objects.create(
        candidate=first.candidate, issued_on=date(now - 1, 1, 1), serial=90, number="旧", code="旧", content={},
        entered_at=first.entered_at,
    )  # fmt: skip
    assert issued(year).serial == 3


def test_code_has_80_bits_of_signs_that_are_not_mistaken(year: AssessmentYear) -> None:
    codes = {issued(year).code for _time in range(4)}
    assert (len(codes), {len(code) for code in codes}) == (4, {16})
    assert set("".join(codes)) & set("01IO") == set()


def test_paper_holds_what_is_stated_and_no_more(year: AssessmentYear) -> None:
    assert issued(year).content == {
        "county": "平澜县",
        "name": "李娜",
        "township": "马鞍乡",
        "post": "副乡镇长",
        "years": [
            {"year": 2023, "grade": "优秀", "not_graded": ""},
            {"year": 2024, "grade": "称职", "not_graded": ""},
            {"year": 2025, "grade": "称职", "not_graded": ""},
        ],
        "eligible": True,
    }


def test_suggested_grade_is_refused_and_decided_is_not(client_for: ClientFor) -> None:
    year = county(ladder(1))
    for back in (2023, 2024):
        PastResult.objects.create(cadre=Cadre.objects.get(number="T1-1"), year=back, grade="称职")
    suggested = candidate(year, "T1-1")
    with pytest.raises(Refused, match="2025"):
        certificate_issue(candidate=suggested, by=None)
    address = f"/years/2025/promotion/certificates/issue/{suggested.pk}/"
    assert "2025" in client_for("office").get(address).context["obstacle"]
    grade_decisions_save(year=year, rows=[DecisionRow("T1-1", "称职", "县委研究决定")], by=None)
    with pytest.raises(Refused):  # what was checked was a suggestion: the check is made again
        certificate_issue(candidate=suggested, by=None)
    assert certificate_issue(candidate=candidate(year, "T1-1"), by=None).serial == 1


def test_year_of_which_nothing_is_known_is_refused(year: AssessmentYear) -> None:
    PastResult.objects.filter(cadre__number="70002", year=2024).delete()
    with pytest.raises(Refused, match="2024"):
        issued(year)


def test_results_that_changed_since_the_check_are_refused(year: AssessmentYear) -> None:
    checked = candidate(year)
    PastResult.objects.filter(cadre__number="70002", year=2024).update(grade="优秀")
    with pytest.raises(Refused):
        certificate_issue(candidate=checked, by=None)
    assert Certificate.objects.count() == 0


def test_one_certificate_on_a_check_until_it_is_revoked(year: AssessmentYear) -> None:
    checked = candidate(year)
    first = certificate_issue(candidate=checked, by=None)
    with pytest.raises(Refused):
        certificate_issue(candidate=checked, by=None)
    certificate_revoke(certificate=first, reason="姓名有误", by=None)
    assert certificate_issue(candidate=checked, by=None).serial == 2


def test_revoked_once_with_a_reason(year: AssessmentYear, office: Account) -> None:
    certificate = issued(year)
    with pytest.raises(Refused):
        certificate_revoke(certificate=certificate, reason=" ", by=office)
    certificate_revoke(certificate=certificate, reason=" 姓名有误 ", by=office)
    with pytest.raises(Refused):
        certificate_revoke(certificate=certificate, reason="再次", by=office)
    entry = AuditEntry.objects.get(action="certificate_revoke")
    assert (entry.subject, entry.details) == (certificate.number, {"reason": "姓名有误"})


@pytest.mark.parametrize("who", ["department", "assessor", "leader", "auditor", "administrator"])
def test_others_neither_issue_nor_revoke(year: AssessmentYear, who: str, client_for: ClientFor) -> None:
    certificate, checked = issued(year), candidate(year, "70001")
    client = client_for(who)
    account = Account.objects.get(username=who)
    with pytest.raises(PermissionDenied):
        certificate_issue(candidate=checked, by=account)
    with pytest.raises(PermissionDenied):
        certificate_revoke(certificate=certificate, reason="撤销", by=account)
    base = "/years/2025/promotion/certificates/"
    assert client.post(f"{base}issue/{checked.pk}/").status_code == 403
    assert client.post(f"{base}{certificate.pk}/revoke/", {"reason": "撤销"}).status_code == 403
    assert (Certificate.objects.count(), Certificate.objects.filter(revocation=None).count()) == (1, 1)


def test_issued_printed_and_revoked_by_hand(year: AssessmentYear, client_for: ClientFor) -> None:
    client, checked = client_for("office"), candidate(year)
    answer = client.post(f"/years/2025/promotion/certificates/issue/{checked.pk}/")
    certificate = Certificate.objects.get()
    address = f"/years/2025/promotion/certificates/{certificate.pk}/"
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    shown = "-".join(certificate.code[at : at + 4] for at in range(0, 16, 4))
    assert [part in page for part in (certificate.number, shown, "http://testserver/certificates/", "<svg")] == [
        True
    ] * 4
    assert "70002" not in page  # the paper bears no personnel number
    assert client.post(f"{address}revoke/", {"reason": ""}).status_code == 200
    assert client.post(f"{address}revoke/", {"reason": "姓名有误"}).status_code == 302
    assert f"{address}revoke/" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("考评证〔2026〕3号", (2026, 3)),
        ("2026-3", (2026, 3)),
        ("（２０２６）第 ００３ 号", (2026, 3)),
        ("2026 3", (2026, 3)),
        ("3", (1, 0)),
        ("20263", (1, 0)),
        ("2026-3-1", (1, 0)),
        ("0000-3", (1, 3)),
        ("2026-99999999999999999999", (1, 0)),
        ("证", (1, 0)),
        ("", (1, 0)),
    ],
)
def test_number_as_people_type_it(typed: str, expected: tuple[int, int]) -> None:
    assert number_typed(typed) == expected


def test_public_page_confirms_what_the_paper_says(year: AssessmentYear) -> None:
    certificate = issued(year)
    now = certificate.issued_on.year
    page = asked(f"{now}-1", certificate.code.lower()[:4] + " - " + certificate.code[4:], **{"accept-language": "en"})
    words = (certificate.number, "李娜", "马鞍乡", "2023", "2024", "2025", "平澜县")
    assert [word in page for word in words] == [True] * len(words)
    assert [word in page for word in ("70002", "37", "411", "换届", certificate.code)] == [False] * 5


def test_wrong_number_and_wrong_code_are_answered_alike(year: AssessmentYear) -> None:
    certificate, other = issued(year), issued(year, "70001")
    now, wrong = certificate.issued_on.year, "2" * 16
    tries = [(f"{now}-1", wrong), (f"{now}-2", certificate.code), (f"{now}-77", wrong), (f"{now}-1", other.code)]
    answers = [asked(number, code).replace(number, "").replace(code, "") for number, code in tries]
    assert answers == [answers[0]] * 4
    assert [word in answers[0] for word in ("李娜", "马鞍乡", "欧阳")] == [False] * 3


def test_wrong_guess_costs_what_a_right_one_costs_and_leaves_no_entry(year: AssessmentYear) -> None:
    certificate = issued(year)
    entries = AuditEntry.objects.count()
    counts = []
    for code in (certificate.code, "2" * 16, "", "x"):
        with CaptureQueriesContext(connection) as captured:
            found = certificate_found(number=f"{certificate.issued_on.year}-1", code=code)
        counts.append((found == certificate, len(captured)))
    assert counts == [(True, 1), (False, 1), (False, 1), (False, 1)]
    asked("2026-1", "2" * 16)
    assert AuditEntry.objects.count() == entries


def test_revoked_certificate_says_so_and_nothing_else(year: AssessmentYear) -> None:
    certificate = issued(year)
    certificate_revoke(certificate=certificate, reason="档案有误", by=None)
    page = asked(f"{certificate.issued_on.year}-1", certificate.code)
    words = ("李娜", "马鞍乡", "档案有误", "平澜县")
    assert (certificate.number in page, [word in page for word in words]) == (True, [False] * 4)


def test_stranger_gets_no_cookie_and_no_script() -> None:
    answer = Client().get(PUBLIC, {"number": '2026-1"><b>'})
    page = answer.content.decode()
    assert (answer.status_code, len(answer.cookies), answer["Cache-Control"]) == (200, 0, "no-store")
    assert ("<script" in page, "<b>" in page, "2026-1&quot;" in page) == (False, False, True)


def word_file(year: AssessmentYear, client_for: ClientFor, number: str) -> tuple[Certificate, object]:
    certificate = issued(year, number)
    answer = client_for("leader").get(f"/years/2025/promotion/certificates/{certificate.pk}/word/")
    assert ".docx" in answer["Content-Disposition"]
    return certificate, Document(io.BytesIO(answer.content))


def test_word_file_says_the_same(year: AssessmentYear, client_for: ClientFor) -> None:
    certificate, made = word_file(year, client_for, "70001")
    texts = [paragraph.text for paragraph in made.paragraphs]  # type: ignore[attr-defined]
    assert texts[:3] == [
        "年度考评结果证明",
        certificate.number,
        "欧阳<文>同志，现任马鞍乡副乡镇长。经查，其年度考评结果如下：",
    ]
    on = certificate.issued_on
    assert texts[-2:] == ["中共平澜县委组织部", f"{on.year}年{on.month}月{on.day}日"]
    assert next(text for text in texts if "提拔资格条件" in text).endswith("该同志不符合提拔资格条件。")
    years, check = made.tables  # type: ignore[attr-defined]
    assert [[cell.text for cell in row.cells] for row in years.rows] == [
        ["年度", "年度考评档次"],
        ["2023", "优秀"],
        ["2024", "称职"],
        ["2025", "基本称职"],
    ]
    shown = "-".join(certificate.code[at : at + 4] for at in range(0, 16, 4))
    assert check.rows[0].cells[1].text.endswith(f"证明编号：{certificate.number}\n查验码：{shown}")
    assert len(made.inline_shapes) == 1  # type: ignore[attr-defined]


def test_word_file_is_laid_out_as_an_official_paper(year: AssessmentYear, client_for: ClientFor) -> None:
    """GB/T 9704: margins 37, 35, 28, 26 mm; 仿宋 of 16 pt for Chinese; a page number."""
    _certificate, made = word_file(year, client_for, "70002")
    (section,) = made.sections  # type: ignore[attr-defined]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin / Mm(1)) for margin in margins] == [37, 35, 28, 26]
    body = next(paragraph for paragraph in made.paragraphs if "经查" in paragraph.text).style  # type: ignore[attr-defined]
    fonts = body.element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), body.font.size.pt) == ("仿宋_GB2312", 16)
    assert "PAGE" in section.footer._element.xml


def test_page_of_the_certificate_needs_a_fixed_number_of_queries(year: AssessmentYear, client_for: ClientFor) -> None:
    certificate = issued(year)
    client = client_for("office")
    client.get(PUBLIC)
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/years/2025/promotion/certificates/{certificate.pk}/")
    assert len(captured) == 4
