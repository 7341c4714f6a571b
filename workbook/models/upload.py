from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """A workbook as it was handed in, byte by byte: a draft until it is applied, then kept as the source it is."""

    number = models.PositiveSmallIntegerField(_("year"))
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"))
    sha256 = models.CharField("SHA-256", max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("applied by")
    )
    applied_at = models.DateTimeField(_("applied at"), null=True)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1980, number__lte=2200), name="upload_year_sane"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def data(self) -> bytes:
        """The content as bytes, whatever the database hands out."""
        return bytes(self.content)
