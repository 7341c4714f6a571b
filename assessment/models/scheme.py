import json
from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models.year import AssessmentYear
from assessment.scheme import Scheme, scheme_from_dict
from cadres.models import Department


class SchemeVersion(models.Model):
    """考评办法: the whole scheme of a year as one value; every change is a new version, the latest is in force."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="scheme_versions", verbose_name=_("year"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        ordering = ["year", "-number"]
        verbose_name = _("scheme version")
        verbose_name_plural = _("scheme versions")
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="scheme_version_once")]

    def __str__(self) -> str:
        return f"{self.year} v{self.number}"

    @property
    def scheme(self) -> Scheme:
        return _scheme_of(json.dumps(self.content))


@lru_cache(maxsize=32)
def _scheme_of(content: str) -> Scheme:
    """A version never changes, and nearly every page asks for its scheme: each text is read once."""
    return scheme_from_dict(json.loads(content))


class ScoredLine(models.Model):
    """计分项: what values, vetoes and charges point at. Its points and rule stand in the scheme version alone."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="lines", verbose_name=_("year"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("scored line"), max_length=60)
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        verbose_name=_("responsible department"),
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order"]
        verbose_name = _("scored line")
        verbose_name_plural = _("scored lines")
        constraints = [
            models.UniqueConstraint(fields=["year", "code"], name="line_code_once"),
            models.UniqueConstraint(fields=["year", "name"], name="line_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
