"""RULES U2, U3 from the grades in force to what was decided, talked and reviewed: services and selectors."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.models import AssessmentYear, Phase
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Cadre, Township
from cadres.selectors.audit import RESULT_ACTIONS
from rewards.models import (
    AppendOnlyError,
    Measure,
    MeasureDecision,
    MeasureOutcome,
    MeasureReview,
    MeasureTalk,
    Taken,
    Verdict,
)
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureKey, measure_cases, measures_of, measures_of_team
from rewards.selectors.measure_choice import taken_choices
from rewards.selectors.measure_due import reminder_counts, reminders
from rewards.services.grade import DecisionRow, grade_decisions_save
from rewards.services.measure import measures_accept
from rewards.services.measure_course import (
    ReviewRow,
    TalkRow,
    measure_review_record,
    measure_review_withdraw,
    measure_talk_record,
    measure_talk_withdraw,
)
from tests.county import year_in_phase
from tests.rewards.measures import (
    ADMONITION,
    CADRE_MENDS,
    DISMISSAL,
    PAIR,
    TALK,
    TEAM_MENDS,
    YELLOW,
    YELLOW_OF_PAIR,
    case_of,
    decided,
    low_grades,
    resolved,
)

pytestmark = pytest.mark.django_db

NOT_OFFICE = ["department", "township", "assessor", "leader", "auditor", "administrator"]
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2026-03-01 10:00+08:00", tick=True):
        yield


def states(year: AssessmentYear, today: date = TODAY) -> dict[MeasureKey, str]:
    return {case.key: str(case.state) for case in measure_cases(year, today=today)}


def talk(day: date = date(2026, 2, 20), **changes: str) -> TalkRow:
    texts = {
        "place": "县委会议室",
        "talker": "李书记",
        "recorder": "周敏",
        "content": "指出问题，提出要求。",
        **changes,
    }
    return TalkRow(held_on=day, **texts)


def review(outcome: MeasureOutcome, day: date = TODAY, deadline: date | None = None) -> ReviewRow:
    return ReviewRow(held_on=day, outcome=outcome, remarks="逐项对照检查", deadline=deadline)


def refused(step: Callable[[], object]) -> list[str]:
    """The fields, or the message, of a refusal."""
    with pytest.raises(Refused) as refusal:
        step()
    return sorted(refusal.value.message_dict) if hasattr(refusal.value, "error_dict") else refusal.value.messages


# Proposals


def test_everything_that_is_proposed_and_asked_u2_u3() -> None:
    year = low_grades()
    assert states(year) == {
        TALK: "proposed",
        TEAM_MENDS: "proposed",
        ADMONITION: "proposed",
        CADRE_MENDS: "proposed",
        YELLOW: "proposed",
        DISMISSAL: "proposed",
        YELLOW_OF_PAIR: "proposed",
        PAIR: "for_decision",
    }


def test_evidence_names_every_year_between_a_pair_u2() -> None:
    case = case_of(low_grades(), PAIR)
    assert (case.years, case.proposed, case.pair is None) == ((2023, 2025), False, False)
    assert [(entry.year, entry.grade) for entry in case.evidence] == [(2023, "不称职"), (2024, ""), (2025, "不称职")]


def test_a_suggested_grade_is_marked_until_it_is_decided() -> None:
    year = low_grades()
    assert [entry.suggested_only for entry in case_of(year, TALK).evidence] == [False]
    assert [entry.suggested_only for entry in case_of(year, DISMISSAL).evidence] == [False, False]


def test_deadline_of_a_proposal_counts_from_the_years_end_u2() -> None:
    year = low_grades()
    assert [case_of(year, key).deadline for key in (CADRE_MENDS, TEAM_MENDS, ADMONITION)] == [
        date(2026, 6, 30),
        date(2026, 6, 30),
        None,
    ]


def test_grades_that_change_leave_the_decision_with_a_remark() -> None:
    year = low_grades()
    decided(year, YELLOW)
    grade_decisions_save(year=year, rows=[DecisionRow("T1-4", "称职", "复核更正")], by=None)
    assert (DISMISSAL in states(year), states(year)[YELLOW]) == (False, "accepted")
    case = case_of(year, YELLOW)
    assert (case.stale, case.proposed, case.listed) == (True, False, False)


def test_a_decision_on_other_years_is_stale_too() -> None:
    year = low_grades()
    decided(year, PAIR, taken=Taken.DEMOTION)
    Cadre.objects.get(number="T1-5").past_results.create(year=2024, grade="不称职")
    grade_decisions_save(year=year, rows=[DecisionRow("T1-3", "称职", "复核更正")], by=None)  # data moves on
    case = case_of(year, PAIR)
    assert (case.years, case.measure and case.measure.evidence, case.stale) == ((2024, 2025), [2023, 2025], True)


# Decisions


def test_accepting_what_can_mean_but_one_thing() -> None:
    decision = decided(low_grades(), ADMONITION)
    assert (decision.number, decision.taken, decision.deadline) == (1, Taken.ADMONITION, None)
    assert (decision.measure.evidence, decision.measure.clause) == ([2025], "U2")


def test_rectification_is_due_so_many_months_after_the_decision_u2() -> None:
    year = low_grades()
    assert decided(year, CADRE_MENDS).deadline == date(2026, 8, 10)
    assert decided(year, TEAM_MENDS, deadline=date(2026, 5, 1)).deadline == date(2026, 5, 1)


def test_dismissal_has_to_name_which_u2() -> None:
    year = low_grades()
    assert refused(lambda: decided(year, DISMISSAL)) == ["taken"]
    assert refused(lambda: decided(year, DISMISSAL, taken=Taken.ADMONITION)) == ["taken"]
    assert decided(year, DISMISSAL, taken=Taken.RESIGNATION).measure.evidence == [2024, 2025]


@pytest.mark.parametrize(
    ("kind", "of_team", "accepted", "changed"),
    [
        (MeasureKind.ADMONITION, False, ["admonition"], 6),
        (MeasureKind.ORGANISATIONAL, False, ["resignation", "demotion", "removal"], 4),
        (MeasureKind.COLLECTIVE_TALK, True, ["collective_talk"], 2),
        (MeasureKind.RECTIFICATION, True, ["rectification"], 2),
    ],
)
def test_what_may_be_taken(kind: MeasureKind, of_team: bool, accepted: list[str], changed: int) -> None:
    assert taken_choices(kind=kind, of_team=of_team, verdict=Verdict.ACCEPTED) == tuple(map(Taken, accepted))
    others = taken_choices(kind=kind, of_team=of_team, verdict=Verdict.CHANGED)
    assert (len(others), set(others) & set(accepted)) == (changed, set())
    assert taken_choices(kind=kind, of_team=of_team, verdict=Verdict.DECLINED) == ()


def test_change_and_decline_need_a_reason() -> None:
    year = low_grades()
    assert refused(lambda: decided(year, ADMONITION, verdict=Verdict.DECLINED, reason=" ")) == ["reason"]
    change: dict[str, Any] = {"verdict": Verdict.CHANGED, "taken": Taken.POST_CHANGE}
    assert refused(lambda: decided(year, ADMONITION, **change, reason="")) == ["reason"]
    decided(year, ADMONITION, **change)
    decided(year, CADRE_MENDS, verdict=Verdict.DECLINED)
    assert [states(year)[key] for key in (ADMONITION, CADRE_MENDS)] == ["changed", "declined"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"decided_by": " "}, "decided_by"),
        ({"decided_on": date(2026, 3, 2)}, "decided_on"),
        ({"deadline": date(2026, 2, 10)}, "deadline"),
        ({"verdict": Verdict.CHANGED, "taken": Taken.COLLECTIVE_TALK}, "taken"),
        ({"verdict": Verdict.CHANGED, "taken": Taken.ADMONITION}, "taken"),
    ],
)
def test_what_a_decision_is_refused_for(changes: dict[str, Any], field: str) -> None:
    year = low_grades()
    assert refused(lambda: decided(year, ADMONITION, **changes)) == [field]
    assert Measure.objects.count() == 0


def test_a_later_decision_replaces_and_both_stay() -> None:
    year = low_grades()
    decided(year, ADMONITION)
    second = decided(year, ADMONITION, verdict=Verdict.DECLINED)
    assert [(d.number, d.verdict) for d in case_of(year, ADMONITION).course.decisions] == [
        (1, "accepted"),
        (2, "declined"),
    ]
    with pytest.raises(AppendOnlyError):
        second.delete()


def test_a_form_sent_twice_is_one_decision() -> None:
    year = low_grades()
    decided(year, ADMONITION)
    assert len(refused(lambda: decided(year, ADMONITION))) == 1
    assert MeasureDecision.objects.count() == 1


def test_nothing_can_be_decided_that_nobody_proposes() -> None:
    year = low_grades()
    refused(lambda: decided(year, MeasureKey(False, "T1-1", MeasureKind.YELLOW_CARD)))
    assert Measure.objects.count() == 0


def test_not_before_the_year_is_closed() -> None:
    year = low_grades(phase=Phase.COLLECTING)
    refused(lambda: decided(year, ADMONITION))
    assert Measure.objects.count() == 0


@pytest.mark.parametrize("phase", [Phase.CONFIRMED, Phase.PUBLISHED, Phase.ARCHIVED])
def test_a_confirmed_year_still_follows_up(phase: Phase) -> None:
    year = low_grades(phase=phase)
    decided(year, CADRE_MENDS)
    assert states(year)[CADRE_MENDS] == "accepted"


@pytest.mark.parametrize("who", NOT_OFFICE)
def test_only_the_office_decides(who: str, cast: dict[str, Account]) -> None:
    year = low_grades()
    with pytest.raises(PermissionDenied):
        decided(year, ADMONITION, by=cast[who])
    assert Measure.objects.count() == 0


def test_several_at_once(office: Account) -> None:
    year = low_grades()
    keys = [YELLOW, YELLOW_OF_PAIR]
    found = measures_accept(year=year, kind=MeasureKind.YELLOW_CARD, keys=keys, resolution=resolved(), by=office)
    assert [(d.measure.code, d.document, d.taken) for d in found] == [
        ("T1-4", "县委组〔2026〕3号", "yellow_card"),
        ("T1-5", "县委组〔2026〕3号", "yellow_card"),
    ]
    assert AuditEntry.objects.filter(action="measure_decide", actor=office).count() == 2


def test_several_at_once_are_all_or_none() -> None:
    year = low_grades()
    decided(year, YELLOW_OF_PAIR)
    kind = MeasureKind.YELLOW_CARD
    refused(
        lambda: measures_accept(year=year, kind=kind, keys=[YELLOW, YELLOW_OF_PAIR], resolution=resolved(), by=None)
    )
    refused(lambda: measures_accept(year=year, kind=kind, keys=[YELLOW, ADMONITION], resolution=resolved(), by=None))
    assert refused(lambda: measures_accept(year=year, kind=kind, keys=[], resolution=resolved(), by=None)) == [
        "subjects"
    ]
    assert MeasureDecision.objects.count() == 1


def test_dismissals_are_decided_one_by_one_u2() -> None:
    year = low_grades()
    kind, taken = MeasureKind.ORGANISATIONAL, resolved(taken=Taken.REMOVAL)
    refused(lambda: measures_accept(year=year, kind=kind, keys=[DISMISSAL], resolution=taken, by=None))
    assert Measure.objects.count() == 0


def test_the_trail_knows_who_and_what(office: Account) -> None:
    decided(low_grades(), CADRE_MENDS, by=office)
    entry = AuditEntry.objects.get(action="measure_decide")
    assert (entry.subject, entry.details["deadline"], entry.details["document"]) == (
        "王伟 T1-3 限期改进",
        "2026-08-10",
        "县委组〔2026〕3号",
    )
    assert {"measure_decide", "measure_talk_record", "measure_review_record"} <= RESULT_ACTIONS


# Talks and reviews


def test_a_talk_is_awaited_and_held() -> None:
    year = low_grades()
    measure = decided(year, TALK).measure
    assert case_of(year, TALK).course.awaits_talk
    held = measure_talk_record(measure=measure, row=talk(), by=None)
    assert (states(year)[TALK], case_of(year, TALK).course.awaits_talk) == ("talk_held", False)
    measure_talk_withdraw(talk=held, reason="日期有误", by=None)
    assert (states(year)[TALK], case_of(year, TALK).course.awaits_talk) == ("accepted", True)
    refused(lambda: measure_talk_withdraw(talk=held, reason="日期有误", by=None))
    assert [row.withdraw_reason for row in MeasureTalk.objects.all()] == ["日期有误"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (talk(date(2026, 3, 2)), "held_on"),
        (talk(date(2026, 2, 9)), "held_on"),
        (talk(talker=" "), "talker"),
        (talk(recorder=""), "recorder"),
        (talk(place=""), "place"),
        (talk(content="\n"), "content"),
    ],
)
def test_what_a_talk_is_refused_for(row: TalkRow, field: str) -> None:
    measure = decided(low_grades(), TALK).measure
    assert refused(lambda: measure_talk_record(measure=measure, row=row, by=None)) == [field]


def test_nothing_follows_a_declined_proposal() -> None:
    year = low_grades()
    measure = decided(year, TALK, verdict=Verdict.DECLINED).measure
    refused(lambda: measure_talk_record(measure=measure, row=talk(), by=None))
    refused(lambda: measure_review_record(measure=measure, row=review(MeasureOutcome.MET), by=None))
    assert (MeasureTalk.objects.count(), MeasureReview.objects.count()) == (0, 0)


def test_due_and_overdue_by_the_day() -> None:
    year = low_grades()
    decided(year, CADRE_MENDS, deadline=date(2026, 6, 30))
    days = [date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 1)]
    assert [states(year, day)[CADRE_MENDS] for day in days] == ["accepted", "due", "due", "overdue"]


@pytest.mark.parametrize(("outcome", "state"), [(MeasureOutcome.MET, "met"), (MeasureOutcome.NOT_MET, "not_met")])
def test_a_review_settles(outcome: MeasureOutcome, state: str) -> None:
    year = low_grades()
    measure = decided(year, CADRE_MENDS).measure
    stored = measure_review_record(measure=measure, row=review(outcome), by=None)
    assert states(year, date(2027, 1, 1))[CADRE_MENDS] == state
    refused(lambda: measure_review_record(measure=measure, row=review(MeasureOutcome.MET), by=None))
    measure_review_withdraw(review=stored, reason="误录", by=None)
    assert states(year, date(2027, 1, 1))[CADRE_MENDS] == "overdue"


def test_an_extension_moves_the_deadline() -> None:
    year = low_grades()
    measure = decided(year, CADRE_MENDS).measure
    extended = review(MeasureOutcome.EXTENDED, deadline=date(2026, 12, 31))
    stored = measure_review_record(measure=measure, row=extended, by=None)
    assert case_of(year, CADRE_MENDS).deadline == date(2026, 12, 31)
    days = [date(2026, 8, 11), date(2026, 12, 1), date(2027, 1, 1)]
    assert [states(year, day)[CADRE_MENDS] for day in days] == ["extended", "due", "overdue"]
    measure_review_withdraw(review=stored, reason="误录", by=None)
    assert case_of(year, CADRE_MENDS).deadline == date(2026, 8, 10)


@pytest.mark.parametrize("deadline", [None, date(2026, 8, 10), date(2026, 3, 1)])
def test_an_extension_needs_a_later_deadline(deadline: date | None) -> None:
    measure = decided(low_grades(), CADRE_MENDS).measure
    row = review(MeasureOutcome.EXTENDED, deadline=deadline)
    assert refused(lambda: measure_review_record(measure=measure, row=row, by=None)) == ["deadline"]


def test_without_a_deadline_there_is_nothing_to_review() -> None:
    measure = decided(low_grades(), YELLOW).measure
    refused(lambda: measure_review_record(measure=measure, row=review(MeasureOutcome.MET), by=None))
    assert MeasureReview.objects.count() == 0


def test_a_new_decision_opens_the_matter_anew() -> None:
    year = low_grades()
    measure = decided(year, CADRE_MENDS).measure
    measure_review_record(measure=measure, row=review(MeasureOutcome.NOT_MET), by=None)
    decided(year, CADRE_MENDS, verdict=Verdict.CHANGED, taken=Taken.POST_CHANGE)
    assert (states(year)[CADRE_MENDS], case_of(year, CADRE_MENDS).deadline) == ("changed", date(2026, 6, 30))


@pytest.mark.parametrize("who", NOT_OFFICE)
def test_only_the_office_follows_up(who: str, cast: dict[str, Account]) -> None:
    measure = decided(low_grades(), CADRE_MENDS).measure
    held = measure_talk_record(measure=measure, row=talk(), by=None)
    steps = (
        lambda: measure_talk_record(measure=measure, row=talk(), by=cast[who]),
        lambda: measure_review_record(measure=measure, row=review(MeasureOutcome.MET), by=cast[who]),
        lambda: measure_talk_withdraw(talk=held, reason="误录", by=cast[who]),
    )
    for step in steps:
        with pytest.raises(PermissionDenied):
            step()
    assert (MeasureTalk.objects.filter(withdrawn_at=None).count(), MeasureReview.objects.count()) == (1, 0)


def test_what_was_said_is_not_in_the_trail() -> None:
    measure = decided(low_grades(), TALK).measure
    measure_talk_record(measure=measure, row=talk(content="极机密的话"), by=None)
    entries = AuditEntry.objects.filter(action="measure_talk_record")
    assert [(entry.details, "极机密" in str(entry.subject)) for entry in entries] == [({"on": "2026-02-20"}, False)]


# Reminders and the pages of others


def test_reminders_of_all_years(office: Account) -> None:
    year = low_grades()
    low_grades(number=2024, phase=Phase.COLLECTING)
    decided(year, TALK)
    decided(year, CADRE_MENDS, deadline=date(2026, 2, 28))
    decided(year, TEAM_MENDS, deadline=date(2026, 3, 31))
    decided(year, YELLOW, verdict=Verdict.DECLINED)
    found = reminders(office, today=TODAY)
    assert {
        name: [case.key for case in getattr(found, name)] for name in ("overdue", "due", "for_decision", "for_talk")
    } == {
        "overdue": [CADRE_MENDS],
        "due": [TEAM_MENDS],
        "for_decision": [ADMONITION, DISMISSAL, YELLOW_OF_PAIR, PAIR],
        "for_talk": [TALK],
    }


def test_a_home_page_counts_proposals_once_the_grades_are_confirmed() -> None:
    year = low_grades()
    decided(year, TALK)
    assert vars(reminder_counts(year)) == {"overdue": 0, "due": 0, "for_decision": 0, "for_talk": 1}
    year = year_in_phase(year, Phase.CONFIRMED)
    assert vars(reminder_counts(year)) == {"overdue": 0, "due": 0, "for_decision": 7, "for_talk": 1}


def test_a_persons_measures_of_all_years(office: Account, leader: Account, township: Account) -> None:
    low_grades(number=2024)
    low_grades()
    cadre, team = Cadre.objects.get(number="T1-4"), Township.objects.get(code="T2")
    assert [(case.year.number, case.key) for case in measures_of(cadre, by=office)] == [
        (2025, YELLOW),
        (2025, DISMISSAL),
        (2024, YELLOW),
        (2024, DISMISSAL),
    ]
    assert [case.key for case in measures_of_team(team, by=leader)] == [TALK, TEAM_MENDS] * 2
    assert measures_of(cadre, by=township) == []


# The database


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "accepted", "taken": ""},
        {"verdict": "changed", "taken": "admonition"},
        {"verdict": "declined", "reason": ""},
        {"verdict": "declined", "reason": "理由", "taken": "admonition"},
        {"verdict": "declined", "reason": "理由", "deadline": date(2026, 6, 30)},
    ],
)
def test_the_database_refuses_decisions_that_do_not_fit(changes: dict[str, object]) -> None:
    measure = decided(low_grades(), TALK).measure
    fields = {"number": 2, "decided_by": "县委", "decided_on": TODAY, "entered_at": timezone.now(), **changes}
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureDecision.objects.create(measure=measure, **fields)


def test_one_measure_a_kind_and_subject() -> None:
    measure = decided(low_grades(), TALK).measure
    again = Measure(year=measure.year, township=measure.township, kind=measure.kind, clause="U3", evidence=[2025])
    with pytest.raises(ValidationError):
        again.full_clean()
