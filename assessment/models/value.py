from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.fields import FractionField
from assessment.models.scheme import ScoredLine
from cadres.models import Township


class LineValue(models.Model):
    """目标完成: what a township reached on a line, or 不适用. No row means missing, never zero (RULES A3)."""

    line = models.ForeignKey(ScoredLine, models.PROTECT, related_name="values", verbose_name=_("scored line"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="values", verbose_name=_("township"))
    value = FractionField(_("value"), null=True)
    applicable = models.BooleanField(_("applicable"), default=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        ordering = ["township__order", "line__order"]
        verbose_name = _("target value")
        verbose_name_plural = _("target values")
        constraints = [
            models.UniqueConstraint(fields=["line", "township"], name="value_once"),
            models.CheckConstraint(
                condition=Q(applicable=True, value__isnull=False) | Q(applicable=False, value__isnull=True),
                name="value_or_not_applicable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.line}"
