from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Township


class AssessmentTeam(models.Model):
    """考评组: the people who assess certain townships on the spot; the notice names them (RULES Y2)."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="teams", verbose_name=_("year"))
    name = models.CharField(pgettext_lazy("unit", "name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    contact = models.CharField(_("contact"), max_length=40, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    townships = models.ManyToManyField(
        Township,
        blank=True,
        db_table="assessment_team_townships",
        related_name="assessment_teams",
        verbose_name=_("townships"),
    )

    class Meta:
        ordering = ["order", "name"]
        verbose_name = _("assessment team (考评组)")
        verbose_name_plural = _("assessment teams (考评组)")
        constraints = [models.UniqueConstraint(fields=["year", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    """A member with an assessor's account. `cadre` is who that is in the county's register: own unit by the roster."""

    team = models.ForeignKey(AssessmentTeam, models.CASCADE, related_name="members", verbose_name=_("assessment team"))
    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="+", verbose_name=_("year"))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_members", verbose_name=_("account")
    )
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cadre"))
    is_head = models.BooleanField(_("head of the team"), default=False)

    class Meta:
        ordering = ["-is_head", "account__name"]
        verbose_name = _("member of an assessment team")
        verbose_name_plural = _("members of assessment teams")
        constraints = [models.UniqueConstraint(fields=["year", "account"], name="team_member_once_a_year")]

    def __str__(self) -> str:
        return str(self.account)
