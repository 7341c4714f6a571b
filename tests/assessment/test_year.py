"""The conduct of a year: phases, their checklists, copying (RULES Y1)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from assessment.models import AssessmentYear, Box, BoxState, Phase, Sheet, SheetKind, SheetRound, ValueEntry
from assessment.scheme import default_scheme
from assessment.selectors.checklist import checklist
from assessment.selectors.completeness import Completeness, year_concerned
from assessment.selectors.year import published_on, scheme_current
from assessment.services.notice import notice_save
from assessment.services.roster import RosterRow, roster_save, vacancy_state
from assessment.services.scheme import scheme_save
from assessment.services.team import MemberRow, TeamRow, team_save
from assessment.services.value import values_save
from assessment.services.year import (
    year_announce,
    year_archive,
    year_close,
    year_collect,
    year_create,
    year_publish,
    year_step_back,
    year_townships_set,
)
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Post, Township
from tests.county import county, ladder, year_in_phase

ClientFor = Callable[[str], Client]


def notice_write(year: AssessmentYear) -> None:
    """What the announcement asks for besides the roster (RULES Y2)."""
    notice_save(
        year=year, field_from=date(2025, 12, 8), field_until=date(2025, 12, 19), contact="周敏", phone="0700-1", by=None
    )


def test_y1_phases_go_forward_one_by_one(draft: AssessmentYear) -> None:
    notice_write(draft)
    for step, phase in ((year_announce, "announced"), (year_collect, "collecting"), (year_close, "closed")):
        step(year=draft, by=None)
        assert AssessmentYear.objects.get().phase == phase


def test_a_step_that_is_refused_says_so_before_it_is_confirmed(clerk: Client, draft: AssessmentYear) -> None:
    """The page names what stands in the way, with where it is mended, and offers no button; a post is refused alike."""
    draft.roster.all().delete()
    address = f"/years/{draft.number}/announce/"
    shown = clerk.get(address)
    refused = clerk.post(address)
    assert [problem.text for problem in shown.context["problems"]] == refused.context["problems"]
    assert any(problem.href == f"/years/{draft.number}/roster/" for problem in shown.context["problems"])
    assert '<form method="post"' not in shown.content.decode().split("<main")[1]


@pytest.mark.parametrize(("phase", "step"), [("draft", year_close), ("draft", year_collect), ("closed", year_announce)])
def test_y1_no_phase_is_skipped_or_repeated(draft: AssessmentYear, phase: str, step: Callable[..., None]) -> None:
    year_in_phase(draft, Phase(phase))
    with pytest.raises(Refused):
        step(year=draft, by=None)
    assert AssessmentYear.objects.get().phase == phase


def test_announcement_needs_two_principals_or_a_stated_vacancy(draft: AssessmentYear) -> None:
    notice_write(draft)
    draft.roster.filter(cadre__number="0002").delete()
    with pytest.raises(Refused, match="青石镇"):
        year_announce(year=draft, by=None)
    township, post = Township.objects.get(code="T01"), Post.objects.get(name="乡镇长")
    vacancy_state(year=draft, township=township, post=post, reason="待任", by=None)
    year_announce(year=draft, by=None)
    assert AssessmentYear.objects.get().phase == "announced"


@pytest.mark.parametrize("reason", ["", "   "])
def test_y1_step_back_needs_a_reason(year: AssessmentYear, reason: str) -> None:
    with pytest.raises(Refused):
        year_step_back(year=year, reason=reason, by=None)
    assert AssessmentYear.objects.get().phase == "collecting"


def test_y1_step_back_keeps_its_reason_in_the_trail(year: AssessmentYear, office: Account) -> None:
    year_step_back(year=year, reason="漏报一个乡镇", by=office)
    assert AssessmentYear.objects.get().phase == "announced"
    entry = AuditEntry.objects.get(action="year_phase")
    assert entry.details == {"from": "collecting", "to": "announced", "reason": "漏报一个乡镇"}


def test_step_back_from_a_stale_page_is_refused(year: AssessmentYear) -> None:
    stale = AssessmentYear.objects.get()
    year_step_back(year=year, reason="一", by=None)
    with pytest.raises(Refused):
        year_step_back(year=stale, reason="二", by=None)
    assert AssessmentYear.objects.get().phase == "announced"


def test_copy_brings_scheme_and_roster_but_no_codes_and_no_data(draft: AssessmentYear) -> None:
    scheme_save(year=draft, scheme=replace(default_scheme(), tie_break=("C2",)), by=None)
    roster_save(
        year=draft, rows=[RosterRow("0005", "孙强", "T01", "副乡镇长", not_graded="6A", in_charge=("K1",))], by=None
    )
    values_save(year=draft, cells={("T01", "K1"): default_scheme().target_points}, by=None)
    copy = year_create(number=2026, copy_from=draft, by=None)
    assert scheme_current(copy).tie_break == ("C2",)
    assert copy.roster.count() == 5
    entry = copy.roster.get(cadre__number="0005")
    assert (entry.not_graded, [line.code for line in entry.in_charge.all()]) == ("", ["K1"])
    assert [line.values.count() for line in copy.lines.filter(code="K1")] == [0]


def test_copy_leaves_out_who_serves_in_a_township_no_longer_in_use(draft: AssessmentYear) -> None:
    Township.objects.filter(code="T02").update(is_active=False)
    copy = year_create(number=2026, copy_from=draft, by=None)
    assert sorted(copy.roster.values_list("cadre__number", flat=True)) == ["0001", "0002", "0005"]


def test_a_year_exists_once(draft: AssessmentYear) -> None:
    with pytest.raises(Refused, match="2025"):
        year_create(number=2025, by=None)


def test_only_the_office_starts_a_year(leader: Account) -> None:
    with pytest.raises(PermissionDenied):
        year_create(number=2025, by=leader)


def test_a_township_with_roster_stays_in_the_year(draft: AssessmentYear) -> None:
    with pytest.raises(Refused, match="柳河镇"):
        year_townships_set(year=draft, townships=Township.objects.filter(code="T01"), by=None)
    assert draft.townships.count() == 2


@pytest.mark.parametrize("fields", [{"phase": "open"}, {"number": 25}])
def test_database_refuses_a_nonsense_year(draft: AssessmentYear, fields: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentYear.objects.update(**fields)


# --- pages ---------------------------------------------------------------------------------------


def test_step_is_taken_after_its_confirmation(clerk: Client, draft: AssessmentYear) -> None:
    notice_write(draft)
    assert "The scheme is frozen" in english(clerk, "/years/2025/announce/")
    assert clerk.post("/years/2025/announce/")["Location"] == "/years/2025/"
    assert AssessmentYear.objects.get().phase == "announced"


def test_closing_repeats_what_is_missing_and_whom_it_concerns(clerk: Client, year: AssessmentYear) -> None:
    """T02's values are complete and its votes are not; its cadres lack their own votes."""
    cells = {("T02", line.code): default_scheme().target_points for line in default_scheme().lines}
    values_save(year=year, cells=cells, by=None)
    page = english(clerk, "/years/2025/close/")
    assert "13 target values are missing" in page
    assert 'href="/years/2025/results/missing/"' in page
    assert "2 of the teams and 5 of the cadres get no total" in page


