"""A closed year is decided and followed up in browsers side by side: grades, publication, letters, measures, an appeal
that corrects a result, the bonus after it, the archive. The numbers are those of tests/browser/following_county.py."""

import io
from collections.abc import Callable

import pytest
from django.utils import timezone
from docx import Document
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from cadres.models import AuditEntry
from rewards.models import AppealItem, Certificate, FeedbackRecord, GradeDecision, PromotionCandidate
from scoring.models import ResultVersion
from tests.browser import following_acts as act
from tests.browser import following_county as plain
from tests.browser.conftest import Open, sign_in
from tests.browser.following_acts import HOME
from tests.browser.round_acts import press, said

Cast = dict[str, Page]

ADMONITION, RECTIFICATION = "cadre/T5-4/admonition", "cadre/T5-4/rectification"


@pytest.fixture
def cast(contexts: Callable[..., BrowserContext], live_server: LiveServer) -> Cast:
    """Two clerks, a leader and the auditor, signed in."""
    plain.county()
    pages = {}
    for name in plain.ACCOUNTS:
        context = contexts(language="en")
        sign_in(context, plain.account(name), live_server.url)
        pages[name] = context.new_page()
    return pages


def test_a_year_decided_and_followed_up(cast: Cast, open_page: Open) -> None:
    decide_teams(cast["first_clerk"])
    decide_cadres(cast["first_clerk"])
    confirm_and_pay(cast["first_clerk"])
    act.year_moved(cast["second_clerk"], "publish", "published")
    tell(cast["first_clerk"], open_page)
    measures(cast["first_clerk"])
    promotion(cast["second_clerk"], open_page)
    appeal(cast["first_clerk"], cast["second_clerk"])
    pay_again(cast["first_clerk"])
    a_leader_reads(cast["secretary"])
    a_leader_changes_nothing(cast["secretary"])
    archive(cast["first_clerk"], cast["auditor"])


def decide_teams(office: Page) -> None:
    """云溪镇 is graded lower than suggested, which needs a reason; the rest as suggested."""
    office.goto(f"{HOME}grades/teams/")
    said(office, "Veto")
    act.grade(office, "T4").select_option("实绩一般")
    act.decisions_saved(office)
    expect(act.reason(office, "T4")).to_have_attribute("aria-invalid", "true")
    expect(office.locator("#error-reason-T4")).to_contain_text("a decision that departs from it needs a reason")
    expect(act.grade(office, "T4")).to_have_value("实绩一般")
    assert not GradeDecision.objects.exists()
    act.reason(office, "T4").fill("年内发生较大信访事项，县委常委会研究确定")
    act.decisions_saved(office)
    said(office, "Saved 1 entry")
    act.suggestions_adopted(office, of="teams", number=5)
    office.goto(f"{HOME}grades/teams/")
    decided = {code: act.grade(office, code).input_value() for code in plain.TOWNSHIPS}
    assert decided == {
        "T1": "实绩突出",
        "T2": "实绩较好",  # vetoed
        "T3": "实绩突出",
        "T4": "实绩一般",
        "T5": "实绩较好",
        "T6": "实绩较好",
    }


def decide_cadres(office: Page) -> None:
    """One place is left for two of 柳河镇 in a tie: decided by keyboard; two are graded lower than suggested."""
    act.suggestions_adopted(office, of="cadres", number=23)
    office.goto(f"{HOME}grades/cadres/")
    said(office, "The quota line falls in a tie of 2 at place 6")
    said(office, plain.SANCTION)
    expect(office.locator(".grade-tied th")).to_contain_text(["黄文斌", "周建平"])
    expect(office.locator("main section", has_text="Not graded this year")).to_contain_text("唐新宇")
    act.grade(office, "T2-3").focus()
    office.keyboard.press("ArrowDown")
    office.keyboard.press("Tab")
    office.keyboard.type("票决")
    expect(act.grade(office, "T2-3")).to_have_value("优秀")
    act.grade(office, "T2-4").select_option("称职")
    for number, lower in (("T5-4", "基本称职"), ("T6-4", "不称职")):
        act.grade(office, number).select_option(lower)
        act.reason(office, number).fill("履职不力，县委常委会研究确定")
    expect(office.locator("[data-grade-counts]")).to_contain_text("5")
    act.decisions_saved(office)
    said(office, "Saved 4 entries")


