"""One stored input put right because a review of the published result read its source again (RULES Y8).

Run within the step that decides on the appeal. Nothing else changes an input once the year is closed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment.cells import Cell, cell_text
from assessment.errors import YearClosed
from assessment.models import AssessmentYear, LineValue, Phase, Tally
from assessment.questions import Counts
from assessment.services.guard import year_held
from assessment.services.value import cell_of, impossible_refuse
from cadres.errors import Refused
from cadres.models import Account, Cadre, Township
from cadres.services.audit import audit_record

PERMISSION = "assessment.correct_inputs"


@dataclass(frozen=True)
class Correction:
    """Why, and who read the source: the first stands as who entered it, the second, if any, as who confirmed it."""

    reason: str
    readers: Sequence[Account]


def value_correct(
    *, year: AssessmentYear, township: Township, line: str, cell: Cell, correction: Correction, by: Account | None
) -> None:
    """Put another value, or 不适用, in the place of a stored one. Raises PermissionDenied; Refused for a value that
    the line's rule cannot take."""
    with _under_review(year, by):
        impossible_refuse(year, {(township.code, line): cell})
        stored = LineValue.objects.select_related("line").get(line__year=year, line__code=line, township=township)
        before = cell_text(cell_of(stored))
        stored.applicable = isinstance(cell, Fraction)
        stored.value = cell if isinstance(cell, Fraction) else None  # type: ignore[assignment]  # its Python side
        stored.entered_by, stored.confirmed_by = (*correction.readers, None, None)[:2]
        stored.entered_at = timezone.now()
        stored.save()
        words = f"{township} {stored.line.name}"
        change = {"subject": words, "fields": [["value", before, cell_text(cell)]]}
        details = {"changed": [change], "reason": correction.reason}
        audit_record(by=by, action="value_correct", year=year.number, subject=words, details=details)


def tally_correct(
    *,
    year: AssessmentYear,
    subject: Township | Cadre,
    evaluation: str,
    group: str,
    counts: Counts,
    correction: Correction,
    by: Account | None,
) -> None:
    """Put other counts in the place of stored ones; what the box or the sheets were stays.

    The audit trail learns that it happened, never a count: of a small group nobody is shown them. Raises
    PermissionDenied; Refused for more votes than ballots (RULES E5).
    """
    field = "cadre" if isinstance(subject, Cadre) else "township"
    with _under_review(year, by):
        stored = Tally.objects.get(year=year, evaluation=evaluation, group=group, **{field: subject})
        votes_refuse(stored, counts)
        stored.first, stored.second, stored.third, stored.fourth, stored.abstain = counts
        stored.valid = None if stored.valid is None else sum(counts)
        stored.entered_by, stored.entered_at = next(iter(correction.readers), by), timezone.now()
        stored.save()
        words = f"{subject} {evaluation} {group}".strip()
        details = {"reason": correction.reason}
        audit_record(by=by, action="tally_correct", year=year.number, subject=words, details=details)


def votes_refuse(tally: Tally, counts: Counts) -> None:
    """Raises Refused where these are more votes than ballots came back (RULES E5)."""
    if tally.returned is not None and sum(counts) > tally.returned:
        raise Refused(_("These are more votes than the ballots that were returned (clause E5)."))


@contextmanager
def _under_review(year: AssessmentYear, by: Account | None) -> Iterator[None]:
    """A transaction that holds a published year."""
    with year_held(year=year, permission=PERMISSION, by=by) as held:
        if held.phase != Phase.PUBLISHED:
            raise YearClosed(_("Inputs are corrected under review only while the year is published."))
        yield
