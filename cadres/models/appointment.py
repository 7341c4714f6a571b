from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadres.models.cadre import Cadre
from cadres.models.post import Post
from cadres.models.unit import Township


class Appointment(models.Model):
    """任职: a cadre holds a post in a township from `start` to `end` inclusive; an open end is a current post."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="appointments", verbose_name=_("cadre"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="appointments", verbose_name=_("township"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", verbose_name=_("post"))
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["-start", "post__order"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="appointment_ends_after_start"
            ),
            models.UniqueConstraint(fields=["cadre", "township", "post", "start"], name="appointment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.township} {self.post}"
