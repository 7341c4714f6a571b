"""Verifying the audit trail, which is itself recorded."""

from cadres.models import Account
from cadres.permissions import require
from cadres.selectors.audit import AuditState, audit_state
from cadres.services.audit import audit_record


def audit_verify(*, by: Account | None) -> AuditState:
    """Recompute every entry's digest. The state is that of before this check's own entry."""
    require(by=by, permission="cadres.view_audit")
    state = audit_state()
    details = {"entries": state.length, "broken_at": state.broken_at}
    audit_record(by=by, action="audit_verify", details=details, changes=False)
    return state
