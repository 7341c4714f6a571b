"""Reading and verifying the audit trail."""

from cadres.models import AuditChain, AuditEntry
from cadres.services.audit import entry_digest


def data_revision() -> str:
    """Another text after every recorded change of data; the key under which results may be cached."""
    return AuditChain.objects.filter(pk=1).values_list("revision", flat=True).first() or ""


def audit_broken_at() -> int | None:
    """The number of the first entry that does not follow from the one before, None when the chain holds."""
    previous, number = "", 0
    for entry in AuditEntry.objects.order_by("number").iterator():
        number += 1
        if (entry.number, entry.previous_digest, entry.digest) != (number, previous, entry_digest(entry)):
            return entry.number
        previous = entry.digest
    length, digest = AuditChain.objects.filter(pk=1).values_list("length", "digest").first() or (0, "")
    return None if (length, digest) == (number, previous) else number + 1