def test_only_those_who_lack_something_are_concerned(year: AssessmentYear) -> None:
    nothing: frozenset[tuple[str, str, str]] = frozenset()
    missing = Completeness(frozenset({("T01", "K1")}), nothing, frozenset({("0003", "C1", "")}))
    assert year_concerned(year=year, missing=missing) == (1, 4)  # T01 with its three cadres, and 0003 of T02


def test_complete_year_is_closed_without_a_warning(clerk: Client, year: AssessmentYear) -> None:
    year.roster.all().delete()
    year.townships.clear()
    page = clerk.get("/years/2025/close/")
    assert (page.context["open_checks"], page.context["gaps_consequence"]) == ([], "")


def test_refused_step_says_why_and_changes_nothing(clerk: Client, draft: AssessmentYear) -> None:
    draft.roster.filter(cadre__number="0004").delete()
    page = clerk.post("/years/2025/announce/").content.decode()
    assert "柳河镇" in page
    assert AssessmentYear.objects.get().phase == "draft"


def test_step_back_page_keeps_what_was_typed(clerk: Client, year: AssessmentYear) -> None:
    assert clerk.post("/years/2025/back/", {"reason": ""}).status_code == 200
    assert AssessmentYear.objects.get().phase == "collecting"
    clerk.post("/years/2025/back/", {"reason": "漏报"})
    assert AssessmentYear.objects.get().phase == "announced"


