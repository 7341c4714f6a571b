from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cadres.models import Cadre
from rewards.models.grade import CADRE_GRADES


class PastResult(models.Model):
    """历年结果: the grade of a year that was assessed outside this system (RULES P6, U1).

    `score` in points; `rank_county` is the place among `ranked` cadres. The three may be unknown.
    """

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="past_results", verbose_name=_("cadre"))
    year = models.PositiveSmallIntegerField(_("year"))
    grade = models.CharField(_("grade"), max_length=12, choices=[(grade, grade) for grade in CADRE_GRADES])
    score = models.DecimalField(_("score"), max_digits=7, decimal_places=2, null=True, blank=True)
    rank_county = models.PositiveIntegerField(_("overall rank"), null=True, blank=True)
    ranked = models.PositiveIntegerField(_("number ranked"), null=True, blank=True)

    class Meta:
        ordering = ["cadre__number", "-year"]
        verbose_name = _("past result")
        verbose_name_plural = _("past results")
        constraints = [
            models.UniqueConstraint(fields=["cadre", "year"], name="past_result_once_a_year"),
            models.CheckConstraint(condition=Q(grade__in=CADRE_GRADES), name="past_result_grade_known"),
            models.CheckConstraint(condition=Q(year__gte=1980, year__lte=2200), name="past_result_year_sane"),
            models.CheckConstraint(
                condition=Q(rank_county__isnull=True) | Q(rank_county__gte=1), name="past_result_rank_from_one"
            ),
            models.CheckConstraint(
                condition=Q(rank_county__isnull=True) | Q(ranked__isnull=True) | Q(rank_county__lte=F("ranked")),
                name="past_result_rank_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.year} {self.grade}"
