from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment.models.scheme import ScoredLine
from assessment.models.year import AssessmentYear
from cadres.models import Cadre, Post, Township


class NotGraded(models.TextChoices):
    """考核状态, codes of the national cadre register (RULES C3)."""

    PROBATION = "5A", _("5A on probation")
    CASE_OPEN = "5B", _("5B under investigation, not closed")
    PUNISHED = "5C", _("5C within a disciplinary period")
    LONG_LEAVE = "6A", _("6A on leave for more than half a year")
    OTHER = "6B", _("6B other")


class RosterEntry(models.Model):
    """考评名册: who is assessed in a year, where and as what at the year's end (RULES C4)."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="roster", verbose_name=_("year"))
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="roster_entries", verbose_name=_("cadre"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="roster", verbose_name=_("township"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    second_post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("second post (兼任)")
    )
    is_principal = models.BooleanField(_("principal (正职)"))
    not_graded = models.CharField(_("not graded"), max_length=2, choices=NotGraded.choices, blank=True)
    in_charge = models.ManyToManyField(
        ScoredLine,
        blank=True,
        db_table="assessment_roster_in_charge",
        related_name="deputies",
        verbose_name=_("lines in charge (分管)"),
    )

    class Meta:
        ordering = ["township__order", "township__code", "post__order", "cadre__number"]
        verbose_name = _("roster entry")
        verbose_name_plural = _("roster")
        constraints = [
            models.UniqueConstraint(fields=["year", "cadre"], name="roster_cadre_once_a_year"),
            models.CheckConstraint(
                condition=Q(not_graded="") | Q(not_graded__in=NotGraded.values), name="roster_not_graded_known"
            ),
            models.CheckConstraint(
                condition=Q(second_post__isnull=True) | ~Q(second_post=F("post")), name="roster_second_post_differs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.cadre}"

    @property
    def posts_in_order(self) -> tuple[Post, Post | None]:
        """The post scored for, and the other (RULES C4)."""
        return posts_in_order(self.post, self.second_post)


def posts_in_order(post: Post, second: Post | None) -> tuple[Post, Post | None]:
    """Of two posts, the one that comes first in the county's list counts (RULES C4)."""
    return (second, post) if second and second.order < post.order else (post, second)


class Vacancy(models.Model):
    """空缺: a principal post stated vacant for a year, so that the announcement's checklist can pass."""

    year = models.ForeignKey(AssessmentYear, models.PROTECT, related_name="vacancies", verbose_name=_("year"))
    township = models.ForeignKey(Township, models.PROTECT, related_name="vacancies", verbose_name=_("township"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("post"))
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["township__order", "post__order"]
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        constraints = [models.UniqueConstraint(fields=["year", "township", "post"], name="vacancy_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.township} {self.post}"
