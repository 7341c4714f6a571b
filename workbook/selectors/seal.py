"""Whether archived years are what was sealed: each record, the chain, and what the database holds today (RULES Y1)."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assessment.models import AssessmentYear, Phase
from cadres.models import AuditEntry
from scoring.models import ResultVersion
from scoring.selectors.version import version_intact
from workbook.models import ArchiveSeal
from workbook.score_json import record_digest


class SealProblem(StrEnum):
    """What does not hold."""

    RECORD = "record"  # the record is not the one that the digest was made of
    CHAIN = "chain"  # the chain does not follow from the seal before
    TRAIL = "trail"  # the audit trail tells another digest, or knows nothing of it
    RESULTS = "results"  # the confirmed results are no longer those that were frozen


@dataclass(frozen=True)
class SealState:
    """A seal and what does not hold of it."""

    seal: ArchiveSeal
    problems: tuple[SealProblem, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


@dataclass(frozen=True)
class SealsState:
    """All seals, the first one first. `lost` are years of seals that the audit trail knows and the database does not;
    `unsealed` archived years without one."""

    states: tuple[SealState, ...]
    lost: tuple[int, ...]
    unsealed: tuple[int, ...]

    @property
    def holds(self) -> bool:
        return not (self.lost or self.unsealed) and all(state.holds for state in self.states)

    @property
    def chain(self) -> str:
        """The latest chain: whoever has noted it can tell later whether any record was touched."""
        return self.states[-1].seal.chain if self.states else ""


def chained(previous: str, digest: str) -> str:
    """SHA-256 of the chain so far and a record's digest, both as hexadecimal text; the first chain so far is empty."""
    return hashlib.sha256((previous + digest).encode()).hexdigest()


def seal_latest(year: AssessmentYear) -> ArchiveSeal | None:
    """Of this year; archiving it again makes another one."""
    return year.seals.order_by("-number").first()


def seals_listed() -> list[ArchiveSeal]:
    """The latest first, without the records."""
    return list(ArchiveSeal.objects.defer("record").select_related("year", "sealed_by").order_by("-number"))


def seals_state() -> SealsState:
    """Reads every record and every confirmed result."""
    seals = list(ArchiveSeal.objects.select_related("year", "sealed_by").order_by("number"))
    told = _told()
    broken = {version.year_id for version in ResultVersion.objects.all() if not version_intact(version)}
    kept = {seal.number for seal in seals}
    sealed = {seal.year_id for seal in seals}
    archived = AssessmentYear.objects.filter(phase=Phase.ARCHIVED).exclude(pk__in=sealed).order_by("number")
    return SealsState(
        states=tuple(_states(seals, told, broken)),
        lost=tuple(entry.year or 0 for number, entry in told.items() if number not in kept),
        unsealed=tuple(archived.values_list("number", flat=True)),
    )


def _states(seals: Sequence[ArchiveSeal], told: dict[int, AuditEntry], broken: set[int]) -> Iterator[SealState]:
    previous, number = "", 0
    for seal in seals:
        found: list[SealProblem] = []
        if hashlib.sha256(seal.record.encode()).hexdigest() != seal.digest:
            found.append(SealProblem.RECORD)
        follows = (number + 1, previous, chained(previous, seal.digest))
        if (seal.number, seal.previous, seal.chain) != follows:
            found.append(SealProblem.CHAIN)
        entry = told.get(seal.number)
        if entry is None or (entry.details["sha256"], entry.details["chain"]) != (seal.digest, seal.chain):
            found.append(SealProblem.TRAIL)
        if seal.year_id in broken:
            found.append(SealProblem.RESULTS)
        yield SealState(seal, tuple(found))
        previous, number = seal.chain, seal.number


def _told() -> dict[int, AuditEntry]:
    """What the audit trail says was sealed, by the seal's number."""
    entries = AuditEntry.objects.filter(action="archive_seal", refused=False).order_by("number")
    return {entry.details["number"]: entry for entry in entries}


def seals_of_record(content: bytes) -> list[ArchiveSeal]:
    """The seals whose record this file holds, however it is laid out; none where it is another one.

    Raises ValueError for what is not such a record at all.
    """
    record: Any = json.loads(content.decode("utf-8-sig"))
    if not isinstance(record, dict) or not isinstance(record.get("year"), int):
        raise ValueError("year")
    seals = ArchiveSeal.objects.select_related("year").filter(year__number=record["year"], digest=record_digest(record))
    return list(seals.order_by("number"))
