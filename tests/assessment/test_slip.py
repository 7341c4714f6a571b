"""Slips (投票码): drawn, printed once, void before use; only digests are stored (RULES Y4)."""

import re
from html import unescape

import pytest
import segno
from django.test import Client
from django.urls import reverse

from assessment.models import AssessmentYear, Box, Electorate, Slip, SlipState
from assessment.services.box import ElectorateRow, Meeting, box_open, box_prepare
from assessment.services.box_closing import box_close
from assessment.services.slip import code_text, code_typed, digest_of, slip_make_void, slips_draw
from cadres.errors import Refused
from cadres.models import Account, AuditEntry
from tests.assessment.voting import RETIRED, STAFF, box_at, cast, voting_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

CODE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")


@pytest.fixture
def year() -> AssessmentYear:
    return voting_year()


@pytest.fixture
def box(year: AssessmentYear, office: Account) -> Box:
    """T1's box, online, with two voter groups and no slip yet."""
    return box_at(year, groups=((STAFF, 20, 18), (RETIRED, 4, 3)), by=office)


def address(box: Box, name: str = "slips") -> str:
    return reverse(f"assessment:{name}", args=[2025, box.pk])


def stored_order() -> list[str]:
    """Digests in the order in which the table holds its rows; no index is asked."""
    return [slip.digest for slip in Slip.objects.all()]


def draw(clerk: Client, box: Box, staff: int, retired: int = 0, before: int = 0, per_page: int = 16) -> str:
    """The page that answers."""
    data = {"group-0": staff, "group-1": retired, "drawn_before": before, "per_page": per_page}
    return unescape(clerk.post(address(box), data).content.decode())


