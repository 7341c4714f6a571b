from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Township


class Phase(models.TextChoices):
    """RULES Y1, in order. Moved by assessment.services.year alone."""

    DRAFT = "draft", _("draft")
    ANNOUNCED = "announced", _("announced")
    COLLECTING = "collecting", _("collecting")
    CLOSED = "closed", _("closed")
    CONFIRMED = "confirmed", _("confirmed")
    PUBLISHED = "published", _("published")
    ARCHIVED = "archived", _("archived")

    @property
    def position(self) -> int:
        """0 for draft … 6 for archived: phases compare by it."""
        return list(Phase).index(self)


class AssessmentYear(models.Model):
    """考评年度: one yearly assessment, from draft to archive.

    `published_on` is the day of its latest publication, from which the days of a review count (RULES Y8); a year
    that is taken back behind it has none.
    """

    number = models.PositiveSmallIntegerField(_("year"), unique=True)
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    townships = models.ManyToManyField(
        Township,
        blank=True,
        db_table="assessment_year_townships",
        related_name="years",
        verbose_name=_("townships taking part"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("assessment year")
        verbose_name_plural = _("assessment years")
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="year_phase_known"),
            models.CheckConstraint(condition=Q(number__gte=1980, number__lte=2200), name="year_number_sane"),
            models.CheckConstraint(
                condition=~Q(phase__in=("published", "archived")) | Q(published_on__isnull=False),
                name="year_published_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def scheme_open(self) -> bool:
        """The scheme is frozen by the announcement (RULES Y1)."""
        return self.phase == Phase.DRAFT

    @property
    def inputs_open(self) -> bool:
        """Roster, values, vetoes and tallies may be entered until the year is closed."""
        return Phase(self.phase).position < Phase.CLOSED.position

    @property
    def is_confirmed(self) -> bool:
        """Results are frozen from here on: nothing entered later moves them (RULES Y1)."""
        return Phase(self.phase).position >= Phase.CONFIRMED.position

    @property
    def is_published(self) -> bool:
        """Results have been made known to those they are about."""
        return Phase(self.phase).position >= Phase.PUBLISHED.position

    @property
    def is_closed(self) -> bool:
        """Results exist for others than the office from here on."""
        return not self.inputs_open
