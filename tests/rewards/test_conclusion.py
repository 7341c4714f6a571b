"""Confirming, publishing and archiving a year: what stops a step, what only warns (RULES Y1, 4)."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from assessment.selectors.checklist import Check, checklist
from assessment.selectors.year import published_on
from assessment.services.year import year_archive, year_confirm, year_publish, year_step_back
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Township
from cadres.services.discipline import DisciplineRow, discipline_record, discipline_revoke
from rewards import checks
from rewards.models import Appeal, AppealDecision, Bulletin
from rewards.selectors.appeal import appeals_until
from rewards.services.bonus import bonus_confirm
from rewards.services.grade import DecisionRow, grade_decisions_save
from scoring.models import ResultVersion
from scoring.results import current_result
from tests.conftest import ClientFor
from tests.county import county, ladder, year_in_phase
from tests.rewards.committee import cadres_decided, outstanding

pytestmark = pytest.mark.django_db

SECRETARIES = ladder(5, members=(("党委书记", True),))
"""Five teams with one principal each: the quotas have two places for teams and one for cadres."""


@pytest.fixture
def closed() -> AssessmentYear:
    """Closed, nothing decided."""
    return county(SECRETARIES)


@pytest.fixture
def decided(closed: AssessmentYear) -> AssessmentYear:
    """Every grade as suggested: T1 and T2 实绩突出, T1-1 优秀."""
    rows = [DecisionRow(team.input.code, str(team.grade)) for team in current_result(closed).teams]
    grade_decisions_save(year=closed, rows=rows, by=None)
    cadres_decided(closed)
    return closed


@pytest.fixture
def published(decided: AssessmentYear) -> AssessmentYear:
    year_confirm(year=decided, by=None)
    year_publish(year=decided, by=None)
    return decided


def found(check: Check) -> tuple[int, bool]:
    """How many findings, and whether they stop the step."""
    return len(check.findings), check.blocking


# closed → confirmed


def test_every_grade_is_decided_first(closed: AssessmentYear) -> None:
    with pytest.raises(Refused) as refused:
        year_confirm(year=closed, by=None)
    assert [re.findall(r"\d+", text) for text in refused.value.messages] == [["5"], ["5"]]
    assert not ResultVersion.objects.exists()


def test_a_decided_year_is_confirmed(decided: AssessmentYear) -> None:
    assert [found(check) for check in checklist(decided)] == [(0, True), (0, True), (0, True), (0, False), (0, False)]
    year_confirm(year=decided, by=None)
    assert (AssessmentYear.objects.get().phase, ResultVersion.objects.count()) == ("confirmed", 1)


def test_a3_a_year_that_lacks_something_is_not(decided: AssessmentYear) -> None:
    decided.lines.get(code="K1").values.filter(township__code="T1").delete()
    year_in_phase(decided, Phase.CLOSED)
    assert found(checks.results_computable(decided)) == (1, True)
    with pytest.raises(Refused):
        year_confirm(year=decided, by=None)


def test_a_departure_that_arose_after_the_decision_needs_a_reason(decided: AssessmentYear) -> None:
    """The committee agreed with 优秀; a sanction entered since makes the suggestion 称职 (G4), and T2-1 优秀."""
    discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=SANCTION, by=None)
    check = checks.departures_reasoned(decided)
    assert found(check) == (2, True)
    assert ["T1-1" in check.findings[0], "T2-1" in check.findings[1]] == [True, True]
    with pytest.raises(Refused):
        year_confirm(year=decided, by=None)
    rows = [DecisionRow("T1-1", "称职"), DecisionRow("T2-1", "称职", "县委研究决定")]
    grade_decisions_save(year=decided, rows=rows, by=None)
    assert found(checks.departures_reasoned(decided)) == (0, True)
    year_confirm(year=decided, by=None)


SANCTION = DisciplineRow("party_warning", "县纪〔2025〕3号", "县纪委", date(2025, 3, 1))


def test_g1_g2_a_quota_that_is_exceeded_only_warns(decided: AssessmentYear) -> None:
    assert found(checks.quotas_kept(decided)) == (0, False)
    rows = [DecisionRow("T3", "实绩突出", "县委研究决定"), DecisionRow("T2-1", "优秀", "县委研究决定")]
    grade_decisions_save(year=decided, rows=rows, by=None)
    assert found(checks.quotas_kept(decided)) == (2, False)
    year_confirm(year=decided, by=None)


def test_a_sanction_entered_after_the_decision_is_named(decided: AssessmentYear) -> None:
    assert found(checks.discipline_considered(decided)) == (0, False)
    record = discipline_record(cadre=Cadre.objects.get(number="T5-1"), row=SANCTION, by=None)
    assert found(checks.discipline_considered(decided)) == (1, False)
    discipline_revoke(record=record, reason="录错", by=None)
    assert found(checks.discipline_considered(decided)) == (0, False)


def test_a_sanction_of_another_year_is_not(decided: AssessmentYear) -> None:
    later = replace(SANCTION, start=date(2026, 1, 1))
    discipline_record(cadre=Cadre.objects.get(number="T5-1"), row=later, by=None)
    assert found(checks.discipline_considered(decided)) == (0, False)


# confirmed → published


def test_what_publishing_warns_of(decided: AssessmentYear) -> None:
    year_confirm(year=decided, by=None)
    assert [found(check) for check in checklist(decided)] == [(0, False), (1, False)]
    discipline_record(cadre=Cadre.objects.get(number="T1-1"), row=SANCTION, by=None)
    assert found(checks.discipline_after_confirmation(decided)) == (1, False)
    bonus_confirm(year=decided, by=None)
    assert found(checks.bonus_confirmed(decided)) == (0, False)
    year_publish(year=decided, by=None)


def test_y8_the_days_of_a_review_count_from_publication(published: AssessmentYear) -> None:
    today = timezone.localdate()
    assert (published_on(published), appeals_until(published)) == (today, today + timedelta(days=30))
    year_step_back(year=published, reason="公布范围有误", by=None)
    assert (published_on(published), appeals_until(published)) == (None, None)


# published → archived


def appeal(year: AssessmentYear) -> Appeal:
    today = timezone.localdate()
    return Appeal.objects.create(
        year=year,
        township=Township.objects.get(code="T3"),
        received_on=today,
        due_on=today,
        applicant="李强",
        grounds="票数有误",
        entered_at=timezone.now(),
    )


def test_y8_an_open_review_stops_the_archive(published: AssessmentYear) -> None:
    asked = appeal(published)
    assert found(checks.appeals_decided(published)) == (1, True)
    with pytest.raises(Refused):
        year_archive(year=published, by=None)
    AppealDecision.objects.create(
        appeal=asked,
        outcome="upheld",
        decided_on=timezone.localdate(),
        findings="票数无误",
        before=ResultVersion.objects.get(),
        entered_at=timezone.now(),
    )
    assert found(checks.appeals_decided(published)) == (0, True)
    year_archive(year=published, by=None)
    assert AssessmentYear.objects.get().phase == "archived"


@pytest.mark.parametrize(("days", "findings"), [(0, 1), (30, 1), (31, 0)])
def test_y8_days_of_a_review_that_run_only_warn(published: AssessmentYear, days: int, findings: int) -> None:
    day = timezone.localdate() - timedelta(days=days)
    AssessmentYear.objects.update(published_on=day)
    assert found(checks.appeals_over(published)) == (findings, False)


def test_u4_who_was_not_told_is_counted(published: AssessmentYear) -> None:
    assert found(checks.feedback_given(published)) == (2, False)


def test_the_bulletin_is_missed_until_one_stands(published: AssessmentYear) -> None:
    assert found(checks.bulletin_written(published)) == (1, False)
    today = timezone.localdate()
    Bulletin.objects.create(year=published, title="通报", published_on=today, entered_at=timezone.now())
    assert found(checks.bulletin_written(published)) == (0, False)


def test_u3_a_proposal_nobody_decided_on_is_counted() -> None:
    """Two of a few teams are graded 实绩一般: each is proposed a collective talk and a rectification."""
    inputs = ladder(3)
    year = outstanding(inputs)
    rows = [DecisionRow(code, "实绩一般", "县委研究决定") for code in ("T2", "T3")]
    grade_decisions_save(year=year, rows=rows, by=None)
    assert checks.measures_decided(year).findings[0].startswith("4 ")


# In the browser


def step(client: Client, name: str) -> str:
    address = f"/years/2025/{name}/"
    assert client.get(address).context["problems"] == []
    return str(client.post(address)["Location"])


def test_the_office_walks_the_year_to_its_archive(decided: AssessmentYear, client_for: ClientFor) -> None:
    office = client_for("office")
    for name, phase in (("confirm", "confirmed"), ("publish", "published"), ("archive-step", "archived")):
        assert step(office, name) == "/years/2025/"
        assert AssessmentYear.objects.get().phase == phase


def test_what_only_warns_is_repeated_before_the_step(decided: AssessmentYear, client_for: ClientFor) -> None:
    office = client_for("office")
    step(office, "confirm")
    shown = office.get("/years/2025/publish/").context["open_checks"]
    assert [(row.url, len(row.check.findings)) for row in shown] == [("/years/2025/bonus/", 1)]


def test_going_back_needs_a_reason_and_says_what_follows(decided: AssessmentYear, client_for: ClientFor) -> None:
    office = client_for("office")
    step(office, "confirm")
    page = office.get("/years/2025/back/")
    assert page.context["consequence"]
    assert office.post("/years/2025/back/", {"reason": ""}).status_code == 200
    assert AssessmentYear.objects.get().phase == "confirmed"
    office.post("/years/2025/back/", {"reason": "漏计一票"})
    assert AssessmentYear.objects.get().phase == "closed"
    assert ResultVersion.objects.get().reopening.reason == "漏计一票"


def test_nobody_else_moves_the_year(decided: AssessmentYear, client_for: ClientFor) -> None:
    for role in ("leader", "auditor", "administrator", "township", "department", "assessor"):
        browser = client_for(role)
        answers = [browser.post(f"/years/2025/{name}/").status_code for name in ("confirm", "publish", "archive-step")]
        assert (role, answers) == (role, [403, 403, 403])
    assert AssessmentYear.objects.get().phase == "closed"
    assert AuditEntry.objects.filter(action="refused").count() == 18


def test_the_version_is_in_the_trail(decided: AssessmentYear, office: Account) -> None:
    year_confirm(year=decided, by=office)
    version = ResultVersion.objects.get()
    entry = AuditEntry.objects.get(action="version_freeze")
    assert (entry.actor, entry.details) == (office, {"version": 1, "sha256": version.digest, "reason": ""})
    assert version.frozen_by == office
