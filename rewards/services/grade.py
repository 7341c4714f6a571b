"""Decided grades (档次决定): each save of a row that differs from the one in force is a new decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.errors import Overtaken, YearClosed
from assessment.models import AssessmentYear, Phase
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes
from rewards.models import CADRE_GRADES, TEAM_GRADES, GradeDecision
from rewards.selectors.grade import GradeInForce, Grades, grades_in_force
from scoring.engine import Reason, ReasonCode, TeamGrade, YearResult
from scoring.results import current_result, result_if_decided

LONGEST_REASON = 300
"""Characters."""


@dataclass(frozen=True)
class DecisionRow:
    """`subject`: a township code or a personnel number; where both have it, the grade says which is meant."""

    subject: str
    grade: str
    reason: str = ""


@dataclass(frozen=True)
class DecisionProblem:
    """What is wrong with `rows[row]`, in words, and in which of its fields."""

    row: int
    field: Literal["subject", "grade", "reason"]
    text: str


def grade_decision_problems(*, year: AssessmentYear, rows: Sequence[DecisionRow]) -> list[DecisionProblem]:
    """Every reason to refuse the rows.

    Measured against the suggestions as the data stands now; the teams' grades among the rows bar principals (G4).
    """
    result = _result_with(year, rows)
    return _problems(rows, grades_in_force(year=year, result=result), result)


def _problems(rows: Sequence[DecisionRow], grades: Grades, result: YearResult) -> list[DecisionProblem]:
    seen: set[tuple[str, bool]] = set()
    problems = []
    for index, row in enumerate(rows):
        key = (row.subject, row.grade in TEAM_GRADES)
        problem = _repeated(row) if key in seen else _problem(row, grades, result)
        seen.add(key)
        if problem:
            problems.append(DecisionProblem(index, *problem))
    return problems


def grade_decisions_save(
    *, year: AssessmentYear, rows: Sequence[DecisionRow], seen: Mapping[str, int] | None = None, by: Account | None
) -> Changes:
    """Enter the committee's decisions, many at once. Possible until the year is confirmed.

    `seen` is the number of the decision that each subject had before the writer's eyes, 0 for none.
    Raises PermissionDenied, YearClosed, Overtaken where a later one was entered meanwhile, or Refused with every
    problem of `grade_decision_problems`.
    """
    with year_held(year=year, permission="rewards.change_grades", by=by) as year:
        if Phase(year.phase).position > Phase.CLOSED.position:
            raise YearClosed(_("The grades of %(year)s are confirmed.") % {"year": year})
        result = _result_with(year, rows)
        grades = grades_in_force(year=year, result=result)
        if problems := _problems(rows, grades, result):
            raise Refused([f"{rows[problem.row].subject}: {problem.text}" for problem in problems])
        changes = _append(year, rows, grades, seen or {}, by)
        if changes:
            audit_record(by=by, action="grade_decisions_save", year=year.number, details=_details(changes))
    return changes


def _result_with(year: AssessmentYear, rows: Sequence[DecisionRow]) -> YearResult:
    team_grades = {row.subject: TeamGrade(row.grade) for row in rows if row.grade in TEAM_GRADES}
    return result_if_decided(year, team_grades) if team_grades else current_result(year)


def suggestions_adopt(*, year: AssessmentYear, teams: bool, expected: int, by: Account | None) -> Changes:
    """Decide what is suggested for all teams, or all cadres, on whom nobody has decided, but who is in a tie across
    the quota line: about them the committee decides one by one (RULES G3).

    Raises Refused where they are not `expected` many any more, and as `grade_decisions_save` does.
    """
    with year_held(year=year, permission="rewards.change_grades", by=by) as year:
        rows = adoptable(year=year, teams=teams)
        if len(rows) != expected:
            raise Refused(
                _("Meanwhile %(count)s are undecided, not %(expected)s: look again.")
                % {"count": len(rows), "expected": expected}
            )
        return grade_decisions_save(year=year, rows=rows, by=by)


def adoptable(*, year: AssessmentYear, teams: bool) -> list[DecisionRow]:
    """The suggestions that can be adopted all at once."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    subjects = {team.input.code: team.reasons for team in result.teams} if teams else _reasons_of_cadres(result)
    return [
        DecisionRow(code, grade.suggested)
        for code, grade in (grades.teams if teams else grades.cadres).items()
        if grade.decision is None and grade.suggested and not in_tie(subjects[code])
    ]


