from django.db import models
from django.utils.translation import gettext_lazy as _


class PostSide(models.TextChoices):
    PARTY = "party", _("party")
    GOVERNMENT = "government", _("government")
    OTHER = "other", _("other")


class Post(models.Model):
    """职务: one row of the county's list. The order decides which of two posts a person is scored in (RULES C4)."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    side = models.CharField(_("side"), max_length=12, choices=PostSide.choices, default=PostSide.OTHER)
    is_principal = models.BooleanField(_("principal (正职)"), default=False)
    single_holder = models.BooleanField(_("one holder per township"), default=False)
    in_bonus = models.BooleanField(_("shares in the bonus"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["order", "id"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.name
