"""Reading people and where they serve."""

from datetime import date

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cadres.models import Appointment, Cadre

LAST = 1_000_000
"""Who holds no post comes after everybody, on every database."""


def appointments_on(day: date) -> QuerySet[Appointment]:
    """What is held on the day, the post first that is scored (RULES C4)."""
    held = Q(start__lte=day) & (Q(end__isnull=True) | Q(end__gte=day))
    return Appointment.objects.filter(held).order_by("post__order", "post_id", "-start")


def cadres_listed(day: date) -> QuerySet[Cadre]:
    """Everybody with township, post and order of the first post held on the day, and all of them as `held`."""
    first = appointments_on(day).filter(cadre=OuterRef("pk"))
    return Cadre.objects.annotate(
        township_order=Coalesce(Subquery(first.values("township__order")[:1]), LAST),
        township_code=Subquery(first.values("township__code")[:1]),
        post_order=Coalesce(Subquery(first.values("post__order")[:1]), LAST),
        since=Subquery(first.values("start")[:1]),
    ).prefetch_related(
        Prefetch("appointments", appointments_on(day).select_related("township", "post"), to_attr="held")
    )


def cadre_appointments(cadre: Cadre) -> QuerySet[Appointment]:
    """All posts over time, the latest first."""
    return cadre.appointments.select_related("township", "post").order_by("-start", "post__order", "post_id")
