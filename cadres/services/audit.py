"""The audit trail: written in the transaction of what it records, hash-chained, never changed afterwards."""

import hashlib
import json
import uuid
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from cadres.models import Account, AuditChain, AuditEntry

COMMAND_LINE = "command line"
ANONYMOUS = "anonymous"


@transaction.atomic
def audit_record(
    *,
    by: Account | AnonymousUser | None,
    action: str,
    subject: str = "",
    details: dict[str, Any] | None = None,
    year: int | None = None,
    refused: bool = False,
    changes: bool = True,
) -> AuditEntry:
    """Append one entry. `by` None is whoever holds the machine's command line.

    `changes` False: data stayed as it was (a sign-in, an export), so cached results stay valid.
    """
    chain = AuditChain.objects.select_for_update().get_or_create(pk=1)[0]
    entry = AuditEntry(
        number=chain.length + 1,
        at=timezone.now(),
        actor=by if isinstance(by, Account) else None,
        actor_name=_actor_name(by),
        action=action,
        year=year,
        subject=subject[:200],
        details=details or {},
        refused=refused,
        previous_digest=chain.digest,
    )
    entry.digest = entry_digest(entry)
    entry.save(force_insert=True)
    chain.length, chain.digest = entry.number, entry.digest
    if changes and not refused:
        chain.revision = uuid.uuid4().hex
    chain.save()
    return entry


def entry_digest(entry: AuditEntry) -> str:
    """SHA-256 over the entry's content and its predecessor's digest."""
    content = [
        entry.number,
        _moment(entry.at),
        entry.actor_name,
        entry.action,
        entry.year,
        entry.subject,
        entry.details,
        entry.refused,
        entry.previous_digest,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _actor_name(by: Account | AnonymousUser | None) -> str:
    return COMMAND_LINE if by is None else by.get_username() or ANONYMOUS


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")