def test_a_step_back_sent_twice_is_one_step(clerk: Client, year: AssessmentYear) -> None:
    seen = {"phase": clerk.get("/years/2025/back/").context["form"]["phase"].value(), "reason": "漏报"}
    assert [clerk.post("/years/2025/back/", seen).status_code for _time in range(2)] == [302, 302]
    assert AssessmentYear.objects.get().phase == "announced"


def test_a_draft_has_no_phase_to_go_back_to(clerk: Client, draft: AssessmentYear) -> None:
    assert clerk.get("/years/2025/back/").status_code == 404


def test_new_year_offers_the_next_number_and_says_what_is_copied(clerk: Client, draft: AssessmentYear) -> None:
    page = clerk.get("/years/new/")
    assert page.context["form"].initial == {"number": 2026, "copy_from": draft}
    assert [(copy["lines"], copy["copied"], copy["left"]) for copy in page.context["copies"]] == [(13, 5, 0)]


@pytest.mark.parametrize("number", ["2025", "1", "二〇二六", ""])
def test_bad_new_year_is_shown_again_as_typed(clerk: Client, draft: AssessmentYear, number: str) -> None:
    page = clerk.post("/years/new/", {"number": number})
    assert page.context["form"]["number"].value() == number
    assert "number" in page.context["form"].errors
    assert AssessmentYear.objects.count() == 1


def test_new_year_by_form_copies(clerk: Client, draft: AssessmentYear) -> None:
    clerk.post("/years/new/", {"number": "2026", "copy_from": draft.pk})
    assert AssessmentYear.objects.get(number=2026).roster.count() == 5


def test_townships_by_form(clerk: Client, draft: AssessmentYear) -> None:
    Township.objects.create(code="T03", name="杨湾镇")
    wanted = Township.objects.filter(code__in=["T01", "T02", "T03"])
    clerk.post("/years/2025/townships/", {"townships": [township.pk for township in wanted]})
    assert draft.townships.count() == 3


@pytest.mark.parametrize("path", ["announce", "collect", "close", "back", "townships"])
def test_nobody_but_the_office_moves_a_year(client_for: ClientFor, draft: AssessmentYear, path: str) -> None:
    for member in ("department", "township", "assessor", "leader", "auditor", "administrator"):
        assert client_for(member).post(f"/years/2025/{path}/", {"reason": "x"}).status_code == 403
    assert AssessmentYear.objects.get().phase == "draft"


def test_guest_sees_no_checklist(client_for: ClientFor, draft: AssessmentYear) -> None:
    page = client_for("department").get("/years/2025/")
    assert (page.context["checks"], page.context["summary"], page.context["step"]) == ([], None, None)


def english(client: Client, path: str) -> str:
    """The page in English."""
    client.cookies["django_language"] = "en"
    return client.get(path).content.decode()


# --- checklists ----------------------------------------------------------------------------------


def failing(year: AssessmentYear, *, blocking: bool) -> dict[str, tuple[str, ...]]:
    """The checks of the next step that do not hold: where they are mended → what is wrong."""
    with translation.override("en"):
        return {c.link: c.findings for c in checklist(year) if not c.passed and c.blocking == blocking}


def test_y2_announcement_needs_the_notice(draft: AssessmentYear) -> None:
    assert list(failing(draft, blocking=True)) == ["assessment:notice_edit"]
    with pytest.raises(Refused):
        year_announce(year=draft, by=None)
    notice_write(draft)
    assert failing(draft, blocking=True) == {}


def test_who_is_in_no_assessment_team_does_not_stop_the_announcement(draft: AssessmentYear, assessor: Account) -> None:
    left = "%s is in no assessment team."
    assert failing(draft, blocking=False)["assessment:teams"] == (left % "青石镇", left % "柳河镇", left % "assessor")
    members = (MemberRow("assessor", is_head=True),)
    team_save(year=draft, row=TeamRow("考评一组", townships=("T01",), members=members), by=None)
    assert failing(draft, blocking=False)["assessment:teams"] == (left % "柳河镇",)
    team_save(year=draft, row=TeamRow("考评二组", townships=("T02",)), by=None)
    assert "assessment:teams" not in failing(draft, blocking=False)