def _reasons_of_cadres(result: YearResult) -> dict[str, tuple[Reason, ...]]:
    return {cadre.input.number: cadre.reasons for cadre in result.cadres}


def in_tie(reasons: Sequence[Reason]) -> bool:
    """Whether the suggestion rests on a tie across the quota line."""
    return any(reason.code == ReasonCode.TIE_ACROSS_QUOTA for reason in reasons)


def _append(
    year: AssessmentYear, rows: Sequence[DecisionRow], grades: Grades, seen: Mapping[str, int], by: Account | None
) -> Changes:
    townships = Township.objects.in_bulk([row.subject for row in rows], field_name="code")
    cadres = Cadre.objects.in_bulk([row.subject for row in rows], field_name="number")
    changes, new = Changes(), []
    for row in rows:
        of_team = row.grade in TEAM_GRADES
        subject = townships[row.subject] if of_team else cadres[row.subject]
        stands = (grades.teams if of_team else grades.cadres)[row.subject]
        if stands.number != seen.get(row.subject, stands.number):
            raise Overtaken([row.subject])
        if not _note(changes, str(subject), row, stands.decision):
            continue
        decision = GradeDecision(
            year=year,
            number=stands.number + 1,
            grade=row.grade,
            suggested=stands.suggested or "",
            reason=row.reason,
            decided_by=by,
            decided_at=timezone.now(),
        )
        setattr(decision, "township" if of_team else "cadre", subject)
        new.append(decision)
    GradeDecision.objects.bulk_create(new)
    return changes


def _note(changes: Changes, subject: str, row: DecisionRow, before: GradeDecision | None) -> bool:
    """Whether the row says anything new."""
    if before is None:
        changes.added.append(Change(subject, (("grade", None, row.grade), ("reason", None, row.reason))))
        return True
    texts = (("grade", before.grade, row.grade), ("reason", before.reason, row.reason))
    if differing := tuple(text for text in texts if text[1] != text[2]):
        changes.changed.append(Change(subject, differing))
        return True
    changes.unchanged += 1
    return False


def _details(changes: Changes) -> dict[str, object]:
    """Unlike other saves, the added rows too: a decided grade is what an auditor looks for."""
    rows = (*changes.added, *changes.changed)
    return {"decisions": [{"subject": row.subject, "fields": [list(text) for text in row.fields]} for row in rows]}


Found = tuple[Literal["subject", "grade", "reason"], str]


def _problem(row: DecisionRow, grades: Grades, result: YearResult) -> Found | None:
    subjects = {"team": grades.teams.get(row.subject), "cadre": grades.cadres.get(row.subject)}
    if not any(subjects.values()):
        return "subject", _("no township or cadre of this year has the code or number “%(subject)s”") % {
            "subject": row.subject
        }
    allowed = (*(TEAM_GRADES if subjects["team"] else ()), *(CADRE_GRADES if subjects["cadre"] else ()))
    if row.grade not in allowed:
        return "grade", _("“%(grade)s” is not one of: %(grades)s") % {
            "grade": row.grade,
            "grades": "、".join(allowed),
        }
    stands = subjects["team"] if row.grade in TEAM_GRADES else subjects["cadre"]
    if row.grade in CADRE_GRADES and not result.cadre(row.subject).graded:
        return "subject", _("the cadre is not graded this year (clause C3) and gets no grade")
    if row.grade == TeamGrade.OUTSTANDING and result.team(row.subject).vetoed:
        return "grade", _("a veto is in force: the team cannot be outstanding (clause G5)")
    return _reason_problem(row, stands)


def _reason_problem(row: DecisionRow, stands: GradeInForce | None) -> Found | None:
    if len(row.reason) > LONGEST_REASON:
        return "reason", _("the reason is longer than %(count)d characters") % {"count": LONGEST_REASON}
    if stands is None or stands.suggested in (None, row.grade) or row.reason.strip():
        return None
    return "reason", _("the suggestion is %(suggested)s: a decision that departs from it needs a reason") % {
        "suggested": stands.suggested
    }


def _repeated(row: DecisionRow) -> Found:
    return "subject", _("“%(subject)s” stands more than once") % {"subject": row.subject}