def test_a_code_is_stored_as_its_digest_alone(box: Box, office: Account) -> None:
    [codes] = slips_draw(box=box, numbers={STAFF: 1}, by=office).values()
    assert Slip.objects.get().digest == digest_of(codes[0].lower())
    assert codes[0] not in str(list(Slip.objects.values())) + str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("typed", ["ABCD-EFGH-JKLM", "abcd efgh jklm", " ABCDEFGHJKLM\n", "abcd-efgh-jklm"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert code_typed(typed) == "ABCDEFGHJKLM"
    assert code_text("ABCDEFGHJKLM") == "ABCD-EFGH-JKLM"


def test_stored_order_is_that_of_digests_whatever_was_printed(box: Box, office: Account) -> None:
    """2 groups, 30 codes: neither the order on paper nor the groups can be read off the rows."""
    drawn = slips_draw(box=box, numbers={STAFF: 20, RETIRED: 10}, by=office)
    printed = [digest_of(code) for codes in drawn.values() for code in codes]
    assert len(set(printed)) == 30
    assert printed != sorted(printed)
    assert stored_order() == sorted(printed)


def test_slips_are_printed_once_and_kept_by_no_cache(box: Box, clerk: Client) -> None:
    data = {"group-0": 17, "group-1": 3, "drawn_before": 0, "per_page": 16}
    answer = clerk.post(address(box), data)
    codes = CODE.findall(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert {digest_of(code) for code in codes} == set(Slip.objects.values_list("digest", flat=True))
    assert len(codes) == len(set(codes)) == 20
    assert CODE.findall(clerk.get(address(box)).content.decode()) == []


def test_each_group_begins_a_sheet_of_its_own(box: Box, clerk: Client) -> None:
    """17 and 3 slips, 16 a page: 2 sheets and 1; 8 a page: 3 and 1."""
    assert draw(clerk, box, 17, 3).count('<section class="slip-sheet slip-sheet-16">') == 3
    assert draw(clerk, box, 17, 3, before=20, per_page=8).count('<section class="slip-sheet slip-sheet-8">') == 4


def test_the_picture_holds_the_address_with_the_code_after_the_hash(box: Box, clerk: Client) -> None:
    """What stands after # is not sent to any server: no log can hold it."""
    page = draw(clerk, box, 1)
    [code] = CODE.findall(page)
    expected = segno.make(f"http://testserver/vote/#{code.replace('-', '')}", error="m", micro=False, boost_error=False)
    assert expected.svg_inline(omitsize=True, border=2, svgclass="slip-qr", lineclass=None) in page
    assert code.replace("-", "") not in page


def test_a_page_sent_twice_draws_once(box: Box, clerk: Client) -> None:
    draw(clerk, box, 5)
    assert "Slips of this box were drawn in the meantime" in draw(clerk, box, 5)
    assert Slip.objects.count() == 5


@pytest.mark.parametrize(
    ("staff", "retired", "words"),
    [(0, 0, "Draw between 1 and 1000"), (900, 101, "Draw between 1 and 1000"), (-1, 3, "greater than or equal to 0")],
)
def test_what_is_typed_wrong_stays_and_draws_nothing(
    box: Box, clerk: Client, staff: int, retired: int, words: str
) -> None:
    page = draw(clerk, box, staff, retired)
    assert words in page
    assert f'value="{staff}"' in page
    assert Slip.objects.count() == 0


def test_proposed_is_one_for_each_who_is_present_less_those_out(box: Box, clerk: Client, office: Account) -> None:
    slips_draw(box=box, numbers={STAFF: 5}, by=office)
    form = clerk.get(address(box)).context["form"]
    assert [form[f"group-{place}"].initial for place in (0, 1)] == [13, 3]


def test_no_slips_for_paper_an_unknown_group_or_a_closed_box(
    year: AssessmentYear, box: Box, office: Account, clerk: Client
) -> None:
    paper = box_at(year, township="T2", on_paper=True, online=False, by=office)
    with pytest.raises(Refused, match="paper ballots only"):
        slips_draw(box=paper, numbers={STAFF: 1}, by=office)
    with pytest.raises(Refused, match="no voter group “村民”"):
        slips_draw(box=box, numbers={"村民": 1}, by=office)
    box_open(box=box, by=office)
    box_close(box=box, by=office)
    assert "The box is counted: no slips can be drawn." in draw(clerk, box, 1)
    assert Slip.objects.count() == 0


def test_a_slip_is_made_void_by_its_code_and_replaced(box: Box, clerk: Client, office: Account) -> None:
    [codes] = slips_draw(box=box, numbers={STAFF: 2}, by=office).values()
    assert clerk.post(address(box, "slip_void"), {"code": code_text(codes[0])}).status_code == 302
    group = Electorate.objects.get(category=STAFF)
    assert (group.slips_drawn, group.slips_void, group.slips_issued) == (2, 1, 1)
    again = clerk.post(address(box, "slip_void"), {"code": codes[0]}).content.decode()
    assert "No unused slip of this box has this code." in again
    slips_draw(box=box, numbers={STAFF: 1}, by=office)
    group.refresh_from_db()
    assert (group.slips_drawn, group.slips_void, group.slips_issued) == (3, 1, 2)


def test_a_used_slip_and_one_of_another_box_stay(year: AssessmentYear, box: Box, office: Account) -> None:
    other = box_at(year, township="T2", by=office)
    [foreign] = slips_draw(box=other, numbers={STAFF: 1}, by=office)[STAFF]
    [used] = slips_draw(box=box, numbers={STAFF: 1}, by=office)[STAFF]
    box_open(box=box, by=office)
    cast(box, "111111")
    for code in (foreign, used, "", "ABCD"):
        with pytest.raises(Refused):
            slip_make_void(box=box, code=code, by=office)
    assert sorted(Slip.objects.values_list("state", flat=True)) == [SlipState.DRAWN, SlipState.USED]


def test_the_trail_holds_numbers_never_a_code(box: Box, clerk: Client) -> None:
    [code] = CODE.findall(draw(clerk, box, 1))
    clerk.post(address(box, "slip_void"), {"code": code})
    entries = AuditEntry.objects.filter(action__startswith="slip").order_by("number")
    assert [(entry.action, entry.subject, entry.details) for entry in entries] == [
        ("slips_draw", "T1镇", {"drawn": 1}),
        ("slip_make_void", "T1镇", {}),
    ]


def test_a_box_with_slips_stays_online_and_keeps_their_group(box: Box, office: Account) -> None:
    slips_draw(box=box, numbers={STAFF: 1}, by=office)
    with pytest.raises(Refused):
        box_prepare(
            box=box, on_paper=True, online=False, electorates=[ElectorateRow(STAFF, 5)], meeting=Meeting(), by=office
        )
    with pytest.raises(Refused):
        box_prepare(
            box=box, on_paper=True, online=True, electorates=[ElectorateRow(RETIRED, 5)], meeting=Meeting(), by=office
        )
    box.refresh_from_db()
    assert (box.on_paper, box.electorates.count()) == (False, 2)


def test_a_rehearsal_s_slips_say_so(year: AssessmentYear, office: Account, clerk: Client) -> None:
    real, rehearsal = box_at(year, by=office), box_at(year, is_rehearsal=True, by=office)
    assert ("演练" in draw(clerk, real, 1), "演练" in draw(clerk, rehearsal, 1)) == (False, True)
