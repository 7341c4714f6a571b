from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment.models import AssessmentYear
from cadres.models import Cadre, Township
from cadres.models.append_only import AppendOnly
from scoring.engine import CadreGrade, TeamGrade

TEAM_GRADES = tuple(str(grade) for grade in TeamGrade)
CADRE_GRADES = tuple(str(grade) for grade in CadreGrade)


class GradeDecision(AppendOnly):
    """档次决定: the committee's grade of a team or a cadre; the latest stands, earlier ones stay (RULES 4).

    `suggested` is the computed grade at the time of the decision, blank where there was none.
    """

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="grade_decisions", verbose_name=_("year"))
    township = models.ForeignKey(
        Township, models.PROTECT, null=True, blank=True, related_name="grade_decisions", verbose_name=_("township")
    )
    cadre = models.ForeignKey(
        Cadre, models.PROTECT, null=True, blank=True, related_name="grade_decisions", verbose_name=_("cadre")
    )
    number = models.PositiveIntegerField(_("number"))
    grade = models.CharField(_("grade"), max_length=12)
    suggested = models.CharField(_("suggested grade"), max_length=12, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by")
    )
    decided_at = models.DateTimeField(_("entered at"))

    class Meta(AppendOnly.Meta):
        ordering = ["year", "number", "id"]
        verbose_name = _("grade decision")
        verbose_name_plural = _("grade decisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(township__isnull=False, cadre__isnull=True, grade__in=TEAM_GRADES)
                | Q(township__isnull=True, cadre__isnull=False, grade__in=CADRE_GRADES),
                name="grade_fits_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(suggested="") | Q(suggested=models.F("grade")) | ~Q(reason=""),
                name="grade_departs_with_reason",
            ),
            models.UniqueConstraint(
                fields=["year", "township", "number"],
                condition=Q(township__isnull=False),
                name="grade_team_number_once",
            ),
            models.UniqueConstraint(
                fields=["year", "cadre", "number"], condition=Q(cadre__isnull=False), name="grade_cadre_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.township or self.cadre} {self.grade}"
