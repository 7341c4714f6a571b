"""Reading and verifying the audit trail."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from cadres.models import AuditChain, AuditEntry
from cadres.services.audit import ANONYMOUS, COMMAND_LINE, entry_digest

RESULT_ACTIONS = frozenset(
    {
        "township_tallies_save",
        "cadre_tallies_save",
        "grade_decisions_save",
        "bonus_remedy_choose",
        "commendations_record",
        "commendation_withdraw",
        "bonus_confirm",
        "measure_decide",
        "measure_talk_record",
        "measure_talk_withdraw",
        "measure_review_record",
        "measure_review_withdraw",
        "appeal_decide",
    }
)
"""Entries that tell votes, grades or money: the auditor learns who and when at once, what only once the year is
published."""


@dataclass(frozen=True)
class AuditState:
    """The chain from its first entry on: how long, its last digest, where it breaks (None: nowhere)."""

    length: int
    digest: str
    broken_at: int | None


def data_revision() -> str:
    """Another text after every recorded change of data; the key under which results may be cached."""
    return AuditChain.objects.filter(pk=1).values_list("revision", flat=True).first() or ""


def audit_state() -> AuditState:
    """Reads every entry."""
    length, digest = _head()
    return AuditState(length, digest, audit_broken_at())


def audit_broken_at() -> int | None:
    """The first number whose entry is missing or not as it was written, None when the chain holds."""
    previous, number = "", 0
    for entry in AuditEntry.objects.select_related("actor").order_by("number").iterator():
        number += 1
        written = (entry.number, entry.previous_digest, entry.digest)
        if written != (number, previous, entry_digest(entry)) or not _actor_agrees(entry):
            return number
        previous = entry.digest
    return None if _head() == (number, previous) else number + 1


def years_published() -> frozenset[int]:
    """The numbers of the years whose results are public. The settings name who knows (PUBLISHED_YEARS)."""
    provider: Callable[[], list[int]] = import_string(settings.PUBLISHED_YEARS)
    return frozenset(provider())


def details_held_back(entry: AuditEntry, published: frozenset[int]) -> bool:
    return entry.action in RESULT_ACTIONS and entry.year not in published


def entries_open(published: frozenset[int]) -> Q:
    """The entries of which the auditor may read everything."""
    return ~Q(action__in=RESULT_ACTIONS) | Q(year__in=published)


def _actor_agrees(entry: AuditEntry) -> bool:
    """Whether the account it leads to is the one that the digest covers by name."""
    return entry.actor_name == entry.actor.username if entry.actor else entry.actor_name in (COMMAND_LINE, ANONYMOUS)


def _head() -> tuple[int, str]:
    return AuditChain.objects.filter(pk=1).values_list("length", "digest").first() or (0, "")
