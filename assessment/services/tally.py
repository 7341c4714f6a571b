"""Tallies (票数) of evaluations: whole counts by subject, evaluation and voter group."""

from collections.abc import Callable, Mapping

from django.utils import timezone

from assessment.counts import TallyCounts, TallyKey, counts_problems
from assessment.errors import Overtaken
from assessment.models import AssessmentYear, Tally
from assessment.questions import Subject
from assessment.selectors.counted import counted_of, tally_counts
from assessment.selectors.year import scheme_current
from assessment.services.guard import inputs_open
from assessment.wording import count_problem_text
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Change, Changes, rows_upsert

__all__ = ["TallyCounts", "TallyKey", "cadre_tallies_save", "team_tallies_save"]

Tallies = Mapping[TallyKey, TallyCounts | None]
"""None: no tally."""


def team_tallies_save(
    *,
    year: AssessmentYear,
    tallies: Tallies,
    seen: Tallies | None = None,
    by: Account | None,
) -> Changes:
    """By (township code, evaluation code, group); None takes a tally away.

    `seen` is what the writer had before him: Overtaken where another tally stands there by now, unless it is the one
    he writes. Raises Refused for counts that RULES E5 forbids, KeyError for an unknown township.
    """
    subjects = {township.code: township for township in Township.objects.all()}
    return _tallies_save(year, tallies, seen=seen or {}, subjects=subjects, field="township", by=by)


def cadre_tallies_save(
    *,
    year: AssessmentYear,
    tallies: Tallies,
    seen: Tallies | None = None,
    by: Account | None,
) -> Changes:
    """By (personnel number, item code, group); otherwise as `team_tallies_save`."""
    subjects = {cadre.number: cadre for cadre in Cadre.objects.filter(roster_entries__year=year)}
    return _tallies_save(year, tallies, seen=seen or {}, subjects=subjects, field="cadre", by=by)


def _tallies_save(
    year: AssessmentYear,
    tallies: Tallies,
    *,
    seen: Tallies,
    subjects: Mapping[str, Township | Cadre],
    field: str,
    by: Account | None,
) -> Changes:
    with inputs_open(year=year, permission="assessment.change_tallies", by=by):
        _refuse_impossible(tallies)
        existing = _stored(year, subjects, field)
        subject = _subject_words(year, subjects)
        _refuse_counted(year, tallies, field=field, subject=subject)
        _refuse_overtaken(existing, tallies, seen)
        changes = rows_upsert(
            existing=existing,
            incoming={key: counts.fields() for key, counts in tallies.items() if counts},
            make=lambda key: Tally(
                year_id=year.pk, evaluation=key[1], group=key[2], **{f"{field}_id": subjects[key[0]].pk}
            ),
            subject=subject,
            stamp={"entered_by": by, "entered_at": timezone.now()},
        )
        _clear({subject(key): existing[key] for key, c in tallies.items() if c is None and key in existing}, changes)
        if changes:
            audit_record(by=by, action=f"{field}_tallies_save", year=year.number, details=changes.for_audit())
    return changes


def _stored(year: AssessmentYear, subjects: Mapping[str, Township | Cadre], field: str) -> dict[TallyKey, Tally]:
    codes = {subject.pk: code for code, subject in subjects.items()}
    stored = year.tallies.filter(**{f"{field}__isnull": False})
    return {(codes.get(getattr(tally, f"{field}_id"), ""), tally.evaluation, tally.group): tally for tally in stored}


def _subject_words(year: AssessmentYear, subjects: Mapping[str, Township | Cadre]) -> Callable[[TallyKey], str]:
    names = {entry.code: entry.name for entry in scheme_current(year).votes}
    return lambda key: f"{subjects[key[0]]} {names.get(key[1], key[1])} {key[2]}".strip()


def _refuse_impossible(tallies: Tallies) -> None:
    problems = [
        f"{' '.join(key).strip()}: {count_problem_text(problem)}"
        for key, counts in tallies.items()
        if counts
        for problem in counts_problems(counts).values()
    ]
    if problems:
        raise Refused(problems)


def _refuse_counted(year: AssessmentYear, tallies: Tallies, *, field: str, subject: Callable[[TallyKey], str]) -> None:
    """What a ballot box or a round of sheets counts is not entered by hand."""
    counted = counted_of(year, Subject.CADRE if field == "cadre" else Subject.TEAM)
    refusals = ((key, counted.refusal(key, counts)) for key, counts in tallies.items())
    if problems := [f"{subject(key)}: {refusal}" for key, refusal in refusals if refusal]:
        raise Refused(problems)


def _refuse_overtaken(existing: Mapping[TallyKey, Tally], tallies: Tallies, seen: Tallies) -> None:
    stored = {key: tally_counts(tally) for key, tally in existing.items() if key in seen}
    if keys := [key for key, counts in seen.items() if stored.get(key) not in (counts, tallies[key])]:
        raise Overtaken(keys)


def _clear(tallies: Mapping[str, Tally], changes: Changes) -> None:
    for subject, tally in tallies.items():
        fields = tally_counts(tally).fields()
        before = tuple((name, str(count), "") for name, count in fields.items() if count is not None)
        changes.removed.append(Change(subject, before))
    Tally.objects.filter(pk__in=[tally.pk for tally in tallies.values()]).delete()
