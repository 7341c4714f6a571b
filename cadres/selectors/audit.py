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
    chain = AuditChain.objects.filter(pk=1).first()
    intact = chain is None and number == 0 or chain is not None and (chain.length, chain.digest) == (number, previous)
    return None if intact else number + 1
