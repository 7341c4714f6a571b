"""What must hold before a closed year is confirmed, a confirmed one published, a published one archived (RULES Y1)."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.scheme import DisciplineRule
from assessment.selectors.checklist import Check
from assessment.selectors.year import scheme_current
from cadres.models import DisciplinaryRecord
from cadres.selectors.discipline import records_in_force
from cadres.templatetags.labels import term
from rewards.selectors.appeal import appeals_open, appeals_until
from rewards.selectors.bonus import confirmation_agrees, confirmation_latest, year_bonus
from rewards.selectors.feedback import feedback_count, feedback_rows
from rewards.selectors.grade import GradeInForce, decisions_latest, grades_in_force
from rewards.selectors.measure import measure_cases
from scoring.engine import CadreGrade, QuotaLine, TeamGrade, YearResult
from scoring.results import current_result
from scoring.selectors.version import version_in_force


def results_computable(year: AssessmentYear) -> Check:
    """RULES A3: a year that lacks something cannot be published, nor confirmed."""
    missing = len(current_result(year).missing)
    findings = (_("%(count)d inputs are missing.") % {"count": missing},) if missing else ()
    return Check(_("Every score can be computed"), findings, link="scoring:missing")


def grades_decided(year: AssessmentYear) -> Check:
    """RULES 4: the county committee decides every grade."""
    grades = grades_in_force(year=year, result=current_result(year))
    teams = sum(grade.stands_by_suggestion for grade in grades.teams.values())
    cadres = sum(grade.stands_by_suggestion for grade in grades.cadres.values())
    counts = (
        (_("%(count)d teams have no decided grade."), teams),
        (_("%(count)d cadres have no decided grade."), cadres),
    )
    findings = tuple(text % {"count": count} for text, count in counts if count)
    return Check(_("Every grade is decided"), findings, link="rewards:team_grades")


def departures_reasoned(year: AssessmentYear) -> Check:
    """RULES 4: a grade other than the one suggested now needs a reason, also where the suggestion came to differ
    after the decision."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    teams = [(team.input.name, grades.teams[team.input.code]) for team in result.teams]
    cadres = [
        (f"{cadre.input.name} {cadre.input.number}", grades.cadres[cadre.input.number]) for cadre in result.cadres
    ]
    findings = tuple(_departure(name, grade) for name, grade in (*teams, *cadres) if _departs_silently(grade))
    return Check(_("Every departure from a suggestion has a reason"), findings, link="rewards:team_grades")


def _departs_silently(grade: GradeInForce) -> bool:
    decision = grade.decision
    return bool(decision and grade.suggested and decision.grade != grade.suggested and not decision.reason.strip())


def _departure(name: str, grade: GradeInForce) -> str:
    words = {"who": name, "decided": term(grade.decided or ""), "suggested": term(grade.suggested or "")}
    return _("%(who)s: decided %(decided)s, suggested now %(suggested)s, without a reason.") % words


def quotas_kept(year: AssessmentYear) -> Check:
    """RULES G1, G2: the committee may go beyond a quota; it only warns."""
    result = current_result(year)
    grades = grades_in_force(year=year, result=result)
    teams = sum(grade.grade == TeamGrade.OUTSTANDING for grade in grades.teams.values())
    cadres = sum(grade.grade == CadreGrade.EXCELLENT for grade in grades.cadres.values())
    findings = (
        *_over_quota(str(TeamGrade.OUTSTANDING), teams, result.team_quota),
        *_over_quota(str(CadreGrade.EXCELLENT), cadres, result.cadre_quota),
    )
    return Check(_("The quotas are kept"), findings, blocking=False, link="rewards:cadre_grades")


def _over_quota(grade: str, count: int, quota: QuotaLine) -> Iterator[str]:
    if count > quota.places:
        words = {"grade": term(grade), "count": count, "places": quota.places}
        yield _("%(grade)s: %(count)d are decided, the quota has %(places)d places.") % words


def discipline_considered(year: AssessmentYear) -> Check:
    """RULES G4: a record entered after the committee's decision was not before it; it only warns."""
    decided_at = {number: found.decided_at for number, found in decisions_latest(year).cadres.items()}
    findings = tuple(_recorded_after(year, current_result(year), decided_at))
    label = _("No disciplinary record was entered after the decision")
    return Check(label, findings, blocking=False, link="rewards:cadre_grades")


