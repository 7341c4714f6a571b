from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A unit of the county. Codes are text: leading zeros survive."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60, unique=True)
    order = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Township(Unit):
    """乡镇. Its leadership team (领导班子) is the unit that the team score of 150 points is given to."""

    class Meta(Unit.Meta):
        verbose_name = _("township")
        verbose_name_plural = _("townships")


class Department(Unit):
    """县直单位: answers for target lines and rates townships."""

    class Meta(Unit.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
