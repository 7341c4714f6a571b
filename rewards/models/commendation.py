from django.db import models
from django.utils.translation import gettext_lazy as _

from rewards.models.subject import OfSubject, Withdrawable, one_subject, text, withdrawn_with_reason


class CommendationKind(models.TextChoices):
    """Non-material rewards for 优秀 (RULES U5)."""

    PRAISE = "praise", _("commendation")
    MERIT = "merit", _("merit citation")
    TITLE = "title", _("honorary title")
    PAY_RISE = "pay_rise", _("pay rise")


class Commendation(Withdrawable, OfSubject):
    """表彰奖励: a non-material reward with its document (RULES U5)."""

    kind = text(_("kind"), 12, choices=CommendationKind.choices)
    title = text(_("title"), blank=True)
    decided_by = text(_("deciding body"))
    decided_on = models.DateField(_("decided on"))
    document = text(_("document"))
    remarks = text(_("remarks"), 300, blank=True)

    class Meta:
        ordering = ["year", "-decided_on", "-id"]
        verbose_name = _("commendation")
        verbose_name_plural = _("commendations")
        constraints = [
            one_subject("commendation_of_one_subject"),
            withdrawn_with_reason("commendation_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.subject} {self.get_kind_display()}"