def discipline_after_confirmation(year: AssessmentYear) -> Check:
    """RULES G4, Y1: what is confirmed does not move; whoever publishes is told."""
    version = version_in_force(year)
    result = current_result(year)
    confirmed_at = {cadre.input.number: version.frozen_at for cadre in result.cadres}
    findings = tuple(_recorded_after(year, result, confirmed_at))
    label = _("No disciplinary record was entered after the confirmation")
    return Check(label, findings, blocking=False, link="scoring:versions")


def _recorded_after(year: AssessmentYear, result: YearResult, moments: dict[str, datetime]) -> Iterator[str]:
    graded = {cadre.input.number for cadre in result.cadres if cadre.graded}
    for record in _records(year).filter(cadre__number__in=graded).select_related("cadre"):
        moment = moments.get(record.cadre.number)
        if moment and record.recorded_at > moment:
            words = {"who": f"{record.cadre.name} {record.cadre.number}", "kind": record.get_kind_display()}
            yield _("%(who)s: %(kind)s, %(document)s.") % {**words, "document": record.document}


def _records(year: AssessmentYear) -> QuerySet[DisciplinaryRecord]:
    """Those that count for the year as its scheme understands it."""
    last = date(year.number, 12, 31)
    at_end = scheme_current(year).follow_up.discipline is DisciplineRule.AT_YEAR_END
    return records_in_force(first=last if at_end else date(year.number, 1, 1), last=last)


def bonus_confirmed(year: AssessmentYear) -> Check:
    """RULES 6: money follows the confirmed grades; a county may confirm it later, it only warns."""
    confirmation = confirmation_latest(year)
    findings: tuple[str, ...] = ()
    if confirmation is None:
        findings = (_("The bonus is not confirmed."),)
    elif not confirmation_agrees(confirmation, year_bonus(year=year)):
        findings = (_("The bonus confirmed is not the one that follows from the grades."),)
    return Check(_("The bonus is confirmed"), findings, blocking=False, link="rewards:bonus")


def bulletin_written(year: AssessmentYear) -> Check:
    """S4: what the county makes public; it only warns."""
    present = year.bulletins.filter(withdrawn_at=None).exists()
    findings = () if present else (_("No bulletin is written."),)
    return Check(_("The bulletin is written"), findings, blocking=False, link="rewards:bulletin_edit")


def appeals_decided(year: AssessmentYear) -> Check:
    """RULES Y8: a review that is under way may still change the result."""
    waiting = appeals_open(year).order_by("-received_on", "-id")
    findings = tuple(
        _("%(who)s: received on %(day)s, not decided.") % {"who": appeal.subject, "day": appeal.received_on}
        for appeal in waiting
    )
    return Check(_("Every review is decided"), findings, link="rewards:appeals")


def appeals_over(year: AssessmentYear) -> Check:
    """RULES Y8: nobody can ask for a review of an archived year; it only warns."""
    until = appeals_until(year)
    findings: tuple[str, ...] = ()
    if until and timezone.localdate() <= until:
        findings = (_("A review can be asked for until %(day)s.") % {"day": until},)
    return Check(_("The days of a review are over"), findings, blocking=False, link="rewards:appeals")


def measures_decided(year: AssessmentYear) -> Check:
    """RULES U2, U3: each proposal is accepted, changed or declined; it only warns."""
    waiting = sum(case.awaits_decision for case in measure_cases(year))
    findings = (_("%(count)d proposed measures are not decided.") % {"count": waiting},) if waiting else ()
    return Check(_("Every proposed measure is decided"), findings, blocking=False, link="rewards:measures")


def feedback_given(year: AssessmentYear) -> Check:
    """RULES U4: everybody is told; it only warns."""
    count = feedback_count(feedback_rows(year))
    left = (
        (_("%(count)d teams have no record of feedback."), count.all_teams - count.teams),
        (_("%(count)d cadres have no record of feedback."), count.all_cadres - count.cadres),
    )
    findings = tuple(text % {"count": number} for text, number in left if number)
    return Check(_("Everybody has been told"), findings, blocking=False, link="rewards:feedback")


BEFORE_CONFIRMING = (results_computable, grades_decided, departures_reasoned, quotas_kept, discipline_considered)
BEFORE_PUBLISHING = (discipline_after_confirmation, bonus_confirmed)
BEFORE_ARCHIVING = (
    appeals_decided,
    appeals_over,
    bonus_confirmed,
    bulletin_written,
    measures_decided,
    feedback_given,
)
