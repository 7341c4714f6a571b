from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scheme import ScoredLine
from cadres.models import Township


class Veto(models.Model):
    """一票否决: a recorded decision on a veto line (RULES G5). Revoking keeps both on record."""

    line = models.ForeignKey(ScoredLine, models.PROTECT, related_name="vetoes", verbose_name=_("scored line"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="vetoes", verbose_name=_("township"))
    fact = models.CharField(_("fact"), max_length=300)
    decided_by = models.CharField(_("deciding body"), max_length=100)
    decided_on = models.DateField(_("decided on"))
    document = models.CharField(_("document"), max_length=100, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason of the revocation"), max_length=300, blank=True)

    class Meta:
        ordering = ["township__order", "line__order", "decided_on", "id"]
        verbose_name = _("veto")
        verbose_name_plural = _("vetoes")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "township", "decided_on"], condition=Q(revoked_at__isnull=True), name="veto_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revoked_reason=""), name="veto_revoked_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.line}"
