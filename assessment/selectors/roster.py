"""The roster of a year, for lists and forms."""

from django.db.models import QuerySet

from assessment.models import AssessmentYear, RosterEntry


def roster_of(year: AssessmentYear) -> QuerySet[RosterEntry]:
    """Entries with everything a list shows; two queries, whatever the size."""
    entries = year.roster.select_related("year", "cadre", "township", "post", "second_post")
    return entries.prefetch_related("in_charge")
