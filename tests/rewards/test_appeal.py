"""复核 (RULES Y8): received in time, read again blind by two people, every consequence before it is confirmed, a
correction as a new version beside the first."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.errors import SamePerson, YearClosed
from assessment.models import AssessmentYear, LineValue, Phase, Tally
from assessment.services.year import year_archive, year_step_back
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Role, Township
from rewards.models import TEAM_GRADES, Appeal, AppealDecision, AppealItem, AppealOutcome, AppealReading, GradeDecision
from rewards.selectors.appeal_item import ReadingStep
from rewards.selectors.appeal_review import bonus_disagrees, review_of
from rewards.services.appeal import AppealRow, appeal_read, appeal_receive
from rewards.services.appeal_decision import ConsequencesDiffer, DecisionTerms, appeal_decide
from rewards.services.bonus import bonus_confirm
from scoring.differences import Matter
from scoring.engine import Counts, YearInput
from scoring.models import ResultVersion
from scoring.results import current_result
from scoring.selectors.version import version_result
from tests.conftest import CAST, account_of
from tests.county import county, ladder, year_in_phase
from tests.factories import AccountFactory
from tests.rewards.committee import cadres_decided

pytestmark = pytest.mark.django_db

FIGURE, VOTES = Fraction(120), (18, 2, 0, 0, 0)


def close_county(teams: int = 4) -> YearInput:
    """T1 … T4 differ in K1 alone: 99, 98, 97, 96."""
    inputs = ladder(teams)
    equal = [
        replace(team, values={code: value if code == "K1" else Fraction(50) for code, value in team.values.items()})
        for team in inputs.teams
    ]
    return replace(inputs, teams=tuple(equal))


def published(inputs: YearInput | None = None) -> AssessmentYear:
    return county(inputs or close_county(), phase=Phase.PUBLISHED)


def today() -> date:
    return timezone.localdate()


def row(subject: str = "T4", *contested: str, received_on: date | None = None) -> AppealRow:
    found: Township | Cadre
    found = Cadre.objects.get(number=subject) if "-" in subject else Township.objects.get(code=subject)
    return AppealRow(found, "李强", received_on or today(), "财政收入少计", contested)


def received(year: AssessmentYear, subject: str = "T4", *contested: str) -> Appeal:
    return appeal_receive(year=year, row=row(subject, *(contested or ("K1/",))), by=account_of("office"))


def read(item: AppealItem, who: str, figure: Any = FIGURE) -> AppealReading:
    reader = account_of(who) if who in CAST else AccountFactory(username=who, role=Role.OFFICE)
    figure = {"votes": figure} if isinstance(figure, tuple) else {"value": figure}
    return appeal_read(item=item, by=reader, **figure)


def settled(year: AssessmentYear, subject: str, figures: Mapping[str, Any]) -> Appeal:
    """An appeal whose inputs two clerks have read alike."""
    appeal = received(year, subject, *figures)
    for item in appeal.items.all():
        for who in ("office", "second_clerk"):
            read(item, who, figures[f"{item.line}/{item.group}"])
    return appeal


def terms(appeal: Appeal, outcome: AppealOutcome = AppealOutcome.CORRECTED, **others: Any) -> DecisionTerms:
    grade = others.get("grade", "")
    seen = review_of(appeal, grade=grade if grade in TEAM_GRADES else "").seen
    return DecisionTerms(outcome, "经查属实", today(), "县委组〔2026〕3号", **{"seen": seen, **others})


def decided(appeal: Appeal, outcome: AppealOutcome = AppealOutcome.CORRECTED, **others: Any) -> AppealDecision:
    return appeal_decide(appeal=appeal, terms=terms(appeal, outcome, **others), by=account_of("office"))


def places(year: AssessmentYear) -> dict[str, int | None]:
    return {team.input.code: team.rank for team in current_result(year).teams}


# Received: in the days of Y8, of who has a result.


def test_received_with_its_clock_y8() -> None:
    """Thirty days to decide, from the day of receipt."""
    year = published()
    appeal = received(year)
    assert (appeal.received_on, appeal.due_on - appeal.received_on) == (today(), timedelta(days=30))
    assert list(appeal.items.values_list("line", "group")) == [("K1", "")]


@pytest.mark.parametrize(("ago", "late"), [(30, False), (31, True)])
def test_days_to_ask_are_counted_from_publication_y8(ago: int, late: bool) -> None:
    year = published()
    AssessmentYear.objects.update(published_on=today() - timedelta(days=ago))
    asked = row("T4", "K1/")
    if not late:
        assert appeal_receive(year=year, row=asked, by=None).due_on == today() + timedelta(days=30)
        return
    with pytest.raises(Refused) as refusal:
        appeal_receive(year=year, row=asked, by=None)
    assert list(refusal.value.message_dict) == ["received_on"]
    last = today() - timedelta(days=1)
    assert f"{last.day}" in refusal.value.message_dict["received_on"][0]  # the last day, in words
    assert Appeal.objects.count() == 0


def test_late_entry_of_an_appeal_received_in_time_y8() -> None:
    year = published()
    AssessmentYear.objects.update(published_on=today() - timedelta(days=35))
    asked = row("T4", "K1/", received_on=today() - timedelta(days=5))
    assert appeal_receive(year=year, row=asked, by=None).due_on == today() + timedelta(days=25)


@pytest.mark.parametrize("days", [-1, 1])
def test_received_neither_before_publication_nor_tomorrow(days: int) -> None:
    year = published()
    with pytest.raises(Refused) as refusal:
        appeal_receive(year=year, row=row("T4", "K1/", received_on=today() + timedelta(days=days)), by=None)
    assert list(refusal.value.message_dict) == ["received_on"]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.CONFIRMED, Phase.ARCHIVED])
def test_received_only_while_published(phase: Phase) -> None:
    year = county(close_county(), phase=phase)
    with pytest.raises(YearClosed):
        appeal_receive(year=year, row=row("T4", "K1/"), by=None)


@pytest.mark.parametrize("who", ["leader", "township", "department", "assessor", "auditor", "administrator"])
def test_only_the_office_receives(who: str) -> None:
    year = published()
    with pytest.raises(PermissionDenied):
        appeal_receive(year=year, row=row("T4", "K1/"), by=account_of(who))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"applicant": " "}, "applicant"),
        ({"grounds": ""}, "grounds"),
        ({"contested": ("K9/",)}, "contested"),
        ({"contested": ("C1/",)}, "contested"),  # a cadre's votes are none of a team's result
    ],
)
def test_refused_beside_the_field(change: dict[str, Any], field: str) -> None:
    year = published()
    with pytest.raises(Refused) as refusal:
        appeal_receive(year=year, row=replace(row("T4", "K1/"), **change), by=None)
    assert (list(refusal.value.message_dict), Appeal.objects.count()) == ([field], 0)


def test_one_open_appeal_a_subject() -> None:
    year = published()
    received(year, "T4")
    received(year, "T3")
    with pytest.raises(Refused) as refusal:
        received(year, "T4")
    assert list(refusal.value.message_dict) == ["subject"]


def test_who_is_not_graded_has_no_result_to_contest_c3() -> None:
    inputs = close_county()
    cadres = [replace(cadre, not_graded="5A") if cadre.number == "T4-5" else cadre for cadre in inputs.cadres]
    year = published(replace(inputs, cadres=tuple(cadres)))
    with pytest.raises(Refused) as refusal:
        received(year, "T4-5", "C1/")
    assert list(refusal.value.message_dict) == ["subject"]


def test_cadre_contests_own_votes_and_what_the_team_rests_on_c2() -> None:
    year = published()
    appeal = received(year, "T4-3", "C1/", "K1/", "E2/")
    states = review_of(appeal).states
    assert [(str(state.source.kind), state.source.code) for state in states] == [
        ("cadre_votes", "T4-3"),
        ("value", "T4"),
        ("team_votes", "T4"),
    ]


# Read again: blind, by two, never by one twice.


def test_two_who_agree_settle_it() -> None:
    appeal = received(published())
    item = appeal.items.get()
    steps = [review_of(appeal).states[0].step]
    for who in ("office", "second_clerk"):
        read(item, who)
        steps.append(review_of(appeal).states[0].step)
    assert steps == [ReadingStep.FIRST, ReadingStep.SECOND, ReadingStep.SETTLED]
    assert [reader.username for reader in review_of(appeal).states[0].readers] == ["office", "second_clerk"]
    with pytest.raises(Refused):
        read(item, "third")
    assert AppealReading.objects.count() == 2


def test_same_clerk_twice_is_refused_and_put_on_record() -> None:
    appeal = received(published())
    read(appeal.items.get(), "office")
    with pytest.raises(SamePerson):
        read(appeal.items.get(), "office")
    assert AppealReading.objects.count() == 1
    refusals = AuditEntry.objects.filter(action="appeal_read", refused=True)
    assert list(refusals.values_list("actor_name", "subject")) == [("office", "T4镇 K1")]


def test_database_refuses_the_same_person_twice(office: Account) -> None:
    """Whatever way a second reading of one person took."""
    item = received(published()).items.get()
    content = {"content": {"value": "120"}, "entered_by": office, "entered_at": timezone.now()}
    AppealReading.objects.create(item=item, hand=1, **content)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppealReading.objects.create(item=item, hand=2, **content)


def test_two_that_differ_wait_for_a_third_person() -> None:
    year = published()
    appeal = received(year)
    item = appeal.items.get()
    read(item, "office", Fraction(120))
    read(item, "second_clerk", Fraction(96))
    assert (review_of(appeal).states[0].step, review_of(appeal).settled) == (ReadingStep.DIFFERS, False)
    for who in ("office", "second_clerk"):
        with pytest.raises(SamePerson):
            read(item, who)
    assert read(item, "third", Fraction(120)).hand == 3
    review = review_of(appeal)
    assert (review.settled, review.states[0].content) == (True, Fraction(120))
    assert [reader.username for reader in review.states[0].readers] == ["office", "third"]


def test_numbers_written_differently_agree() -> None:
    appeal = received(published())
    read(appeal.items.get(), "office", Fraction("12.50"))
    read(appeal.items.get(), "second_clerk", Fraction(25, 2))
    assert review_of(appeal).settled


@pytest.mark.parametrize("figure", [None, (1, 2, 3), (1, 0, 0, 0, -1)])
def test_what_is_no_reading_is_refused(figure: Any) -> None:
    item = received(published(), "T4", "E1/" if figure else "K1/").items.get()
    with pytest.raises(Refused):
        read(item, "office", figure)
    assert AppealReading.objects.count() == 0


def test_more_votes_than_ballots_are_refused_e5() -> None:
    year = published()
    Tally.objects.filter(township__code="T4", evaluation="E1").update(issued=25, returned=20, valid=20)
    item = received(year, "T4", "E1/").items.get()
    with pytest.raises(Refused):
        read(item, "office", (20, 1, 0, 0, 0))
    assert read(item, "office", (18, 2, 0, 0, 0)).content == {"grades": [18, 2, 0, 0], "abstain": 0}


def test_audit_trail_learns_who_read_never_what() -> None:
    appeal = received(published(), "T4", "E1/")
    read(appeal.items.get(), "office", (17, 3, 0, 0, 0))
    entry = AuditEntry.objects.get(action="appeal_read")
    assert (entry.subject, entry.details) == ("T4镇 E1", {"reading": 1, "decides": "False"})


# Consequences, before anything is confirmed.


def test_value_misread_moves_three_townships_y8() -> None:
    """T4 reached 120, not 96: first instead of last; T1, T2, T3 each go one place down."""
    year = published()
    appeal = settled(year, "T4", {"K1/": FIGURE})
    found = review_of(appeal).consequences
    assert found is not None
    moved = {
        change.code: (place.old, place.new) for change in found.changes if (place := change.change_of(Matter.RANK))
    }
    assert moved == {"T1": (1, 2), "T2": (2, 3), "T3": (3, 4), "T4": (4, 1)}
    assert {code: str(found.after.result.team(code).line("K1").points) for code in moved} == {
        "T1": "11.76",
        "T2": "11.52",
        "T3": "11.28",
        "T4": "12.00",
    }
    departures = [(found.code, found.grade, found.suggested) for found in found.departures]
    assert departures == [("T1", "实绩突出", "实绩较好"), ("T4", "实绩较好", "实绩突出")]
    assert places(year) == {"T1": 1, "T2": 2, "T3": 3, "T4": 4}  # nobody sees anything before it is confirmed


def test_tally_misread_lifts_a_cadre_over_the_quota_line_g2() -> None:
    """20 cadres, four places of 优秀. T1-5 was read as 10 好 10 较好 in C1 and stood fifth."""
    inputs = ladder(4)
    best = {"T1-1": 20, "T1-2": 20, "T1-3": 20, "T1-4": 20, "T1-5": 10}
    cadres = [
        replace(
            cadre,
            tallies={
                **cadre.tallies,
                "C1": {"": Counts((best.get(cadre.number, 5), 20 - best.get(cadre.number, 5), 0, 0))},
            },
        )
        for cadre in inputs.cadres
    ]
    others = {"T1-1": 20, "T1-2": 20, "T1-3": 20, "T1-4": 15}
    cadres = [
        replace(
            cadre,
            tallies={**cadre.tallies, "C3": {"": Counts((others[cadre.number], 20 - others[cadre.number], 0, 0))}},
        )
        if cadre.number in others
        else cadre
        for cadre in cadres
    ]
    year = published(replace(inputs, cadres=tuple(cadres)))
    result = current_result(year)
    assert [(cadre.input.number, str(cadre.grade)) for cadre in result.cadres if cadre.rank_county in (4, 5)] == [
        ("T1-4", "优秀"),
        ("T1-5", "称职"),
    ]
    found = review_of(settled(year, "T1-5", {"C1/": (20, 0, 0, 0, 0)})).consequences
    assert found is not None
    changes = {change.code: change for change in found.changes}
    assert set(changes) == {"T1-4", "T1-5"}
    suggested = changes["T1-5"].change_of(Matter.SUGGESTED)
    assert suggested is not None
    assert (suggested.old, suggested.new) == ("称职", "优秀")
    lost = changes["T1-4"].change_of(Matter.SUGGESTED)
    assert lost is not None
    assert (lost.old, lost.new) == ("优秀", "称职")


def test_nothing_of_the_consequences_while_one_input_is_open() -> None:
    appeal = received(published(), "T4", "K1/", "K2/")
    for who in ("office", "second_clerk"):
        read(appeal.items.get(line="K1"), who)
    assert review_of(appeal).consequences is None


def test_bonus_before_and_after_b1() -> None:
    """One team is outstanding, T1, and stays so by decision; as second of the ranking it is still the first of those
    awarded. Decided anew, T4 has an award of its own and goes before T1."""
    year = published()
    appeal = settled(year, "T4", {"K1/": FIGURE})
    stays, anew = (review_of(appeal, grade=grade).consequences for grade in ("", "实绩突出"))
    assert stays is not None and stays.bonus is not None and anew is not None and anew.bonus is not None  # noqa: PT018
    assert [(team.team, team.before, team.after) for team in stays.bonus.teams] == []
    assert [(team.team, team.before, team.after) for team in anew.bonus.teams] == [
        ("T1", 50000, 45000),
        ("T4", 0, 50000),
    ]


# Decided: once, as a new version, all of it or nothing.


def test_corrected_is_a_new_version_and_the_first_stays_y8() -> None:
    year = published()
    first = ResultVersion.objects.get()
    decision = decided(settled(year, "T4", {"K1/": FIGURE}))
    assert (decision.before, decision.after.number if decision.after else None) == (first, 2)
    assert places(year) == {"T1": 2, "T2": 3, "T3": 4, "T4": 1}
    assert version_result(first).team("T4").rank == 4
    assert ResultVersion.objects.get(number=2).reason == "T4镇复核：经查属实"
    value = LineValue.objects.get(line__year=year, line__code="K1", township__code="T4")
    readers = [person.username for person in (value.entered_by, value.confirmed_by) if person]
    assert (value.value, readers) == (FIGURE, ["office", "second_clerk"])


def test_result_after_correction_is_what_live_data_come_to() -> None:
    """Taken back and confirmed again, the year has the corrected result, not the first."""
    year = published()
    decided(settled(year, "T4", {"K1/": FIGURE, "E1/": VOTES}))
    corrected = current_result(year).team("T4")
    assert corrected == current_result(year_in_phase(year, Phase.CLOSED)).team("T4")
    tally = Tally.objects.get(year=year, township__code="T4", evaluation="E1")
    assert (tally.grades, tally.abstain) == ((18, 2, 0, 0), 0)


def test_decided_grades_stay_unless_decided_anew_rules_4() -> None:
    year = published()
    decision = decided(settled(year, "T4", {"K1/": FIGURE}))
    assert decision.after is not None
    assert dict(decision.after.teams.values_list("township__code", "grade")) == {
        "T1": "实绩突出",
        "T2": "实绩较好",
        "T3": "实绩较好",
        "T4": "实绩较好",
    }
    assert GradeDecision.objects.count() == 0


def test_grade_decided_anew_with_its_reason_rules_4() -> None:
    year = published()
    appeal = settled(year, "T4", {"K1/": FIGURE})
    decision = decided(appeal, grade="实绩突出", grade_reason="复核后位居第一")
    assert decision.after is not None
    assert decision.after.teams.get(township__code="T4").grade == "实绩突出"
    assert list(GradeDecision.objects.values_list("grade", "suggested", "reason")) == [
        ("实绩突出", "实绩突出", "复核后位居第一")
    ]


@pytest.mark.parametrize(
    ("grade", "reason", "field"),
    [("实绩突出", " ", "grade_reason"), ("优秀", "理由", "grade")],
)
def test_grade_anew_is_refused_and_nothing_is_kept(grade: str, reason: str, field: str) -> None:
    year = published()
    appeal = settled(year, "T4", {"K1/": FIGURE})
    with pytest.raises(Refused) as refusal:
        decided(appeal, grade=grade, grade_reason=reason)
    assert list(refusal.value.message_dict) == [field]
    value = LineValue.objects.get(line__code="K1", township__code="T4").value
    assert (ResultVersion.objects.count(), value, AppealDecision.objects.count()) == (1, 96, 0)


def test_only_what_was_seen_is_confirmed() -> None:
    """T3's correction comes between the page of T4's and its answer."""
    year = published()
    mine, other = settled(year, "T4", {"K1/": FIGURE}), settled(year, "T3", {"K1/": Fraction(130)})
    seen = terms(mine)
    decided(other)
    with pytest.raises(ConsequencesDiffer):
        appeal_decide(appeal=mine, terms=seen, by=account_of("office"))
    assert decided(mine).before.number == 2


def test_corrected_twice_is_version_three() -> None:
    year = published()
    decided(settled(year, "T4", {"K1/": FIGURE}))
    decision = decided(settled(year, "T4", {"K1/": Fraction(96)}))
    assert (decision.before.number, decision.after.number if decision.after else None) == (2, 3)
    assert places(year) == {"T1": 1, "T2": 2, "T3": 3, "T4": 4}


def test_decided_once() -> None:
    """Of two who decide at once, the second finds it decided."""
    appeal = settled(published(), "T4", {"K1/": FIGURE})
    waiting = terms(appeal)
    decided(appeal)
    for outcome in AppealOutcome:
        with pytest.raises(Refused):
            appeal_decide(appeal=appeal, terms=replace(waiting, outcome=outcome), by=account_of("second_clerk"))
    assert (AppealDecision.objects.count(), ResultVersion.objects.count()) == (1, 2)


def test_upheld_where_the_sources_say_the_same() -> None:
    year = published()
    appeal = settled(year, "T4", {"K1/": Fraction(96)})
    assert review_of(appeal).changed == ()
    with pytest.raises(Refused) as refusal:
        decided(appeal)
    assert list(refusal.value.message_dict) == ["outcome"]
    assert decided(appeal, AppealOutcome.UPHELD).after is None
    assert ResultVersion.objects.count() == 1


def test_not_upheld_against_what_the_source_says() -> None:
    appeal = settled(published(), "T4", {"K1/": FIGURE})
    with pytest.raises(Refused) as refusal:
        decided(appeal, AppealOutcome.UPHELD)
    assert list(refusal.value.message_dict) == ["outcome"]


@pytest.mark.parametrize("outcome", [AppealOutcome.UPHELD, AppealOutcome.CORRECTED])
def test_not_decided_before_it_is_read(outcome: AppealOutcome) -> None:
    appeal = received(published())
    read(appeal.items.get(), "office")
    with pytest.raises(Refused):
        decided(appeal, outcome)
    assert decided(appeal, AppealOutcome.WITHDRAWN).after is None


def test_grade_alone_is_contested() -> None:
    year = published()
    appeal = appeal_receive(year=year, row=row("T4"), by=account_of("office"))
    with pytest.raises(Refused):
        decided(appeal)
    decision = decided(appeal, grade="实绩突出", grade_reason="县委常委会复议")
    assert decision.after is not None
    assert places(year) == {"T1": 1, "T2": 2, "T3": 3, "T4": 4}
    assert decision.after.teams.get(township__code="T4").grade == "实绩突出"


def test_reading_that_leaves_nothing_to_compute_is_not_confirmed_a3() -> None:
    """Every line of 常规 not applicable: the block has no points (T4)."""
    year = published()
    appeal = settled(year, "T4", dict.fromkeys(("R1/", "R2/", "R3/"), "不适用"))
    assert (review_of(appeal).settled, review_of(appeal).consequences) == (True, None)
    with pytest.raises(Refused):
        decided(appeal)


def test_confirmed_bonus_no_longer_agrees_b4() -> None:
    year = published()
    cadres_decided(year_in_phase(year, Phase.CLOSED))
    year = year_in_phase(year, Phase.PUBLISHED)
    bonus_confirm(year=year, on_suggested=True, reason="先行发放", by=None)
    assert not bonus_disagrees(year)
    decided(settled(year, "T4", {"K1/": FIGURE}), grade="实绩突出", grade_reason="复核后位居第一")
    assert bonus_disagrees(year)


def test_day_of_the_decision() -> None:
    appeal = settled(published(), "T4", {"K1/": FIGURE})
    for day in (today() + timedelta(days=1), today() - timedelta(days=1)):
        with pytest.raises(Refused) as refusal:
            appeal_decide(appeal=appeal, terms=replace(terms(appeal), decided_on=day), by=None)
        assert list(refusal.value.message_dict) == ["decided_on"]


def test_open_appeal_keeps_the_year_from_the_archive_y8() -> None:
    year = published()
    appeal = received(year)
    with pytest.raises(Refused):
        year_archive(year=year, by=account_of("office"))
    decided(appeal, AppealOutcome.WITHDRAWN)
    year_archive(year=year, by=account_of("office"))
    assert year.phase == Phase.ARCHIVED


def test_nothing_is_read_or_decided_while_the_year_is_taken_back() -> None:
    year = published()
    appeal = received(year)
    year_step_back(year=year, reason="名册有误", by=account_of("office"))
    with pytest.raises(YearClosed):
        read(appeal.items.get(), "office")
    with pytest.raises(YearClosed):
        decided(appeal, AppealOutcome.WITHDRAWN)


def test_later_records_move_nothing_but_what_was_contested() -> None:
    """The result is computed from the frozen inputs: a tally changed behind the services changes nothing else."""
    year = published()
    Tally.objects.filter(year=year, township__code="T1", evaluation="E1").update(first=0, fourth=20)
    decision = decided(settled(year, "T4", {"K1/": FIGURE}))
    assert decision.after is not None
    assert str(version_result(decision.after).team("T1").line("E1").points) == "15.00"
