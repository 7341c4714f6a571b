from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models.year import AssessmentYear


class Notice(models.Model):
    """考评预告: what the public notice says besides the scheme, the roster and the assessment teams (RULES Y2)."""

    year = models.OneToOneField(AssessmentYear, models.PROTECT, related_name="notice", verbose_name=_("year"))
    field_from = models.DateField(_("field work from"))
    field_until = models.DateField(_("field work until"))
    contact = models.CharField(_("contact"), max_length=60)
    phone = models.CharField(_("phone"), max_length=40)
    remarks = models.TextField(_("remarks"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("notice of assessment (考评预告)")
        verbose_name_plural = _("notices of assessment (考评预告)")
        constraints = [
            models.CheckConstraint(condition=Q(field_until__gte=F("field_from")), name="notice_ends_after_start")
        ]

    def __str__(self) -> str:
        return str(self.year)
