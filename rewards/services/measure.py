"""What is decided on proposals under U2 and U3. Decisions are added and numbered; the latest is in force."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.models import AssessmentYear
from assessment.selectors.year import scheme_current
from assessment.services.guard import year_held
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from rewards.deadlines import months_after
from rewards.models import Measure, MeasureDecision, Taken, Verdict
from rewards.rules import MeasureKind
from rewards.selectors.measure import MeasureCase, MeasureKey, measure_cases
from rewards.selectors.measure_choice import taken_alone, taken_choices
from rewards.services.following import day_come

PERMISSION = "rewards.change_measures"


@dataclass(frozen=True)
class Resolution:
    """What the committee resolved. `taken` may be left out where accepting can mean but one thing; `deadline` where it
    is a rectification: then it is the scheme's months after the decision."""

    verdict: Verdict
    decided_by: str
    decided_on: date
    taken: Taken | None = None
    document: str = ""
    deadline: date | None = None
    reason: str = ""


def measure_decide(
    *, year: AssessmentYear, key: MeasureKey, resolution: Resolution, by: Account | None
) -> MeasureDecision:
    """Accept, change or decline one proposal; of an interrupted pair, say whether it is taken up.

    Raises PermissionDenied, or Refused beside the field it is about.
    """
    with measures_open(year=year, by=by) as held:
        return _decide(_cases(held, [key])[0], resolution, by)


def measures_accept(
    *, year: AssessmentYear, kind: MeasureKind, keys: Collection[MeasureKey], resolution: Resolution, by: Account | None
) -> list[MeasureDecision]:
    """Accept several proposals of one kind with one resolution: all or none."""
    with measures_open(year=year, by=by) as held:
        if not keys:
            raise Refused({"subjects": _("Choose at least one.")})
        if taken_alone(kind) is None or any(key.kind != kind for key in keys):
            raise Refused(_("These are decided one by one: each decision names what is done."))
        cases = _cases(held, keys)
        if any(not case.awaits_decision for case in cases):
            raise Refused(_("Something was decided on one of them meanwhile: look at the list again."))
        return [_decide(case, replace(resolution, verdict=Verdict.ACCEPTED), by) for case in cases]


@contextmanager
def measures_open(*, year: AssessmentYear, by: Account | None) -> Iterator[AssessmentYear]:
    """A transaction that holds the year. Raises PermissionDenied, or Refused while the year is not closed."""
    with year_held(year=year, permission=PERMISSION, by=by) as held:
        if not held.is_closed:
            raise Refused(_("Measures are decided and followed up once the year is closed."))
        yield held


def _cases(year: AssessmentYear, keys: Collection[MeasureKey]) -> list[MeasureCase]:
    found = {case.key: case for case in measure_cases(year)}
    if any(key not in found for key in keys):
        raise Refused(_("The rules propose this no longer: the grades have changed. Nothing was saved."))
    return [found[key] for key in keys]


def _decide(case: MeasureCase, resolution: Resolution, by: Account | None) -> MeasureDecision:
    resolved = _completed(case, resolution)
    before = case.course.decision
    _require_new(before, resolved)
    decision = MeasureDecision.objects.create(
        measure=case.measure or _stored(case, by),
        number=before.number + 1 if before else 1,
        verdict=resolved.verdict,
        taken=resolved.taken or "",
        decided_by=resolved.decided_by,
        decided_on=resolved.decided_on,
        document=resolved.document,
        deadline=resolved.deadline,
        reason=resolved.reason,
        entered_by=by,
        entered_at=timezone.now(),
    )
    _audit(case, decision, by)
    return decision


def _completed(case: MeasureCase, resolution: Resolution) -> Resolution:
    """Trimmed, with what follows by itself. Raises Refused for what does not fit together."""
    texts = {name: getattr(resolution, name).strip() for name in ("decided_by", "document", "reason")}
    resolved = replace(resolution, **texts, taken=_taken(case, resolution))
    if not resolved.decided_by:
        raise Refused({"decided_by": _("Name the body that decided.")})
    day_come("decided_on", resolved.decided_on)
    if resolved.verdict != Verdict.ACCEPTED and not resolved.reason:
        raise Refused({"reason": _("What departs from the proposal needs a reason.")})
    return replace(resolved, deadline=_deadline(case, resolved))


def _taken(case: MeasureCase, resolution: Resolution) -> Taken | None:
    fitting = taken_choices(kind=case.key.kind, of_team=case.key.of_team, verdict=resolution.verdict)
    taken = resolution.taken
    if taken is None and resolution.verdict == Verdict.ACCEPTED:
        taken = taken_alone(case.key.kind)
    if resolution.verdict == Verdict.DECLINED:
        return None
    if taken not in fitting:
        words = {"measures": "、".join(str(choice.label) for choice in fitting)}
        raise Refused({"taken": _("Name the measure that is taken; this decision allows: %(measures)s") % words})
    return taken


def _deadline(case: MeasureCase, resolved: Resolution) -> date | None:
    if resolved.verdict == Verdict.DECLINED:
        return None
    deadline = resolved.deadline
    if deadline is None and resolved.taken == Taken.RECTIFICATION:
        months = scheme_current(case.year).follow_up.rectification_months
        return months_after(resolved.decided_on, months)
    if deadline and deadline <= resolved.decided_on:
        raise Refused({"deadline": _("The deadline must lie after the day of the decision.")})
    return deadline


def _require_new(before: MeasureDecision | None, resolved: Resolution) -> None:
    """A form sent twice is one decision."""
    names = ("verdict", "decided_by", "decided_on", "document", "deadline", "reason")
    if (
        before
        and before.taken == (resolved.taken or "")
        and all(getattr(before, name) == getattr(resolved, name) for name in names)
    ):
        raise Refused(_("This is the decision that is in force already."))


def _stored(case: MeasureCase, by: Account | None) -> Measure:
    """The row that decisions hang on, with the years as they are now."""
    measure = Measure(
        year=case.year,
        kind=case.key.kind,
        clause=case.clause,
        evidence=list(case.years),
        entered_by=by,
        entered_at=timezone.now(),
    )
    if case.key.of_team:
        measure.township = Township.objects.get(code=case.key.code)
    else:
        measure.cadre = Cadre.objects.get(number=case.key.code)
    measure.save(force_insert=True)
    return measure


def _audit(case: MeasureCase, decision: MeasureDecision, by: Account | None) -> None:
    details = {name: getattr(decision, name) for name in ("verdict", "taken", "decided_by", "document", "reason")}
    days = {"decided_on": decision.decided_on, "deadline": decision.deadline}
    audit_record(
        by=by,
        action="measure_decide",
        year=case.year.number,
        subject=f"{case.subject.name} {case.key.code} {case.key.kind}",
        details={
            "number": decision.number,
            **{name: str(text) for name, text in details.items()},
            **{name: day.isoformat() if day else "" for name, day in days.items()},
        },
    )
