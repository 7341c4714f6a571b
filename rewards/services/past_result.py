"""Results of earlier years (历年结果), by personnel number and year."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from cadres.models import Account, Cadre
from cadres.permissions import require
from cadres.services.audit import audit_record
from cadres.services.upsert import Changes, rows_upsert
from rewards.models import PastResult


@dataclass(frozen=True)
class PastResultRow:
    """`year` 1980 … 2200; `grade` one of CADRE_GRADES; `score` in points, 2 decimals; 1 ≤ `rank_county` ≤ `ranked`."""

    number: str
    year: int
    grade: str
    score: Decimal | None = None
    rank_county: int | None = None
    ranked: int | None = None


def past_results_save(*, rows: Sequence[PastResultRow], by: Account | None) -> Changes:
    """Add or correct past results.

    Raises PermissionDenied, KeyError for an unknown personnel number, IntegrityError for an unknown grade or a rank
    outside 1 … ranked: callers resolve what a user typed first.
    """
    require(by=by, permission="rewards.change_past_results")
    numbers = {row.number for row in rows}
    with transaction.atomic():
        cadres = Cadre.objects.in_bulk(list(numbers), field_name="number")
        stored = PastResult.objects.filter(cadre__number__in=numbers).select_related("cadre")
        changes = rows_upsert(
            existing={(past.cadre.number, past.year): past for past in stored},
            incoming={(row.number, row.year): _fields(row) for row in rows},
            make=lambda key: PastResult(cadre=cadres[key[0]], year=key[1]),
            subject=lambda key: f"{cadres[key[0]]} {key[1]}",
        )
        if changes:
            audit_record(by=by, action="past_results_save", details=changes.for_audit())
    return changes


def _fields(row: PastResultRow) -> dict[str, object]:
    return {"grade": row.grade, "score": row.score, "rank_county": row.rank_county, "ranked": row.ranked}
