"""What must hold before a year moves on (RULES Y1): each check in words, with what is wrong."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear, BoxState, Phase
from assessment.scheme import scheme_problems
from assessment.selectors.completeness import year_missing
from assessment.selectors.interview import coverage_of
from assessment.selectors.notice import notice_of
from assessment.selectors.team import assessors_left, townships_left
from assessment.selectors.value_entry import entries_pending
from assessment.selectors.year import scheme_current
from assessment.wording import problem_text
from cadres.models import Account, Department, Post, Role


@dataclass(frozen=True)
class Check:
    """`findings` empty is passed. A blocking check refuses the transition, another only warns."""

    label: str
    findings: tuple[str, ...]
    blocking: bool = True
    link: str = ""

    @property
    def passed(self) -> bool:
        return not self.findings


MakeCheck = Callable[[AssessmentYear], Check]


def checks_add(phase: Phase, *checks: MakeCheck) -> None:
    """Let an app above ask its own questions before the step that leads out of `phase`."""
    CHECKS[phase] = (*CHECKS.get(phase, ()), *(check for check in checks if check not in CHECKS.get(phase, ())))


_of_scheme: list[MakeCheck] = []


def scheme_check_add(check: MakeCheck) -> None:
    """Let an app above look at the scheme while it can be changed; the scheme's pages show what it says."""
    if check not in _of_scheme:
        _of_scheme.append(check)


def scheme_checks(year: AssessmentYear) -> list[Check]:
    """What is said of a scheme that can still be changed."""
    return [check(year) for check in _of_scheme] if year.scheme_open else []


def checklist(year: AssessmentYear) -> list[Check]:
    """The checks of the next transition; empty where none is left."""
    return [check(year) for check in CHECKS.get(Phase(year.phase), ())]


def _scheme_adds_up(year: AssessmentYear) -> Check:
    problems = scheme_problems(scheme_current(year))
    return Check(_("The scheme adds up"), tuple(map(problem_text, problems)), link="assessment:scheme")


def _roster_present(year: AssessmentYear) -> Check:
    present = year.townships.exists() and year.roster.exists()
    findings = () if present else (_("No township or no cadre is on the roster yet."),)
    return Check(_("Townships and roster are there"), findings, link="assessment:roster")


def _principals_present(year: AssessmentYear) -> Check:
    """Two principals in every township, or a stated vacancy."""
    entries = year.roster.values_list("township", "post", "second_post")
    held = {(township, post) for township, first, second in entries for post in (first, second)}
    held |= set(year.vacancies.values_list("township", "post"))
    posts = list(Post.objects.filter(is_principal=True, is_active=True))
    findings = tuple(
        _("%(township)s has no %(post)s: appoint one or state the vacancy.") % {"township": township, "post": post}
        for township in year.townships.all()
        for post in posts
        if (township.pk, post.pk) not in held
    )
    return Check(_("Every township has its principals or a stated vacancy"), findings, link="assessment:roster")


def _lines_have_departments(year: AssessmentYear) -> Check:
    """A county that enters everything in the organization department gets along without: it only warns."""
    findings = tuple(
        _("No department answers for %(line)s.") % {"line": line} for line in year.lines.filter(department=None)
    )
    return Check(_("Every line has a responsible department"), findings, blocking=False, link="assessment:scheme")


def _accounts_present(year: AssessmentYear) -> Check:
    without = Department.objects.filter(is_active=True).exclude(accounts__is_active=True)
    findings = [_("%(unit)s has no account.") % {"unit": unit} for unit in without]
    roles = set(Account.objects.filter(is_active=True).values_list("role", flat=True))
    needed = (Role.LEADER, Role.ASSESSOR)
    findings += [_("No account has the role %(role)s.") % {"role": role.label} for role in needed if role not in roles]
    return Check(_("Departments, leaders and assessors have accounts"), tuple(findings), blocking=False)


def _notice_complete(year: AssessmentYear) -> Check:
    """RULES Y2 names what everybody must be told before the field work: it stops the announcement."""
    findings = () if notice_of(year) else (_("The notice says neither when the field work is nor whom to ask."),)
    return Check(_("The public notice is written"), findings, link="assessment:notice_edit")


def _teams_assigned(year: AssessmentYear) -> Check:
    """A county may key the assessment teams' votes from paper, or have no such evaluation: it only warns."""
    left = (*townships_left(year), *assessors_left(year))
    findings = tuple(_("%(who)s is in no assessment team.") % {"who": who} for who in left)
    label = _("Townships and assessors are in assessment teams")
    return Check(label, findings, blocking=False, link="assessment:teams")


def boxes_counted(year: AssessmentYear) -> Check:
    """A closed year takes no votes and no counts any more: what is in a box then would be lost (RULES Y4)."""
    waiting = Q(state=BoxState.OPEN) | Q(state=BoxState.CLOSED, is_rehearsal=False)
    findings = tuple(
        _("The box of %(unit)s is %(state)s.") % {"unit": box.unit, "state": box.get_state_display()}
        for box in year.boxes.filter(waiting).select_related("township", "department")
    )
    return Check(_("Every box is counted or void"), findings, link="assessment:boxes")


def _sheets_closed(year: AssessmentYear) -> Check:
    """Signed sheets count when their round is closed (RULES Y3)."""
    rounds = year.sheet_rounds.filter(closed_at=None, sheets__isnull=False).distinct()
    findings = tuple(_("“%(kind)s” is still open.") % {"kind": found.get_kind_display()} for found in rounds)
    return Check(_("The rounds of evaluation sheets are closed"), findings, link="assessment:sheets")


def _interviews_held(year: AssessmentYear) -> Check:
    """Coverage is shown beside the result and is no part of it: it only warns (RULES Y5)."""
    short = [found.township for found in coverage_of(year, year.townships.all()) if not found.met]
    findings = tuple(_("%(township)s: fewer interviews than asked for.") % {"township": unit} for unit in short)
    return Check(_("Enough interviews were held"), findings, blocking=False, link="assessment:interviews")


def _inputs_complete(year: AssessmentYear) -> Check:
    missing = year_missing(year=year, scheme=scheme_current(year))
    counts = (
        (_("%(count)d target values are missing."), len(missing.values)),
        (_("%(count)d tallies of teams are missing."), len(missing.team_tallies)),
        (_("%(count)d tallies of cadres are missing."), len(missing.cadre_tallies)),
    )
    findings = tuple(text % {"count": count} for text, count in counts if count)
    return Check(_("Nothing is missing"), findings, blocking=False, link="scoring:missing")


def _entries_settled(year: AssessmentYear) -> Check:
    """A value that nobody confirmed would be lost by closing (RULES Y3)."""
    count = entries_pending(year).count()
    text = _("%(count)d entries of target values await confirmation: confirm or return them first.")
    findings = (text % {"count": count},) if count else ()
    return Check(_("No target value awaits confirmation"), findings, link="assessment:values_confirm")


CHECKS: dict[Phase, tuple[MakeCheck, ...]] = {
    Phase.DRAFT: (
        _scheme_adds_up,
        _roster_present,
        _principals_present,
        _notice_complete,
        _lines_have_departments,
        _teams_assigned,
        _accounts_present,
    ),
    Phase.ANNOUNCED: (_roster_present, _principals_present),
    Phase.COLLECTING: (boxes_counted, _sheets_closed, _entries_settled, _interviews_held, _inputs_complete),
}