def confirm_and_pay(office: Page) -> None:
    """Confirmed and frozen; the bonus of 青石镇 and 红塘乡 is put on record."""
    act.year_moved(office, "confirm", "confirmed")
    office.goto(f"{HOME}bonus/confirm/")
    office.locator("main form button[type=submit]").click()
    said(office, "Confirmed, no. 1")
    expect(office.locator(".figures")).to_contain_text("95,000.00")  # 50 000 and 45 000 (RULES B1)


def tell(office: Page, open_page: Open) -> None:
    """26 cadres and six teams: letters, a record for all, a bulletin that a stranger reads."""
    word = Document(io.BytesIO(act.letters_written(office)))
    assert len(word.sections) == 32
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    for words in (
        "青石镇领导班子：",
        "得分150.00分（满分150分），得分率100.00%，在全县乡镇领导班子中居第1名（共6个班子）。",
        "云溪镇副乡镇长王伟同志：",
        "登记代码5A",
    ):
        assert words in text
    act.everybody_told(office, by="县委组织部", number=32)
    assert FeedbackRecord.objects.count() == 32
    act.bulletin_published(office, title="2025年度考评结果的通报", document="平组发〔2026〕3号")
    stranger = open_page(f"{HOME}bulletin/", language="zh-hans")
    for words in ("2025年度考评结果的通报", "平组发〔2026〕3号", "青石镇", "黄文斌"):
        expect(stranger.locator("main")).to_contain_text(words)
    for words in ("谢春生", "不称职", "149.28"):
        expect(stranger.locator("main")).not_to_contain_text(words)


def measures(office: Page) -> None:
    """基本称职 leads to a talk and a rectification with a deadline; 不称职 for the second year to more than a card."""
    office.goto(f"{HOME}measures/")
    for name in ("罗桂芳", "谢春生", "云溪镇"):
        expect(office.locator("#listing")).to_contain_text(name)
    office.goto(f"{HOME}measures/cadre/T6-4/organisational/")
    for evidence in ("2024", "2025"):
        said(office, evidence)
    act.measure_accepted(
        office, RECTIFICATION, body="中共平岚县委常委会", document="平委常纪〔2026〕4号", deadline="2027-05-31"
    )
    said(office, "deadline 2027-05-31")
    act.measure_accepted(office, ADMONITION, body="中共平岚县委常委会", document="平委常纪〔2026〕4号", deadline="")
    act.talk_recorded(
        office,
        ADMONITION,
        place="县委组织部谈话室",
        talker="组织部部长",
        recorder="干部科科长",
        content="指出分管工作排位靠后。",
    )
    said(office, "Talker 组织部部长, recorder 干部科科长")


def promotion(office: Page, open_page: Open) -> None:
    """Which 王伟 is asked; the certificate is confirmed to whoever holds it."""
    office.goto(f"{HOME}promotion/new/")
    office.get_by_label("What the check is for").fill("2026年换届人选")
    office.get_by_label("Names or personnel numbers").fill("王伟\n谢春生")
    press(office, "Check")
    said(office, "Which 王伟 is meant?")
    office.locator(".promotion-question input[value='T1-3']").check()
    press(office, "Check")
    said(office, "1 of 2 eligible by clause U1")
    found = PromotionCandidate.objects.values_list("cadre__number", "eligible").order_by("cadre__number")
    assert list(found) == [("T1-3", True), ("T6-4", False)]
    office.get_by_role("link", name="Issue").first.click()
    press(office, "Issue the certificate")
    certificate = Certificate.objects.get()
    said(office, certificate.number)
    assert certificate.number == f"考评证〔{timezone.localdate().year}〕1号"
    for code, words in ((certificate.code, "王伟"), ("AAAABBBBCCCCDDDD", "There is no certificate")):
        stranger = open_page("/certificates/", language="en")
        stranger.get_by_label("Number").fill(certificate.number)
        stranger.get_by_label("Check code").fill(code)
        press(stranger, "Check")
        said(stranger, words)


