"""Words and addresses of measures: what the rules say, where a case stands, what somebody has to do."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment.models import AssessmentYear
from cadres.templatetags.labels import term
from rewards.rules import InterruptedPair, MeasureKind
from rewards.selectors.measure import EvidenceYear, MeasureCase, MeasureKey, MeasureSubject
from rewards.selectors.measure_course import MeasureState
from scoring.engine import CadreGrade, TeamGrade
from scoring.wording import not_graded_text

SLUGS = {kind: kind.name.lower().replace("_", "-") for kind in MeasureKind}
"""How addresses name the kinds."""

TEAM, CADRE = "team", "cadre"

LOW_TEAMS = (TeamGrade.FAIR, TeamGrade.POOR)
CLAUSES: dict[tuple[bool, MeasureKind], tuple[str | Promise, tuple[str, ...]]] = {
    (False, MeasureKind.ADMONITION): (gettext_lazy("%(grades)s: admonition talk"), (CadreGrade.BASIC,)),
    (False, MeasureKind.RECTIFICATION): (
        gettext_lazy("%(grades)s: rectification with a deadline, or a change of post"),
        (CadreGrade.BASIC,),
    ),
    (False, MeasureKind.YELLOW_CARD): (gettext_lazy("%(grades)s: yellow card"), (CadreGrade.INCOMPETENT,)),
    (False, MeasureKind.ORGANISATIONAL): (
        gettext_lazy("%(grades)s in two consecutive years: ordered resignation, demotion or removal from post"),
        (CadreGrade.INCOMPETENT,),
    ),
    (True, MeasureKind.COLLECTIVE_TALK): (gettext_lazy("%(grades)s: collective talk by county leaders"), LOW_TEAMS),
    (True, MeasureKind.RECTIFICATION): (
        gettext_lazy("%(grades)s: rectification with a deadline, adjustment of the team where necessary"),
        LOW_TEAMS,
    ),
}
"""Whether of a team, kind → what U2 or U3 says of which grades."""

STATE_CSS = {
    MeasureState.OVERDUE: ("state-problem", "exclamation-octagon"),
    MeasureState.DUE: ("state-warning", "hourglass-split"),
    MeasureState.FOR_DECISION: ("state-warning", "question-lg"),
    MeasureState.PROPOSED: ("state-open", "pencil"),
    MeasureState.ACCEPTED: ("", "check-lg"),
    MeasureState.CHANGED: ("", "shuffle"),
    MeasureState.TALK_HELD: ("", "chat-left-text"),
    MeasureState.EXTENDED: ("state-warning", "calendar-plus"),
    MeasureState.NOT_MET: ("state-problem", "x-lg"),
    MeasureState.MET: ("state-done", "check2-all"),
    MeasureState.DECLINED: ("state-none", "dash-lg"),
}


def subject_text(subject: MeasureSubject) -> str:
    """A team by its township, a cadre by name and number: homonyms are normal."""
    if subject.of_team:
        return _("Team of %(township)s") % {"township": subject.name}
    return f"{subject.name} {subject.code}"


def kind_text(kind: MeasureKind) -> str:
    return term(str(kind))


def clause_text(case: MeasureCase) -> str:
    """What the clause says, in words; blank for a record of a kind that the clause does not know of its subject."""
    text, grades = CLAUSES.get((case.key.of_team, case.key.kind), ("", ()))
    return str(text) % {"grades": _(" or ").join(map(term, grades))} if text else ""


def evidence_text(year: EvidenceYear) -> str:
    """“2024 不称职”, “2024 (5B 立案未结)”."""
    if year.grade:
        mark = _(" (suggested)") if year.suggested_only else ""
        return f"{year.year} {term(year.grade)}{mark}"
    reason = not_graded_text(year.not_graded) if year.not_graded else _("no grade known")
    return f"{year.year} {reason}"


def evidence_texts(case: MeasureCase) -> str:
    return "、".join(map(evidence_text, case.evidence))


def pair_text(pair: InterruptedPair) -> str:
    """Why the committee is asked."""
    between = "、".join(
        f"{year} {not_graded_text(code) if code else _('no grade known')}" for year, code in pair.between
    )
    words = {"grade": term(CadreGrade.INCOMPETENT), "first": pair.years[0], "last": pair.years[1], "between": between}
    text = _(
        "%(grade)s in %(first)s and %(last)s, without a grade between: %(between)s. The rules propose nothing by "
        "themselves; the committee says whether the two years count as consecutive."
    )
    return text % words


def remark_text(case: MeasureCase) -> str:
    """That grades have changed since it was decided; blank where they have not."""
    if not case.stale or case.measure is None:
        return ""
    if not (case.proposed or case.pair):
        return _("The grades have changed: the rules no longer propose this. What was decided stays on record.")
    years = "、".join(map(str, case.measure.evidence))
    return _("Decided on the years %(years)s; the grades have changed since.") % {"years": years}


def state_text(case: MeasureCase) -> str:
    """The state; what waits for a talk says so."""
    if case.course.awaits_talk and case.state in (MeasureState.ACCEPTED, MeasureState.CHANGED):
        return _("%(state)s, talk to be held") % {"state": case.state.label}
    return str(case.state.label)


def state_badge(case: MeasureCase) -> SafeString:
    """A word and a sign; the colour only repeats them."""
    css, icon = STATE_CSS[case.state]
    return format_html(
        '<span class="state {}"><i class="bi bi-{}" aria-hidden="true"></i> {}</span>', css, icon, state_text(case)
    )


def taken_text(case: MeasureCase) -> str:
    """What the decision in force takes."""
    return str(case.course.taken.get_taken_display()) if case.course.taken else ""


def measure_parts(key: MeasureKey) -> dict[str, str]:
    """The parts of the addresses of a measure."""
    return {"scope": TEAM if key.of_team else CADRE, "code": key.code, "measure": SLUGS[key.kind]}


def key_of(scope: str, code: str, measure: str) -> MeasureKey | None:
    """The other way round; None for an address that names nothing."""
    kind = kind_of(measure)
    return MeasureKey(scope == TEAM, code, kind) if kind and scope in (TEAM, CADRE) else None


def kind_of(slug: str) -> MeasureKind | None:
    return next((kind for kind, name in SLUGS.items() if name == slug), None)


def measure_url(view: str, year: AssessmentYear, key: MeasureKey) -> str:
    return reverse(view, kwargs={"year": year.number, **measure_parts(key)})


def subject_url(case: MeasureCase) -> str:
    """The subject's own page of the year; blank for who is not in its results."""
    if not case.subject.township:
        return ""
    if case.key.of_team:
        return reverse("scoring:team", kwargs={"year": case.year.number, "code": case.key.code})
    return reverse("scoring:cadre", kwargs={"year": case.year.number, "number": case.key.code})
