"""Disciplinary records: which are in force, and a person's own (RULES G4)."""

from datetime import date

from django.db.models import Q, QuerySet

from cadres.models import Cadre, DisciplinaryRecord


def records_in_force(*, first: date, last: date) -> QuerySet[DisciplinaryRecord]:
    """The records in force on any day from `first` to `last`, revoked ones left out."""
    open_end = Q(end__isnull=True) | Q(end__gte=first)
    return DisciplinaryRecord.objects.filter(open_end, start__lte=last, revoked_at__isnull=True)


def documents_in_force(*, first: date, last: date) -> dict[int, str]:
    """Cadre key → the documents of what is in force, joined by 、. One query."""
    found: dict[int, list[str]] = {}
    for cadre, document in (
        records_in_force(first=first, last=last).order_by("start", "id").values_list("cadre", "document")
    ):
        found.setdefault(cadre, []).append(document)
    return {cadre: "、".join(documents) for cadre, documents in found.items()}


def records_of(cadre: Cadre) -> QuerySet[DisciplinaryRecord]:
    """All of a person's records, the latest first, revoked ones included. Not asked before somebody reads them."""
    return cadre.disciplinary_records.select_related("recorded_by", "revoked_by")


def records_listed() -> QuerySet[DisciplinaryRecord]:
    """Everybody's records with the person, the latest first."""
    return DisciplinaryRecord.objects.select_related("cadre", "recorded_by", "revoked_by").order_by("-start", "-id")
