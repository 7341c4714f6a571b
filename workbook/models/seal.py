from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models.append_only import AppendOnly


class ArchiveSeal(AppendOnly):
    """封存: the machine-readable record of an archived year, chained to the seal before it (RULES Y1).

    `digest` is the SHA-256 of the record in its canonical form, `chain` that of the previous seal's chain and this
    digest: whoever holds the latest chain can tell whether any earlier record was touched.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="seals", verbose_name=_("year"))
    number = models.PositiveIntegerField(_("number"), unique=True)
    record = models.TextField(_("record"))
    digest = models.CharField(_("digest"), max_length=64)
    previous = models.CharField(_("previous chain"), max_length=64, blank=True)
    chain = models.CharField(_("chain"), max_length=64)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("sealed by")
    )
    sealed_at = models.DateTimeField(_("sealed at"))

    class Meta(AppendOnly.Meta):
        ordering = ["-number"]
        verbose_name = _("seal of an archive")
        verbose_name_plural = _("seals of archives")

    def __str__(self) -> str:
        return f"{self.year} {self.digest[:12]}"
