"""What is heard and seen beside the sheets and ballots: shown beside the result, never scored (RULES Y6, Y7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Township


class Direction(models.TextChoices):
    """上评下、下评上、横向评、纵向评 (RULES Y6)."""

    DOWN = "down", _("from above")
    UP = "up", _("from below")
    ACROSS = "across", _("across")
    ALONG = "along", _("along the line of work")


class Source(models.TextChoices):
    """Whom the office asks for an opinion (征求意见, RULES Y6)."""

    LEADER = "leader", _("county leader in charge")
    COUNTERPART = "counterpart", _("superior counterpart department")
    DELEGATE = "delegate", _("delegate or CPPCC member")
    RETIRED = "retired", _("retired cadre")
    CONDUCT = "conduct", _("supervisor of conduct (行风监督员)")


class Record(models.Model):
    """About a township's team or one cadre; a withdrawn one stays on record."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="%(class)ss", verbose_name=_("year"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("township")
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name=_("cadre")
    )
    content = models.TextField(_("content"), max_length=5000)
    dated = models.DateField(_("date"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ["-dated", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(township__isnull=False, cadre__isnull=True) | Q(township__isnull=True, cadre__isnull=False),
                name="%(class)s_one_subject",
            )
        ]

    def __str__(self) -> str:
        return f"{self.dated} {self.township or self.cadre}"


class SolicitedOpinion(Record):
    """征求意见: what somebody who was asked says, by source and direction."""

    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction.choices)
    given_by = models.CharField(_("given by"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("solicited opinion (征求意见)")
        verbose_name_plural = _("solicited opinions (征求意见)")


class Occasion(models.TextChoices):
    SURVEY = "survey", _("survey")
    INSPECTION = "inspection", _("inspection")
    TALK = "talk", _("talk")


class DailyNote(Record):
    """平时考核: a dated note of what was seen on a survey, an inspection or in a talk (RULES Y7)."""

    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices)

    class Meta(Record.Meta):
        verbose_name = _("daily note (平时考核)")
        verbose_name_plural = _("daily notes (平时考核)")
