from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Cadre(models.Model):
    """领导干部: a person, known by personnel number alone, since homonyms are normal."""

    number = models.CharField(_("personnel number"), max_length=20, unique=True)
    name = models.CharField(pgettext_lazy("person", "name"), max_length=40, db_index=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("cadre")
        verbose_name_plural = _("cadres")

    def __str__(self) -> str:
        return f"{self.name}（{self.number}）"
