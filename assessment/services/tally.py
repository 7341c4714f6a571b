"""Tallies (票数) of evaluations: whole counts by subject, evaluation and voter group."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from assessment.models import AssessmentYear, Tally
from assessment.services.guard import require_inputs_open
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, rows_upsert

TallyKey = tuple[str, str, str]
"""Township code or personnel number, evaluation code, voter group."""


@dataclass(frozen=True)
class TallyCounts:
    """Votes from the best grade to the worst, and abstentions; what the box did not record is None."""

    grades: tuple[int, int, int, int]
    abstain: int = 0
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None

    def fields(self) -> dict[str, int | None]:
        first, second, third, fourth = self.grades
        return {
            "first": first,
            "second": second,
            "third": third,
            "fourth": fourth,
            "abstain": self.abstain,
            "issued": self.issued,
            "returned": self.returned,
            "valid": self.valid,
        }


def team_tallies_save(
    *, year: AssessmentYear, tallies: dict[TallyKey, TallyCounts], by: Account | None
) -> Changes:
    """By (township code, evaluation code, group). Raises KeyError for an unknown township."""
    return _tallies_save(year, tallies, subjects={t.code: t for t in Township.objects.all()}, field="township", by=by)


def cadre_tallies_save(
    *, year: AssessmentYear, tallies: dict[TallyKey, TallyCounts], by: Account | None
) -> Changes:
    """By (personnel number, item code, group). Raises KeyError for an unknown cadre."""
    cadres = Cadre.objects.filter(roster_entries__year=year)
    return _tallies_save(year, tallies, subjects={cadre.number: cadre for cadre in cadres}, field="cadre", by=by)


def _tallies_save(
    year: AssessmentYear,
    tallies: dict[TallyKey, TallyCounts],
    *,
    subjects: dict[str, Township] | dict[str, Cadre],
    field: str,
    by: Account | None,
) -> Changes:
    require_inputs_open(year=year, permission="assessment.change_tallies", by=by)
    with transaction.atomic():
        stored = year.tallies.filter(**{f"{field}__isnull": False})
        codes = {subject.pk: code for code, subject in subjects.items()}
        changes = rows_upsert(
            existing={(codes.get(getattr(t, f"{field}_id"), ""), t.evaluation, t.group): t for t in stored},
            incoming={key: counts.fields() for key, counts in tallies.items()},
            make=lambda key: Tally(year=year, evaluation=key[1], group=key[2], **{field: subjects[key[0]]}),
            subject=lambda key: f"{subjects[key[0]]} {key[1]} {key[2]}".strip(),
            stamp={"entered_by": by, "entered_at": timezone.now()},
        )
        if changes:
            audit_record(by=by, action=f"{field}_tallies_save", year=year.number, details=changes.for_audit())
    return changes
