from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models.box import Box
from assessment.models.sheet import SheetRound
from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Department, Township


class Tally(models.Model):
    """票数: one subject's votes in one evaluation and voter group; scoring reads nothing else of an evaluation.

    `evaluation` is the code in the scheme (E1 … E4 of a team, C1, C3, C4 of a cadre); `first` … `fourth` are the
    four grades from best to worst; abstentions stand outside the share (RULES 1.2). Tallies of departments are
    ranked beside the scores and are part of none (RULES Y6). `box` or `round` is what it was counted from; without
    either it was entered by hand or by workbook.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="tallies", verbose_name=_("year"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name=_("township")
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name=_("cadre")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name=_("department")
    )
    box = models.ForeignKey(
        Box, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name=_("ballot box")
    )
    round = models.ForeignKey(
        SheetRound, models.PROTECT, null=True, blank=True, related_name="tallies", verbose_name=_("round of sheets")
    )
    evaluation = models.CharField(_("evaluation"), max_length=20)
    group = models.CharField(_("voter group (票别)"), max_length=40, blank=True)
    issued = models.PositiveIntegerField(_("issued"), null=True, blank=True)
    returned = models.PositiveIntegerField(_("returned"), null=True, blank=True)
    valid = models.PositiveIntegerField(_("valid"), null=True, blank=True)
    first = models.PositiveIntegerField(_("first grade"))
    second = models.PositiveIntegerField(_("second grade"))
    third = models.PositiveIntegerField(_("third grade"))
    fourth = models.PositiveIntegerField(_("fourth grade"))
    abstain = models.PositiveIntegerField(_("abstentions"), default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        ordering = ["evaluation", "group"]
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        constraints = [
            models.CheckConstraint(
                condition=Q(township__isnull=False, cadre__isnull=True, department__isnull=True)
                | Q(township__isnull=True, cadre__isnull=False, department__isnull=True)
                | Q(township__isnull=True, cadre__isnull=True, department__isnull=False),
                name="tally_of_one_subject",
            ),
            models.UniqueConstraint(
                fields=["year", "township", "evaluation", "group"],
                condition=Q(township__isnull=False),
                name="tally_team_once",
            ),
            models.UniqueConstraint(
                fields=["year", "cadre", "evaluation", "group"],
                condition=Q(cadre__isnull=False),
                name="tally_cadre_once",
            ),
            models.UniqueConstraint(
                fields=["year", "department", "evaluation", "group"],
                condition=Q(department__isnull=False),
                name="tally_department_once",
            ),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(issued__isnull=True) | Q(returned__lte=F("issued")),
                name="tally_returned_within_issued",
            ),
            models.CheckConstraint(
                condition=Q(valid__isnull=True) | Q(returned__isnull=True) | Q(valid__lte=F("returned")),
                name="tally_valid_within_returned",
            ),
            models.CheckConstraint(
                condition=Q(valid__isnull=True)
                | Q(valid=F("first") + F("second") + F("third") + F("fourth") + F("abstain")),
                name="tally_adds_up_to_valid",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.township or self.cadre or self.department} {self.evaluation}"

    @property
    def grades(self) -> tuple[int, int, int, int]:
        return self.first, self.second, self.third, self.fourth
