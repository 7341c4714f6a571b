"""封存: what an archived year came to, kept as text with a digest that is chained to the seal before (RULES Y1)."""

from django.utils import timezone

from assessment.models import AssessmentYear
from cadres.models import Account
from cadres.permissions import require
from cadres.services.audit import audit_record
from workbook.models import ArchiveSeal
from workbook.score_json import canonical_text, record_digest, score_record
from workbook.selectors.seal import SealsState, chained, seals_state


def archive_seal(year: AssessmentYear, reason: str, by: Account | None) -> ArchiveSeal:
    """Run within the step that archives the year, which asks for permission; the step's entry in the audit trail keeps
    others from sealing at the same time."""
    last = ArchiveSeal.objects.order_by("-number").first()
    record = score_record(year)
    digest, previous = record_digest(record), last.chain if last else ""
    seal = ArchiveSeal.objects.create(
        year=year,
        number=last.number + 1 if last else 1,
        record=canonical_text(record),
        digest=digest,
        previous=previous,
        chain=chained(previous, digest),
        sealed_by=by,
        sealed_at=timezone.now(),
    )
    details = {"number": seal.number, "sha256": seal.digest, "chain": seal.chain}
    audit_record(by=by, action="archive_seal", year=year.number, subject=str(year), details=details)
    return seal


def seals_verify(*, by: Account | None) -> SealsState:
    """Check every seal, and keep a record of what was found. Raises PermissionDenied."""
    require(by=by, permission="workbook.view_seals")
    state = seals_state()
    broken = [each.seal.number for each in state.states if not each.holds]
    details = {"entries": len(state.states), "broken_at": broken, "chain": state.chain}
    audit_record(by=by, action="seals_verify", details=details, changes=False)
    return state
