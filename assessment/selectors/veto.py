"""Vetoes of a year, those in force and those revoked."""

from django.db.models import QuerySet

from assessment.models import AssessmentYear, Veto


def vetoes_of(year: AssessmentYear) -> QuerySet[Veto]:
    """All on record; the lists show who recorded and who revoked."""
    vetoes = Veto.objects.filter(line__year=year)
    return vetoes.select_related("line__year", "township", "recorded_by", "revoked_by")