def appeal(first: Page, second: Page) -> None:
    """松岭乡's K1 was 98.5, not 95: second, no longer fifth, graded anew; the earlier result stays as version 1."""
    address = act.appeal_received(
        first, "team:T5", applicant="松岭乡党委", grounds="重点工作完成值少计", contested="K1/"
    )
    assert AppealItem.objects.get().line == "K1"
    for clerk in (first, second):
        act.source_read(clerk, address, "98.5", unseen="95")
    first.goto(address)
    first.get_by_role("link", name="Decide on the appeal").click()
    for words in ("Confirming a correction changes this", "柳河镇", "The bonus does not change."):
        said(first, words)
    first.get_by_label("Findings").fill("经两人核对原始报表，应为98.5")
    first.get_by_label("corrected", exact=True).check()
    first.get_by_label("Grade", exact=True).select_option("实绩突出")
    first.get_by_label("Reason of the new grade").fill("复核更正，县委常委会研究确定")
    press(first, "Decide on the appeal")
    said(first, "45,000.00")  # what the new grade changes is shown before it is confirmed
    assert ResultVersion.objects.count() == 1
    press(first, "Decide on the appeal")
    said(first, "The appeal is decided.")
    versions = ResultVersion.objects.order_by("number")
    places = [dict(version.teams.values_list("township__code", "rank")) for version in versions]
    assert places == [
        {"T1": 1, "T2": 2, "T3": 3, "T4": 4, "T5": 5, "T6": 6},
        {"T1": 1, "T5": 2, "T2": 3, "T3": 4, "T4": 5, "T6": 6},
    ]
    first.goto(f"{HOME}versions/")
    press(first, "Show what differs")
    said(first, "From version 1 to version 2")
    said(first, "松岭乡")


def pay_again(office: Page) -> None:
    """A correction of the bonus is a new confirmation with a reason."""
    office.goto(f"{HOME}bonus/")
    said(office, "What differs from confirmation no. 1")
    office.get_by_role("link", name="Confirm the bonus").click()
    office.get_by_label("Reason").fill("复核更正松岭乡档次")
    press(office, "Confirm the bonus")
    said(office, "Confirmed, no. 2")
    expect(office.locator(".figures")).to_contain_text("135,000.00")  # 50 000, 45 000 and 40 000 (RULES B1)


def a_leader_reads(leader: Page) -> None:
    """Grades, measures, versions, the promotion check: as they are, without a way to change them."""
    check = PromotionCandidate.objects.all()[0].check_of_id
    for path, words in (
        ("grades/teams/", "other than suggested"),
        ("grades/cadres/", "票决"),
        ("measures/", "罗桂芳"),
        (f"measures/{RECTIFICATION}/", "deadline 2027-05-31"),
        ("versions/", "Review of 松岭乡"),
        ("versions/differences/", "From version 1 to version 2"),
        (f"promotion/{check}/", "1 of 2 eligible"),
    ):
        leader.goto(f"{HOME}{path}")
        said(leader, words)
        expect(leader.locator("main form[method=post]")).to_have_count(0)


def a_leader_changes_nothing(leader: Page) -> None:
    """Every address that changes something refuses the same session; each refusal is on record."""
    candidate, certificate = PromotionCandidate.objects.all()[0].pk, Certificate.objects.get().pk
    item = AppealItem.objects.get()
    record = FeedbackRecord.objects.all()[0].pk
    paths = (
        "back/",
        "archive-step/",
        "grades/teams/",
        "grades/teams/adopt/",
        "grades/cadres/",
        "grades/cadres/adopt/",
        "grades/list/",
        "bonus/remedy/",
        "bonus/confirm/",
        "feedback/new/",
        f"feedback/{record}/withdraw/",
        "bulletin/edit/",
        "letters/",
        "commendations/new/",
        f"measures/{RECTIFICATION}/decide/",
        f"measures/{ADMONITION}/talks/new/",
        f"measures/{RECTIFICATION}/reviews/new/",
        "measures/accept/yellow-card/",
        "appeals/new/",
        f"appeals/{item.appeal_id}/items/{item.pk}/",
        f"appeals/{item.appeal_id}/decide/",
        "promotion/new/",
        f"promotion/certificates/issue/{candidate}/",
        f"promotion/certificates/{certificate}/revoke/",
    )
    refused = AuditEntry.objects.filter(refused=True, actor__username="secretary")
    assert not refused.exists()
    leader.goto("/")
    answers = {path: act.posted(leader, f"{HOME}{path}") for path in paths}
    assert answers == dict.fromkeys(paths, 403)
    assert refused.count() == len(paths)


def archive(office: Page, auditor: Page) -> None:
    """The year is archived and sealed; the auditor has the seal verified."""
    act.year_moved(office, "archive-step", "archived")
    auditor.goto("/seals/")
    expect(auditor.locator("main tbody tr")).to_have_count(1)
    press(auditor, "Verify now")
    said(auditor, "The seal holds.")
