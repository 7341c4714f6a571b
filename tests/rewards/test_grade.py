"""RULES 4, WORKBOOK 档次决定: decided beside suggested, with a reason where they differ; nothing is overwritten."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear, Phase
from assessment.services.veto import VetoRow, vetoes_save
from cadres.errors import Refused
from cadres.models import Account, AuditEntry, Township
from rewards.models import AppendOnlyError, GradeDecision
from rewards.selectors.grade import grades_in_force
from rewards.services.grade import (
    DecisionProblem,
    DecisionRow,
    grade_decision_problems,
    grade_decisions_save,
)
from scoring.results import current_result
from tests.county import VETO_DAY, county, ladder, year_in_phase

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> AssessmentYear:
    """Three teams: T1 实绩突出 (the quota of 30 % holds one), T2 and T3 实绩较好."""
    return county(ladder(3), phase=Phase.COLLECTING)


def in_force(year: AssessmentYear, team: str) -> tuple[str | None, str | None]:
    grade = grades_in_force(year=year, result=current_result(year)).teams[team]
    return grade.decided, grade.grade


def test_without_a_decision_the_suggestion_stands(year: AssessmentYear) -> None:
    assert in_force(year, "T1") == (None, "实绩突出")


def test_agreeing_decision_needs_no_reason(year: AssessmentYear, office: Account) -> None:
    changes = grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出")], by=office)
    assert (len(changes.added), changes.unchanged) == (1, 0)
    assert in_force(year, "T1") == ("实绩突出", "实绩突出")


def test_saving_the_same_row_again_changes_nothing(year: AssessmentYear, office: Account) -> None:
    rows = [DecisionRow("T1", "实绩较好", "县委研究决定")]
    grade_decisions_save(year=year, rows=rows, by=office)
    entries = AuditEntry.objects.count()
    changes = grade_decisions_save(year=year, rows=rows, by=office)
    assert (bool(changes), changes.unchanged) == (False, 1)
    assert (GradeDecision.objects.count(), AuditEntry.objects.count()) == (1, entries)


def test_latest_decision_stands_and_the_first_stays(year: AssessmentYear, office: Account) -> None:
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩较好", "县委研究决定")], by=office)
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出", "复核后更正")], by=office)
    assert in_force(year, "T1") == ("实绩突出", "实绩突出")
    kept = GradeDecision.objects.values_list("number", "grade", "suggested", "reason", "decided_by")
    assert list(kept) == [
        (1, "实绩较好", "实绩突出", "县委研究决定", office.pk),
        (2, "实绩突出", "实绩突出", "复核后更正", office.pk),
    ]


def test_decision_entered_over_an_older_one_than_stands_is_refused(year: AssessmentYear, office: Account) -> None:
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩较好", "县委研究决定")], by=office)
    with pytest.raises(Overtaken):
        grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出")], seen={"T1": 0}, by=office)
    assert in_force(year, "T1") == ("实绩较好", "实绩较好")
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出")], seen={"T1": 1}, by=office)
    assert in_force(year, "T1") == ("实绩突出", "实绩突出")


PROBLEMS = [
    (DecisionRow("T9", "实绩突出"), "subject"),  # nobody
    (DecisionRow("T1", "优秀"), "grade"),  # a cadre's grade
    (DecisionRow("T1-1", "实绩突出"), "grade"),  # a team's grade
    (DecisionRow("T1", "良好"), "grade"),  # no grade at all
    (DecisionRow("T1", "实绩较好"), "reason"),  # departs from 实绩突出
    (DecisionRow("T1", "实绩较好", "   "), "reason"),  # blanks are no reason
    (DecisionRow("T1", "实绩较好", "长" * 301), "reason"),  # 300 at most
]


@pytest.mark.parametrize(("row", "field"), PROBLEMS)
def test_refused_row(row: DecisionRow, field: str, year: AssessmentYear, office: Account) -> None:
    problems = grade_decision_problems(year=year, rows=[DecisionRow("T2", "实绩较好"), row])
    assert [(problem.row, problem.field) for problem in problems] == [(1, field)]
    with pytest.raises(Refused):
        grade_decisions_save(year=year, rows=[DecisionRow("T2", "实绩较好"), row], by=office)
    assert GradeDecision.objects.count() == 0


def test_all_problems_are_told_at_once(year: AssessmentYear) -> None:
    rows = [DecisionRow("T9", "实绩突出"), DecisionRow("T1", "实绩突出"), DecisionRow("T1", "实绩突出")]
    problems: list[DecisionProblem] = grade_decision_problems(year=year, rows=rows)
    assert [(problem.row, problem.field) for problem in problems] == [(0, "subject"), (2, "subject")]


def test_cadre_who_is_not_graded_gets_no_grade_c3(year: AssessmentYear) -> None:
    year.roster.filter(cadre__number="T1-1").update(not_graded="5A")
    problems = grade_decision_problems(year=year, rows=[DecisionRow("T1-1", "称职", "理由")])
    assert [(problem.row, problem.field) for problem in problems] == [(0, "subject")]


def test_vetoed_team_cannot_be_outstanding_g5(year: AssessmentYear) -> None:
    vetoes_save(year=year, rows=[VetoRow("T1", "V5", "较大事故", "县委", VETO_DAY)], by=None)
    problems = grade_decision_problems(year=year, rows=[DecisionRow("T1", "实绩突出", "理由")])
    assert [(problem.row, problem.field) for problem in problems] == [(0, "grade")]


def test_decided_grade_of_the_team_bars_its_principals_g4(year: AssessmentYear, office: Account) -> None:
    grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩较差", "县委研究决定")], by=office)
    result = current_result(year)
    assert result.team("T1").grade == "实绩突出"
    assert [bar.code for bar in result.cadre("T1-1").bars] == ["team_grade"]
    assert result.cadre("T1-3").bars == ()


def test_rows_are_measured_with_the_teams_grades_among_them_g4() -> None:
    year = county(ladder(3, members=(("党委书记", True),)))  # a quota of 20 % of 3 cadres: one
    teams = [DecisionRow("T1", "实绩较差", "县委研究决定")]
    assert current_result(year).cadre("T1-1").grade == "优秀"
    alone = grade_decision_problems(year=year, rows=[DecisionRow("T1-1", "称职")])
    together = grade_decision_problems(year=year, rows=[*teams, DecisionRow("T1-1", "称职")])
    assert ([problem.field for problem in alone], together) == (["reason"], [])


def test_confirmed_year_takes_no_decision(year: AssessmentYear, office: Account) -> None:
    year_in_phase(year, Phase.CONFIRMED)
    with pytest.raises(YearClosed):
        grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出")], by=office)


@pytest.mark.parametrize("name", ["department", "township", "assessor", "leader", "auditor", "administrator"])
def test_only_the_office_decides(name: str, year: AssessmentYear, cast: dict[str, Account]) -> None:
    with pytest.raises(PermissionDenied):
        grade_decisions_save(year=year, rows=[DecisionRow("T1", "实绩突出")], by=cast[name])
    assert GradeDecision.objects.count() == 0


def decision(year: AssessmentYear, **fields: object) -> GradeDecision:
    team = Township.objects.get(code="T1")
    values = {"township": team, "number": 1, "grade": "实绩突出", "suggested": "实绩突出", "decided_at": timezone.now()}
    return GradeDecision(year=year, **(values | fields))


def test_decision_is_append_only(year: AssessmentYear) -> None:
    stored = decision(year)
    stored.save()
    stored.grade = "实绩较差"
    attempts = (
        stored.save,
        stored.delete,
        GradeDecision.objects.all().delete,
        lambda: GradeDecision.objects.update(grade="实绩较差"),
        lambda: GradeDecision.objects.bulk_update([stored], ["grade"]),
    )
    for attempt in attempts:
        with pytest.raises(AppendOnlyError):
            attempt()
    assert GradeDecision.objects.get().grade == "实绩突出"


@pytest.mark.parametrize(
    "fields",
    [
        {"grade": "优秀", "suggested": ""},  # a cadre's grade for a team
        {"grade": "实绩较差"},  # departs without a reason
        {"township": None},  # of nobody
    ],
)
def test_database_refuses(fields: dict[str, object], year: AssessmentYear) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        decision(year, **fields).save()


def test_database_keeps_one_decision_a_number(year: AssessmentYear) -> None:
    decision(year).save()
    with pytest.raises(IntegrityError), transaction.atomic():
        decision(year).save()
