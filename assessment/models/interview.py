from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Township


class Interviewee(models.TextChoices):
    """三个必须、两个不少: three groups that must be talked to, two of which a share must be (RULES Y5)."""

    MEMBER = "member", _("members of the leadership team")
    SUPERIOR = "superior", _("superior leaders in charge")
    DELEGATE = "delegate", _("delegates, deputies and CPPCC members of the unit")
    MIDDLE = "middle", _("middle cadres")
    ORDINARY = "ordinary", _("ordinary cadres")


class InterviewTarget(models.Model):
    """How many of a group there are in a township. Members of the team are counted from the roster, without a row."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="interview_targets", verbose_name=_("year"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="interview_targets", verbose_name=_("township"))
    group = models.CharField(_("group"), max_length=8, choices=Interviewee.choices)
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        ordering = ["township__order", "group"]
        verbose_name = _("people to be interviewed")
        verbose_name_plural = _("people to be interviewed")
        constraints = [
            models.UniqueConstraint(fields=["year", "township", "group"], name="interview_target_once"),
            models.CheckConstraint(
                condition=Q(group__in=Interviewee.values) & ~Q(group="member"), name="interview_target_group_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.township} {self.get_group_display()}"


class Interview(models.Model):
    """个别谈话: one talk with one person. A withdrawn one stays on record and counts for nothing.

    `person` is a name, or the number of the team's member, so that the database refuses the same person twice.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="interviews", verbose_name=_("year"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="interviews", verbose_name=_("township"))
    group = models.CharField(_("group"), max_length=8, choices=Interviewee.choices)
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, blank=True, related_name="interviews", verbose_name=_("cadre")
    )
    person = models.CharField(_("person"), max_length=60, blank=True)
    held_on = models.DateField(_("date"))
    place = models.CharField(_("place"), max_length=60, blank=True)
    content = models.TextField(_("what was said"), max_length=5000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField(_("recorded at"))
    withdrawn_reason = models.CharField(_("reason of the withdrawal"), max_length=200, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("interview (个别谈话)")
        verbose_name_plural = _("interviews (个别谈话)")
        constraints = [
            models.CheckConstraint(condition=Q(group__in=Interviewee.values), name="interview_group_known"),
            models.CheckConstraint(
                condition=Q(group="member", cadre__isnull=False) | ~Q(group="member") & ~Q(person=""),
                name="interview_names_the_person",
            ),
            models.UniqueConstraint(
                fields=["year", "township", "group", "person"],
                condition=~Q(person="") & Q(withdrawn_reason=""),
                name="interview_person_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.cadre or self.person}"