@pytest.mark.parametrize(
    ("state", "is_rehearsal", "stops"),
    [
        (BoxState.PREPARED, False, False),
        (BoxState.OPEN, False, True),
        (BoxState.OPEN, True, True),  # its ballots could never be scrubbed
        (BoxState.CLOSED, False, True),
        (BoxState.CLOSED, True, False),
        (BoxState.COUNTED, False, False),
        (BoxState.VOID, False, False),
    ],
)
def test_y4_year_is_not_closed_over_a_box_that_is_not_counted(
    year: AssessmentYear, state: BoxState, is_rehearsal: bool, stops: bool
) -> None:
    township = Township.objects.get(code="T01")
    Box.objects.create(year=year, township=township, state=state, is_rehearsal=is_rehearsal, void_reason="x")
    assert ("assessment:boxes" in failing(year, blocking=True)) == stops


@pytest.mark.parametrize("state", [BoxState.OPEN, BoxState.CLOSED])
def test_y1_no_step_back_from_under_a_box_that_is_not_counted(year: AssessmentYear, state: BoxState) -> None:
    """Else its ballots would ask what another scheme and roster no longer ask."""
    Box.objects.create(year=year, township=Township.objects.get(code="T01"), state=state)
    with pytest.raises(Refused):
        year_step_back(year=year, reason="漏报一个乡镇", by=None)
    Box.objects.update(state=BoxState.COUNTED)
    year_step_back(year=year, reason="漏报一个乡镇", by=None)
    assert AssessmentYear.objects.get().phase == Phase.ANNOUNCED


def test_year_is_not_closed_over_sheets_that_do_not_count_yet(year: AssessmentYear, leader: Account) -> None:
    """A round that nobody has begun holds nothing that could be lost."""
    opened = SheetRound.objects.create(year=year, kind=SheetKind.LEADER, opened_at=timezone.now())
    assert failing(year, blocking=True) == {}
    Sheet.objects.create(round=opened, account=leader)
    with pytest.raises(Refused):
        year_close(year=year, by=None)
    SheetRound.objects.update(closed_at=timezone.now())
    year_close(year=year, by=None)


def test_year_is_not_closed_over_a_value_that_nobody_confirmed(year: AssessmentYear, office: Account) -> None:
    cell: dict[str, object] = {"line": year.lines.get(code="K1"), "township": Township.objects.get(code="T01")}
    ValueEntry.objects.create(**cell | {"value": Fraction(5)}, entered_by=office, entered_at=timezone.now())
    with pytest.raises(Refused):
        year_close(year=year, by=None)


def test_y5_interviews_not_held_do_not_stop_the_year_from_closing(year: AssessmentYear) -> None:
    text = "%s: fewer interviews than asked for."
    assert failing(year, blocking=False)["assessment:interviews"] == (text % "青石镇", text % "柳河镇")
    year_close(year=year, by=None)


def test_y8_the_day_of_publication_stands_from_publishing_to_the_step_behind_it(db: None) -> None:
    year = county(ladder(1), phase=Phase.CONFIRMED)
    assert published_on(year) is None
    year_publish(year=year, by=None)
    assert published_on(year) == year.published_on == timezone.localdate()
    year_archive(year=year, by=None)
    year_step_back(year=year, reason="补充材料", by=None)
    assert (year.phase, published_on(year)) == ("published", timezone.localdate())
    year_step_back(year=year, reason="公布范围有误", by=None)
    assert (year.phase, year.published_on, published_on(year)) == ("confirmed", None, None)


def test_the_database_knows_no_published_year_without_its_day(year: AssessmentYear) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentYear.objects.update(phase=Phase.PUBLISHED)


def test_the_page_of_a_confirmed_year_leads_to_its_versions(client_for: ClientFor) -> None:
    county(ladder(1), phase=Phase.PUBLISHED)
    page = client_for("office").get("/years/2025/").content.decode().split("<main")[1]
    assert 'href="/years/2025/versions/"' in page
    assert f"{timezone.localdate()}" in page
