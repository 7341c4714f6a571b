from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadres.models.append_only import AppendOnly


class AuditChain(models.Model):
    """The one head of the trail: locked while an entry is written, so that ids, digests and commits have one order.

    `revision` is another random text after every entry that changed data; results are cached under it.
    """

    length = models.PositiveBigIntegerField(default=0)
    revision = models.CharField(max_length=32, default="")
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="audit_chain_has_one_head")]

    def __str__(self) -> str:
        return self.digest


class AuditEntry(AppendOnly):
    """Append-only: who did, or was refused, what. Each entry's digest covers the one before."""

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="audit_entries", verbose_name=_("account")
    )
    actor_name = models.CharField(_("who"), max_length=80)
    action = models.CharField(_("action"), max_length=40, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, db_index=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    details = models.JSONField(_("details"), default=dict)
    refused = models.BooleanField(_("refused"), default=False)
    previous_digest = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta(AppendOnly.Meta):
        ordering = ["-number"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.number} {self.action}"
